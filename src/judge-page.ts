import type { MechanismTraces } from './coverage/mechanism.js';
import type { AppDiff } from './diff/app-diff.js';
import { AS_ROW, ByColumn } from './diff/by-column.js';
import { NO_ROW } from './match/person-index.js';
import type { Account } from './model/account.js';
import { MOMENTS, type Columns } from './model/columns.js';
import { sizeOf, type Page } from './pull/source.js';

/** The places of two dates among those of an account by column. */
const CREATED = MOMENTS.account.indexOf('createdAt');
const LAST_LOGIN = MOMENTS.account.indexOf('lastLoginAt');

/** Judges an app's pages, account by account: by column where that will do. Gives the directory record of each, or NO_ROW. */
export function pageJudge(diff: AppDiff, traces: MechanismTraces): (page: Page<Account>) => number[] {
  const { index } = diff.standing;
  const byColumn = new ByColumn(diff);
  const judge = (account: Account): number => {
    const record = diff.add(account);
    const linked = account.externalId !== undefined && record !== NO_ROW && index.agrees('id', record, account.externalId);
    traces.add(account, record !== NO_ROW, linked);
    return record;
  };
  const judgeColumns = (page: Columns, at: number): number => {
    const record = byColumn.add(page, at);
    if (record === AS_ROW) return judge(page.account(at));
    const created = page.instant(CREATED, at);
    const login = page.instant(LAST_LOGIN, at);
    traces.count(page.accountKind(at), page.status(at), given(created), given(login), true, byColumn.isLinked(page, at, record));
    return record;
  };
  return (page) => {
    const { columns } = page;
    return Array.from({ length: sizeOf(page) }, (_, at) =>
      columns === undefined ? judge(page.rows[at] as Account) : judgeColumns(columns, at),
    );
  };
}

function given(at: number): number | undefined {
  return Number.isNaN(at) ? undefined : at;
}
