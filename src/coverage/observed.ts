import { iso } from '../diff/finding.js';
import type { Logged } from '../logbook/logged.js';
import type { PersonIndex } from '../match/person-index.js';
import type { AppPast } from '../model/past.js';
import type { Stage } from '../model/policy.js';
import type { Trial } from '../model/trial.js';
import { lagOfObserved, middleOf, type Observed } from '../transitions/observed.js';
import { datedByLog, entriesOf } from './by-log.js';
import type { Evidence } from './evidence.js';

const HOUR = 3_600_000;

/** Rows of the people whom history has judged, by stage: what this audit's own dates say of them does not count beside that. */
export type Judged = Readonly<Record<Stage, ReadonlySet<number>>> & {
  /** Since when, by the audits on record, the directory's values of these attributes are what they are; ms, NaN: not on record. */
  readonly unchangedSince?: AppPast['unchangedSince'];
};

export function judgedBy(observed: readonly Observed[], past?: AppPast): Judged {
  const rows = (stage: Stage): Set<number> =>
    new Set(observed.filter((one) => one.stage === stage).flatMap(({ row }) => (row === undefined ? [] : [row])));
  return {
    create: rows('create'),
    update: rows('update'),
    delete: rows('delete'),
    ...(past === undefined ? {} : { unchangedSince: past.unchangedSince }),
  };
}

/** Adds what history saw to the trials of one stage; a log may say when it was, between the two audits. */
export function addObserved(evidence: Evidence, observed: readonly Observed[], stage: Stage, index: PersonIndex, logged?: Logged): void {
  for (const seen of observed) {
    if (seen.stage !== stage) continue;
    const told = datedByLog(seen, logged);
    const one = told?.dated ?? seen;
    evidence.observed++;
    if (told !== undefined) evidence.toldByLog(told.by);
    const lag = lagOfObserved(one);
    if (one.outcome === 'followed') evidence.succeeded(lag, middleOf(one));
    else evidence.failed(lag);
    if (one.written !== undefined) evidence.written.push(one.written);
    const log = entriesOf(logged, one.row, stage, one.when[0]);
    evidence.list?.push({ ...trialOf(one, lag, index), ...(log.length === 0 ? {} : { log }) });
  }
}

function trialOf({ row, person, account, event, seen, when, outcome, then, evidence }: Observed, lag: number, index: PersonIndex): Trial {
  const userName = row === undefined ? undefined : index.text('userName', row);
  const exact = ([after, until]: readonly [number, number]): string | null => (after === until ? (iso(until) ?? null) : null);
  return {
    person: { ...person, ...(userName === undefined ? {} : { userName }) },
    account,
    event,
    at: exact(when),
    between: [iso(seen[0]) ?? '', iso(seen[1]) ?? ''],
    outcome,
    followedAt: outcome === 'followed' ? exact(then) : null,
    lagHours: Number.isNaN(lag) ? null : Math.round((lag / HOUR) * 10) / 10,
    evidence,
  };
}
