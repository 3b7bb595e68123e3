import { UsageError } from '../model/errors.js';

/** The instant of `--as-of` (ISO 8601; a date alone means its first moment, UTC), or now. */
export function parseAsOf(text: string | undefined, now: number): number {
  if (text === undefined) return now;
  const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at))
    throw new UsageError(`--as-of ${text}: expected a date or an instant with its zone, such as 2026-11-01 or 2026-11-01T12:00:00Z`);
  return at;
}
