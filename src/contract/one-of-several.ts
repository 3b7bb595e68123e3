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
