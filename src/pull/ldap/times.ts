/** 1601-01-01 to 1970-01-01 in milliseconds: FILETIME counts 100 ns from the former (MS-DTYP section 2.3.3). */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
/** Active Directory writes "never" as 0 or as the largest value (MS-ADA1, accountExpires). */
const NEVER = new Set(['0', '9223372036854775807']);
/** The end of the year 9999: ISO 8601 has no agreed form for what comes later, and nobody means it but as "never". */
const LAST_DATE_MS = 253_402_300_799_999n;

/** ISO 8601 of a FILETIME in decimal; undefined for "never" and for what is none. */
export function filetimeIso(text: string): string | undefined {
  if (!/^\d{1,19}$/.test(text) || NEVER.has(text)) return undefined;
  const ms = BigInt(text) / 10_000n - FILETIME_EPOCH_MS;
  return ms > LAST_DATE_MS ? undefined : new Date(Number(ms)).toISOString();
}

const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d))?)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)$/;

/**
 * ISO 8601 of a GeneralizedTime (RFC 4517 section 3.3.13), such as `20261123101500.0Z`; undefined when the text is none, or
 * names a day that does not exist.
 */
export function generalizedIso(text: string): string | undefined {
  const found = GENERALIZED.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone = 'Z'] = found;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute ?? 0), Number(second ?? 0));
  // Date.UTC takes the years 0 to 99 for 1900 to 1999, and lets 31 February overflow: neither is a time that anybody meant.
  const parsed = new Date(start);
  if (parsed.getUTCFullYear() !== Number(year) || parsed.getUTCMonth() !== Number(month) - 1 || parsed.getUTCDate() !== Number(day)) {
    return undefined;
  }
  // The fraction is of the last unit that is written: of an hour, a minute or a second.
  const unit = second !== undefined ? 1000 : minute !== undefined ? 60_000 : 3_600_000;
  const part = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * unit);
  return new Date(start + part - offsetMs(zone)).toISOString();
}

function offsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5) || 0);
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

/** The day that a shadowExpire names (RFC 2307: days since 1970-01-01), as `YYYY-MM-DD`; undefined for "never" (negative) and 0. */
export function shadowDay(text: string): string | undefined {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0) return undefined;
  return new Date(Number(text) * 86_400_000).toISOString().slice(0, 10);
}
