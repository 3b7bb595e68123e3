import type { Account } from '../model/account.js';
import type { MatchRule } from '../model/policy.js';
import { bearsAnotherName } from './another-name.js';
import { isImmutableKey, keyValue } from './keys.js';
import type { KeyIndex } from './key-index.js';
import { pick } from './joins.js';
import type { Standing } from './standing.js';
import { endInstant, isGone, isLive, isRehire } from './state-at.js';
import { exchanged, type PersonState } from '../model/person.js';
import { numberAt } from '../model/at.js';

export type Match =
  | { readonly kind: 'none' }
  /** `row` speaks for the human; `record` is the directory record that the key named (a rehire's old one, for instance). */
  | { readonly kind: 'one'; readonly row: number; readonly record: number; readonly rule: string }
  /** No rows: a key that more people share than are looked at. */
  | { readonly kind: 'ambiguous'; readonly rows: readonly number[]; readonly rule: string }
  /** `stranger`: not the age of the account says so, but the name on it. */
  | { readonly kind: 'recycled'; readonly rows: readonly number[]; readonly rule: string; readonly stranger?: true };

/** The name of the rule that an identity provider's own link is. */
const LINKED = 'id=assigned.account';

/** What comes after the rules of the config, whatever those are. */
const ADDRESS_RULES: readonly MatchRule[] = [
  { name: 'userName=email', account: 'userName', person: 'email' },
  { name: 'email=userName', account: 'email', person: 'userName' },
  { name: 'userName=alias', account: 'userName', person: 'alias' },
  { name: 'alias=userName', account: 'alias', person: 'userName' },
];

const NONE: Match = { kind: 'none' };

/**
 * Correlates accounts with people: ordered rules, the first with exactly one candidate decides, more than one is ambiguous
 * and never "first wins". A later rule may only choose among the candidates of an earlier one.
 */
export class Matcher {
  /** Accounts that may be older than the employment of whom they match: when they were made could not be read. */
  undatedBirths = 0;
  readonly #rules: readonly { rule: MatchRule; index: KeyIndex; immutable: boolean }[];

