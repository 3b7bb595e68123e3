/*
 * Values as a parser gives them: nothing is known of them until it is asked.
 */

/** An object of keys and values; a list is none. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` alone would let the entries be anything, unasked. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
