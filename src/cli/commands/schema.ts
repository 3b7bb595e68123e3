import { Argument, type Command } from 'commander';
import type { Io } from '../io.js';

/** What is described, and where its schema is; each is loaded when it is asked for. */
const SCHEMAS = {
  config: async () => (await import('../../config/schema.js')).jsonSchema(),
  manifest: async () => (await import('../../manifest/form/schema.js')).manifestJsonSchema(),
  report: async () => (await import('../../report/schema.js')).REPORT_SCHEMA,
} satisfies Record<string, () => Promise<unknown>>;

export function register(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('schema')
    .description('print the JSON Schema of lifegap.yaml, of a manifest, or of the JSON report')
    .addArgument(new Argument('[what]', 'of what').choices(Object.keys(SCHEMAS)).default('config'))
    .action(async (what: keyof typeof SCHEMAS) => {
      io.stdout.write(`${JSON.stringify(await SCHEMAS[what](), null, 2)}\n`);
      done(0);
    });
}