  constructor(
    private readonly standing: Standing,
    rules: readonly MatchRule[],
    /** Milliseconds before the first day in which an account may be made for a hire. */
    private readonly preHireLead: number,
    /** States that must have lost access. */
    private readonly leavers: readonly PersonState[],
    /** Account id -> row, from an identity provider that keeps the account's own id. */
    private readonly links: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#rules = rules.map((rule) => ({
      rule,
      index: standing.index.key(rule.person),
      immutable: isImmutableKey(rule.person) && isImmutableKey(rule.account),
    }));
  }

  match(account: Account): Match {
    const linked = this.links.get(account.id);
    if (linked !== undefined) return { kind: 'one', row: this.standing.current(linked), record: linked, rule: LINKED };
    let open: { rows: readonly number[]; rule: string } | undefined;
    let crowded: string | undefined;
    for (const { rule, index, immutable } of this.#rules) {
      const only = this.#only(account, rule, index);
      if (only === -1) continue;
      const found = only >= 0 ? [only] : this.#candidates(account, rule, index);
      if (found.length === 0 && this.#isCrowded(account, rule, index)) crowded ??= rule.name;
      const among = open?.rows;
      const rows = among === undefined ? found : found.filter((row) => among.includes(row));
      if (rows.length === 0) continue;
      const settled = rows.length === 1 ? { row: numberAt(rows, 0) } : this.#settle(account, rows, immutable);
      if (settled.recycled !== undefined) return { kind: 'recycled', rows: this.#sorted(settled.recycled), rule: rule.name };
      if (settled.row === undefined) {
        open ??= { rows, rule: rule.name };
        continue;
      }
      const record = settled.row;
      const row = this.standing.current(record);
      if (!immutable && rows.length === 1 && this.#predates(account, record)) {
        return { kind: 'recycled', rows: [row], rule: rule.name };
      }
      // A leaver's address is often given to the manager, as one more: the account behind it was not.
      if (rule.person === 'alias' && !isGone(this.standing.state(row)) && bearsAnotherName(account, this.standing.index, record)) {
        return { kind: 'recycled', rows: [row], rule: rule.name, stranger: true };
      }
      return { kind: 'one', row, record, rule: rule.name };
    }
    const named = open === undefined && crowded === undefined ? this.#byAddress(account) : undefined;
    if (named !== undefined) return named;
    if (open !== undefined) return { kind: 'ambiguous', rows: this.#sorted(open.rows), rule: open.rule };
    // Somebody holds the key, and too many do: whose it is cannot be said, and that it is nobody's neither.
    return crowded === undefined ? NONE : { kind: 'ambiguous', rows: [], rule: crowded };
  }

  /**
   * User names that are addresses, below all rules: an account's may be any address of the person, and a person's any address of the account.
   * They name somebody only where they all name the same human.
   */
  #byAddress(account: Account): Match | undefined {
    const { standing } = this;
    let found: { rows: readonly number[]; rule: string } | undefined;
    const all = new Set<number>();
    for (const rule of ADDRESS_RULES) {
      const values = [keyValue(account, rule.account)].flat().filter((value) => value?.includes('@') === true);
      if (values.length === 0) continue;
      const index = standing.index.key(rule.person);
      const keys = values.flatMap((value) => standing.index.foldKey(value) ?? []);
      if (keys.some((key) => index.isCrowded(key))) return { kind: 'ambiguous', rows: [], rule: rule.name };
      const rows = [...new Set(keys.flatMap((key) => index.find(key)))];
      rows.forEach((row) => all.add(row));
      if (rows.length > 0) found ??= { rows, rule: rule.name };
    }
    if (found === undefined) return undefined;
    const { rule } = found;
    const rows = [...all];
    const isOneKey = found.rows.length === rows.length || rows.every((row) => standing.sameHuman(row, numberAt(rows, 0)));
    if (!isOneKey) return { kind: 'ambiguous', rows: this.#sorted(rows), rule };
    const settled = rows.length === 1 ? { row: numberAt(rows, 0) } : this.#settle(account, rows, false);
    if (settled.recycled !== undefined) return { kind: 'recycled', rows: this.#sorted(settled.recycled), rule };
    const record = settled.row;
    if (record === undefined) return { kind: 'ambiguous', rows: this.#sorted(rows), rule };
    const row = standing.current(record);
    if (rows.length === 1 && this.#predates(account, record)) return { kind: 'recycled', rows: [row], rule };
    // What else is known of the two says that they are not the same: then it is a question.
    if (this.#isNumberedApart(account, record)) return { kind: 'ambiguous', rows: [row], rule };
    if (!isGone(standing.state(row)) && bearsAnotherName(account, standing.index, record)) {
      return { kind: 'recycled', rows: [row], rule, stranger: true };
    }
    return { kind: 'one', row, record, rule };
  }

  /** Do the account and the person have a number each, and different ones? */
  #isNumberedApart(account: Account, row: number): boolean {
    const { index } = this.standing;
    const own = index.foldKey(account.employeeId);
    const theirs = index.foldKey(index.text('employeeId', row));
    return own !== undefined && theirs !== undefined && own !== theirs;
  }

  #isCrowded(account: Account, rule: MatchRule, index: KeyIndex): boolean {
    const value = keyValue(account, rule.account);
    return (typeof value === 'object' ? value : [value]).some((one) => {
      const key = this.standing.index.foldKey(one);
      return key !== undefined && index.isCrowded(key);
    });
  }

  /** The row that the rule's only value names; -1: none; -2: look at all of them. */
  #only(account: Account, rule: MatchRule, index: KeyIndex): number {
    const value = keyValue(account, rule.account);
    if (typeof value === 'object') return -2;
    const key = this.standing.index.foldKey(value);
    return key === undefined ? -1 : index.only(key);
  }

  #candidates(account: Account, rule: MatchRule, index: KeyIndex): readonly number[] {
    const value = keyValue(account, rule.account);
    const rows = new Set<number>();
    for (const one of typeof value === 'object' ? value : [value]) {
      const key = this.standing.index.foldKey(one);
      if (key !== undefined) for (const row of index.find(key)) rows.add(row);
    }
    return [...rows];
  }

  /** Several records share the key: one human with several records, or several humans. */
  #settle(account: Account, rows: readonly number[], immutable: boolean): { row?: number | undefined; recycled?: readonly number[] } {
    const { standing } = this;
    const { index } = standing;
    const live = rows.filter((row) => isLive(standing.state(row)));
    const others = rows.filter((row) => !isLive(standing.state(row)));
    if (live.length === 0) {
      // Records of one human that contradict each other: whoever speaks, it is their account.
      const first = pick(index, rows) as number;
      if (rows.every((row) => standing.contradiction(row) !== undefined && standing.sameHuman(row, first))) return { row: first };
      // Whoever of them it is, they left: the last to leave owns it.
      // (All of them must be leavers to policy, or none: a state that keeps its access is no leave.)
      const must = rows.filter((row) => this.leavers.includes(standing.state(row))).length;
      if (!rows.every((row) => isGone(standing.state(row))) || (must > 0 && must < rows.length)) return {};
      const ends = rows.map((row) => standing.lastDay(row)?.at ?? -Infinity);
      const last = Math.max(...ends);
      return {
        row: pick(
          index,
          rows.filter((_, i) => ends[i] === last),
        ),
      };
    }
    const chosen = standing.best(live);
    if (chosen === undefined || !live.every((row) => standing.sameHuman(row, chosen))) return {};
    const strangers = others.filter((row) => !standing.sameHuman(row, chosen));
    if (strangers.length === 0) {
      // Whether a record that has not begun speaks for the one that has ended, the standing knows (see `current`).
      const ended = standing.state(chosen) === 'pre-hire' ? others.filter((row) => isGone(standing.state(row))) : [];
      return { row: pick(index, ended) ?? chosen };
    }
    // A number is given to nobody else: two directories count from one, and another key must tell.
    if (immutable) return {};
    // The key went from somebody who left to somebody who joined: the account's age tells whose it is.
    const start = index.instant('startAt', chosen);
    const born = account.createdAt?.at;
    if (born === undefined || Number.isNaN(start) || strangers.some((row) => !isGone(standing.state(row)))) return {};
    if (born < start - this.preHireLead) return { recycled: [chosen, ...strangers] };
    // Whoever was here when it was made may have been given it.
    return strangers.every((row) => this.#wasElsewhere(row, born)) ? { row: chosen } : {};
  }

  /** Had this person left when the account was made, or yet to come? False where no date says so. */
  #wasElsewhere(row: number, born: number): boolean {
    const { index } = this.standing;
    const end = index.date('endAt', row);
    const ended = end !== undefined && endInstant(end) <= born;
    const toCome = born < index.instant('startAt', row) - this.preHireLead;
    // Between two employments of one record, and before or after the only one.
    return isRehire(index.date('startAt', row), end) ? ended && toCome : ended || toCome;
  }

  /** The account is older than the person's employment, and the directory did not know the person when it was made. */
  #predates(account: Account, row: number): boolean {
    const { index } = this.standing;
    const born = account.createdAt?.at;
    const isUnread = index.isUnread('startAt', row);
    if (born === undefined && account.unread?.includes('createdAt') !== true) return false;
    if (born !== undefined && !isUnread) return this.#isOlder(born, index.instant('startAt', row), row);
    // Either may be one of two days, or any: then nobody can say which came first.
    const births = bornAt(account);
    const starts = isUnread ? index.either('startAt', row)?.map(({ at }) => at) : [index.instant('startAt', row)];
    if (starts?.[0] !== undefined && Number.isNaN(starts[0])) return false;
    const may = births?.flatMap((at) => starts?.map((start) => this.#isOlder(at, start, row)));
    if (may?.every((older) => older === true) === true) return true;
    if (may?.every((older) => older === false) !== true) this.undatedBirths++;
    return false;
  }

  #isOlder(born: number, start: number, row: number): boolean {
    if (Number.isNaN(start) || born >= start - this.preHireLead) return false;
    const { index } = this.standing;
    // The end of an earlier employment in the record says that they were here before.
    if (isRehire({ at: start }, index.date('endAt', row))) return false;
    const known = index.instant('createdAt', row);
    return Number.isNaN(known) || known > born;
  }

  #sorted(rows: readonly number[]): readonly number[] {
    const { index } = this.standing;
    return [...rows].sort((a, b) => index.source(a) - index.source(b) || (index.id(a) < index.id(b) ? -1 : 1));
  }
}

/** When the account may have been made, ms; undefined where that could be any time. */
export function bornAt({ createdAt, either }: Account): readonly number[] | undefined {
  if (createdAt !== undefined) return [createdAt.at];
  const one = either?.['createdAt'];
  return one === undefined ? undefined : [one.at, exchanged(one).at];
}
