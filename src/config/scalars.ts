import { z } from 'zod';
import { DATE_ORDERS } from '../model/config.js';
import { canonicalFailOn, failOnMistake } from './fail-on.js';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const DURATION = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d|w)$/;

/** `24h`, `90d`, `15m`, `2w` -> milliseconds. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0));
}

const durationError = 'expected a duration such as 24h, 90d, 15m or 2w';
export const duration = z
  .string(durationError)
  .regex(DURATION, durationError)
  .transform((text) => parseDuration(text) ?? 0);

const SHARE = /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%$/;
const shareError = 'expected a share such as 20%, or a number from 0 to 1';
/** `20%` or 0.2 -> 0.2 */
export const share = z
  .union([z.string().regex(SHARE, shareError), z.number().min(0, shareError).max(1, shareError)], shareError)
  .transform((value) => {
    return typeof value === 'number' ? value : Number(value.slice(0, -1)) / 100;
  });

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayError = 'expected a date such as 2027-03-31';
/** ISO date -> epoch ms of the last millisecond of that day, UTC: a review that is due on a day may be done on that day. */
export const day = z
  .string(dayError)
  .regex(DAY, dayError)
  .transform((text, context) => {
    const start = Date.parse(`${text}T00:00:00Z`);
    if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== text) {
      context.addIssue({ code: 'custom', message: 'there is no such day' });
      return z.NEVER;
    }
    return start + 86_400_000 - 1;
  });

export const text = z.string().min(1, 'expected text, got an empty string').max(2_000, 'longer than 2000 characters');

export const failOnWord = z
  .string()
  .superRefine((word, context) => {
    const mistake = failOnMistake(word);
    if (mistake !== undefined) context.addIssue({ code: 'custom', message: mistake });
  })
  .transform(canonicalFailOn);

const REFERENCE = String.raw`\$\{(?:env:[A-Za-z_][A-Za-z0-9_]*|file:[^{}]+)\}`;
const LITERAL_SECRET = 'a literal secret in the config; write ${env:NAME} or ${file:path} instead';

/** Text of a secret field, still with its reference: it becomes a Secret once the reference is resolved. */
export class SecretText {
  constructor(readonly text: string) {}
}

/** One reference and nothing else: a literal in such a field is refused, and never repeated in the message. */
export const secret = z
  .string(LITERAL_SECRET)
  .regex(new RegExp(`^${REFERENCE}$`), LITERAL_SECRET)
  .transform((value) => new SecretText(value));

/** As `secret`, with the scheme before it that some vendors ask for: `SSWS ${env:T}`, `Token token=${env:T}`. */
export const headerSecret = z
  .string(LITERAL_SECRET)
  .regex(new RegExp(`^(?:[A-Za-z]{1,16} (?:[a-z]{1,16}=)?)?${REFERENCE}$`), LITERAL_SECRET)
  .transform((value) => new SecretText(value));

export const dates = z
  .enum(DATE_ORDERS)
  .optional()
  .describe(
    'The order of day, month and year in its dates, where they do not show it: 10/11/2026 is 10 November (dmy) or 11 October (mdy)',
  );
