import { byteAt } from '../../../model/at.js';
import { noXml } from './xml-bytes.js';

const AMPERSAND = 38;
const SEMICOLON = 59;
const CR = 13;
const LF = 10;
const UNDERSCORE = 95;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Texts one behind the other, in bytes that grow. */
export class Texts {
  bytes: Buffer;
  at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  room(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const next = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + count));
    next.set(this.bytes.subarray(0, this.at));
    this.bytes = next;
  }

  /** Bytes as they stand. Gives all their bits together: below 128 they are ASCII. */
  copy(from: Buffer, begin: number, end: number): number {
    this.room(end - begin);
    const { bytes } = this;
    let { at } = this;
    let bits = 0;
    for (let i = begin; i < end; i++) {
      const c = byteAt(from, i);
      bits |= c;
      bytes[at++] = c;
    }
    this.at = at;
    return bits;
  }

  /** The same of a text of XML: with its entities, and its ends of lines as LF. */
  copyXml(from: Buffer, begin: number, end: number, isData: boolean): number {
    for (let i = begin; i < end; i++) {
      const c = from[i];
      if ((c === AMPERSAND && !isData) || c === CR) return this.#decode(from, begin, end, isData);
    }
    return this.copy(from, begin, end);
  }

  text(text: string): number {
    this.room(text.length * 3);
    const begin = this.at;
    this.at += this.bytes.write(text, this.at, 'utf8');
    let bits = 0;
    for (let i = begin; i < this.at; i++) bits |= byteAt(this.bytes, i);
    return bits;
  }

  #decode(from: Buffer, begin: number, end: number, isData: boolean): number {
    this.room(end - begin);
    let bits = 0;
    for (let i = begin; i < end; i++) {
      const c = byteAt(from, i);
      if (c === AMPERSAND && !isData) {
        const close = from.indexOf(SEMICOLON, i);
        if (close < 0 || close >= end || close - i > 12) throw noXml('an entity does not end');
        bits |= this.text(entity(from.toString('latin1', i + 1, close)));
        i = close;
      } else if (c === CR) {
        this.bytes[this.at++] = LF;
        if (from[i + 1] === LF && i + 1 < end) i++;
      } else {
        bits |= c;
        this.bytes[this.at++] = c;
      }
    }
    return bits;
  }

  /** Takes white space away around what was written from `begin` on. */
  trim(begin: number): void {
    let from = begin;
    while (this.at > from && byteAt(this.bytes, this.at - 1) <= 32) this.at--;
    while (from < this.at && byteAt(this.bytes, from) <= 32) from++;
    if (from === begin) return;
    this.bytes.copyWithin(begin, from, this.at);
    this.at -= from - begin;
  }

  /** Undoes `_x000D_` in what was written from `begin` on (ST_Xstring, ECMA-376 part 1, section 22.9.2.19). Gives the bits of what came of it. */
  unescape(begin: number): number {
    const { bytes } = this;
    for (let i = begin; i + 6 < this.at; i++) {
      if (bytes[i] !== UNDERSCORE || bytes[i + 1] !== 120 || bytes[i + 6] !== UNDERSCORE) continue;
      const text = bytes.toString('utf8', begin, this.at);
      const plain = text.replace(/_x([0-9A-Fa-f]{4})_/g, (escape: string, code: string) => unit(code) ?? escape);
      if (plain === text) return 0;
      this.at = begin;
      return this.text(plain);
    }
    return 0;
  }
}

/** NUL stands in no text of a workbook, and would be taken for the end of one. */
function unit(code: string): string | undefined {
  const value = Number.parseInt(code, 16);
  return value === 0 ? undefined : String.fromCharCode(value);
}

function entity(name: string): string {
  const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  if (known !== undefined) return known;
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (Number.isNaN(code) || code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw noXml('it has an entity that XML does not know');
  return String.fromCodePoint(code);
}
