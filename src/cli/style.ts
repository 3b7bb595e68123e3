import type { Medium } from '../report/reporter.js';
import type { Io } from './io.js';

/** chalk's levels: none, 16, 256, true colour. */
export type ColorLevel = 0 | 1 | 2 | 3;

/**
 * Colour of one stream: --color/--no-color > NO_COLOR (non-empty) > FORCE_COLOR > TERM=dumb > CI > terminal or not.
 * chalk 5 does not look at NO_COLOR (no-color.org), so its own detection is never used.
 */
export function colorLevel(stream: { readonly isTTY?: boolean }, env: Io['env'], flag?: boolean): ColorLevel {
  if (flag !== undefined) return flag ? terminalLevel(env) : 0;
  if (env.NO_COLOR) return 0;
  const forced = forcedLevel(env);
  if (forced !== undefined) return forced;
  if (env.TERM === 'dumb' || env.CI || !stream.isTTY) return 0;
  return terminalLevel(env);
}

function forcedLevel(env: Io['env']): ColorLevel | undefined {
  const value = env.FORCE_COLOR;
  if (value === undefined) return undefined;
  if (value === '0' || value === 'false') return 0;
  if (value === '2') return 2;
  return value === '3' ? 3 : 1;
}

function terminalLevel(env: Io['env']): ColorLevel {
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 3;
  return env.TERM?.endsWith('256color') ? 2 : 1;
}

/** Standard output, as a report finds it. */
export function stdoutMedium(io: Io, { color, verbose }: { readonly color?: boolean; readonly verbose?: boolean }): Medium {
  return {
    width: widthOf(io),
    colorLevel: colorLevel(io.stdout, io.env, color),
    limit: 100,
    verbose: verbose === true,
    unicode: drawsUnicode(io.env),
  };
}

/** Columns of standard output; 100 where nothing says otherwise, as in a pipe. */
export function widthOf(io: Pick<Io, 'stdout' | 'env'>): number {
  const { columns } = io.stdout as { readonly columns?: number };
  return columns ?? (Number(io.env.COLUMNS) || 100);
}

/** Can the terminal draw lines and symbols beyond ASCII? By its type and the locale (POSIX: LC_ALL > LC_CTYPE > LANG). */
export function drawsUnicode(env: Io['env']): boolean {
  if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return !/^(C|POSIX)$/.test(locale) && (locale === '' || !/\.(?!utf-?8)/i.test(locale));
}
