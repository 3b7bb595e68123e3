import type { Command } from 'commander';
import type { Io } from '../io.js';

export function register(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('schema')
    .description('print the JSON Schema of lifegap.yaml, for editors')
    .action(async () => {
      const { jsonSchema } = await import('../../config/schema.js');
      io.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
      done(0);
    });
}
