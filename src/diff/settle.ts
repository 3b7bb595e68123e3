import { doubtsOf, type Completeness } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import type { Finding, StaleAttribute, StaleCause } from '../model/finding.js';
import type { Reconciliation } from '../model/report.js';
import type { AppDiff } from './app-diff.js';
import type { Difference } from './compare.js';
import { called, finding, showAccount, showPerson, type Draft } from './finding.js';
import { nearMisses } from './near-miss.js';
import { personFate } from './person-fate.js';
import { registrationNote } from './registered.js';
import { SEEN } from './rows.js';
import { unreadUse } from './unread.js';

/** Fewer unmatched accounts than this say nothing about the keys. */
const GUARD_MINIMUM = 20;
/** ... unless nobody at all is matched: then so few will do. */
const GUARD_ALL = 5;

export interface AppVerdicts {
  readonly findings: readonly Finding[];
  readonly reconciliation: Reconciliation;
  readonly notes: readonly string[];
  /** True when a guard fired or something could not be decided: the audit is then inconclusive. */
  readonly inconclusive: boolean;
  /** So many accounts match nobody that the keys are doubted, and with them every rate. */
  readonly guarded: boolean;
  /** Why nobody can be called missing. */
  readonly blind: Blind;
}

export interface Doubts {
  readonly list: Completeness;
  /** Attributes that a filter asks for and the directory never gives, by filter. */
  readonly filterGaps: readonly string[];
  /** Why the assignments of the identity provider decide nothing: one sentence. */
  readonly assigned?: string | undefined;
  /** The app was not read at all. */
  readonly failed: boolean;
}

export type Blind = 'unproven-list' | 'wrong-keys' | undefined;

type People = { -readonly [K in keyof Reconciliation['people']]: number };

/** After the last account: the verdicts that need all of a person's accounts, the guards, and the sums. */
export function settle(diff: AppDiff, doubts: Doubts): AppVerdicts {
  const { tally, spec } = diff;
  const findings: Finding[] = diff.findings;
  const notes: string[] = [];
  diff.comparison.deferredManagers(
    (row) => diff.rows.id(row),
    (row, difference) => diff.differences.set(row, [...(diff.differences.get(row) ?? []), difference]),
  );
  const isWhole = !doubts.failed && doubts.list.verdict !== 'unproven';
  const guard = settleUnmatched(diff, isWhole, findings, notes);
  const guarded = guard !== undefined;
  settleActive(diff, findings);
  diff.residuals.settle(diff, isWhole, findings, notes);
  // Accounts that no key finds are the missing accounts of those who are not found.
  const blind = guarded ? 'wrong-keys' : isWhole ? undefined : 'unproven-list';
  const people = settlePeople(diff, blind, findings, notes);
  settleInconclusive(diff, doubts, guard, findings);
  const builtIn = diff.builtIns.note();
  if (builtIn !== undefined) notes.push(builtIn);
  // What a list that is not whole does not show may be there.
  for (const registration of isWhole ? diff.registrations : []) {
    const note = registrationNote(registration, diff.accounts);
    if (note !== undefined) notes.push(note);
  }
  const accounts = { ...tally };
  const sum = Object.values(accounts).reduce((a, b) => a + b, 0);
  if (sum !== diff.accounts) throw new Error(`${spec.name}: ${diff.accounts} accounts were read, ${sum} were judged`);
  const parts = people.present + people.missing + people.pending + people.awaitingLogin + people.notDeterminable;
  if (parts !== people.expected) throw new Error(`${spec.name}: ${people.expected} people are expected, ${parts} were judged`);
  const inconclusive = findings.some((f) => f.class === 'inconclusive');
  const { credentials } = doubts.list;
  if (credentials !== undefined && !doubts.failed) findings.push(unreadCredentials(spec.name, credentials));
  return { findings, reconciliation: { accounts, people }, notes, inconclusive, guarded, blind };
}

