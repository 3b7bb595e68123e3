import { counted } from '../../model/counted.js';
import { SourceError } from '../../model/errors.js';
import { ScannedList, type ListScan } from '../../mapping/bytes/list-scan.js';
import type { Ledger } from '../../contract/ledger.js';
import type { Asker } from './asker.js';
import { MAX_EMPTY_PAGES, MAX_STALE_PAGES, type RecordList, type Turn } from '../paging/pager.js';
import { openPager } from '../paging/paging.js';
import { compileRecords } from './records.js';
import type { Records, Request } from '../form/parts.js';
import type { Paging } from '../form/paging.js';
import type { Values } from '../form/template.js';

/** A system that always has one more page would be read for ever. */
const MAX_PAGES = 100_000;

/** One list: a request and its pages. */
export interface ListPlan {
  /** "users", "members (inactive)": for messages. */
  readonly name: string;
  readonly request: Request;
  readonly paging: Paging;
  readonly records: Records;
  readonly values: Values;
  /** What names a record, where a plain path does; otherwise the whole record is its name. */
  readonly idOf?: (record: unknown) => unknown;
  /** Records may be plain texts. */
  readonly ofTexts?: boolean;
  /** How many rows were asked for by their ids, and whether these are proven to be all there are. */
  readonly expects?: { readonly rows: number; readonly areAll: boolean };
}

export interface Reading {
  readonly system: string;
  readonly asker: Asker;
  readonly signal: AbortSignal;
  /** Read so many pages of a list at most, for a trial: whether it is whole is then not judged. */
  readonly firstPages?: number;
}

/**
 * Reads one list, page by page, and tells its ledger how it ended. The caller takes each page into that ledger before it asks for
 * the next: whether pages repeat is judged by it.
 *
 * @throws {SourceError} when a page cannot be had, or contradicts itself
 */
export function readPages(plan: ListPlan, ledger: Ledger, reading: Reading): AsyncGenerator<readonly unknown[], void, void> {
  // Without a scan every page is parsed.
  return readRecords(plan, ledger, reading) as AsyncGenerator<readonly unknown[], void, void>;
}

/** The same, of pages that are read from their bytes where `scan` can; the list of a page is there until the next one is asked for. */
export async function* readRecords(
  plan: ListPlan,
  ledger: Ledger,
  reading: Reading,
  scan?: ListScan,
): AsyncGenerator<RecordList, void, void> {
  let came = 0;
  for await (const records of pagesOf(plan, ledger, reading, scan)) {
    came += records.length;
    yield records;
  }
  // However the answers end, and in how many pages they come.
  if (plan.expects !== undefined && came < plan.expects.rows && reading.firstPages === undefined)
    ledger.doubt(`${counted(plan.expects.rows, 'row was', 'rows were')} asked for by their ids, and ${came} came`);
}

