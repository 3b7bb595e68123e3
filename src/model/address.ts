/** What stands before an address and is no part of it: `smtp:` and `SMTP:` (Exchange), `sip:`, `mailto:`. */
const PREFIX = /^\s*(?:smtp|sips?|mailto)\s*:\s*/i;
/** Addresses of other systems, which Exchange keeps in the same list: no mail ever reaches anybody by them. */
const OTHER_SYSTEM = /^\s*(?:x400|x500|eum|notes|msmail|ccmail|gwise|spo|fax|rfax|o365|ex)\s*:/i;
/** `Name <a@b>`: what stands in the last pair of angle brackets. */
const BRACKETED = /<\s*([^<>]*@[^<>]*?)\s*>[^<>@]*$/;

/** Has the text anything about it that `bareAddress` would take away? */
export function isWrapped(text: string): boolean {
  return text.includes('<') || text.includes(':');
}

/**
 * The address alone, of how mail programs and exports write it: without `smtp:` or `mailto:` before it and the name around it. Undefined for
 * an address of another system (`x500:`). Any other text stays as it is.
 */
export function bareAddress(text: string): string | undefined {
  if (!isWrapped(text)) return text;
  if (OTHER_SYSTEM.test(text)) return undefined;
  if (!text.includes('@')) return text;
  const inner = BRACKETED.exec(text)?.[1] ?? text;
  const bare = inner.replace(PREFIX, '');
  return bare === '' ? undefined : bare;
}

/** Exchange writes the primary address with the type in capitals. */
export function isPrimaryProxy(text: string): boolean {
  return /^\s*SMTP:/.test(text);
}

/**
 * The pieces of a text that holds several addresses, of which one at least has a name around it: commas and semicolons separate, and may
 * stand in the names, too. `"One, Ada" <ada@b>; ben@b` gives the two addresses.
 */
export function addressesIn(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/<([^<>]*)>/g)) {
    const before = pieces(text.slice(from, match.index));
    // The last piece is the name; what stands before it is an address of its own, or the first half of a name.
    found.push(...before.slice(0, -1).filter((piece) => piece.includes('@')));
    if (match[1]?.includes('@') === true) found.push(match[1].trim());
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
