import type { Config } from '../model/config.js';
import { fingerprint } from '../diff/finding.js';
import { absenceTest, type Sought } from '../gate/absence.js';
import { decide, type Decided } from '../gate/accepted.js';
import { compareBaseline, type Baseline } from '../gate/baseline.js';
import { entryWords } from '../model/acceptance.js';
import { CLASSES, type Finding } from '../model/finding.js';
import type { OutgrownEntry, Report } from '../model/report.js';

type Audited = Pick<Report, 'directory' | 'apps' | 'findings'>;

export type Weighed = Pick<Report, 'findings' | 'accepted' | 'baseline'>;

/** What people have decided, put beside what was found: accepted findings, then the baseline. */
export function weigh(
  config: Pick<Config, 'accepted' | 'allApps' | 'policy'>,
  options: { readonly asOf: number; readonly baseline?: Baseline },
  audited: Audited,
): Weighed {
  const { accepted } = config;
  const { baseline, asOf } = options;
  if (accepted === undefined && baseline === undefined) return { findings: audited.findings };
  const isGone = goneTest(config, audited);
  const decided = decide(audited.findings, accepted?.entries ?? [], asOf);
  const compared = baseline === undefined ? undefined : compareBaseline(decided.findings, baseline, config.policy.sla ?? {}, asOf, isGone);
  const unused = decided.idle.filter(({ id, finding }) =>
    isGone(finding === undefined ? { ...(id === undefined ? {} : { id }) } : { app: finding.app, class: finding.class }),
  );
  return {
    findings: compared?.findings ?? decided.findings,
    ...(accepted === undefined
      ? {}
      : {
          accepted: {
            file: accepted.file,
            expired: decided.expired,
            ...(decided.outgrown.length === 0 ? {} : { outgrown: decided.outgrown.map(outgrownReport) }),
            unused: unused.map((entry) => ({ line: entry.line, what: entryWords(entry), until: entry.until })),
          },
        }),
    ...(compared === undefined ? {} : { baseline: compared.report }),
  };
}

function outgrownReport({ entry, finding: { reason, mayBeOrphaned } }: Decided['outgrown'][number]): OutgrownEntry {
  const { line, found, finding, until } = entry;
  const was = found ?? finding?.reason;
  return {
    line,
    what: entryWords(entry),
    until,
    ...(was === undefined ? {} : { was }),
    now: reason,
    ...(mayBeOrphaned === undefined ? {} : { mayBeOrphaned }),
  };
}

/** Whether a finding that is not there is proven to be gone. */
export function goneTest(config: Pick<Config, 'allApps'>, audited: Audited): (sought: Sought) => boolean {
  return absenceTest(audited, config.allApps, mayHide);
}

/** The ids that the account or person of an inconclusive finding would have, could it be judged. */
function mayHide({ app, account, person, reason }: Finding): string[] {
  return CLASSES.flatMap((cls) => [
    ...(account === null ? [] : [fingerprint(cls, app, account.id, undefined, reason)]),
    ...(person === null ? [] : [fingerprint(cls, app, undefined, person, reason)]),
  ]);
}
