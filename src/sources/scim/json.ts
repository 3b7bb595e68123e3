import { isObject } from '../../model/parsed.js';
export type JsonObject = Readonly<Record<string, unknown>>;

export { isObject };

/**
 * The value of an attribute, whatever its case: attribute names and schema URNs are case-insensitive (RFC 7643 section 2.1).
 * Own keys only, so a record that carries `__proto__` or `constructor` gives what it sent and nothing else.
 */
export function attribute(record: JsonObject, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  const wanted = name.toLowerCase();
  for (const key of Object.keys(record)) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return record[key];
  }
  return undefined;
}
