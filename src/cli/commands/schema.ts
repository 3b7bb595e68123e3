import { command } from '../flags.js';

/** What is described, and where its schema is; each is loaded when it is asked for. */
const SCHEMAS = {
  config: async () => (await import('../../config/schema.js')).jsonSchema(),
  manifest: async () => (await import('../../manifest/form/schema.js')).manifestJsonSchema(),
  report: async () => (await import('../../report/schema.js')).REPORT_SCHEMA,
} satisfies Record<string, () => Promise<unknown>>;

export const schema = command({
  usage: 'schema',
  says: 'print the JSON Schema of lifegap.yaml, of a manifest, or of the JSON report',
  argument: { usage: '[what]', says: 'of what', initially: 'config', choices: Object.keys(SCHEMAS) },
  heading: 'Look up:',
  examples: ['lifegap schema > lifegap.schema.json', 'lifegap schema report'],
  run: async ({ io }, what: keyof typeof SCHEMAS) => {
    io.stdout.write(`${JSON.stringify(await SCHEMAS[what](), null, 2)}\n`);
  },
});
