import type { z } from 'zod';
import type { Mistakes, Path } from '../yaml/mistakes.js';

/** Options of one connector: a zod shape per key, and which of them are paths relative to the config's folder. */
export interface ConnectorOptions {
  readonly shape: z.ZodRawShape;
  readonly paths: readonly string[];
  /** Protocols that `url` may have. */
  readonly protocols?: readonly string[];
  /** Keys beyond the shape are let through: `later` knows them. */
  readonly open?: boolean;
  /** The options once more, with what only another file can tell of them; mistakes go to their places below `at`. */
  readonly later?: (
    parsed: Readonly<Record<string, unknown>>,
    dir: string,
    at: Path,
    mistakes: Mistakes,
  ) => Readonly<Record<string, unknown>>;
  /** Rules between keys, over the raw values: [key, what is wrong]. */
  readonly rules?: (options: Readonly<Record<string, unknown>>) => readonly (readonly [string, string])[];
}
