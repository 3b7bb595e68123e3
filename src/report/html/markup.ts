import { visible } from '../escape.js';
import { itemAt } from '../../model/at.js';

/** HTML that is already safe. Only `html` makes it, so text cannot get past the escaping by accident. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = string | number | Markup | readonly Markup[] | undefined;

/**
 * A piece of HTML: `html\`<td>${name}</td>\``. What stands in the braces is text from anywhere and is escaped, for elements and for
 * quoted attributes alike; what acts instead of being read (controls, bidi overrides) is shown. `undefined` is nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let out = itemAt(strings, 0);
  parts.forEach((part, i) => (out += safe(part) + itemAt(strings, i + 1)));
  return new Markup(out);
}

function safe(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeText(visible(part));
  return part.map((piece) => piece.text).join('');
}

/** A sentence whose dates and times of day stay in one piece (`.unbroken`): a browser would break them at their hyphens. */
export function dated(sentence: string): Markup[] {
  return sentence
    .split(/(\b\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?(?: UTC)?)?)/)
    .map((piece, at) => (at % 2 === 0 ? html`${piece}` : html`<span class="unbroken">${piece}</span>`));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
