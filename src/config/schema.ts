import { z } from 'zod';
import { APP_KEYS, DIRECTORY_KEYS } from './app.js';
import { policy } from './policy.js';
import { duration, text } from './scalars.js';
import { withDefinitions } from './shared-definitions.js';
import { CATALOGUE, CONNECTOR_OPTIONS } from './sources.js';

/**
 * One strict object per connector: its options and the keys that every entry has. The manifests of the catalogue are read for
 * the connectors in `used` alone.
 */
function entry<Keys extends z.ZodRawShape>(keys: Keys, used: ReadonlySet<unknown> | undefined) {
  const [first, ...rest] = Object.keys(CONNECTOR_OPTIONS).map((name) => {
    const isRead = used?.has(name) !== false || !Object.hasOwn(CATALOGUE, name);
    const { shape = {}, open = false } = (isRead ? CONNECTOR_OPTIONS[name] : undefined) ?? {};
    const all = { ...shape, ...keys, connector: z.literal(name) };
    return open ? z.looseObject(all) : z.strictObject(all);
  });
  if (first === undefined) throw new Error('no connector is registered');
  return z.discriminatedUnion('connector', [first, ...rest]) as unknown as z.ZodType<z.output<z.ZodObject<Keys>> & Record<string, unknown>>;
}

/** Names become report keys, file names and flag values. */
const APP_NAME = /^[^\s:,/\\\u0000-\u001f\u007f][^:,/\\\u0000-\u001f\u007f]{0,63}$/;
const appName = z.string().regex(APP_NAME, 'expected a name of up to 64 characters without : , / \\');

const HISTORY = '.lifegap/history.db';
const HISTORY_ERROR = 'expected a path, { path, retain }, or false';

function build(used: ReadonlySet<unknown> | undefined) {
  const directoryEntry = entry(DIRECTORY_KEYS, used);
  return z.strictObject({
    version: z.literal(1).describe('Version of this format'),
    directory: z
      .union([directoryEntry, z.array(directoryEntry).min(1, 'expected one entry at least')], 'expected one entry, or a list of entries')
      .describe('One entry, or a list in order of precedence: first the one that knows who has left'),
    apps: z.record(appName, entry(APP_KEYS, used)).describe('Name of the app -> how to read it, and what it should hold'),
    policy: policy.prefault({}),
    history: z
      .union(
        [text, z.strictObject({ path: text.prefault(HISTORY), retain: duration.optional() }), z.literal(false, HISTORY_ERROR)],
        HISTORY_ERROR,
      )
      .prefault(HISTORY)
      .describe('What earlier audits saw: a path, or path and retain; false switches it off'),
  });
}

export type ParsedConfig = z.output<ReturnType<typeof build>>;

/** The schema of a config that names these connectors; left out: of any. */
export function configSchema(used?: ReadonlySet<unknown>): z.ZodType<ParsedConfig> {
  return build(used);
}

/** JSON Schema (draft 7) of what people write, for editors and linters. With `used`, of the catalogue only those have their options. */
export function jsonSchema(used?: ReadonlySet<unknown>): object {
  const schema = z.toJSONSchema(configSchema(used), { target: 'draft-7', io: 'input' });
  return withDefinitions({
    ...schema,
    title: 'lifegap.yaml',
    description: 'Configuration of lifegap: a directory, the apps to audit against it, and the policy.',
  });
}