async function* pagesOf(
  plan: ListPlan,
  ledger: Ledger,
  reading: Reading,
  scan: ListScan | undefined,
): AsyncGenerator<RecordList, void, void> {
  const { system, asker, signal } = reading;
  let scanned: ScannedList | undefined;
  const open = scan === undefined ? {} : { scan: (bytes: Buffer) => (scanned = scan.open(bytes))?.document };
  const recordsOf = compileRecords(plan.records);
  let purpose = '';
  const fail = (what: string): SourceError =>
    new SourceError(system, 'malformed', `${system}: ${purpose}: ${what}; check the manifest, or report it to whoever runs the system`);
  const nameOf = (record: unknown): string => JSON.stringify(plan.idOf?.(record) ?? record);
  const pager = openPager(plan.paging, { ledger, nameOf, fail, ...(plan.expects === undefined ? {} : { expects: plan.expects }) });
  const follows = typeof plan.paging === 'object' ? plan.paging.cursor?.request : undefined;
  const cursors = new Set<string>();
  let turn: Turn = pager.first();
  let empty = 0;
  let stale = 0;
  let last: RecordList | undefined;
  for (let number = 1; ; number++) {
    purpose = turn.probe === true ? `checking the pages of ${plan.name}` : `reading page ${number} of ${plan.name}`;
    const request = turn.follows === true && follows !== undefined ? { headers: plan.request.headers, ...follows } : plan.request;
    const { response, outcome, said } = await asker.ask({ request, values: plan.values, turn, purpose, signal, ...open });
    if (outcome === 'refused') return pager.refused?.();
    if (said !== undefined) ledger.remark(said);
    // An earlier attempt may have left another list behind.
    const list = scanned !== undefined && scanned.document === response.body ? scanned : recordsOf(response.body);
    const found: RecordList | undefined = outcome === 'empty' ? [] : list;
    if (found === undefined) throw fail(`the answer holds no list at ${place(plan.records)}`);
    if (Array.isArray(found)) checkRecords(found, plan, fail);
    if (turn.probe === true) {
      const next = pager.next({ ...response, records: found, came: found.length, fresh: 0, turn });
      if (next === undefined) return;
      number--;
      turn = next;
      continue;
    }
    const records = turn.overlaps === true ? afterOverlap(found, last?.at(-1), nameOf, ledger) : found;
    if (found.length > 0) last = found;
    if (response.seen !== undefined) response.seen.rows = found.length;
    const before = ledger.unique;
    yield records;
    if (reading.firstPages !== undefined && number >= reading.firstPages) {
      // The pager declares the total, where there is one.
      pager.next({ ...response, records, came: found.length, fresh: ledger.unique - before, turn });
      return;
    }
    if (outcome === 'empty') {
      ledger.end('protocol');
      const probe = pager.emptied?.();
      if (probe === undefined) return;
      turn = probe;
      continue;
    }
    const fresh = ledger.unique - before;
    const next = pager.next({ ...response, records, came: found.length, fresh, turn });
    if (response.seen !== undefined && ledger.declaredTotal !== undefined) response.seen.declaredTotal = ledger.declaredTotal;
    if (next === undefined) return;
    if (next.cursor !== undefined) {
      empty = records.length === 0 ? empty + 1 : 0;
      if (records.length > 0) stale = fresh === 0 ? stale + 1 : 0;
      if (empty >= MAX_EMPTY_PAGES) return ledger.doubt(`${empty} pages in a row were empty, each with a next one`);
      if (stale >= MAX_STALE_PAGES) return ledger.doubt(`${stale} pages in a row brought only rows that came before`);
      if (cursors.has(next.cursor)) return ledger.doubt('a cursor came a second time: the pages go round in a circle');
      cursors.add(next.cursor);
    }
    if (number >= MAX_PAGES) return ledger.doubt(`reading stopped after ${MAX_PAGES} pages`);
    turn = next;
  }
}

/** The rows after the one that the page before ended with. Where another row stands in its place, rows have slipped by unseen. */
function afterOverlap(found: RecordList, last: unknown, nameOf: (record: unknown) => string, ledger: Ledger): RecordList {
  if (found.length > 0 && nameOf(found.at(0)) === nameOf(last)) return found instanceof ScannedList ? found.rest() : found.slice(1);
  ledger.doubt('rows moved while the pages were read: the last row of one page was not the first of the next, so others may be left out');
  return found;
}

function checkRecords(found: readonly unknown[], plan: ListPlan, fail: (what: string) => SourceError): void {
  const odd = found.find((record) => typeof record !== 'object' || record === null);
  if (odd === undefined) return;
  const isText = typeof odd === 'string' || typeof odd === 'number';
  if (isText && plan.ofTexts === true) return;
  const hint = isText ? '; where a record is a plain text, its path is `.`: fields: { id: . }' : '';
  throw fail(`what stands at ${place(plan.records)} are no records${hint}`);
}

function place(records: Records): string {
  const path = typeof records === 'string' ? records : (records.values_of ?? records.path ?? '.');
  return path === '.' ? 'its top' : path;
}
