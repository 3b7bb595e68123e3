import type { Look } from './look.js';

/** Sections stand apart by a blank line; one without a title is its lines alone. */
export function section(title: string, lines: readonly string[], look: Look, first: boolean): string {
  return `${first ? '' : '\n'}${[...(title === '' ? [] : [look.bold(title)]), ...lines].join('\n')}\n`;
}
