import type { Assigned } from './assigned.js';
import type { Census } from './census.js';
import type { AppConfig } from '../model/config.js';
import { confirmStale } from './confirm-stale.js';
import { refreshAtLogin, type Withheld } from '../coverage/at-login.js';
import { mechanismOf } from '../coverage/mechanism.js';
import { offboarding } from '../coverage/offboarding.js';
import { addObserved, judgedBy, type Judged } from '../coverage/observed.js';
import { keysUnread, partsOf, withParts, withReason } from '../coverage/parts.js';
import { remarksOf } from '../coverage/remarks.js';
import { responsibilities } from '../coverage/responsibilities.js';
import { snapshot } from '../coverage/snapshot.js';
import { gather, type Traces } from '../coverage/traces.js';
import { leaverAccounts } from '../coverage/two-by-two.js';
import { judgeStage } from '../coverage/verdict.js';
import type { AppSpec } from '../diff/app-case.js';
import type { AppDiff, Blind } from '../diff/app-diff.js';
import type { ChangeDates } from '../diff/dates.js';
import type { Doubts } from '../diff/doubts.js';
import { AppJudge } from '../diff/judge.js';
import { holdsOf } from '../coverage/holds.js';
import { notCompared, nothingCompared, type Whole } from '../diff/not-compared.js';
import { isExpected } from '../diff/person-fate.js';
import type { Ruling } from '../diff/ruling.js';
import { SEEN } from '../diff/rows.js';
import { guardShrink } from './shrink.js';
import { compileFilter } from '../filter/filter.js';
import { judgePage } from './judge-page.js';
import { personTest } from '../match/person-filter.js';
import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import type { Provisioning } from '../model/assignment.js';
import type { Completeness } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import type { Finding } from '../model/finding.js';
import { wordRemarks } from '../model/word-remarks.js';
import type { Past } from '../model/past.js';
import { STAGES, type Policy } from '../model/policy.js';
import type { AppReport, InferredMechanism } from '../model/report.js';
import type { Witness } from './witness.js';
import { readAll, type ListRead } from './read-all.js';
import type { About, PullOptions, Source } from '../contract/source.js';
import { observe } from '../transitions/observe.js';
import type { Observed } from '../transitions/observed.js';
import type { Today } from '../transitions/scene.js';

export interface AuditContext {
  readonly standing: Standing;
  readonly policy: Policy;
  readonly directoryProven: boolean;
  /** When people left and changed, as far as the directory's dates can be believed. */
  readonly dates: ChangeDates;
  /** Keep every trial by name? */
  readonly trials?: boolean;
  readonly past?: Past;
  /** Apps whose list may have shrunk beyond the guard. */
  readonly acceptShrink?: readonly string[];
}

export interface AppResult {
  readonly report: AppReport;
  readonly findings: readonly Finding[];
  readonly inconclusive: boolean;
}

interface Watch {
  readonly signal: AbortSignal;
  readonly witness?: Witness;
  readonly census?: Census;
  readonly about?: About;
  readonly onRows: (rows: number, state?: 'reading' | 'done' | 'failed') => void;
}

