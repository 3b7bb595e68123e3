// A whole audit of a simulated company: the real runAudit over sources that stand in memory.
import path from 'node:path';
import type { AppConfig, Config, LogConfig } from '../../src/model/config.js';
import { History } from '../../src/history/history.js';
import type { Account } from '../../src/model/account.js';
import type { Leavers } from '../../src/model/check.js';
import type { Completeness } from '../../src/model/completeness.js';
import type { LogEntry } from '../../src/model/log.js';
import type { Person } from '../../src/model/person.js';
import type { Lifecycle } from '../../src/model/policy.js';
import type { AppReport } from '../../src/model/report.js';
import type { Source } from '../../src/contract/source.js';
import { CONNECTORS, LOGS } from '../../src/sources/registry.js';
import type { OpenLog, OpenSource } from '../../src/contract/system.js';
import { runAudit } from '../../src/audit/run.js';
import { POLICY, RULES } from '../in-memory.js';
import { accountAt, LEAVERS, TEMPERS, type Temper } from './apps.js';
import { logAt, pushesAt, RETENTION, type LogManner } from './logs.js';
import { DAY, NOW, peopleAt, type CompanySim } from './company.js';

/** What the sources of the next audit hold, by name. */
const lists = new Map<string, readonly (Person | Account)[]>();

const openMemory = ((_role, { name, options }) => ({
  name,
  connector: 'memory',
  facts: { leavers: options.leavers as Leavers, total: 'declared', loginDelay: options.loginDelay as number, notes: [] },
  async *pull(): AsyncGenerator<{ rows: readonly (Person | Account)[] }, Completeness, void> {
    const rows = lists.get(name) ?? [];
    await Promise.resolve();
    yield { rows };
    return { verdict: 'proven', reasons: [], received: rows.length, unique: rows.length, pages: 1 };
  },
})) as (role: unknown, config: { name: string; options: Record<string, unknown> }) => Source<Person | Account>;
/** The log of what the directory pushes. */
const PUSHES = 'pushes';
/** What the logs of the next audit hold, by app. */
const logs = new Map<string, readonly LogEntry[]>();
let isTorn = false;

const openMemoryLog: OpenLog = ({ name, connector }) => ({
  name,
  connector,
  log: { retention: RETENTION, lateness: 0, tellsUpdates: true, notes: [] },
  async *pull() {
    const rows = logs.get(name) ?? [];
    await Promise.resolve();
    yield { rows };
    const verdict = isTorn ? ('unproven' as const) : ('consistent' as const);
    return { verdict, reasons: isTorn ? ['torn'] : [], received: rows.length, unique: rows.length, pages: 1 };
  },
});
(LOGS as Record<string, () => Promise<OpenLog>>)['memory'] = () => Promise.resolve(openMemoryLog);
(CONNECTORS as Record<string, () => Promise<OpenSource>>)['memory'] = () => Promise.resolve(openMemory as unknown as OpenSource);

function config(leavers: (temper: Temper) => Leavers, delay: (temper: Temper) => number, log: LogManner | undefined): Config {
  const source = { connector: 'memory', fields: {}, dir: '/', line: 1 };
  const apps = TEMPERS.map((temper): AppConfig => {
    const lifecycle = Object.fromEntries(Object.entries(temper.declared).map(([stage, by]) => [stage, { by }])) as Lifecycle;
    const compare = ['givenName', 'familyName', 'email', 'department', 'title'];
    return {
      ...source,
      name: temper.name,
      options: { leavers: leavers(temper), loginDelay: delay(temper) },
      match: RULES,
      compare,
      lifecycle,
      accounts: [],
      probe: { allowed: false },
      ...(log === undefined ? {} : { logs: logsOf(temper, source, log) }),
    };
  });
  return {
    path: '/lifegap.yaml',
    directory: [{ ...source, name: 'corp', options: { leavers: 'listed' } }],
    apps,
    allApps: apps.map(({ name }) => name),
    policy: POLICY,
    history: false,
    sha256: '',
    warnings: [],
    redact: (text: string) => text,
  } as unknown as Config;
}

function logsOf({ name }: Temper, source: { connector: string; fields: object; dir: string }, { pushes }: LogManner): LogConfig[] {
  const own: LogConfig = { ...source, fields: {}, name, options: {}, of: 'app', which: 'own' };
  return pushes === true ? [own, { ...own, name: PUSHES, of: 'corp', which: 'pushes' }] : [own];
}

/** How the lists come. */
export interface Manner {
  /** The rows of a list as they are read. */
  readonly arrange?: <T extends Person | Account>(rows: readonly T[]) => readonly T[];
  /** What is known of each app's leavers. */
  readonly leavers?: (temper: Temper) => Leavers;
  /** By how much each app is known to be late to tell of a login, ms. */
  readonly delay?: (temper: Temper) => number;
  /** Each app has a log of its own. */
  readonly log?: LogManner;
}

const DELAY = ({ logins }: Temper): number => (logins === 'late' ? 14 * DAY : 0);

/** The audits of a series, in order; the last is today's. */
export const SERIES: readonly number[] = [75, 60, 45, 30, 15, 0].map((days) => NOW - days * DAY);

/**
 * Audits the company at each of those times, with a history in that folder that carries over from one to the next, and gives back the
 * last report, by the name of the app. Without a folder there is one audit and no history.
 */
export async function auditSeries(
  sim: CompanySim,
  times: readonly number[],
  folder?: string,
  { arrange = (rows) => rows, leavers = LEAVERS, delay = DELAY, log }: Manner = {},
): Promise<ReadonlyMap<string, AppReport>> {
  let last: ReadonlyMap<string, AppReport> = new Map();
  for (const time of times) {
    lists.set('corp', arrange(peopleAt(sim, time)));
    if (log?.pushes === true) logs.set(PUSHES, pushesAt(sim, time));
    TEMPERS.forEach((temper, app) => {
      if (log !== undefined) logs.set(temper.name, logAt(sim, temper, time, log));
      isTorn = log?.isTorn === true;
      lists.set(temper.name, arrange(sim.lives.flatMap((life) => accountAt(sim, temper, app, life, time) ?? [])));
    });
    const whole = config(leavers, delay, log);
    const access = { path: path.join(folder ?? '', 'history.db'), wait: 10_000, create: true };
    const history = folder === undefined ? undefined : await History.open({ config: whole, asOf: time, access });
    const report = await runAudit(whole, {
      asOf: time,
      now: () => time,
      env: {},
      signal: new AbortController().signal,
      ...(history === undefined ? {} : { witness: history, past: history }),
    });
    await history?.record(report);
    history?.close();
    lists.clear();
    logs.clear();
    last = new Map(report.apps.map((app) => [app.name, app]));
  }
  return last;
}
