import { Buffer } from 'node:buffer';

/** V8 makes slices only of this length and more. */
const SLICE = 13;

/**
 * The same text in memory of its own. A text that a parser cut from a megabyte keeps the megabyte alive; what outlives its
 * page (a finding) is copied.
 */
export function ownText(text: string): string {
  if (text.length < SLICE) return text;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 255) return Buffer.from(text, 'utf16le').toString('utf16le');
  }
  return Buffer.from(text, 'latin1').toString('latin1');
}