/** One app: pull, match and diff page by page, then the verdicts and the coverage. */
export async function auditApp(
  app: AppConfig,
  source: Source<Account>,
  context: AuditContext,
  watch: Watch,
  assigned?: Assigned,
): Promise<AppResult> {
  const { spec, filterGaps } = specify(app, context, assigned, source.facts.baseRoles);
  const { standing, policy, dates, directoryProven } = context;
  const judge = new AppJudge({ spec, standing, policy, dates, directoryProven });
  const read = await readAll(source, pullOptions(watch), (page) => {
    const rulings: Ruling[] = [];
    const owners = judgePage(judge, page, watch.census === undefined ? undefined : (one) => rulings.push(one));
    watch.onRows(owners.length);
    watch.census?.read(app.name, page.rows, rulings);
    return watch.witness?.accounts?.(app.name, page, owners);
  });
  watch.onRows(0, read.error === null ? 'done' : 'failed');
  const list = { ...read, completeness: believed(read, app.name, context) };
  const whole = { directory: context.directoryProven, list: list.completeness.verdict !== 'unproven' };
  const past = await context.past?.appRead(app.name, whole.list, list.completeness.credentials !== undefined);
  const notes = await confirmStale(judge, source, list, watch.signal);
  // Where both filters are given, the assignments decide nothing but keys.
  const assignedDoubt = app.expected === undefined || app.allowed === undefined ? assigned?.doubt : undefined;
  const doubts: Doubts = {
    list: list.completeness,
    filterGaps,
    assigned: assignedDoubt,
    failed: list.error !== null && judge.accounts === 0,
  };
  const gaps = [...filterGaps, ...(assignedDoubt === undefined ? [] : [assignedDoubt])];
  const diff = judge.settle(doubts);
  watch.census?.settled(app, diff);
  const traces = gather(diff);
  const observed = past === undefined ? [] : observe(past, today(diff, app, context, traces, source.facts.loginDelay ?? 0));
  const mechanism = mechanismOf(traces, app.lifecycle.create?.by ?? null, whole.list);
  return {
    report: {
      name: app.name,
      connector: app.connector,
      accounts: diff.accounts,
      completeness: list.completeness,
      error: list.error,
      reconciliation: diff.reconciliation,
      coverage: coverageOf(
        diff,
        source,
        { ...whole, keys: keysUnread(list.completeness) },
        context,
        diff.blind,
        gaps,
        observed,
        judgedBy(observed, past),
        { inferred: mechanism.inferred, loginsKnown: traces.loginsKnown },
        assigned?.provisioning,
      ),
      mechanism,
      offboarding: offboarding(app.lifecycle, context.standing.asOf, whole.list ? leaverAccounts(diff) : undefined),
      responsibilities: responsibilities(app.lifecycle, mechanism.inferred, context.standing.asOf),
      ...(assigned?.report === undefined ? {} : { assigned: assigned.report }),
      notes: [...notes, ...(assigned?.notes ?? []), ...diff.notes, ...wordRemarks(list.completeness), ...notCompared(diff, whole)],
    },
    findings: diff.findings,
    inconclusive: diff.inconclusive,
  };
}

/** What only today's directory and today's list can say of people with a past. */
function today(diff: AppDiff, app: AppConfig, { standing, policy, dates }: AuditContext, traces: Traces, delay: number): Today {
  return {
    policy,
    expects: (row) => isExpected(diff, row) && !diff.spec.undecided(row),
    isSucceeded: (row) => standing.current(row) !== row || standing.isShadowed(row) || standing.contradiction(row) !== undefined,
    isUnclear: (row) => diff.rows.saw(row, SEEN.unclear | SEEN.unknown),
    holds: (row) => diff.rows.saw(row, SEEN.active | SEEN.invited | SEEN.invitedLongAgo),
    differs: (row, attribute) => diff.differences.get(row)?.some(({ name }) => name === attribute) === true,
    logins: traces.loginsKnown ? { last: (row) => (diff.rows.has(row) ? diff.rows.lastLoginAt(row) : NaN), delay } : undefined,
    datedChanges: dates.datedChanges,
    isJit: app.lifecycle.create?.by === 'jit',
    isFiltered: (app.expected ?? app.allowed ?? app.assigned) !== undefined,
  };
}

function believed({ completeness }: ListRead, app: string, { past, policy, acceptShrink }: AuditContext): Completeness {
  const before = past?.rowsBefore('app', app);
  return guardShrink(completeness, app, before, policy.guard.shrink, acceptShrink?.includes(app) === true);
}

function pullOptions({ signal, about }: Watch): PullOptions {
  return { signal, ...(about === undefined ? {} : { about }) };
}

/**
 * Compiles the app's filters, with the assignments of the identity provider where the config gives none, and says which attributes they ask for that
 * the directory never gives.
 */
