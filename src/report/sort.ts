import { compareFindings } from '../model/finding-order.js';
import { SEVERITIES, type Finding } from '../model/finding.js';
import { itemAt } from '../model/at.js';

export { compareFindings };

/** By code unit, never by locale: equal input gives equal bytes on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name);
}

/** For readers: worst first, then as in `compareFindings`. */
export function worstFirst(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compareFindings(a, b) || compareText(a.id, b.id);
}

/** The items in order; the same array when it is in order already, so 200,000 findings are not copied for nothing. */
export function inOrder<T>(items: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  for (let i = 1; i < items.length; i++) {
    if (compare(itemAt(items, i - 1), itemAt(items, i)) > 0) return [...items].sort(compare);
  }
  return items;
}

/** A record with its keys in order. */
export function sortedKeys<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}
