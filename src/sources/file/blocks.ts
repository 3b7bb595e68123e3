import { isAscii, isUtf8 } from 'node:buffer';
import { FileFault } from './fault.js';

const NEWLINE = 10;
/** Longest line, and longest record, in bytes. Past that the file is something else, or a quote was never closed. */
export const MAX_RECORD = 16 << 20;

/** Whole lines of a file. */
export interface Block {
  readonly bytes: Buffer;
  /** All ASCII: bytes are characters. Otherwise UTF-8, checked. */
  readonly ascii: boolean;
  /** Number of the first line, from 1. */
  readonly line: number;
  /** Line breaks in the block. */
  readonly breaks: number;
  /** False for the last line of a file that does not end in a line break. */
  readonly ended: boolean;
}

/**
 * Cuts chunks into blocks of whole lines (a line break is the byte 10, alone or behind a 13), and proves that they are UTF-8
 * text. Throws a `FileFault` with the line number for anything else: a wrong letter in a name is a false stale finding.
 */
export async function* blocksOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Block, void, void> {
  let pending: Buffer[] = [];
  let waiting = 0;
  let line = 1;
  for await (const chunk of chunks) {
    const cut = chunk.lastIndexOf(NEWLINE) + 1;
    if (cut > 0) {
      const bytes = waiting === 0 ? chunk.subarray(0, cut) : Buffer.concat([...pending, chunk.subarray(0, cut)]);
      const block = checked(bytes, line, true);
      line += block.breaks;
      pending = [];
      waiting = 0;
      yield block;
    }
    if (cut < chunk.length) pending.push(chunk.subarray(cut));
    waiting += chunk.length - cut;
    if (waiting > MAX_RECORD) throw tooLong(line);
  }
  if (waiting > 0) yield checked(Buffer.concat(pending), line, false);
}

export function tooLong(line: number): FileFault {
  const what = `line ${line} does not end within ${MAX_RECORD >> 20} MiB`;
  return new FileFault(what, 'look for a quote that is never closed, or lines that end in CR alone', 'too-large');
}

function checked(bytes: Buffer, line: number, ended: boolean): Block {
  const ascii = isAscii(bytes);
  if (!ascii && !isUtf8(bytes)) {
    const bad = line + firstLine(bytes, (text) => !isUtf8(text));
    throw new FileFault(`line ${bad} is not UTF-8`, 'set encoding: to latin1, windows-1252 or utf-16le, whichever the file is written in');
  }
  if (bytes.includes(0)) {
    const bad = line + firstLine(bytes, (text) => text.includes(0));
    throw new FileFault(`line ${bad} holds a NUL byte`, 'set encoding: utf-16le if that is what it is; else export the file again');
  }
  return { bytes, ascii, line, breaks: breaksIn(bytes), ended };
}

function breaksIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** How many lines stand before the first that `is` so. */
function firstLine(bytes: Buffer, is: (line: Buffer) => boolean): number {
  for (let from = 0, line = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(NEWLINE, from) + 1 || bytes.length;
    if (is(bytes.subarray(from, end))) return line;
    from = end;
  }
  return 0;
}