function specify(
  app: AppConfig,
  { standing, directoryProven }: AuditContext,
  assigned: Assigned | undefined,
  known: readonly string[] = [],
): { spec: AppSpec; filterGaps: string[] } {
  const { index } = standing;
  const filterGaps: string[] = [];
  const test = (name: 'expected' | 'allowed'): ((row: number) => boolean | undefined) | undefined => {
    const text = app[name];
    if (text === undefined) return undefined;
    const passes = personTest(compileFilter(text), standing);
    let undecided = 0;
    for (let row = 0; row < index.size; row++) if (passes(row) === undefined) undecided++;
    if (undecided > 0) {
      const whom =
        undecided === index.size ? 'nobody in the directory has' : `the source of ${counted(undecided, 'person', 'people')} never gives`;
      const unread = index.hasUnread ? ', or gives in dates that could not be read' : '';
      filterGaps.push(`${name} (${text}) asks for what ${whom}${unread}${directoryProven ? '' : ', as far as it was read'}`);
    }
    return passes;
  };
  const isPerson = (row: number): boolean => index.kind(row) === 'human' || index.kind(row) === 'unknown';
  const expected = test('expected') ?? assigned?.is ?? isPerson;
  const permitted = test('allowed') ?? (assigned?.isOpen === true ? undefined : assigned?.is) ?? (() => true);
  if ((assigned?.report?.unknown ?? 0) > 0 && assigned?.doubt === undefined && (app.expected ?? app.allowed) === undefined)
    filterGaps.push(`${counted(assigned?.report?.unknown ?? 0, 'assignment has', 'assignments have')} an unknown state`);
  const { name, match, compare, lifecycle, accounts, baseRoles = [] } = app;
  return {
    spec: {
      name,
      match,
      compare,
      lifecycle,
      accounts,
      baseRoles: [...baseRoles, ...known],
      // Who may not have an account is not missing one.
      expected: (row) => expected(row) !== false && permitted(row) !== false,
      allowed: (row) => permitted(row) !== false,
      undecided: (row) => expected(row) === undefined || permitted(row) === undefined,
      ...(assigned === undefined ? {} : { links: assigned.links }),
    },
    filterGaps,
  };
}

function coverageOf(
  diff: AppDiff,
  source: Source<Account>,
  whole: Whole & { readonly keys: Withheld | undefined },
  context: AuditContext,
  blind: Blind,
  filterGaps: readonly string[],
  observed: readonly Observed[],
  judged: Judged,
  { inferred, loginsKnown }: { readonly inferred: InferredMechanism; readonly loginsKnown: boolean },
  provisioning: Provisioning | undefined,
): AppReport['coverage'] {
  const { lifecycle } = diff.spec;
  const { policy } = context;
  const doubts: string[] = [];
  if (!whole.directory) doubts.push('the directory is not proven whole');
  if (!whole.list) doubts.push("the app's list is not proven whole");
  if (blind === 'wrong-keys') doubts.push('most accounts match nobody');
  const dated = snapshot(diff, source.facts.leavers === 'listed', blind === undefined, context.trials, judged);
  const seen = { ...dated, ...partsOf(dated, observed, (row) => holdsOf(diff, row), diff.baseRoles.size > 0) };
  for (const stage of STAGES) addObserved(seen[stage], observed, stage, context.standing.index);
  const uncompared = nothingCompared(diff, whole);
  const remarks = remarksOf(seen, observed, source.facts.leavers);
  const gone = judgeStage('delete', seen.delete, lifecycle.delete, policy, doubts, remarks.delete, provisioning?.delete, whole.keys);
  return {
    create: judgeStage('create', seen.create, lifecycle.create, policy, [...doubts, ...filterGaps], remarks.create, provisioning?.create),
    update: judgeStage(
      'update',
      seen.update,
      lifecycle.update,
      policy,
      uncompared === undefined ? doubts : [...doubts, uncompared],
      remarks.update,
      provisioning?.update,
      refreshAtLogin(observed, seen.update, lifecycle.update?.by, inferred, loginsKnown),
    ),
    delete: withParts(withReason(gone, whole.keys), seen),
  };
}
