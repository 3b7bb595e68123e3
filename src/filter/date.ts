const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$/i;
const ZONE = /(?:Z|[+-]\d{2}:\d{2})$/i;

/**
 * Milliseconds since 1970 of a dateTime (RFC 7643 section 2.3.5, xsd:dateTime) or a day alone (its midnight). Without a zone it is
 * UTC, as everywhere in lifegap. Undefined: not written like a date, so it is text.
 */
export function readDate(text: string): number | 'no such day' | undefined {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || !DATE.test(text)) return undefined;
  const instant = Date.parse(text.length === 10 || ZONE.test(text) ? text.toUpperCase() : `${text.toUpperCase()}Z`);
  return Number.isNaN(instant) || !isInCalendar(text) ? 'no such day' : instant;
}

/** Date.parse takes February 30th for March 2nd. */
function isInCalendar(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return day <= 28 || new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, day)).getUTCDate() === day;
}
