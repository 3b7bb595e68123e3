import { UsageError } from '../model/errors.js';

/** The instant of `--as-of` (ISO 8601; a date alone means its first moment, UTC), or now. */
export function parseAsOf(text: string | undefined, now: number): number {
  if (text === undefined) return now;
  const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : NaN;
  // Date.parse rolls 30 February over into March: another day than the one that was asked for.
  const day = Date.parse(text.slice(0, 10));
  const rolled = Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text.slice(0, 10);
  if (Number.isNaN(at) || rolled)
    throw new UsageError(`--as-of ${text}: expected a date or an instant with its zone, such as 2026-11-01 or 2026-11-01T12:00:00Z`);
  return at;
}

/** The number of a flag that takes one. */
export function parseWhole(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new UsageError(`${flag} ${text}: expected a whole number from 1 to ${most}`);
  return value;
}
