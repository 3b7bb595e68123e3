import type { Account } from '../model/account.js';
import type { LogConfig } from '../model/config.js';
import type { LogEntry } from '../model/log.js';
import type { Columns } from '../store/columns.js';
import type { Person } from '../model/person.js';

/**
 * Sees the rows of an audit as they are read, page by page: history and evidence are written from here, so that no list need be
 * kept whole. A page is waited for: a slow disk slows the pull, it does not fill the memory.
 */
export interface Witness {
  /** `source` is the directory entry's name. */
  readonly people?: (source: string, rows: readonly Person[]) => void | Promise<void>;
  /** Entries of a log, `log` being the very value of the config. Of a directory's own log they come before the first account. */
  readonly entries?: (log: LogConfig, rows: readonly LogEntry[]) => void;
  /** `owners[i]` is the row of the person index that the page's row `i` was matched to, or NO_ROW. */
  readonly accounts?: (app: string, page: AccountPage, owners: readonly number[]) => void | Promise<void>;
}

/** A page of accounts. Where it has columns, its rows are made when they are asked for: whoever can do with the columns leaves them. */
export interface AccountPage {
  readonly rows: readonly Account[];
  readonly columns?: Columns;
}
