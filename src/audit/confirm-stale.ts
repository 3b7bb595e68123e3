import type { AppJudge } from '../diff/judge.js';
import type { Account } from '../model/account.js';
import { counted } from '../model/counted.js';
import { SourceError } from '../model/errors.js';
import type { ListRead } from './read-all.js';
import type { Source } from '../contract/source.js';

/** Stale candidates that are read again by id before they are reported; beyond it the note says so. */
const CONFIRM = 200;

/** Lists may leave out or lag behind what a read by id returns: candidates are read again before they become findings. */
export async function confirmStale(judge: AppJudge, source: Source<Account>, list: ListRead, signal: AbortSignal): Promise<string[]> {
  if (source.confirm === undefined || list.error !== null) return [];
  const rows = judge.differing();
  if (rows.size === 0) return [];
  const ids = [...rows.keys()].sort().slice(0, CONFIRM);
  let cleared = 0;
  const notes: string[] = [];
  try {
    for (const account of await source.confirm(ids, { signal })) {
      const row = rows.get(account.id);
      if (row !== undefined && judge.confirm(row, account)) cleared++;
    }
  } catch (error) {
    // The list stands by itself: a confirmation that fails leaves its findings as the list gave them.
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    notes.push(`stale accounts could not be read again by id: ${error.message}`);
  }
  if (cleared > 0)
    notes.push(
      `${counted(cleared, 'account differs in the list and agrees', 'accounts differ in the list and agree')} when read by id: the app's list is stale, not the account`,
    );
  if (rows.size > CONFIRM) notes.push(`${rows.size - CONFIRM} of ${rows.size} stale accounts were not read again by id`);
  return notes;
}
