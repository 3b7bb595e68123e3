export type JsonSchema = Readonly<Record<string, unknown>>;

/** A reference is no shorter than this. */
const WORTH = 64;

const MAPS = ['properties', 'patternProperties', 'definitions'];
const LISTS = ['anyOf', 'oneOf', 'allOf'];
const SINGLE = ['items', 'additionalProperties', 'propertyNames', 'not'];

/**
 * A JSON Schema (draft 7) in which what stands in it several times stands once, under `definitions`, by the name of the key where it comes first. It says the
 * same: of two entries that differ in one option, editors read the rest twice, and a catalogue of entries is some megabytes of repetition.
 */
export function withDefinitions(schema: JsonSchema): JsonSchema {
  const seen = new Map<string, number>();
  // Every schema is written out twice, and the whole of them is long.
  const texts = new WeakMap<JsonSchema, string>();
  const textOf = (inner: JsonSchema): string => {
    const text = texts.get(inner) ?? JSON.stringify(inner);
    texts.set(inner, text);
    return text;
  };
  count(schema, seen, textOf);
  const definitions: Record<string, JsonSchema> = {};
  const names = new Map<string, string>();
  const shared = (inner: JsonSchema, key: string): JsonSchema => {
    const text = textOf(inner);
    if (text.length < WORTH || (seen.get(text) ?? 0) < 2) return eachSchema(inner, key, shared);
    let name = names.get(text);
    if (name === undefined) {
      name = key;
      for (let n = 2; Object.hasOwn(definitions, name); n++) name = `${key}-${n}`;
      names.set(text, name);
      // Its place is taken before what is in it asks for one.
      definitions[name] = {};
      definitions[name] = eachSchema(inner, key, shared);
    }
    return { $ref: `#/definitions/${name}` };
  };
  return { ...eachSchema(schema, 'schema', shared), definitions };
}

/** Whole schemas by their text. What is in one that came before is not counted again: it will stand there once. */
function count(schema: JsonSchema, seen: Map<string, number>, textOf: (schema: JsonSchema) => string): void {
  const text = textOf(schema);
  const times = (seen.get(text) ?? 0) + 1;
  seen.set(text, times);
  if (times > 1) return;
  eachSchema(schema, '', (inner) => {
    count(inner, seen, textOf);
    return inner;
  });
}

/** The schema with each of those in it replaced; `key` is the name under which people know it. */
function eachSchema(schema: JsonSchema, key: string, replace: (inner: JsonSchema, key: string) => JsonSchema): JsonSchema {
  const one = (value: unknown, name: string): unknown => (isSchema(value) ? replace(value, name) : value);
  return Object.fromEntries(
    Object.entries(schema).map(([word, value]) => {
      if (MAPS.includes(word) && isSchema(value))
        return [word, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, one(inner, name)]))];
      if (LISTS.includes(word) && Array.isArray(value)) return [word, value.map((inner) => one(inner, key))];
      return [word, SINGLE.includes(word) ? one(value, key) : value];
    }),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