/** Accounts that match nobody: findings, unless so many do that the keys are the likelier mistake. Then the sentence that says so. */
function settleUnmatched(diff: AppDiff, isWhole: boolean, findings: Finding[], notes: string[]): string | undefined {
  const { unmatched, tally, spec, policy } = diff;
  const humans = unmatched.filter((u) => u.human).length;
  const limit = policy.guard.unmatched;
  const least = humans === diff.activeHumans && diff.standing.index.size > 0 ? GUARD_ALL : GUARD_MINIMUM;
  if (humans >= least && humans > diff.activeHumans * limit) {
    tally.inconclusive += unmatched.length;
    const words = spec.match.map((rule) => rule.name).join(', ');
    return `${humans} of ${diff.activeHumans} active accounts match nobody by ${words}: wrong keys are likelier than that many orphans. Correct \`match\`, or raise policy.guard.unmatched (${Math.round(limit * 100)} %)`;
  }
  tally.orphaned += unmatched.length;
  const hints = nearMisses(diff.standing, unmatched);
  unmatched.forEach(({ draft }, i) => findings.push(finding({ ...draft, hints: hints[i] ?? [] })));
  if (isWhole && humans > 0 && diff.unmatched.length === diff.accounts)
    notes.push('no account matches anybody: check `match` against the fields that the app gives');
  return undefined;
}

/** In sync, stale, or one person with several accounts. */
function settleActive(diff: AppDiff, findings: Finding[]): void {
  const { rows, tally, standing, policy, spec } = diff;
  for (let row = 0; row < standing.index.size; row++) {
    if (!rows.saw(row, SEEN.active)) continue;
    const extra = rows.extra.get(row);
    if (extra !== undefined) {
      const all = [rows.get(row), ...extra];
      const person = showPerson(standing, row);
      tally.conflict += all.length;
      for (const account of all) {
        const shown = showAccount(account);
        findings.push(
          finding({
            class: 'conflict',
            reason: 'duplicate',
            app: spec.name,
            account: shown,
            person,
            rule: ruleOf(diff, row, account.id),
            summary: `${called(person)} has ${all.length} active accounts here; ${shown.id} is one of them`,
          }),
        );
      }
      continue;
    }
    const differences = diff.differences.get(row);
    if (differences === undefined) {
      tally.inSync++;
      continue;
    }
    if (diff.dates.changed(row) > standing.asOf - policy.grace.update) {
      rows.mark(row, SEEN.grace);
      tally.pending++;
      continue;
    }
    rows.mark(row, SEEN.stale);
    tally.stale++;
    findings.push(finding(staleDraft(diff, row, differences)));
  }
}

