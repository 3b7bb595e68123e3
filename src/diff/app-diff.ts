import { isOldInvitation } from './unread.js';
import { Matcher, type Match } from '../match/match.js';
import { NO_ROW } from '../match/person-index.js';
import type { Standing } from '../match/standing.js';
import { hasLiveCredential, isNonHuman, isOn, type Account } from '../model/account.js';
import type { Finding } from '../model/finding.js';
import { isPerson } from '../model/person.js';
import type { Policy } from '../model/policy.js';
import type { AppSpec, Tally, Unmatched } from './app-spec.js';
import { BuiltIns } from './built-in.js';
import { Comparison, type Difference } from './compare.js';
import { called, finding, showAccount, showPerson, type Draft } from './finding.js';
import { LastRuling } from './ruling.js';
import { covering, registrations, type Covered, type Registration } from './registered.js';
import { ChangeDates, CLOCK_SKEW } from './dates.js';
import { FoundBy } from './found-by.js';
import { numbersOf } from './number-keys.js';
import { mayBeOrphaned } from './may-be-orphaned.js';
import { Residuals } from './residual.js';
import { AppRows, held, SEEN } from './rows.js';
import { leftCredential, mustNotBe, ofNobody, unclear } from './sentences.js';
import type { Facts } from './severity.js';
import { ownerOf, VERDICTS } from './table.js';
import { unknownDraft, Unknowns, type Cause } from './unknowns.js';

const OVERDUE = 30 * 86_400_000;

/**
 * Diffs one app against the directory, account by account. What one account decides is counted at once; what needs a look
 * at all of a person's accounts is left in `rows` for `settle` (diff/settle.ts).
 */
export class AppDiff {
  readonly rows: AppRows;
  readonly comparison: Comparison;
  readonly findings: Finding[] = [];
  readonly differences = new Map<number, readonly Difference[]>();
  readonly foundBy: FoundBy;
  readonly dates: ChangeDates;
  readonly unmatched: Unmatched[] = [];
  readonly residuals: Residuals;
  readonly registrations: readonly Registration[];
  readonly builtIns = new BuiltIns();
  readonly tally: Tally = { inSync: 0, stale: 0, orphaned: 0, conflict: 0, pending: 0, protected: 0, inactive: 0, inconclusive: 0 };
  readonly ruling = new LastRuling(this.tally);
  /** Accounts whose verdict is inconclusive; findings for them are made in `settle`. */
  readonly unknowns = new Unknowns();
  undecidedOwners = 0;
  unmatchedUnproven = 0;
  accounts = 0;
  activeHumans = 0;
  /** People without an account who may have joined just now, counted by `settle`. */
  undatedJoiners = 0;
  readonly matcher: Matcher;

  constructor(
    readonly spec: AppSpec,
    readonly standing: Standing,
    readonly policy: Policy,
    /** Is every directory list whole? Without it, "nobody owns this" cannot be said. */
    readonly directoryProven: boolean,
    /** Do the directory's change dates say when a person changed? (An export stamps all of them alike.) */
    datedChanges: boolean,
    /** By when history had seen that a person had left, ms. */
    leftBy?: (row: number) => number,
  ) {
    this.rows = new AppRows(standing.index);
    this.comparison = new Comparison(standing, spec.compare);
    this.matcher = new Matcher(standing, spec.match, policy.preHireLead, policy.leavers, spec.links);
    this.dates = new ChangeDates(standing, policy, datedChanges, leftBy);
    this.residuals = new Residuals(spec.baseRoles);
    this.foundBy = new FoundBy(spec.match[0]?.name ?? '', standing.index.size);
    this.registrations = registrations(spec.accounts, standing, policy, directoryProven);
  }

  /** Judges one account; gives back the directory record that it matched, or NO_ROW. */
  add(account: Account): number {
    this.accounts++;
    this.residuals.roles.add(account);
    const match = this.matcher.match(account);
    this.ruling.begin(match);
    // A manifest must not hide a leaver either: an account that a key gives to somebody is judged as theirs.
    if (match.kind === 'none' && account.builtIn !== undefined) {
      this.builtIns.add(account.builtIn, this.ruling);
      return NO_ROW;
    }
    const covered = this.registrations.length === 0 ? undefined : covering(this, account, match);
    if (covered !== undefined) return this.#registered(account, covered, match);
    if (isOn(account) && !isNonHuman(account.kind)) this.activeHumans++;
    if (account.status === 'deleted' && hasLiveCredential(account, this.standing.asOf)) this.#leftCredential(account, match);
    else if (match.kind === 'none') this.#ownerless(account);
    else if (match.kind === 'one') this.#owned(account, match);
    else this.#unclear(account, match);
    return match.kind === 'one' ? match.record : NO_ROW;
  }

