import { CELL, Cells } from '../../mapping/bytes/cells.js';

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Finds the cells of a block of whole CSV lines: those where a quote stands around a whole cell or nowhere. Undefined for
 * anything else (a quote within a cell, a line break within quotes, a ragged line): the parser then reads the block.
 */
export class CsvScan {
  readonly #delimiter: number;
  cells: Cells;

  constructor(
    delimiter: string,
    private readonly width: number,
  ) {
    const code = delimiter.charCodeAt(0);
    this.#delimiter = code < 128 ? code : -1;
    this.cells = new Cells(Math.max(1, width) * 1024);
  }

  /** How many records there are; their cells stand one behind the other. -1: the parser must read it. */
  block(bytes: Buffer): number {
    const { width } = this;
    const delimiter = this.#delimiter;
    // The parser takes a mark of byte order from the start of what it is given.
    if (delimiter < 0 || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)) return -1;
    const size = bytes.length;
    let count = 0;
    let first = 0;
    for (let at = 0; at < size;) {
      if (count === this.cells.from.length) this.cells.grow();
      const { from, to, kind } = this.cells;
      let bits = 0;
      let c = 0;
      let begin = at;
      let end: number;
      const quoted = bytes[at] === QUOTE;
      if (quoted) {
        begin = ++at;
        for (; at < size; at++) {
          c = bytes[at] as number;
          if (c === QUOTE || c === LF || c === CR) break;
          bits |= c;
        }
        if (at >= size || c !== QUOTE) return -1;
        end = at++;
        if (bytes[at] === CR && bytes[at + 1] === LF) at++;
        if (at < size && bytes[at] !== LF && bytes[at] !== delimiter) return -1;
      } else {
        for (; at < size; at++) {
          c = bytes[at] as number;
          if (c === delimiter || c === LF) break;
          if (c === QUOTE) return -1;
          bits |= c;
        }
        end = at;
        // Of CR LF, and of a CR at the very end.
        if ((at === size || c === LF) && end > begin && bytes[end - 1] === CR) end--;
      }
      from[count] = begin;
      to[count] = end;
      kind[count] = bits < 128 ? CELL.ascii : CELL.utf8;
      count++;
      const ends = at >= size || bytes[at] === LF;
      at++;
      if (!ends) {
        // A delimiter at the very end of the file opens one more cell, and it is empty.
        if (at === size) return -1;
        continue;
      }
      // A blank line is no record.
      if (count - first === 1 && begin === end) count = first;
      else if (count - first !== width) return -1;
      first = count;
    }
    return count / Math.max(1, width);
  }
}
