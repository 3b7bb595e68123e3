import { byteAt } from '../../../model/at.js';
/** `AB` of the 28th column; from 0. */
export function columnName(column: number): string {
  let name = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  return name;
}

/** The column of `AB12`, from 0, if it is of this row; -1: it is no cell of it. */
export function columnIn(bytes: Buffer, from: number, to: number, row: number): number {
  let column = 0;
  let at = from;
  for (; at < to; at++) {
    const letter = byteAt(bytes, at) & 0xdf;
    if (letter < 65 || letter > 90 || column > 100_000) break;
    column = column * 26 + letter - 64;
  }
  return column > 0 && wholeNumber(bytes, at, to) === row ? column - 1 : -1;
}

/** A whole number of up to nine digits; -1: it is none. */
export function wholeNumber(bytes: Buffer, from: number, to: number): number {
  if (from >= to || to - from > 9) return -1;
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = byteAt(bytes, i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}
