const ZERO = 48;
const T = 84;
const Z = 90;

/**
 * Makes of `2026-10-16 17:01:12.5+00`, as PostgreSQL writes a time in UTC, `2026-10-16T17:01:12.500Z` in its place, which is read at a glance. Gives the end of it; that of
 * the cell where it is anything else (a year before Christ). What was made so already stays.
 */
export function isoEnd(bytes: Buffer, begin: number, end: number): number {
  const length = end - begin;
  if (length < 22) return end;
  if (bytes[begin + 10] === T) return bytes[begin + 19] === Z ? begin + 20 : begin + 24;
  if (bytes[end - 3] !== 43 || bytes[end - 2] !== ZERO || bytes[end - 1] !== ZERO || bytes[begin + 10] !== 32) return end;
  if (length === 22) {
    bytes[begin + 10] = T;
    bytes[begin + 19] = Z;
    return begin + 20;
  }
  if (bytes[begin + 19] !== 46) return end;
  bytes[begin + 10] = T;
  for (let at = end - 3; at < begin + 23; at++) bytes[at] = ZERO;
  bytes[begin + 23] = Z;
  return begin + 24;
}
