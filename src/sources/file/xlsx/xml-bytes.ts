import { byteAt } from '../../../model/at.js';
import { MAX_RECORD } from '../blocks.js';
import { FileFault } from '../fault.js';

export const TOKEN = { more: 0, open: 1, close: 2, alone: 3, text: 4, cdata: 5 } as const;
export type Token = (typeof TOKEN)[keyof typeof TOKEN];

const LT = 60;
const GT = 62;
const SLASH = 47;
const COLON = 58;
const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Tags and texts of an XML document in UTF-8, without a value for each: a sheet of a million rows has some fifty million of them. What is not needed of XML is
 * not there: a document type is refused, so that no entity is. Names count without their prefix; those that are no part of a sheet stop the reader of sheets.
 */
export class XmlBytes {
  bytes: Buffer = Buffer.alloc(0);
  /** Of the name, without its prefix; or of a text. */
  from = 0;
  to = 0;
  /** Of a tag: where its attributes begin and end. */
  #rest = 0;
  #end = 0;
  #at = 0;
  #isFirst = true;

  /** What was read of the bytes before is dropped. */
  push(chunk: Buffer): void {
    const left = this.bytes.subarray(this.#at);
    this.bytes = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    this.#at = 0;
    if (left.length > MAX_RECORD) throw noXml(`a part of it does not end within ${MAX_RECORD >> 20} MiB`);
  }

  /** Nothing is left at the end of the document? */
  get isDone(): boolean {
    return this.bytes.toString('latin1', this.#at).trim() === '';
  }

  next(): Token {
    const { bytes } = this;
    for (;;) {
      const at = this.#at;
      if (at >= bytes.length) return TOKEN.more;
      if (this.#isFirst && !this.#begin()) return TOKEN.more;
      if (bytes[this.#at] !== LT) return this.#text();
      const second = bytes[this.#at + 1];
      if (second === 33 || second === 63) {
        const token = this.#mark(second);
        if (token !== undefined) return token;
      } else return this.#tag();
    }
  }

  /** Is this the name? */
  is(name: Buffer): boolean {
    const { bytes, from, to } = this;
    if (to - from !== name.length) return false;
    for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name[i]) return false;
    return true;
  }

  get name(): string {
    return this.bytes.toString('utf8', this.from, this.to);
  }

  /**
   * Goes through the attributes of the tag: `each` gets where a name and its value begin and end.
   */
  attributes(each: (from: number, to: number, begin: number, end: number) => void): void {
    const { bytes } = this;
    let at = this.#rest;
    const last = this.#end;
    while (at < last) {
      if (byteAt(bytes, at) <= 32) {
        at++;
        continue;
      }
      const from = at;
      while (at < last && bytes[at] !== EQUALS && byteAt(bytes, at) > 32) at++;
      const to = at;
      while (at < last && byteAt(bytes, at) <= 32) at++;
      if (bytes[at] !== EQUALS) throw noXml('an attribute has no value');
      at++;
      while (at < last && byteAt(bytes, at) <= 32) at++;
      const quote = bytes[at];
      if (quote !== QUOTE && quote !== APOSTROPHE) throw noXml('an attribute has no quotes');
      const begin = ++at;
      while (at < last && bytes[at] !== quote) at++;
      if (at >= last) throw noXml('an attribute does not end');
      each(from, to, begin, at++);
    }
  }

  /** A mark of byte order in front. */
  #begin(): boolean {
    const { bytes } = this;
    if (bytes.length < 4) return false;
    this.#isFirst = false;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
    if (bytes[0] === 0xfe || bytes[0] === 0xff || bytes.subarray(0, 4).includes(0))
      throw new FileFault('the XML of the workbook is not UTF-8', 'save it again with a spreadsheet program');
    return true;
  }

  #text(): Token {
    const end = this.bytes.indexOf(LT, this.#at);
    if (end < 0) return TOKEN.more;
    this.from = this.#at;
    this.to = end;
    this.#at = end;
    return TOKEN.text;
  }

  #tag(): Token {
    const { bytes } = this;
    const size = bytes.length;
    const isClose = bytes[this.#at + 1] === SLASH;
    let at = this.#at + (isClose ? 2 : 1);
    let from = at;
    for (; at < size; at++) {
      const c = byteAt(bytes, at);
      if (c <= 32 || c === GT || c === SLASH) break;
      if (c === COLON) from = at + 1;
      if (c === LT) throw noXml('a tag is not closed');
    }
    const to = at;
    this.#rest = at;
    for (; at < size; at++) {
      const c = byteAt(bytes, at);
      if (c === GT) break;
      if (c === LT) throw noXml('a tag is not closed');
      if (c === QUOTE || c === APOSTROPHE) {
        at = bytes.indexOf(c, at + 1);
        if (at < 0) return TOKEN.more;
      }
    }
    if (at >= size) return TOKEN.more;
    if (to === from) throw noXml('a tag has no name');
    const isAlone = !isClose && bytes[at - 1] === SLASH;
    this.from = from;
    this.to = to;
    this.#end = isAlone ? at - 1 : at;
    this.#at = at + 1;
    return isClose ? TOKEN.close : isAlone ? TOKEN.alone : TOKEN.open;
  }

  /** What begins with `<!` or `<?`: undefined when it was passed over. */
  #mark(second: number): Token | undefined {
    const { bytes } = this;
    const at = this.#at;
    if (bytes.length - at < 9) return TOKEN.more;
    const head = bytes.toString('latin1', at, at + 9);
    const [close, length] = second === 63 ? ['?>', 2] : head.startsWith('<!--') ? ['-->', 4] : [']]>', 9];
    if (second !== 63 && !head.startsWith('<!--') && head !== '<![CDATA[') throw noXml('it has a document type');
    const end = bytes.indexOf(close, at + length, 'latin1');
    if (end < 0) return TOKEN.more;
    this.#at = end + close.length;
    if (length === 9) {
      this.from = at + 9;
      this.to = end;
      return TOKEN.cdata;
    }
    if (second === 63) checkEncoding(bytes.toString('latin1', at, Math.min(end, at + 200)));
    return undefined;
  }
}

function checkEncoding(declaration: string): void {
  const encoding = /^<\?xml\s.*\sencoding\s*=\s*["']([^"']*)["']/s.exec(declaration)?.[1];
  if (encoding === undefined || /^(utf-?8|us-ascii)$/i.test(encoding)) return;
  throw new FileFault('the XML of the workbook is not UTF-8', 'save it again with a spreadsheet program');
}

export function noXml(what: string): FileFault {
  return new FileFault(`the workbook holds no proper XML: ${what}`, 'export the file again');
}
