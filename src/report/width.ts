import { eastAsianWidth } from 'get-east-asian-width';

const PLAIN = /^[\x20-\x7e]*$/;
/** Drawn on the letter before: marks, and the vowels and finals of a Hangul syllable. */
const ON_TOP = /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7ff]/u;
const SKIN = /[\u{1f3fb}-\u{1f3ff}]/u;
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Columns that a terminal gives to a text without control characters: wide letters take two, marks none, a skin tone none
 * (Unicode UAX #11, and what wcwidth of the common terminals does).
 */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  let toned = false;
  for (const char of text) {
    if (ON_TOP.test(char)) continue;
    if (SKIN.test(char) && toned) continue;
    toned = /\p{Emoji_Modifier_Base}/u.test(char);
    width += eastAsianWidth(char.codePointAt(0) as number);
  }
  return width;
}

/** The text within `width` columns; what is cut off leaves the ellipsis. A letter keeps its marks. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  return `${start(text, width - displayWidth(ellipsis))}${ellipsis}`;
}

/** The text in lines of at most `width` columns, broken at spaces where there are some; the last of `max` lines is cut. */
export function wrap(text: string, width: number, max: number, ellipsis: string): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (displayWidth(rest) > width && lines.length < max - 1) {
    const head = start(rest, width);
    const space = rest[head.length] === ' ' ? head.length : head.lastIndexOf(' ');
    // A break far to the left leaves a ragged hole: a long word is split instead.
    const at = space > head.length / 2 ? space : Math.max(head.length, 1);
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  lines.push(cut(rest, width, ellipsis));
  return lines;
}

/** Fills up to `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const gap = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? gap + text : text + gap;
}

/** As many whole letters as fit. */
function start(text: string, width: number): string {
  if (PLAIN.test(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  let end = 0;
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    used += displayWidth(segment);
    if (used > width) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
