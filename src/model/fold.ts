/** Upper case, white space at the ends or anything outside printable ASCII sends a key the slow way. */
export function isFolded(text: string): boolean {
  const length = text.length;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32 || c >= 127 || (c >= 65 && c <= 90)) return false;
  }
  return true;
}

/**
 * Letters that nobody sees and that a paste or an export brings along: control characters, soft hyphen, zero-width spaces and joiners, marks of
 * direction, byte order mark.
 */
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?![\t\n\v\f\r])\p{Cc}/gu;
/** White space of other sorts than the space: a no-break space, a tab, a line break. */
const OTHER_SPACE = /[^\S ]+/gu;

export function withoutOtherSpace(text: string, instead: '' | ' '): string {
  return text.replace(OTHER_SPACE, instead);
}

/** A key or a value ready for comparison: without the white space around it and what nobody sees in it, case folded. */
export function fold(text: string): string {
  return isFolded(text) ? text : foldCase(withoutOtherSpace(text.replace(UNSEEN, ''), ' ').trim());
}

/**
 * Case folding that asks no locale: Unicode's full folding for the letters where lower-casing alone is not enough
 * (CaseFolding.txt: sharp s, long s, final sigma). Dotless i stays a letter of its own, and so does o with stroke.
 */
export function foldCase(text: string): string {
  let upper = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127) return text.normalize('NFC').toLowerCase().replace(/ß/g, 'ss').replace(/ſ/g, 's').replace(/ς/g, 'σ').normalize('NFC');
    if (c >= 65 && c <= 90) upper = true;
  }
  return upper ? text.toLowerCase() : text;
}
