import { Secret } from '../model/secret.js';
import { nestsTooDeep } from '../contract/json-depth.js';

/** JSON for values that JSON has no words for: maps, sets and numbers that are none. A `Secret` is never written. */
export function encode(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, inner: unknown) => {
      if (inner instanceof Map) return { $map: [...(inner as ReadonlyMap<unknown, unknown>)] };
      if (inner instanceof Set) return { $set: [...(inner as ReadonlySet<unknown>)] };
      if (inner instanceof Secret) return undefined;
      if (typeof inner === 'number' && !Number.isFinite(inner)) return { $number: String(inner) };
      return inner;
    },
    indent,
  );
}

/** @throws {SyntaxError} */
export function decode(text: string): unknown {
  // A reviver is called level by level, and a pack may come from anybody.
  if (nestsTooDeep(text)) throw new SyntaxError('it has too many levels');
  return JSON.parse(text, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const { $map, $set, $number } = inner as { readonly $map?: unknown; readonly $set?: unknown; readonly $number?: unknown };
    if (Array.isArray($map)) return new Map($map as [unknown, unknown][]);
    if (Array.isArray($set)) return new Set($set);
    return typeof $number === 'string' ? Number($number) : inner;
  });
}
