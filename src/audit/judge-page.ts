import type { AppJudge } from '../diff/judge.js';
import type { Ruling } from '../diff/ruling.js';
import { sizeOf, type Page } from '../contract/source.js';
import type { Account } from '../model/account.js';

/** Judges a page of an app, account by account. Gives the directory record of each, or NO_ROW; `ruled` is told what was said of every account. */
export function judgePage(judge: AppJudge, page: Page<Account>, ruled?: (ruling: Ruling) => void): number[] {
  const owners: number[] = [];
  // The rows of a page by column are made when they are asked for.
  const { columns } = page;
  for (let at = 0; at < sizeOf(page); at++) {
    owners.push(columns === undefined ? judge.add(page.rows[at] as Account) : judge.addColumn(columns, at));
    ruled?.(judge.ruling);
  }
  return owners;
}
