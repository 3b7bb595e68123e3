import { createHash } from 'node:crypto';
import type { SourceConfig } from '../model/config.js';

/** Options that change how a list is read, and not what is in it; an export carries its date in its path. */
const MANNER = new Set(['path', 'concurrency', 'page_size', 'confirm', 'timeout', 'ca', 'proxy', 'token', 'password']);

/** What a list is a list of: two audits whose words differ here read different things, and their difference is no event. No secret is in it. */
export function basisOf({ connector, fields, state, options }: SourceConfig): string {
  const kept = Object.entries(options).filter(([name]) => !MANNER.has(name));
  const words = JSON.stringify([connector, sorted(fields), state ?? null, kept.sort(([a], [b]) => (a < b ? -1 : 1))]);
  return createHash('sha256').update(words).digest('hex').slice(0, 16);
}

function sorted(fields: object): unknown[] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}
