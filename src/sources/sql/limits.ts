/** LIMIT of most, TOP of SQL Server, FETCH of the standard, ROWNUM of Oracle. */
const LIMIT = /\b(?:(?:limit|top|fetch\s+(?:first|next))\s*\(?\s*(?:\d+\s*,\s*)?(\d+)|rownum\s*(<=?)\s*(\d+))/gi;

/** To how many rows a query may be cut by what stands in it; a number in a text or a remark counts, too. */
export function limitsIn(query: string): ReadonlySet<number> {
  return new Set(
    [...query.matchAll(LIMIT)].map(([, limit, sign, row]) => (limit === undefined ? Number(row) - (sign === '<' ? 1 : 0) : Number(limit))),
  );
}
