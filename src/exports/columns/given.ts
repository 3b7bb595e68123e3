import type { DateOrder } from '../../model/config.js';
import type { ColumnLook } from './look.js';

/** What the user said of one list. */
export interface Given {
  /** Columns by field (`state` and `status` among them); an empty list: it is in no column. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** What words of the state or status mean; the empty text: an empty cell. */
  readonly words: ReadonlyMap<string, string>;
  readonly dates?: DateOrder;
}

export const NOTHING_GIVEN: Given = { columns: new Map(), words: new Map() };

/** The rows of a file that were looked at, as texts. */
export interface Rows {
  readonly looks: readonly ColumnLook[];
  /** Cells in the order of `looks`. */
  readonly cells: readonly (readonly string[])[];
  /** They are all that the file has. */
  readonly isWhole: boolean;
}
