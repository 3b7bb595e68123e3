import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { foldKey } from '../../match/keys.js';
import { foldCase } from '../../model/fold.js';
import { byteAt } from '../../model/at.js';

/** Letters alone, so that the letter case of a pseudonym has room for what tells two spellings of one value apart. */
const ALPHABET = 'abcdefghjkmnpqrs';
/** 64 bits: two of a million people share a pseudonym once in thirty million packs. */
const LETTERS = 16;
const DOMAIN_LETTERS = 12;
const CACHED = 50_000;
/** What can stand in a path as a word of the API itself: `users.list`, `v1.0`, `2`. */
const WORD = /^(?:[A-Za-z][A-Za-z._-]*\d{0,2}|\d{1,2})(?:\.\d{1,2})?$/;

/**
 * Keyed pseudonyms (HMAC-SHA-256): one for each value, whatever field it stands in, so that all that compares equal in an audit still does, and
 * nothing else:
 *  - values that are equal but for case and the white space around them differ in the case of the letters alone;
 *  - the parts of an address keep their places (`p-…+t-…@d-….example`), so that tags, dots and equal domains (policy.addresses) still count as
 *    they did, and a user name is recognised before the @ of an address;
 *  - what names nobody (`n/a`, `0000`, `noreply@`, empty; match/keys.ts) stays as it is.
 */
export class Pseudonyms {
  readonly #cache = new Map<string, string>();
  readonly #domains = new Map<string, string>();
  readonly #words = new Set<string>();

  constructor(private readonly key: Buffer) {}

  /** Tells one key from another, and nothing else about it. */
  get keyId(): string {
    return this.#letters('key', '', LETTERS);
  }

  value(text: string): string {
    return cached(this.#cache, text, () => {
      if (WORD.test(text)) this.#words.add(text);
      return this.#make(text);
    });
  }

  /** Of an attribute: compared in one Unicode form, and with runs of white space as one space (diff/compare.ts). */
  attribute(text: string): string {
    return this.value(text.normalize('NFC').replace(/\s+/gu, ' ').trim());
  }

  domain(text: string): string {
    return cached(this.#domains, text, () => {
      const folded = foldCase(text.trim());
      if (folded === '') return text;
      const ascii = domainToASCII(folded);
      const letters = this.#letters('domain', ascii === '' ? folded : ascii, DOMAIN_LETTERS);
      return `d-${this.#cased(letters, text, folded)}.example`;
    });
  }

  /** For what is only ever compared with its like: equal stays equal. */
  opaque(text: string): string {
    return createHmac('sha256', this.key).update(`opaque\0${text}`).digest('hex').slice(0, 20);
  }

  /** Is it a word of an API's path, and nothing that was given a pseudonym? */
  isPathWord(segment: string): boolean {
    return WORD.test(segment) && !this.#words.has(segment);
  }

  #make(text: string): string {
    if (text.trim() === '') return text;
    const [scheme = ''] = /^\s*mailto:/i.exec(text) ?? [];
    if (scheme !== '') return `${scheme}${this.value(text.slice(scheme.length))}`;
    const at = text.lastIndexOf('@');
    if (at < 0) return foldKey(text) === undefined ? text : this.#part('p', text);
    const local = text.slice(0, at);
    const domain = this.domain(text.slice(at + 1));
    // `noreply@`: nobody's, in any domain; and `@name` is no address.
    if (local.trim() === '' || foldKey(`${local}@x`) === undefined) return `${local}@${domain}`;
    const [name = '', ...tags] = local.split('+');
    return `${[this.#part('p', name), ...tags.map((tag) => this.#part('t', tag))].join('+')}@${domain}`;
  }

  /** A value without an @, or one piece of an address: the letters are those of the text without its dots, and dots are set anew. */
  #part(prefix: 'p' | 't', text: string): string {
    const folded = foldCase(text.trim());
    const bare = folded.replaceAll('.', '');
    if (bare === '') return text;
    const letters = this.#cased(this.#letters(prefix, bare, LETTERS), text, folded);
    if (bare === folded) return `${prefix}-${letters}`;
    const bits = this.#bits('dots', folded);
    return `${prefix}-${Array.from(letters, (letter, i) => (i > 0 && ((bits >> i) & 1) === 1 ? `.${letter}` : letter)).join('')}`;
  }

  /** Capitals where the text is not in its folded form: others for each way in which it can differ from that. */
  #cased(letters: string, text: string, folded: string): string {
    if (text === folded) return letters;
    const bits = this.#bits('case', text);
    return Array.from(letters, (letter, i) => (((bits >> i) & 1) === 1 ? letter.toUpperCase() : letter)).join('');
  }

  /** Sixteen bits, not all of them zero. */
  #bits(purpose: string, text: string): number {
    const digest = createHmac('sha256', this.key).update(`${purpose}\0${text}`).digest();
    return digest.readUInt16LE(0) | 2;
  }

  #letters(purpose: string, text: string, count: number): string {
    const digest = createHmac('sha256', this.key).update(`${purpose}\0${text}`).digest();
    return Array.from({ length: count }, (_, i) => ALPHABET[(byteAt(digest, i >> 1) >> ((i & 1) * 4)) & 15]).join('');
  }
}

function cached(cache: Map<string, string>, text: string, make: () => string): string {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= CACHED) cache.clear();
  cache.set(text, made);
  return made;
}
