import type { Command } from 'commander';
import { UsageError } from '../../model/errors.js';
import type { Io } from '../io.js';

export function register(program: Command, _io: Io, _done: (code: number) => void): void {
  program
    .command('demo')
    .description('audit a company that comes with the tool; no credentials needed')
    .action(() => {
      throw new UsageError('demo is not built into this version');
    });
}
