import type { Leavers } from '../model/check.js';
import type { Columns } from '../store/columns.js';
import type { Completeness } from '../model/completeness.js';
import type { LogEntry, LogFacts, LogWindow } from '../model/log.js';
import type { Role, RowOf } from '../model/role.js';

export interface Page<Row> {
  /** Rows whose id was not seen before in this pull. */
  readonly rows: readonly Row[];
  /** The same rows by column, where the source has them so: whoever can do with those saves making the rows. */
  readonly columns?: Columns;
}

/** How many rows the page has, without making them. */
export function sizeOf(page: Page<unknown>): number {
  return page.columns?.rows ?? page.rows.length;
}

/** A page that came as columns: its rows are made when somebody asks for them. */
export class ColumnPage<R extends Role> implements Page<RowOf<R>> {
  #rows: readonly RowOf<R>[] | undefined;

  constructor(
    private readonly role: R,
    readonly columns: Columns,
  ) {}

  get rows(): readonly RowOf<R>[] {
    const { role, columns } = this;
    return (this.#rows ??= Array.from({ length: columns.rows }, (_, row) =>
      role === 'person' ? columns.person(row) : columns.account(row),
    ) as unknown as readonly RowOf<R>[]);
  }
}

/** What a system can and cannot tell, for `lifegap check` and for the verdicts that depend on it. */
export interface SourceFacts {
  /**
   * Are people who left, or accounts that were switched off, in the list? `hidden`: they exist and are left out; `gone`: the system removes
   * them, so that presence means access; `unknown`: only the data can show it.
   */
  readonly leavers: Leavers;
  /** Does the system declare how many rows there are? */
  readonly total: 'declared' | 'none' | 'unknown';
  /** By how much the system may be late to tell of a login, ms; absent: within a day. */
  readonly loginDelay?: number;
  /** Roles that every account of the system has. */
  readonly baseRoles?: readonly string[];
  /** One line each, for people: permissions needed, what the list hides. */
  readonly notes: readonly string[];
}

/**
 * One system's list of people or accounts.
 *
 * `pull` yields pages as they come and *returns* the completeness proof. It throws a `SourceError` when a page cannot be
 * had: a short list is never returned as if it were whole. Rows that were yielded before stay valid as sightings.
 */
export interface Source<Row> {
  readonly name: string;
  readonly connector: string;
  readonly facts: SourceFacts;
  pull(options: PullOptions): AsyncGenerator<Page<Row>, Completeness, void>;
  /** Reads single rows again by id, where the system can: a candidate finding is confirmed before it is reported. Missing ids are left out. */
  confirm?(ids: readonly string[], options: PullOptions): Promise<Row[]>;
  close?(): Promise<void>;
}

/** One log: its entries in any order, none of them made one with another. As of a list, what is returned says whether all of the window came. */
export interface LogSource {
  readonly name: string;
  readonly connector: string;
  readonly log: LogFacts;
  pull(options: PullOptions & { readonly window: LogWindow }): AsyncGenerator<Page<LogEntry>, Completeness, void>;
  close?(): Promise<void>;
}

/** Why a list that was asked about one person is not whole: the reason that goes with `unproven`. */
export const ASKED_BY_FILTER = 'asked for one person only: what came lets them in, and the rest was not read';

/** One person, as a system may be asked for them: ids are those of the directory (SCIM's `externalId`). */
export interface About {
  readonly ids: readonly string[];
  readonly userNames: readonly string[];
  readonly emails: readonly string[];
}

export interface PullOptions {
  readonly signal: AbortSignal;
  /**
   * One person's accounts are wanted. A source that can filter may ask for them first, and may leave the rest of its list unread (unproven, with
   * that reason) when what came shows a way in already; what a filter does not find proves nothing, so otherwise it reads its list whole.
   */
  readonly about?: About;
  /**
   * Read two pages at most and stop (`lifegap check`): whether a list can be read shows on its second page, for that is where paging fails. Completeness is
   * then not judged.
   */
  readonly firstPagesOnly?: boolean;
  /** Of a log: whoever asks looks at each entry, those that no verdict needs (logins) too, and wants all that they say. */
  readonly inFull?: boolean;
  /** Shows a raw record beside its normal form (`lifegap check --verbose`, `connectors test`); for the rows of the first page at most. `list`: which of several. */
  readonly onRaw?: (raw: unknown, row: unknown, list?: string) => void;
}
