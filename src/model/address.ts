/** What stands before an address and is no part of it: `smtp:` and `SMTP:` (Exchange), `sip:`, `mailto:`. */
const PREFIX = /^\s*(?:smtp|sips?|mailto|email)\s*:\s*/i;
/** Addresses of other systems, which Exchange keeps in the same list: no mail ever reaches anybody by them. */
const OTHER_SYSTEM = /^\s*(?:x400|x500|eum|notes|msmail|ccmail|gwise|spo|fax|rfax|o365|ex)\s*:/i;
/** `Name <a@b>`: what stands in the last pair of angle brackets. */
const BRACKETED = /<\s*([^<>]*@[^<>]*?)\s*>[^<>@]*$/;

/** `'a@b'` (Outlook), `"a@b"`, `[a@b]`, `(a@b)`: marks around the whole. */
const MARKED = /^\s*(?:'(.+@.+)'|"([^"]+@[^"]+)"|\[([^[\]]+@[^[\]]+)\]|\(([^()]+@[^()]+)\))\s*$/;
/** `Name (a@b)` and `Name [a@b]`: no address stands before it. */
const AFTER_NAME = /^[^@]*[([]\s*([^\s()[\]]+@[^\s()[\]]+)\s*[)\]]\s*$/;
/** `a@b (Name)`: a comment (RFC 5322 section 3.2.2). */
const COMMENTED = /^\s*([^\s()]+@[^\s()]+)\s*\([^()@]*\)\s*$/;

/** Characters that what `bareAddress` takes away has in it. */
export const AROUND_ADDRESS = '<:\'"([{';
const AROUND = /[<:'"([{]/;

/** Has the text anything about it that `bareAddress` would take away? */
export function isWrapped(text: string): boolean {
  return AROUND.test(text);
}

/**
 * The address alone, of how mail programs and exports write it: without `smtp:` or `mailto:` before it and the name around it. Undefined for
 * an address of another system (`x500:`). Any other text stays as it is.
 */
export function bareAddress(text: string): string | undefined {
  if (!isWrapped(text)) return text;
  if (OTHER_SYSTEM.test(text)) return undefined;
  if (!text.includes('@')) return text;
  const inner = BRACKETED.exec(text)?.[1] ?? text.replace(PREFIX, '');
  const bare = withoutMarks(inner).replace(PREFIX, '');
  return bare === '' ? undefined : bare;
}

function withoutMarks(text: string): string {
  // One of the groups has it.
  const inner = MARKED.exec(text)?.slice(1).join('');
  // `["a@b"]`, a list of one as JSON writes it.
  if (inner !== undefined) return MARKED.test(inner) ? withoutMarks(inner) : inner;
  return AFTER_NAME.exec(text)?.[1] ?? COMMENTED.exec(text)?.[1] ?? text;
}

/** Exchange writes the primary address with the type in capitals. */
export function isPrimaryProxy(text: string): boolean {
  return /^\s*SMTP:/.test(text);
}

/** What stands in brackets after a name. */
const NAMED = /<([^<>]*)>|\(([^()@]*@[^()@]*)\)|\[([^[\]@]*@[^[\]@]*)\]/g;

/** Has an address in the text a name before it? */
export function hasNames(text: string): boolean {
  return text.includes('<') || /[([][^()[\]@]*@/.test(text);
}

/** `["a@b", "c@d"]` and `{a@b,c@d}`: what stands between the brackets of a list that was written into one text. */
export function withoutListBrackets(text: string): string {
  return /^\s*(?:\[([^[\]]*@[^[\]]*)\]|\{([^{}]*@[^{}]*)\})\s*$/.exec(text)?.slice(1).join('') ?? text;
}

/** Addresses with nothing but white space between them (PowerShell), or a plus before the type of the next (Microsoft 365's list of users). */
export function addressesApart(text: string): readonly string[] {
  const typed = text.trim().split(/(?:\s+|\+)(?=[a-z][a-z\d]*:\S)/i);
  if (typed.length > 1 && typed.every((piece) => /^[a-z][a-z\d]*:/i.test(piece))) return typed;
  const plain = text.trim().split(/\s+/);
  return plain.length > 1 && plain.every((piece) => piece.includes('@')) ? plain : [text];
}

/**
 * The pieces of a text that holds several addresses, of which one at least has a name around it: commas and semicolons separate, and may
 * stand in the names, too. `"One, Ada" <ada@b>; ben@b` gives the two addresses.
 */
export function addressesIn(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const match of text.matchAll(NAMED)) {
    const before = pieces(text.slice(from, match.index));
    // The last piece is the name; what stands before it is an address of its own, or the first half of a name.
    found.push(...before.slice(0, -1).filter((piece) => piece.includes('@')));
    const inner = match[1] ?? match[2] ?? match[3];
    if (inner?.includes('@') === true) found.push(inner.trim());
    from = match.index + match[0].length;
  }
  found.push(...pieces(text.slice(from)).filter((piece) => piece.includes('@')));
  return found;
}

function pieces(text: string): string[] {
  return text
    .replace(/"[^"]*"/g, '')
    .split(/[;,|]/)
    .map((piece) => piece.trim());
}
