import type { Completeness } from '../model/completeness.js';
import type { LogActor } from '../model/log.js';

/** What is known of one log when it has been read. */
export interface LogKept {
  readonly name: string;
  readonly of: string;
  readonly isOwn: boolean;
  /** Only what is proven whole may better a verdict. */
  readonly isWhole: boolean;
  readonly tellsUpdates: boolean;
  /** What it covers, ms; NaN where nothing of it is dated. */
  readonly from: number;
  readonly until: number;
  /** What its entries say of how far it reaches, where that is less than what was asked for. */
  readonly isStopped: boolean;
  readonly remarks: readonly string[];
  /** Does it call people by ids of the directory? */
  readonly knowsIds: boolean;
  /** Its own words on failures. */
  readonly details: readonly string[];
  readonly report: {
    readonly entries: number;
    /** Without a date, or with one that is yet to come: they count for nothing. */
    readonly unplaced: number;
    readonly unmatched: number;
    /** Of other apps. */
    readonly skipped: number;
    /** That somebody was made, switched on or off, or removed. */
    readonly switches: number;
    /** Updates of anybody, and those of whom nobody is known. */
    readonly updates: number;
    readonly strayUpdates: number;
    readonly completeness: Completeness;
    readonly error: string | null;
    readonly by: Readonly<Partial<Record<LogActor, number>>>;
  };
}
