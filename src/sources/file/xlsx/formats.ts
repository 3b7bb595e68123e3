/** How a style shows the number of a cell: as a number, as a day or a time, or digit by digit between letters. */
export type Format =
  | { readonly kind: 'number' | 'date' | 'moment' | 'time' }
  | { readonly kind: 'digits'; readonly parts: readonly DigitPart[]; readonly least: number };

/** One digit (`0`, or `#`, which shows no leading zero), or text that stands as it is. */
export type DigitPart = { readonly digit: boolean } | { readonly text: string };

export const GENERAL: Format = { kind: 'number' };
const DATE: Format = { kind: 'date' };
const MOMENT: Format = { kind: 'moment' };
const TIME: Format = { kind: 'time' };

/** Formats that have a number and no code (ECMA-376 part 1, section 18.8.30); 27 to 36 and 50 to 58 are days in East Asia. */
export const BUILT_IN: Readonly<Record<number, Format>> = {
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map((id) => [id, DATE])),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 47].map((id) => [id, TIME])),
  22: MOMENT,
};

/** What a code makes of a number. Only the part for positive numbers counts. */
export function formatOf(code: string): Format {
  const tokens = tokensOf(code);
  if (tokens.some((token) => /^general$/i.test(token.plain ?? ''))) return GENERAL;
  const letters = tokens.map(({ plain }) => plain ?? '').join('');
  const hasTime = /[hs]|am\/pm|a\/p/i.test(letters) || tokens.some(({ elapsed }) => elapsed === true);
  const hasDay = /[ydeg]|aaa|b[12]/i.test(letters.replace(/am\/pm|a\/p/gi, '')) || (/m/i.test(letters.replace(/am\/pm/gi, '')) && !hasTime);
  if (hasDay) return hasTime ? MOMENT : DATE;
  // Hours and minutes that were counted are no time of a day.
  if (hasTime) return tokens.some(({ elapsed }) => elapsed === true) ? GENERAL : TIME;
  return digitsOf(tokens) ?? GENERAL;
}

interface Token {
  readonly plain?: string;
  readonly text?: string;
  readonly elapsed?: boolean;
}

/** The first section, with what is text apart from what shows the number. */
function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < code.length; at++) {
    const c = code.charAt(at);
    if (c === ';') break;
    if (c === '"') {
      const end = code.indexOf('"', at + 1);
      tokens.push({ text: code.slice(at + 1, end < 0 ? undefined : end) });
      at = end < 0 ? code.length : end;
    } else if (c === '\\') tokens.push({ text: code.charAt(++at) });
    else if (c === '_') at++;
    else if (c === '*') at++;
    else if (c === '[') {
      const end = code.indexOf(']', at);
      if (/^\[(h+|m+|s+)\]/i.test(code.slice(at))) tokens.push({ elapsed: true });
      at = end < 0 ? code.length : end;
    } else if (/^general/i.test(code.slice(at))) {
      tokens.push({ plain: 'General' });
      at += 6;
    } else tokens.push({ plain: c });
  }
  return tokens;
}

/** `00000`, `000-00-0000`, `"E"00000`: an id with all its zeros. What has a point, a comma or a percent sign shows an amount. */
function digitsOf(tokens: readonly Token[]): Format | undefined {
  const parts: DigitPart[] = [];
  for (const { plain, text } of tokens) {
    if (text !== undefined) parts.push({ text });
    else if (plain === '0' || plain === '#') parts.push({ digit: plain === '0' });
    else if (plain !== undefined && /^[-()/ :+]$/.test(plain)) parts.push({ text: plain });
    else return undefined;
  }
  const digits = parts.filter((part) => 'digit' in part);
  const least = digits.length - digits.findIndex(({ digit }) => digit);
  if (!digits.some(({ digit }) => digit)) return undefined;
  // `0` alone shows a number as it is.
  return parts.length === 1 ? undefined : { kind: 'digits', parts, least };
}
