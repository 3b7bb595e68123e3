import { NO_ROW } from '../match/person-index.js';
import type { Match } from '../match/match.js';
import { hasLiveCredential, isNonHuman, isOn, type Account } from '../model/account.js';
import type { Columns } from '../store/columns.js';
import type { AppCase } from './app-case.js';
import type { AppDiff } from './app-diff.js';
import { AS_ROW, ByColumn } from './by-column.js';
import { Docket } from './docket.js';
import type { Doubts } from './settle/doubts.js';
import { leftover } from './leftovers.js';
import { judgeLeftCredential } from './account/left-credential.js';
import { judgeOwned } from './account/owned.js';
import { judgeOwnerless } from './account/ownerless.js';
import { judgeRegistered } from './account/registered.js';
import { covering } from './registrations.js';
import type { Ruling } from './ruling.js';
import { settle } from './settle/settle.js';
import { mustGo } from './table.js';
import { judgeUnclear } from './account/unclear.js';

/**
 * Judges one app against the directory, account by account, in any order. What one account decides is counted at once; what needs a look at all of a person's
 * accounts waits until the app is settled.
 */
export class AppJudge {
  readonly #docket: Docket;
  readonly #byColumn: ByColumn;

  constructor(given: AppCase) {
    this.#docket = new Docket(given);
    this.#byColumn = new ByColumn(this.#docket);
  }

  get accounts(): number {
    return this.#docket.accounts;
  }

  /** What was said of the last account. */
  get ruling(): Ruling {
    return this.#docket.ruling.last;
  }

  /** Judges one account; gives back the directory record that it matched, or NO_ROW. */
  add(account: Account): number {
    this.#docket.comparison.see(account);
    const record = this.#judge(account);
    if (record !== NO_ROW) this.#noteOwned(account, record);
    return record;
  }

  /** The same of a row of a page by column: where something is to be said about it, it becomes an account first. */
  addColumn(page: Columns, at: number): number {
    const record = this.#byColumn.add(page, at);
    return record === AS_ROW ? this.add(page.account(at)) : record;
  }

  /** Accounts that differ from the directory, by id, with the row of their owner. */
  differing(): Map<string, number> {
    const { rows, differences } = this.#docket;
    const byId = new Map<string, number>();
    for (const row of differences.keys()) {
      const id = rows.id(row);
      if (id !== undefined) byId.set(id, row);
    }
    return byId;
  }

  /** Compares one of them again, as read by id; true when the difference is gone. */
  confirm(row: number, account: Account): boolean {
    const { comparison, differences } = this.#docket;
    const found = comparison.compare(row, account);
    if (found === undefined) return false;
    if (found.length > 0) differences.set(row, found);
    else differences.delete(row);
    return found.length === 0;
  }

  /** After the last account. */
  settle(doubts: Doubts): AppDiff {
    return settle(this.#docket, doubts);
  }

  #judge(account: Account): number {
    const docket = this.#docket;
    docket.accounts++;
    docket.residuals.roles.add(account);
    const match = docket.matcher.match(account);
    docket.ruling.begin(match);
    // A manifest must not hide a leaver either: an account that a key gives to somebody is judged as theirs.
    if (match.kind === 'none' && account.builtIn !== undefined) {
      docket.builtIns.add(account.builtIn, docket.ruling);
      return NO_ROW;
    }
    const covered = docket.registrations.length === 0 ? undefined : covering(docket, account, match);
    if (covered !== undefined) {
      judgeRegistered(docket, account, covered, match);
      return NO_ROW;
    }
    if (isOn(account) && !isNonHuman(account.kind)) docket.activeHumans++;
    this.#byOwner(account, match);
    return match.kind === 'one' ? match.record : NO_ROW;
  }

  #byOwner(account: Account, match: Match): void {
    const docket = this.#docket;
    if (account.status === 'deleted' && hasLiveCredential(account, docket.standing.asOf)) judgeLeftCredential(docket, account, match);
    else if (match.kind === 'none') judgeOwnerless(docket, account);
    else if (match.kind === 'one') judgeOwned(docket, account, match);
    else judgeUnclear(docket, account, match);
  }

  /** Does the account carry its owner's id, and what does a leaver still hold? No verdict hangs on it; coverage asks for it later. */
  #noteOwned(account: Account, record: number): void {
    const { rows, standing, policy } = this.#docket;
    const row = standing.current(record);
    if (account.externalId !== undefined && standing.index.agrees('id', record, account.externalId)) rows.link(row);
    if (mustGo(standing, row, policy)) rows.leave(row, leftover(account, standing.asOf, rows.leftover(row)));
  }
}
