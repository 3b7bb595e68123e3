import type { Buffer } from 'node:buffer';
import { HASH_START, HASH_STEP, hashText, mixed } from './hash.js';

/**
 * One text as bytes, outside the garbage collector's reach: four bytes of head (length in bytes, times two, plus one if UTF-16),
 * then Latin-1, or UTF-16 where that is not enough. UTF-16 keeps lone surrogates as they are; UTF-8 would fold different ids
 * into one. Equal texts are equal bytes, and the other way round.
 */
export const HEAD = 4;

/** Most bytes that a text of so many UTF-16 units can take. */
export function mostBytes(units: number): number {
  return HEAD + units * 2;
}

/** Writes a text; gives back where it ends. There must be room. */
export function putText(into: Buffer, at: number, text: string): number {
  const from = at + HEAD;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 255) {
      const bytes = into.write(text, from, 'utf16le');
      putHead(into, at, bytes * 2 + 1);
      return from + bytes;
    }
    into[from + i] = unit;
  }
  putHead(into, at, text.length * 2);
  return from + text.length;
}

export function putHead(into: Buffer, at: number, head: number): void {
  into[at] = head & 255;
  into[at + 1] = (head >>> 8) & 255;
  into[at + 2] = (head >>> 16) & 255;
  into[at + 3] = head >>> 24;
}

function head(bytes: Buffer, at: number): number {
  return (
    (bytes[at] as number) + (bytes[at + 1] as number) * 256 + (bytes[at + 2] as number) * 65_536 + (bytes[at + 3] as number) * 16_777_216
  );
}

/** Bytes that the text at this place takes, its head included. */
export function sizeOf(bytes: Buffer, at: number): number {
  return HEAD + (head(bytes, at) >>> 1);
}

/** How many letters the text at this place has if they are Latin-1, one byte each; -1: they are not. */
export function latin1At(bytes: Buffer, at: number): number {
  const length = head(bytes, at);
  return (length & 1) === 1 ? -1 : length >>> 1;
}

export function readText(bytes: Buffer, at: number): string {
  const length = head(bytes, at);
  const from = at + HEAD;
  return bytes.toString((length & 1) === 1 ? 'utf16le' : 'latin1', from, from + (length >>> 1));
}

/** The hash of the text at this place, as `hashText` gives it. */
export function hashAt(bytes: Buffer, at: number): number {
  const length = head(bytes, at);
  if ((length & 1) === 1) return hashText(readText(bytes, at));
  const end = at + HEAD + (length >>> 1);
  let hash = HASH_START;
  for (let i = at + HEAD; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), HASH_STEP);
  return mixed(hash);
}

/** Is the text at this place exactly `text`? Answers from the bytes, mostly without making a string. */
export function isText(bytes: Buffer, at: number, text: string): boolean {
  if (head(bytes, at) !== text.length * 2) return (bytes[at] as number) % 2 === 1 && readText(bytes, at) === text;
  const from = at + HEAD;
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

export function sameText(a: Buffer, atA: number, b: Buffer, atB: number): boolean {
  const size = sizeOf(a, atA);
  for (let i = 0; i < size; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
