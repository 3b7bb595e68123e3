import type { Account } from '../model/account.js';
import type { AppRows } from './rows.js';

/**
 * The match rule that found each person's account, held only where it was not the app's first. It goes with the account that
 * `rows` keeps, so what is shown of a person never depends on the order of accounts.
 */
export class FoundBy {
  readonly #kept = new Map<number, string>();
  /** Of further active accounts, by account id. */
  readonly #extra = new Map<string, string>();

  constructor(private readonly first: string) {}

  /** Keeps the account in `rows`, and the rule beside it. */
  keep(rows: AppRows, row: number, account: Account, rule: string): void {
    const before = rows.id(row);
    const extra = rows.extra.get(row)?.length ?? 0;
    rows.keep(row, account);
    const another = (rows.extra.get(row)?.length ?? 0) > extra;
    if (rows.id(row) !== account.id) {
      if (another) this.#set(this.#extra, account.id, rule);
      return;
    }
    if (another && before !== undefined) this.#set(this.#extra, before, this.#kept.get(row) ?? this.first);
    this.#set(this.#kept, row, rule);
  }

  /** The rule that found the row's kept account, or that further account of it. */
  rule(row: number): string {
    return this.#kept.get(row) ?? this.first;
  }

  extraRule(accountId: string): string {
    return this.#extra.get(accountId) ?? this.first;
  }

  #set<Key>(rules: Map<Key, string>, key: Key, rule: string): void {
    if (rule === this.first) rules.delete(key);
    else rules.set(key, rule);
  }
}