  /** Compares a stale candidate again, as read by id; true when the difference is gone. */
  confirm(row: number, account: Account): boolean {
    const differences = this.comparison.compare(row, account);
    if (differences === undefined) return false;
    if (differences.length > 0) this.differences.set(row, differences);
    else this.differences.delete(row);
    return differences.length === 0;
  }

  #registered(account: Account, { registration, is }: Covered, match: Match): number {
    registration.used++;
    this.ruling.register(registration.entry);
    if (match.kind === 'one') this.rows.mark(match.row, is === 'mailbox' ? SEEN.noHuman : SEEN.unclear);
    if (is === 'doubtful' && isOn(account)) this.#unknown(account, match.kind === 'one' ? match.row : undefined, 'registered');
    else if (registration.undecided) {
      this.ruling.is('inconclusive', 'unproven-directory');
      this.undecidedOwners++;
    } else if (registration.lapse === undefined || !isOn(account)) {
      this.ruling.is('protected', 'registered');
    } else {
      const shown = showAccount(held(account));
      this.#orphan({
        reason: 'unowned-service',
        account: shown,
        summary: `${called(shown)} is a registered ${registration.entry.kind} account, but ${registration.lapse}`,
        facts: this.#facts(account, { nonHuman: true }),
      });
    }
    return NO_ROW;
  }

  #ownerless(account: Account): void {
    const cell = VERDICTS.nobody[account.status];
    const shown = showAccount(held(account));
    if (cell === 'inactive') {
      const summary = `${called(shown)} is switched off and matches nobody, yet holds a live credential`;
      if (!hasLiveCredential(account, this.standing.asOf)) this.ruling.is('inactive', 'off');
      else this.#orphan({ reason: 'orphaned-credential', account: shown, summary, facts: this.#facts(account) });
    } else if (cell === 'inconclusive') {
      this.#unknown(account);
    } else if (account.kind === 'guest' && this.policy.guests === 'allow') {
      this.ruling.is('protected', 'guest');
    } else if (!this.directoryProven) {
      this.ruling.is('inconclusive', 'unproven-directory');
      this.unmatchedUnproven++;
    } else if (this.dates.within(account.createdAt?.at, this.policy.grace.create)) {
      // The directory was read a little earlier: the owner of a brand-new account may be on the way.
      this.ruling.is('pending', 'grace-create', (account.createdAt?.at ?? NaN) + this.policy.grace.create);
    } else {
      this.ruling.waits('unmatched');
      const nonHuman = isNonHuman(account.kind);
      const draft: Draft = {
        class: 'orphaned',
        reason: 'no-owner',
        app: this.spec.name,
        account: shown,
        summary: ofNobody(shown, account),
        facts: this.#facts(account, { nonHuman, guest: account.kind === 'guest' }),
      };
      const human = !nonHuman && account.kind !== 'guest';
      this.unmatched.push({ draft, human, numbers: numbersOf(account, this.spec.match) });
    }
  }

  /** The account is gone, and what it could log in with is not. */
  #leftCredential(account: Account, match: Match): void {
    const row = match.kind === 'one' ? match.row : NO_ROW;
    if (row !== NO_ROW) this.rows.mark(row, SEEN.off);
    const shown = showAccount(held(account));
    const owner = match.kind === 'one' ? { person: showPerson(this.standing, row), rule: match.rule } : {};
    const summary = leftCredential(shown, account, this.standing.asOf);
    // Credentials may follow the account: they have the same time.
    if (row !== NO_ROW && this.dates.hasJustLeft(row)) this.#justLeft(row);
    else this.#orphan({ reason: 'orphaned-credential', account: shown, ...owner, summary, facts: this.#facts(account) });
  }

  #owned(account: Account, { row, rule }: Match & { kind: 'one' }): void {
    const { standing, rows, ruling } = this;
    const state = standing.state(row);
    const kind = standing.index.kind(row);
    const cell = VERDICTS[ownerOf(state, state !== 'active' || this.spec.allowed(row), this.policy, kind)][account.status];
    this.foundBy.keep(this.rows, row, account, rule);
    switch (cell) {
      case 'compare':
        return this.#compare(row, account);
      case 'invited': {
        const old = isOldInvitation(account, standing.asOf - this.policy.invitation);
        if (old === undefined) {
          rows.mark(row, SEEN.unknown);
          return this.#unknown(account, row, 'invitation');
        }
        rows.mark(row, old ? SEEN.invitedLongAgo : SEEN.invited);
        return old ? ruling.is('pending') : ruling.is('inSync', 'invitation', (account.createdAt?.at ?? NaN) + this.policy.invitation);
      }
      case 'in-sync':
        rows.mark(row, SEEN.invited);
        if (state !== 'pre-hire') return isPerson(kind) ? ruling.is('inSync', 'keeps') : ruling.is('inSync');
        return ruling.is('inSync', 'pre-hire', standing.index.instant('startAt', row));
      case 'inactive':
        rows.mark(row, SEEN.off);
        return ruling.is('inactive', 'off');
      case 'residual':
        return this.#residual(row, account, rule);
      case 'inconclusive':
        rows.mark(row, SEEN.unknown);
        return this.#unknown(account, row);
      case 'not-entitled':
      case 'owner-disabled':
      case 'owner-terminated':
        return this.#mustNotBe(cell, row, account, rule);
      case 'no-owner':
        throw new Error('an owned account cannot be without owner');
    }
  }

  #compare(row: number, account: Account): void {
    this.rows.mark(row, SEEN.active);
    this.ruling.waits('compared');
    const differences = this.comparison.compare(row, account);
    if (differences === undefined) return;
    this.rows.mark(row, SEEN.compared);
    // Of two active accounts the kept one is compared; both are a conflict anyway.
    if (differences.length > 0 && this.rows.id(row) === account.id) this.differences.set(row, differences);
  }

  #mustNotBe(reason: 'not-entitled' | 'owner-disabled' | 'owner-terminated', row: number, account: Account, rule: string): void {
    const { standing, policy } = this;
    const since = this.dates.since(row);
    const stage = reason === 'not-entitled' ? 'update' : 'delete';
    const from = stage === 'update' ? this.dates.changed(row) : since;
    if (this.dates.within(from, policy.grace[stage])) {
      this.rows.mark(row, SEEN.grace);
      return this.ruling.is('pending', `grace-${stage}`, from + policy.grace[stage]);
    }
    this.rows.mark(row, reason === 'not-entitled' ? SEEN.invited : SEEN.orphaned);
    const login = account.lastLoginAt?.at;
    // A login that is yet to come is a broken clock, and proves nothing.
    const loginAfter = reason !== 'not-entitled' && login !== undefined && login > since + CLOCK_SKEW && this.dates.happened(login);
    const overdue = !Number.isNaN(since) && since < standing.asOf - OVERDUE;
    const shown = showAccount(held(account));
    const person = showPerson(standing, row);
    const summary = mustNotBe(reason, person, shown, loginAfter);
    this.#orphan({ reason, account: shown, person, rule, summary, facts: this.#facts(account, { loginAfter, overdue }) });
  }

  #residual(row: number, account: Account, rule: string): void {
    this.rows.mark(row, SEEN.off);
    const { asOf } = this.standing;
    if (!hasLiveCredential(account, asOf) && (account.roles ?? []).length === 0) return this.ruling.is('inactive', 'off');
    // Roles and credentials may follow the account: they have the same time.
    if (this.dates.hasJustLeft(row)) return this.#justLeft(row);
    this.ruling.waits('residual');
    this.residuals.hold(account, row, rule, asOf);
  }

  #unclear(account: Account, match: Match & { kind: 'ambiguous' | 'recycled' }): void {
    for (const row of match.rows) this.rows.mark(row, SEEN.unclear);
    if (account.status === 'unknown') return this.#unknown(account);
    if (!isOn(account) && !hasLiveCredential(account, this.standing.asOf)) return this.ruling.is('inactive', 'off');
    const shown = showAccount(held(account));
    const people = match.rows.map((row) => showPerson(this.standing, row));
    this.ruling.is('conflict');
    this.findings.push(
      finding({
        class: 'conflict',
        reason: match.kind === 'ambiguous' ? 'ambiguous' : 'recycled-identifier',
        app: this.spec.name,
        account: shown,
        ...(people.length === 1 ? { person: people[0] } : {}),
        rule: match.rule,
        summary: unclear(match, shown, people.map(called)),
        mayBeOrphaned: mayBeOrphaned(this, match),
      }),
    );
  }

  #unknown(account: Account, row?: number, why?: Cause): void {
    const { cause, draft } = unknownDraft(this, account, row, why);
    this.ruling.is('inconclusive', cause === 'status' ? 'unknown-status' : 'unknown-owner');
    this.unknowns.add(cause, draft);
  }

  #orphan(draft: Omit<Draft, 'class' | 'app'>): void {
    this.ruling.is('orphaned');
    this.findings.push(finding({ class: 'orphaned', app: this.spec.name, ...draft }));
  }

  /** Must this person have an account? One human with several active records needs one account. */
  expects(row: number): boolean {
    const { standing, spec, rows } = this;
    if (standing.state(row) !== 'active' || standing.isShadowed(row) || !spec.expected(row)) return false;
    if (rows.saw(row)) return true;
    const twins = standing.twins(row);
    return twins.length === 0 || (standing.best([row, ...twins]) === row && !twins.some((twin) => rows.saw(twin)));
  }

  #justLeft(row: number): void {
    this.ruling.is('pending', 'grace-delete', this.dates.since(row) + this.policy.grace.delete);
  }

  #facts(account: Account, more: Facts = {}): Facts {
    return { ...more, admin: account.admin === true, liveCredential: hasLiveCredential(account, this.standing.asOf) };
  }
}
