import { Argument, type Command } from 'commander';
import type { Io } from '../io.js';

export function register(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('schema')
    .description('print the JSON Schema of lifegap.yaml, or of a manifest, for editors')
    .addArgument(new Argument('[what]', 'of what').choices(['config', 'manifest']).default('config'))
    .action(async (what: 'config' | 'manifest') => {
      const schema =
        what === 'config'
          ? (await import('../../config/schema.js')).jsonSchema()
          : (await import('../../pull/manifest/schema.js')).manifestJsonSchema();
      io.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
      done(0);
    });
}
