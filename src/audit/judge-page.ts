import { noteAccount } from '../coverage/parts.js';
import type { AppDiff } from '../diff/app-diff.js';
import { AS_ROW, ByColumn } from '../diff/by-column.js';
import type { Ruling } from '../diff/ruling.js';
import { NO_ROW } from '../match/person-index.js';
import type { Account } from '../model/account.js';
import type { Columns } from '../store/columns.js';
import { sizeOf, type Page } from '../contract/source.js';

/**
 * Judges an app's pages, account by account: by column where that will do. Gives the directory record of each, or NO_ROW.
 * `linked`, by row: set where the account carries the directory's own id of its owner. `ruled` is told what was said of every account.
 */
export function pageJudge(diff: AppDiff, linked: Uint8Array, ruled?: (ruling: Ruling) => void): (page: Page<Account>) => number[] {
  const byColumn = new ByColumn(diff);
  const judge = (account: Account): number => {
    diff.comparison.see(account);
    const record = diff.add(account);
    if (record !== NO_ROW) noteAccount(diff, account, record, linked);
    ruled?.(diff.ruling.last);
    return record;
  };
  const judgeColumns = (page: Columns, at: number): number => {
    const record = byColumn.add(page, at);
    if (record === AS_ROW) return judge(page.account(at));
    const row = diff.standing.current(record);
    if (byColumn.isLinked(page, at, record)) linked[row] = 1;
    ruled?.({ verdict: 'compared', why: '', row, rule: diff.foundBy.rule(row), until: NaN });
    return record;
  };
  return (page) => {
    const { columns } = page;
    return Array.from({ length: sizeOf(page) }, (_, at) =>
      columns === undefined ? judge(page.rows[at] as Account) : judgeColumns(columns, at),
    );
  };
}
