import { isObject } from '../model/parsed.js';

/**
 * Keys by which the answers of APIs tell that they are one page of several, without their case and what separates words in them:
 * what asks for the next page, flags that are true where it goes on, and flags that are false there.
 */
const NEXT = setOf(
  'next nextlink nextpage nextcursor nextpagetoken nexttoken nextmarker nexturl nexturi nextpageurl nextrecordsurl nextoffset nextstart continuationtoken paginationtoken',
);
const MORE = setOf(
  'more hasmore hasmoreitems hasmoreresults hasmorerows hasnext hasnextpage moreresults moreitemsincollection istruncated truncated incompleteresults timedout',
);
const LAST = setOf('last islast lastpage islastpage done complete');
const TOTAL = setOf('total totalcount totalresults totalelements totalitems totalrecords totalrows totalsize numfound count');
const PAGES = setOf('totalpages pagecount lastpage pages');
/** Objects in which those keys stand, beside the list. */
const AROUND = setOf(
  'links paging pagination meta metadata responsemetadata page pageinfo pager listinfo resultinfo searchmetadata additionaldata info',
);
/** `meta.pagination.links`; nobody nests them deeper. */
const DEPTH = 3;

interface Told {
  readonly key: string;
  readonly place: string;
  readonly value: unknown;
}

/** Where a document says that it goes on: `nextLink`, `links.next`, `has_more`; undefined where it does not. */
export function placeOfNext(document: unknown): string | undefined {
  for (const { key, place, value } of told(document)) if (goesOn(key, value)) return place;
  return undefined;
}

/** Where a document says that its list has more than these rows, or that it is one of several pages, and how many it says; undefined where it does not. */
export function placeOfMore(document: unknown, rows: number): string | undefined {
  let pages: string | undefined;
  let isWhole = false;
  for (const { key, place, value } of told(document)) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) continue;
    if (TOTAL.has(key)) {
      if (value > rows) return `${place}: ${value}`;
      isWhole ||= value === rows;
    } else if (PAGES.has(key) && value > 1) pages ??= `${place}: ${value}`;
  }
  return isWhole ? undefined : pages;
}

function goesOn(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  // A list is none that goes on: it is what the document is about.
  if (NEXT.has(key)) return value !== false && !Array.isArray(value) && !(typeof value === 'number' && value <= 0);
  if (MORE.has(key)) return value === true || value === 'true';
  return LAST.has(key) && (value === false || value === 'false');
}

function* told(document: unknown, path = '', depth = 0): Generator<Told> {
  if (!isObject(document)) return;
  const around: [string, unknown][] = [];
  for (const [name, value] of Object.entries(document)) {
    const key = name
      .toLowerCase()
      .replace(/^@odata\./, '')
      .replace(/[^a-z]/g, '');
    yield { key, place: `${path}${name}`, value };
    if (TOTAL.has(key) && isObject(value)) yield* toldOfTotal(key, value, `${path}${name}`);
    if (AROUND.has(key)) around.push([name, value]);
  }
  for (const [name, value] of depth < DEPTH ? around : []) {
    if (Array.isArray(value)) yield* toldByRelation(value, `${path}${name}`);
    else yield* told(value, `${path}${name}.`, depth + 1);
  }
}

/** `total: { value: 10000, relation: gte }`, as searches count: so many, or more than anybody has counted. */
function* toldOfTotal(key: string, { value, relation }: Readonly<Record<string, unknown>>, place: string): Generator<Told> {
  yield { key, place: `${place}.value`, value };
  yield { key: 'hasmore', place: `${place}.relation`, value: relation === 'gte' };
}

/** `links: [{ rel: next, href: … }]`. */
function* toldByRelation(links: readonly unknown[], path: string): Generator<Told> {
  for (const link of links) if (isObject(link) && link['rel'] === 'next') yield { key: 'next', place: `${path}.next`, value: link['href'] };
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
