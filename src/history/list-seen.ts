import type { ListSeen } from '../model/timeline.js';
import type { HistoryOptions } from './options.js';
import type { Reading } from './reading.js';
import type { FileState, ListOfFile } from './state.js';

/** Fewer rows than this come and go on any day; half of a list never does. */
const MANY = 10;
const FEW = 3;
const HALF = 0.5;

/** What every reading of the past needs to know. */
export interface ReaderContext {
  readonly options: HistoryOptions;
  readonly state: FileState;
  /** Place of each audit by its number; the last is the one that runs now. */
  readonly places: ReadonlyMap<number, number>;
  /** The first audit that is looked at. */
  readonly first: number;
}

/** The audits that read this list, and the one that runs now. */
export function listsOf({ state, places, options }: ReaderContext, reading: Reading): ListSeen[] {
  const share = options.config.policy.guard.shrink;
  const basis = state.sources.find(({ id }) => id === reading.source)?.basis ?? '';

  const last: ListOfFile = {
    audit: state.next.audit,
    whole: reading.whole,
    rows: reading.seen,
    came: reading.came,
    went: reading.went,
    basis,
    assigned: undefined,
    idle: reading.idle,
    credentialsUnread: reading.credentialsUnread,
  };
  let before: number | undefined;
  return [...(state.lists.get(reading.source) ?? []), last].map((list) => {
    const moved = Math.max(list.came, list.went);
    // A list that was empty and is filled at once was exchanged as well: an app that was set up, and nobody joined it.
    const exchanged = before !== undefined && ((moved >= MANY && moved > before * share) || (moved >= FEW && moved > before * HALF));
    if (list.whole) before = list.rows;
    // An audit that was pruned is none: its versions begin with the first that is kept.
    const { rows, touched } = list.idle ?? { rows: 0, touched: 0 };
    return {
      at: places.get(list.audit) ?? -1,
      whole: list.whole,
      basis: list.basis,
      exchanged,
      ...(rows === 0 ? {} : { idlyTouched: touched / rows }),
      ...(list.credentialsUnread ? { credentialsUnread: true } : {}),
    };
  });
}
