import { getHeapStatistics } from 'node:v8';
import { doubting, told, type Completeness } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import { SourceError } from '../model/errors.js';
import { sizeOf, type Page, type PullOptions, type Source } from '../contract/source.js';

export interface ListRead {
  readonly completeness: Completeness;
  /** Set when the source failed: one line. What was seen before stays valid as sightings. */
  readonly error: string | null;
}

/** What a list may grow to before it counts as one without an end. */
export interface Bounds {
  readonly rows: number;
  /** In a row. */
  readonly emptyPages: number;
  /** Share (0..1) of the memory that Node may use which may be in use after each of so many pages in a row: a collection may just be due. */
  readonly heap: number;
  readonly fullPages: number;
}

const BOUNDS: Bounds = { rows: 50_000_000, emptyPages: 10_000, heap: 0.95, fullPages: 20 };

/**
 * Reads a whole list, page by page. A source that fails leaves an unproven list and its message; anything that is not a
 * `SourceError` is our bug and goes up. The caller closes the source.
 */
export async function readAll<Row>(
  source: Pick<Source<Row>, 'name' | 'pull'>,
  options: PullOptions,
  take: (page: Page<Row>) => void | Promise<void>,
  bounds: Bounds = BOUNDS,
): Promise<ListRead> {
  let rows = 0;
  let pages = 0;
  let empty = 0;
  let full = 0;
  try {
    const list = source.pull(options);
    for (;;) {
      const step = await list.next();
      if (step.done === true) return { completeness: notEmpty(step.value), error: null };
      await take(step.value);
      rows += sizeOf(step.value);
      pages++;
      empty = sizeOf(step.value) === 0 ? empty + 1 : 0;
      full = isFull(bounds.heap) ? full + 1 : 0;
      const beyond = boundPassed(rows, empty, full, bounds);
      if (beyond === undefined) continue;
      await list.return(undefined as never);
      throw new SourceError(source.name, 'too-large', `${source.name}: reading the list: ${beyond}`);
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    const reason = rows === 0 ? 'the source failed' : `the source failed after ${counted(rows, 'row', 'rows')}`;
    const facts = told([{ kind: 'unfinished', isDoubt: true, text: reason }]);
    return { completeness: { verdict: 'unproven', ...facts, received: rows, unique: rows, pages }, error: error.message };
  }
}

/** Why it is not read on, and what to do; undefined: it is. An audit that runs out of memory would end without a word. */
function boundPassed(rows: number, empty: number, full: number, bounds: Bounds): string | undefined {
  if (rows > bounds.rows)
    return `${rows} rows came, and no end: is its paging right? A list of more than ${bounds.rows} is not read; split it by a filter`;
  if (empty > bounds.emptyPages) return `${empty} pages without a row came one after the other, and no end: is its paging right?`;
  if (full <= bounds.fullPages) return undefined;
  const mebibytes = Math.round(getHeapStatistics().heap_size_limit / 1024 / 1024);
  return `after ${counted(rows, 'row', 'rows')} the ${mebibytes} MiB that Node may use are used up: give it more (NODE_OPTIONS=--max-old-space-size=MIB), or read fewer apps at a time (--concurrency)`;
}

function isFull(share: number): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > limit * share;
}

/** An empty list proves nothing: a missing permission looks the same. */
function notEmpty(completeness: Completeness): Completeness {
  if (completeness.unique > 0) return completeness;
  const reason = 'no row came: an empty list proves nothing (missing permission, wrong path or filter?)';
  return doubting(completeness, reason);
}
