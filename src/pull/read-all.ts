import type { Completeness } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import { SourceError } from '../model/errors.js';
import { sizeOf, type Page, type PullOptions, type Source } from './source.js';

export interface ListRead {
  readonly completeness: Completeness;
  /** Set when the source failed: one line. What was seen before stays valid as sightings. */
  readonly error: string | null;
}

/**
 * Reads a whole list, page by page. A source that fails leaves an unproven list and its message; anything that is not a
 * `SourceError` is our bug and goes up. The caller closes the source.
 */
export async function readAll<Row>(
  source: Source<Row>,
  options: PullOptions,
  take: (page: Page<Row>) => void | Promise<void>,
): Promise<ListRead> {
  let rows = 0;
  let pages = 0;
  try {
    const list = source.pull(options);
    for (;;) {
      const step = await list.next();
      if (step.done === true) return { completeness: notEmpty(step.value), error: null };
      await take(step.value);
      rows += sizeOf(step.value);
      pages++;
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    const reason = rows === 0 ? 'the source failed' : `the source failed after ${counted(rows, 'row', 'rows')}`;
    return { completeness: { verdict: 'unproven', reasons: [reason], received: rows, unique: rows, pages }, error: error.message };
  }
}

/** An empty list proves nothing: a missing permission looks the same. */
function notEmpty(completeness: Completeness): Completeness {
  if (completeness.unique > 0) return completeness;
  const reason = 'no row came: an empty list proves nothing (missing permission, wrong path or filter?)';
  return { ...completeness, verdict: 'unproven', reasons: [...new Set([...completeness.reasons, reason])].sort() };
}
