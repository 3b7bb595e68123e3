import { WrongType } from './table.js';
import type { CompletenessVerdict } from '../model/completeness.js';
import type { LogReport } from '../model/log.js';
import type { CoverageVerdict } from '../model/report.js';
import { STAGES, type Stage } from '../model/policy.js';
import type { AppReport, DirectoryReport, Report } from '../model/report.js';
import { isObject } from '../model/parsed.js';

interface Idle {
  readonly rows: number;
  readonly touched: number;
}

/** What the trend shows of one list of one audit. */
export interface ListSummary {
  readonly verdict: string;
  readonly error: boolean;
  readonly rows: number;
  readonly byState?: DirectoryReport['byState'];
  /** People in whose record nothing that is kept changed, and how many of them were touched all the same. */
  readonly idle?: Idle;
  readonly orphaned?: number;
  readonly stale?: number;
  readonly missing?: number;
  /** The list of assignments at the identity provider, where it was whole. */
  readonly assigned?: { readonly directory: string; readonly app: string; readonly rows: number };
  readonly coverage?: Readonly<Record<Stage, CoverageVerdict>>;
  /** Stages whose verdict rests on dates of a log; absent where none does. */
  readonly logged?: readonly Stage[];
  /** Of an app with logs: what time each told of, and how whole it was. */
  readonly logs?: readonly LogSeen[];
  /** Keys and tokens of its accounts could not all be read: of those that are off, or gone, it says too little. */
  readonly credentialsUnread?: true;
}

interface LogSeen extends Pick<LogReport, 'name' | 'of' | 'from' | 'until' | 'entries'> {
  readonly verdict: CompletenessVerdict | 'failed';
}

export function summaryOf(list: AppReport | DirectoryReport, report: Report, idle?: Idle): ListSummary {
  const { verdict } = list.completeness;
  const error = list.error !== null;
  if (!('coverage' in list)) return { verdict, error, rows: list.people, byState: list.byState, ...(idle === undefined ? {} : { idle }) };
  const count = (name: string): number => report.findings.filter((f) => f.app === list.name && f.class === name).length;
  const coverage = Object.fromEntries(STAGES.map((stage) => [stage, list.coverage[stage].verdict])) as Record<Stage, CoverageVerdict>;
  const { assigned } = list;
  const isWhole = assigned !== undefined && assigned.completeness.verdict !== 'unproven';
  const whole = isWhole ? { assigned: { directory: assigned.directory, app: assigned.app, rows: assigned.completeness.unique } } : {};
  return {
    verdict,
    error,
    rows: list.accounts,
    orphaned: count('orphaned'),
    stale: count('stale'),
    missing: count('missing'),
    ...whole,
    coverage,
    ...ofLogs(list),
    ...(list.completeness.credentials === undefined ? {} : { credentialsUnread: true }),
  };
}

function ofLogs({ coverage, logs }: AppReport): Pick<ListSummary, 'logged' | 'logs'> {
  const logged = STAGES.filter((stage) => coverage[stage].grade === 'logged');
  const seen = logs?.map(({ name, of, from, until, entries, error, completeness }): LogSeen => {
    return { name, of, from, until, entries, verdict: error === null ? completeness.verdict : 'failed' };
  });
  return { ...(logged.length === 0 ? {} : { logged }), ...(seen === undefined ? {} : { logs: seen }) };
}

function isListOf(value: unknown, is: (one: unknown) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && value.every(is));
}

function isLog(value: unknown): boolean {
  return isObject(value) && typeof value['name'] === 'string' && typeof value['verdict'] === 'string';
}

/** What `summaryOf` wrote. @throws {WrongType} */
export function readSummary(text: string): ListSummary {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // It names people's lists; what is in it is not shown.
  }
  if (!isObject(value)) throw new WrongType('lists.summary holds no JSON object');
  const { verdict, error, rows, byState, idle, assigned, coverage, logged, logs } = value;
  const whole = typeof verdict === 'string' && typeof error === 'boolean' && typeof rows === 'number';
  const areLists = isListOf(logged, (stage) => typeof stage === 'string') && isListOf(logs, isLog);
  if (!whole || !areLists || ![byState, idle, assigned, coverage].every((part) => part === undefined || isObject(part)))
    throw new WrongType('lists.summary holds another form');
  return value as unknown as ListSummary;
}
