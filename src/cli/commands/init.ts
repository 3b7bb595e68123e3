import type { Command } from 'commander';
import type { Io } from '../io.js';

interface InitFlags {
  readonly force?: boolean;
  readonly app?: string[];
  readonly directory?: string;
}

export function register(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('init')
    .description('write a commented lifegap.yaml to start from, and its schema for editors')
    .argument('[file]', 'where to', 'lifegap.yaml')
    .option(
      '-a, --app <connector>',
      'with this system of the catalogue (`lifegap connectors`), or under a name of yours: chat=slack; repeatable',
      (value: string, all: string[] | undefined) => [...(all ?? []), value],
    )
    .option('-d, --directory <connector>', 'with this directory: a system of the catalogue, ldap, scim or file; default ldap')
    .option('--force', 'overwrite what is there')
    .action(async (file: string, flags: InitFlags) => {
      const { chosenStarter, STARTER, writeStarter } = await import('../../config/starter.js');
      const { app = [], directory } = flags;
      const isChosen = app.length > 0 || directory !== undefined;
      const { text, variables } = isChosen
        ? chosenStarter({ apps: app.length > 0 ? app : ['scim'], directory })
        : { text: STARTER, variables: [] };
      const written = await writeStarter(io.cwd(), file, flags.force === true, text);
      io.stdout.write(`wrote ${written.join(' and ')}\n`);
      if (variables.length > 0) {
        const width = Math.max(...variables.map(({ name }) => name.length));
        io.stdout.write(`set these variables (secrets never stand in the file):\n`);
        for (const { name, what } of variables) io.stdout.write(`  ${name.padEnd(width)}  ${what}\n`);
      }
      io.stdout.write('next: fill it in, then `lifegap check` shows what each system can tell\n');
      done(0);
    });
}
