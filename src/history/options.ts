import type { Config } from '../model/config.js';
import type { Access } from './database.js';

export interface HistoryOptions {
  readonly config: Config;
  readonly asOf: number;
  readonly access: Access;
  /** Told the instant of the last audit on record where that is later than this one; then there is no history, and no error. */
  readonly onLater?: (asOf: string) => void;
}