function staleDraft(diff: AppDiff, row: number, differences: readonly Difference[]): Draft {
  const { rows, standing, spec } = diff;
  const cause = causeOf(diff, row);
  const attributes: StaleAttribute[] = differences.map((d) => ({ ...d, cause })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const person = showPerson(standing, row);
  const names = attributes.map((a) => a.name).join(', ');
  const why =
    cause === 'not-propagated'
      ? 'the account was touched after the change and still differs'
      : cause === 'awaiting-login'
        ? 'nobody has logged in since the change, and this app refreshes at login'
        : 'when it changed is not known';
  return {
    class: 'stale',
    reason: cause,
    app: spec.name,
    account: showAccount(rows.get(row)),
    person,
    rule: ruleOf(diff, row),
    attributes,
    summary: `${called(person)}: ${names} differ${attributes.length === 1 ? 's' : ''} from the directory; ${why}`,
  };
}

/** Why the account differs: touched since the change, not logged in since it (JIT), or not known. */
function causeOf(diff: AppDiff, row: number): StaleCause {
  const changed = diff.dates.changed(row);
  if (Number.isNaN(changed)) return 'unknown';
  const { rows, spec } = diff;
  const login = rows.lastLoginAt(row);
  const carrier = spec.lifecycle.update?.by ?? spec.lifecycle.create?.by;
  // A touch may be a mistyped password: an app that refreshes at login has had no chance before one.
  if (carrier === 'jit' && !Number.isNaN(login)) return login > changed ? 'not-propagated' : 'awaiting-login';
  // What could not be read may be a touch since the change.
  return rows.updatedAt(row) > changed || login > changed ? 'not-propagated' : 'unknown';
}

function settlePeople(diff: AppDiff, blind: Blind, findings: Finding[], notes: string[]): People {
  const { standing, policy } = diff;
  const people: People = { expected: 0, present: 0, missing: 0, pending: 0, awaitingLogin: 0, notDeterminable: 0 };
  for (let row = 0; row < standing.index.size; row++) {
    const { verdict, why } = personFate(diff, row, blind);
    if (verdict === 'notExpected') continue;
    people.expected++;
    people[verdict]++;
    if (why === 'field-absent' && !diff.spec.undecided(row)) diff.undatedJoiners++;
    if (verdict === 'missing') findings.push(finding(missingDraft(diff, row)));
  }
  const share = people.expected === 0 ? 0 : people.missing / people.expected;
  if (people.missing >= 10 && share > 0.3 && diff.directoryProven) {
    notes.push(
      `${people.missing} of ${people.expected} expected people have no account: is this app for everyone? If not, set \`expected\``,
    );
  }
  if (policy.guests === 'allow') notes.push('guests without an owner are counted as protected (policy.guests: allow)');
  return people;
}

function missingDraft(diff: AppDiff, row: number): Draft {
  const { rows, standing, spec } = diff;
  const person = showPerson(standing, row);
  const base = {
    class: 'missing',
    app: spec.name,
    person,
    ...(rows.has(row) ? { account: showAccount(rows.get(row)), rule: ruleOf(diff, row) } : {}),
  } as const;
  if (rows.saw(row, SEEN.invitedLongAgo))
    return { ...base, reason: 'invitation-pending', summary: `${called(person)} was invited and never accepted` };
  if (rows.saw(row, SEEN.off))
    return { ...base, reason: 'inactive-account', summary: `${called(person)} is active, but the account is ${rows.get(row).status}` };
  return { ...base, reason: 'never-created', summary: `${called(person)} is expected here and has no account` };
}

function settleInconclusive(diff: AppDiff, doubts: Doubts, guard: string | undefined, findings: Finding[]): void {
  const { spec } = diff;
  const add = (reason: 'unproven-list' | 'field-absent', summary: string): void => {
    findings.push(finding({ class: 'inconclusive', reason, app: spec.name, summary }));
  };
  findings.push(...diff.unknowns.findings(spec.name, diff.accounts));
  const doubtful: string[] = guard === undefined ? [] : [guard];
  if (!doubts.failed && doubts.list.verdict === 'unproven')
    doubtful.push(`the app's list is not proven whole: ${doubtsOf(doubts.list).join('; ')}`);
  if (diff.unmatchedUnproven > 0)
    doubtful.push(
      `${counted(diff.unmatchedUnproven, 'account matches', 'accounts match')} nobody in a directory list that is not proven whole`,
    );
  if (diff.undecidedOwners > 0)
    doubtful.push(
      `${counted(diff.undecidedOwners, 'registered account has', 'registered accounts have')} an owner who was not in a directory list that is not proven whole`,
    );
  if (doubts.assigned !== undefined) doubtful.push(doubts.assigned);
  if (doubtful.length > 0) add('unproven-list', doubtful.join('. '));
  const gaps = doubts.filterGaps.length === 0 ? [] : [`${doubts.filterGaps.join('; ')}: there it cannot be judged`];
  const unread = [...gaps, ...unreadUse(diff, doubts.list)];
  if (unread.length > 0) add('field-absent', unread.join('. '));
}

/** Accounts and their owners are judged as ever; that nothing is left of a leaver's access is not known. */
function unreadCredentials(app: string, reasons: readonly string[]): Finding {
  const summary = `not all keys and tokens of the accounts could be read, so no account that is off or gone is known to be without any: ${reasons.join('; ')}`;
  return finding({ class: 'inconclusive', reason: 'field-absent', app, summary, ofCredentials: true });
}

function ruleOf(diff: AppDiff, row: number, accountId?: string): string {
  const kept = accountId === undefined || accountId === diff.rows.id(row);
  return kept ? diff.foundBy.rule(row) : diff.foundBy.extraRule(accountId);
}
