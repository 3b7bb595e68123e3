import { z } from 'zod';
import { APP_KEYS, DIRECTORY_KEYS } from './app.js';
import { policy } from './policy.js';
import { text } from './scalars.js';
import { CONNECTOR_OPTIONS } from './sources.js';

/** One strict object per connector: its options and the keys that every entry has. */
function entry<Keys extends z.ZodRawShape>(keys: Keys) {
  const [first, ...rest] = Object.entries(CONNECTOR_OPTIONS).map(([name, { shape }]) => {
    return z.strictObject({ ...shape, ...keys, connector: z.literal(name) });
  });
  if (first === undefined) throw new Error('no connector is registered');
  return z.discriminatedUnion('connector', [first, ...rest]) as unknown as z.ZodType<z.output<z.ZodObject<Keys>> & Record<string, unknown>>;
}

/** Names become report keys, file names and flag values. */
const APP_NAME = /^[^\s:,/\\\u0000-\u001f\u007f][^:,/\\\u0000-\u001f\u007f]{0,63}$/;
const appName = z.string().regex(APP_NAME, 'expected a name of up to 64 characters without : , / \\');

const directoryEntry = entry(DIRECTORY_KEYS);

export const configSchema = z.strictObject({
  version: z.literal(1).describe('Version of this format'),
  directory: z
    .union([directoryEntry, z.array(directoryEntry).min(1, 'expected one entry at least')], 'expected one entry, or a list of entries')
    .describe('One entry, or a list in order of precedence'),
  apps: z.record(appName, entry(APP_KEYS)).describe('Name of the app -> how to read it, and what it should hold'),
  policy: policy.prefault({}),
  history: z
    .union([text, z.literal(false, 'expected a path, or false')], 'expected a path, or false')
    .prefault('.lifegap/history.db')
    .describe('What earlier audits saw; false switches it off'),
});

export type ParsedConfig = z.output<typeof configSchema>;

/** JSON Schema (draft 7) of what people write, for editors and linters. */
export function jsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' });
  return {
    ...schema,
    title: 'lifegap.yaml',
    description: 'Configuration of lifegap: a directory, the apps to audit against it, and the policy.',
  };
}
