import type { Ledger } from '../../contract/ledger.js';
import type { ScannedList } from '../../mapping/bytes/list-scan.js';
import { jsonPath } from '../../mapping/json-path.js';
import type { Place } from '../form/parts.js';
import type { Json } from '../form/request.js';
import { isList } from '../../model/parsed.js';

/** What one page asks for, over the manifest's request. */
export interface Turn {
  readonly query?: readonly (readonly [string, string])[];
  /** Parameters of the manifest's query that are left out. */
  readonly without?: readonly string[];
  /** What `${name}` of the path stands for. */
  readonly path?: Readonly<Record<string, string>>;
  /** Values at places of the JSON body. */
  readonly body?: readonly (readonly [string, Json])[];
  /** A whole URL, in place of path and query. */
  readonly url?: string;
  /** The request of pages after the first, where the manifest has one. */
  readonly follows?: boolean;
  /** One page past the declared total: it may be refused. */
  readonly pastEnd?: boolean;
  /** The first row should be the last one of the page before: then nothing has moved in between. */
  readonly overlaps?: boolean;
  /** Asked for proof alone: its rows are not taken. */
  readonly probe?: boolean;
  /** What must not come twice: the cursor or the URL. */
  readonly cursor?: string;
}

/** The records of a page: parsed, or where they lie in its bytes. */
export type RecordList = readonly unknown[] | ScannedList;

/** One page as it came. */
export interface Answered {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
  /** Without the row that overlaps with the page before. */
  readonly records: RecordList;
  /** Records that came, that row included. */
  readonly came: number;
  /** Records whose id had not come before in this list. */
  readonly fresh: number;
  readonly turn: Turn;
}

/** Decides what comes after a page. Undefined: nothing; the ledger has been told how the list ended, or what speaks against it. */
export interface Pager {
  first(): Turn;
  next(page: Answered): Turn | undefined;
  /** The page past the declared total was refused, or one asked for proof alone. */
  refused?(): void;
  /** By the manifest's own rule, an answer meant that there are no rows. What is left to be proven of the pages before it? */
  emptied?(): Turn | undefined;
}

export interface PagerContext {
  readonly ledger: Ledger;
  /** What tells a record from others, as text. */
  readonly nameOf: (record: unknown) => string;
  /** Fails the list: what came contradicts itself. `what` reads on after "reading page 3 of members: ". */
  readonly fail: (what: string) => Error;
  /** How many rows were asked for by their ids, and whether these are proven to be all there are. */
  readonly expects?: { readonly rows: number; readonly areAll: boolean };
}

/** Consecutive pages without any row that are followed while they name a next one. */
export const MAX_EMPTY_PAGES = 100;
/** Consecutive pages that bring only rows that came before. */
export const MAX_STALE_PAGES = 2;

export type ReadPlace = (page: Pick<Answered, 'body' | 'headers'>) => unknown;

/** Reads one value of an answer; of a list with one element, that element. */
export function compilePlace(place: Place): ReadPlace {
  if (typeof place === 'object') {
    const name = place.header.toLowerCase();
    return ({ headers }) => headers[name];
  }
  const read = jsonPath(place);
  return ({ body }) => {
    const value = read(body);
    return isList(value) && value.length === 1 ? value[0] : value;
  };
}

export function showPlace(place: Place): string {
  return typeof place === 'object' ? `header ${place.header}` : place;
}

/** A count as the system writes it; undefined where it writes none. */
export function countOf(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.trim() : value;
  if (typeof text === 'string' && !/^\d{1,15}$/.test(text)) return undefined;
  const number = typeof text === 'string' ? Number(text) : text;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

export function truthOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** What `more` or `done` says: are there further pages? `missing`: the manifest names a place, and nothing stands there. */
export function continues(more: Place | undefined, done: Place | undefined): (page: Answered) => boolean | 'missing' | undefined {
  const place = more ?? done;
  if (place === undefined) return () => undefined;
  const read = compilePlace(place);
  return (page) => {
    const said = truthOf(read(page));
    if (said === undefined) return 'missing';
    return more === undefined ? !said : said;
  };
}

export function declareTotal(total: Place | undefined, { ledger }: PagerContext): (page: Answered) => void {
  if (total === undefined) return () => undefined;
  const read = compilePlace(total);
  return (page) => {
    const declared = countOf(read(page));
    if (declared !== undefined) ledger.declare(declared);
    else ledger.doubt(`no total came at ${showPlace(total)}, where the manifest says that there is one`);
  };
}
