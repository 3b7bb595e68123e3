import type { CommandModule } from '../io.js';

export interface CheckFlags {
  readonly config?: string;
  readonly app?: string[];
  readonly verbose?: boolean;
  readonly color?: boolean;
}

export const register: CommandModule['register'] = (program, io, done) => {
  program
    .command('check')
    .description('validate the config, resolve its secrets, read two pages of every source, and show what each can and cannot tell')
    .option('-c, --config <file>', 'the config; default: lifegap.yaml, looked for upward from here')
    .option('-a, --app <name>', 'check this app only (and the directory); repeatable', (value: string, all: string[] | undefined) => [
      ...(all ?? []),
      value,
    ])
    .option('-v, --verbose', 'one line for every request')
    .option('--color', 'colour even where none is detected')
    .option('--no-color', 'no colour')
    .action(async (flags: CheckFlags) => done(await (await import('../check.js')).checkFromFlags(flags, io)));
};
