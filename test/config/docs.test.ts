import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jsonSchema } from '../../src/config/schema.js';

const DOCS = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');

/** Names of all keys that the schema fixes, wherever they stand. */
function keys(schema: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) schema.forEach((item) => keys(item, found));
  else if (typeof schema === 'object' && schema !== null) {
    for (const [name, value] of Object.entries(schema)) {
      if (name === 'properties') Object.keys(value as object).forEach((key) => found.add(key));
      keys(value, found);
    }
  }
  return found;
}

it('docs/config.md has every key of the schema', () => {
  // What a system of the catalogue wants, its manifest says.
  const all = keys(jsonSchema(new Set()));
  expect(all.size).toBeGreaterThan(60);
  const undocumented = [...all].filter((key) => !new RegExp(`[\`.{ ]${key}[\`:.,]`).test(DOCS));
  expect(undocumented).toEqual([]);
});
