import type { Config } from '../model/config.js';

/** How long a command waits for an audit that writes. */
export const WAIT = 30_000;

/** What to say of an empty file: a first audit that was killed leaves one, and nothing is lost then. */
export function begunAnew({ history }: Pick<Config, 'history'>): string {
  const file = history === false ? '' : history.path;
  return `lifegap: the history ${file} is empty (0 bytes), so it begins anew; if it held audits before, put a copy of it back`;
}
