const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * Milliseconds since 1970 of a dateTime (RFC 7643 section 2.3.5, xsd:dateTime) or a day alone (its midnight). Without a zone it is
 * UTC, as everywhere in lifegap. Undefined: not written like a date, so it is text.
 */
export function readDate(text: string): number | 'no such day' | undefined {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || !DATE.test(text)) return undefined;
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes February 30th for March 2nd.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return 'no such day';
  if (text.length === 10) return midnight;
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/i.test(text) ? text : `${text}Z`;
  const instant = Date.parse(zoned.toUpperCase());
  return Number.isNaN(instant) ? 'no such day' : instant;
}
