/** `type` in lower case, `value` unescaped. */
export interface Assertion {
  readonly type: string;
  readonly value: string;
}
/** A relative distinguished name: one assertion, seldom more (`CN=a+UID=b`). */
export type Rdn = readonly Assertion[];

/**
 * The parts of a distinguished name, leaf first (RFC 4514 section 3). Reads what LDAPv2 servers still write, too: quoted values and
 * `;` between the parts (RFC 4514 section 2.4 lets a reader do so). Undefined when the text is none.
 */
export function parseDn(text: string): readonly Rdn[] | undefined {
  if (text.trim() === '') return [];
  const rdns: Assertion[][] = [[]];
  let at = 0;
  for (;;) {
    const type = /\s*([A-Za-z][A-Za-z0-9-]*|(?:oid\.)?\d+(?:\.\d+)+)\s*=\s*/iy;
    type.lastIndex = at;
    const found = type.exec(text);
    if (found?.[1] === undefined) return undefined;
    const value = readValue(text, type.lastIndex);
    if (value === undefined) return undefined;
    rdns.at(-1)?.push({ type: found[1].toLowerCase(), value: value.text });
    at = value.end;
    if (at >= text.length) return rdns;
    if (text[at] !== '+') rdns.push([]);
    at++;
  }
}

/** The name of what a DN points at: the CN of its leaf, or the leaf's first value; the text itself where it is no DN. */
export function leafName(dn: string): string {
  const leaf = parseDn(dn)?.[0];
  return (leaf?.find(({ type }) => type === 'cn' || type === '2.5.4.3') ?? leaf?.[0])?.value ?? dn;
}

/**
 * Equal for DNs that name the same entry, however they are written: case, spaces and order inside a part do not count
 * (distinguishedNameMatch, RFC 4517 section 4.2.15, over attributes that ignore case). Undefined when the text is no DN.
 */
export function dnKey(dn: string): string | undefined {
  const rdns = parseDn(dn);
  if (rdns === undefined || rdns.length === 0) return undefined;
  return rdns.map((rdn) => rdn.map(assertionKey).sort().join('\u0001')).join('\u0000');
}

function assertionKey({ type, value }: Assertion): string {
  return `${type}=${value.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()}`;
}

interface Value {
  readonly text: string;
  /** Where the separator stands, or the text's end. */
  readonly end: number;
}

function readValue(text: string, from: number): Value | undefined {
  const plain = /[^\\",+;]*/y;
  plain.lastIndex = from;
  const found = plain.exec(text)?.[0] ?? '';
  const end = from + found.length;
  // Nearly all values: a million DNs go through here.
  return end >= text.length || ',+;'.includes(text.charAt(end)) ? { text: found.trimEnd(), end } : readEscaped(text, from);
}

function readEscaped(text: string, from: number): Value | undefined {
  const quoted = text[from] === '"';
  const bytes: Buffer[] = [];
  let solid = 0;
  let at = quoted ? from + 1 : from;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (quoted ? char === '"' : char === ',' || char === '+' || char === ';') break;
    if (char !== '\\') {
      // By code point: half of a surrogate pair has no UTF-8 form.
      const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
      bytes.push(Buffer.from(whole));
      at += whole.length - 1;
      if (quoted || char !== ' ') solid = bytes.length;
      continue;
    }
    const hex = /^[0-9a-f]{2}/i.exec(text.slice(at + 1, at + 3))?.[0];
    const escaped = text[at + 1];
    if (escaped === undefined) return undefined;
    bytes.push(hex === undefined ? Buffer.from(escaped) : Buffer.from(hex, 'hex'));
    solid = bytes.length;
    at += hex === undefined ? 1 : 2;
  }
  if (quoted) {
    if (text[at] !== '"') return undefined;
    at += 1 + (/^\s*/.exec(text.slice(at + 1))?.[0].length ?? 0);
    if (at < text.length && !',+;'.includes(text.charAt(at))) return undefined;
  }
  // Spaces at the end belong to the separator unless they are escaped; those in front were taken with the `=`.
  return { text: Buffer.concat(bytes.slice(0, solid)).toString('utf8'), end: at };
}
