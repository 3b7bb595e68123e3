/** 1601-01-01 to 1970-01-01 in milliseconds: FILETIME counts 100 ns from the former (MS-DTYP section 2.3.3). */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
/** Active Directory writes "never" as 0 or as the largest value (MS-ADA1, accountExpires). */
const NEVER = new Set(['0', '9223372036854775807']);
/** The end of the year 9999: ISO 8601 has no agreed form for what comes later, and nobody means it but as "never". */
const LAST_DATE_MS = 253_402_300_799_999n;

/** What cannot be read goes on as it stands, so that it counts as a date that nobody understood; undefined for "never" and for nothing. */
export function filetimeOr(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{1,19}$/.test(text)) return filetimeIso(text ?? '');
  return text;
}

/** ISO 8601 of a FILETIME in decimal; undefined for "never" and for what is none. */
export function filetimeIso(text: string): string | undefined {
  if (!/^\d{1,19}$/.test(text) || NEVER.has(text)) return undefined;
  const ms = BigInt(text) / 10_000n - FILETIME_EPOCH_MS;
  return ms > LAST_DATE_MS ? undefined : new Date(Number(ms)).toISOString();
}

/** The day that a shadowExpire names (RFC 2307: days since 1970-01-01), as `YYYY-MM-DD`; undefined for "never" (negative) and 0. */
export function shadowDay(text: string): string | undefined {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0) return undefined;
  return new Date(Number(text) * 86_400_000).toISOString().slice(0, 10);
}
