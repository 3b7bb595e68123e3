import type { Block } from './blocks.js';

/** What stands in a cell. Text is between its quotes; anything else is a whole token. */
export const CELL = {
  absent: 0,
  ascii: 1,
  /** Text in UTF-8 that is not ASCII. */
  utf8: 2,
  /** JSON: text with escapes, quotes and all. */
  escaped: 3,
  /** JSON: a number, true, false or null. */
  literal: 4,
  /** JSON: a list or an object. */
  nested: 5,
} as const;

/** Where the cells of some records lie in the bytes of a block. */
export class Cells {
  from: Int32Array<ArrayBuffer>;
  to: Int32Array<ArrayBuffer>;
  kind: Uint8Array<ArrayBuffer>;

  constructor(size: number) {
    this.from = new Int32Array(size);
    this.to = new Int32Array(size);
    this.kind = new Uint8Array(size);
  }

  grow(): void {
    const { from, to, kind } = this;
    const size = from.length * 2;
    this.from = new Int32Array(size);
    this.from.set(from);
    this.to = new Int32Array(size);
    this.to.set(to);
    this.kind = new Uint8Array(size);
    this.kind.set(kind);
  }
}

/** Reads a table cell by cell, where the bytes allow it. */
export interface Scanner<Raw> {
  readonly cells: Cells;
  /** The slot of a path; null: it is never there; undefined: it is no plain key, only the table's `access` can follow it. */
  slotOf(path: string): number | null | undefined;
  /** Was the path there in any record that `find` found? */
  saw(path: string): boolean;
  /** Begins a block: how many records it has; -1: it must be read the plain way. */
  open(block: Block): number;
  /** Finds the cells of a record: the place of its first one; -1: only `record` can read it. */
  find(index: number): number;
  /** The record, read the plain way; undefined: there is none after all. May throw. */
  record(index: number): Raw | undefined;
}
