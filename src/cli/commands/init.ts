import type { Command } from 'commander';
import type { Io } from '../io.js';

export function register(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('init')
    .description('write a commented lifegap.yaml to start from, and its schema for editors')
    .argument('[file]', 'where to', 'lifegap.yaml')
    .option('--force', 'overwrite what is there')
    .action(async (file: string, flags: { force?: boolean }) => {
      const { writeStarter } = await import('../../config/starter.js');
      const written = await writeStarter(io.cwd(), file, flags.force === true);
      io.stdout.write(`wrote ${written.join(' and ')}\nnext: fill it in, then \`lifegap check\` shows what each system can tell\n`);
      done(0);
    });
}
