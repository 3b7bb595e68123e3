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

/** Where the cells of some records lie in bytes. */
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
