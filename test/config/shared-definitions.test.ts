import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { configSchema, jsonSchema } from '../../src/config/schema.js';
import { withDefinitions, type JsonSchema } from '../../src/config/shared-definitions.js';

/** Every reference replaced by what it names: what the schema says. */
function expanded({ definitions, ...schema }: JsonSchema): unknown {
  const open = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(open);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as Record<string, unknown>;
    if (typeof $ref !== 'string') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(inner)]));
    expect(rest).toEqual({});
    const name = $ref.replace('#/definitions/', '');
    expect(Object.keys(definitions as object)).toContain(name);
    return open((definitions as Record<string, unknown>)[name]);
  };
  return open(schema);
}

const long = (what: string): JsonSchema => ({
  type: 'string',
  description: `${what}: a description that is longer than a reference to it`,
});

describe('definitions of what stands in a schema several times', () => {
  it('leave what the schema of the config says, in less than a seventh of the bytes', () => {
    const inline = z.toJSONSchema(configSchema(), { target: 'draft-7', io: 'input' }) as JsonSchema;
    const shared = withDefinitions(inline);
    expect(expanded(shared)).toEqual(inline);
    expect(JSON.stringify(jsonSchema(), null, 2).length).toBeLessThan(JSON.stringify(inline, null, 2).length / 7);
  });

  it('are named by the key under which people know them', () => {
    const { definitions, properties } = withDefinitions({
      type: 'object',
      properties: { token: long('a'), app: { type: 'object', properties: { token: long('b'), key: long('a'), other: long('b') } } },
    });
    expect(definitions).toEqual({ token: long('a'), 'token-2': long('b') });
    expect(properties).toEqual({
      token: { $ref: '#/definitions/token' },
      app: {
        type: 'object',
        properties: {
          token: { $ref: '#/definitions/token-2' },
          key: { $ref: '#/definitions/token' },
          other: { $ref: '#/definitions/token-2' },
        },
      },
    });
  });

  it('are not made of what is short, of what is in a definition alone, and of values that are no schemas', () => {
    const entry: JsonSchema = {
      type: 'object',
      properties: { only: long('only here'), short: { type: 'string' } },
      default: { only: 'x' },
    };
    const value = { type: 'object', description: 'a value that looks like a schema, and is as long as one' };
    const { definitions } = withDefinitions({ anyOf: [entry, { type: 'array', items: entry }], default: value, examples: [value, value] });
    expect(Object.values(definitions as object)).toEqual([entry]);
  });
});
