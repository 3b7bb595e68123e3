/** Keys by which the answers of APIs tell that they are one page of several. */
const MORE = [
  '@odata.nextLink',
  'nextLink',
  'next',
  'next_page',
  'nextPage',
  'nextCursor',
  'next_cursor',
  'nextPageToken',
  'next_page_token',
];
/** Objects in which those keys stand, beside the list. */
const AROUND = ['links', '_links', 'paging', 'pagination', 'meta', 'metadata', 'response_metadata'];

/** Where a document says that it goes on: `nextLink`, `links.next`; undefined where it does not. */
export function placeOfNext(document: unknown): string | undefined {
  if (!isObject(document)) return undefined;
  for (const name of MORE) if (names(document, name)) return name;
  for (const outer of AROUND) {
    const inner = Object.hasOwn(document, outer) ? document[outer] : undefined;
    const name = isObject(inner) ? MORE.find((one) => names(inner, one)) : undefined;
    if (name !== undefined) return `${outer}.${name}`;
  }
  return undefined;
}

/** A list is none that goes on: it is what the document is about. */
function names(document: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = Object.hasOwn(document, name) ? document[name] : undefined;
  return value !== undefined && value !== null && value !== '' && value !== false && !Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Systems that give pages stop at thousands of rows (Elasticsearch and what is built on it: 10,000; Auth0: 1,000). */
export function isWindow(rows: number): boolean {
  return rows > 0 && rows % 1000 === 0;
}

/** Up to here, systems cut at these; beyond, at multiples of five hundred. */
const SMALL = [50, 100, 200, 250, 500];

/**
 * Systems cut lists at round numbers of rows, and some say nothing of it (Keystone: 1,000). Powers of two count as round, too. Twenty or thirty rows
 * are no sign: many lists have so many.
 */
export function isRound(rows: number): boolean {
  return SMALL.includes(rows) || (rows >= 1000 && rows % 500 === 0) || (rows >= 256 && Number.isInteger(Math.log2(rows)));
}
