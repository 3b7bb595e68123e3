import type { AppJudge } from '../diff/judge.js';
import type { Ruling } from '../diff/ruling.js';
import type { Page } from '../contract/source.js';
import type { Account } from '../model/account.js';

/** Judges a page of an app, account by account. Gives the directory record of each, or NO_ROW; `ruled` is told what was said of every account. */
export function judgePage(judge: AppJudge, page: Page<Account>, ruled?: (ruling: Ruling) => void): number[] {
  const owners: number[] = [];
  const note = (record: number): void => {
    owners.push(record);
    ruled?.(judge.ruling);
  };
  // The rows of a page by column are made when they are asked for.
  const { columns } = page;
  if (columns === undefined) for (const account of page.rows) note(judge.add(account));
  else for (let at = 0; at < columns.rows; at++) note(judge.addColumn(columns, at));
  return owners;
}
