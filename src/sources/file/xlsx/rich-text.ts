import type { Texts } from './texts.js';
import { TOKEN, type Token, type XmlBytes } from './xml-bytes.js';

const T = Buffer.from('t');
const R = Buffer.from('r');
const SPACE = Buffer.from('xml:space');

/** A text that may be in runs of different looks (`si` and `is`, ECMA-376 part 1, section 18.4): what of it is read aloud in Japanese (`rPh`) is left out. */
export class RichText {
  /** Tags that are open below it. */
  #depth = 0;
  /** Below this many tags stands the text; 0: in none. */
  #inText = 0;
  #inRun = false;
  #begin = 0;
  #keeps = false;
  bits = 0;

  constructor(private readonly into: Texts) {}

  begin(): void {
    this.#depth = 0;
    this.#inText = 0;
    this.#inRun = false;
    this.bits = 0;
  }

  /** True: the token was the end of the text. */
  token(token: Token, xml: XmlBytes): boolean {
    switch (token) {
      case TOKEN.text:
      case TOKEN.cdata:
        if (this.#inText > 0 && this.#inText === this.#depth)
          this.bits |= this.into.copyXml(xml.bytes, xml.from, xml.to, token === TOKEN.cdata);
        return false;
      case TOKEN.open:
        this.#open(xml);
        return false;
      case TOKEN.close:
        if (this.#depth === 0) return true;
        if (this.#inText === this.#depth) this.#endText();
        this.#depth--;
        if (this.#depth === 0) this.#inRun = false;
        return false;
      default:
        return false;
    }
  }

  #open(xml: XmlBytes): void {
    this.#depth++;
    if (this.#depth === 1 && xml.is(R)) this.#inRun = true;
    else if (this.#inText === 0 && xml.is(T) && (this.#depth === 1 || (this.#depth === 2 && this.#inRun))) {
      this.#inText = this.#depth;
      this.#begin = this.into.at;
      this.#keeps = false;
      xml.attributes((from, to, begin, end) => {
        if (xml.bytes.compare(SPACE, 0, SPACE.length, from, to) === 0)
          this.#keeps = xml.bytes.toString('latin1', begin, end) === 'preserve';
      });
    }
  }

  #endText(): void {
    if (!this.#keeps) this.into.trim(this.#begin);
    this.bits |= this.into.unescape(this.#begin);
    this.#inText = 0;
  }
}
