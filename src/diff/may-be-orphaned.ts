import type { Match } from '../match/match.js';
import type { AppDiff } from './app-diff.js';
import { mayStay, ownerOf } from './table.js';

/**
 * May an account that fits several people, or whose key was somebody else's, be an orphan? Whoever had the key before, or more people than were
 * looked at, may have left; of the others it is known.
 */
export function mayBeOrphaned(diff: AppDiff, { kind, rows }: Match & { kind: 'ambiguous' | 'recycled' }): boolean {
  const { standing, spec, policy, dates } = diff;
  // One person alone, and yet a question: it may be somebody else's altogether.
  if (kind === 'recycled' || rows.length < 2) return true;
  return rows.some((row) => {
    const state = standing.state(row);
    const owner = ownerOf(state, state !== 'active' || spec.allowed(row), policy, standing.index.kind(row));
    return !mayStay(owner) && !dates.hasJustLeft(row);
  });
}
