import type { Account } from '../model/account.js';
import type { AppRows } from './rows.js';

/**
 * The match rule that found each person's account, held only where it was not the app's first. It goes with the account that
 * `rows` keeps, so what is shown of a person never depends on the order of accounts.
 */
export class FoundBy {
  readonly #names: string[];
  /** By row, the place of its rule's name; nothing is held while all are the first. */
  #kept: Uint16Array | undefined;
  /** Of further active accounts, by account id. */
  readonly #extra = new Map<string, string>();

  constructor(
    private readonly first: string,
    private readonly people: number,
  ) {
    this.#names = [first];
  }

  /** Keeps the account in `rows`, and the rule beside it. */
  keep(rows: AppRows, row: number, account: Account, rule: string): void {
    const before = rows.id(row);
    const extra = rows.extra(row)?.length ?? 0;
    rows.keep(row, account);
    const another = (rows.extra(row)?.length ?? 0) > extra;
    if (rows.id(row) !== account.id) {
      if (another) this.#setExtra(account.id, rule);
      return;
    }
    if (another && before !== undefined) this.#setExtra(before, this.rule(row));
    this.set(row, rule);
  }

  /** The rule of an account that `rows` has kept as the row's first. */
  set(row: number, rule: string): void {
    if (this.#kept === undefined && rule === this.first) return;
    const known = this.#names.indexOf(rule);
    (this.#kept ??= new Uint16Array(this.people))[row] = known < 0 ? this.#names.push(rule) - 1 : known;
  }

  /** The rule that found the row's kept account, or that further account of it. */
  rule(row: number): string {
    return this.#names[this.#kept?.[row] ?? 0] ?? this.first;
  }

  extraRule(accountId: string): string {
    return this.#extra.get(accountId) ?? this.first;
  }

  #setExtra(accountId: string, rule: string): void {
    if (rule === this.first) this.#extra.delete(accountId);
    else this.#extra.set(accountId, rule);
  }
}
