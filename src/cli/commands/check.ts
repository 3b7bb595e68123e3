import type { Command } from 'commander';
import { UsageError } from '../../model/errors.js';
import type { Io } from '../io.js';

export function register(program: Command, _io: Io, _done: (code: number) => void): void {
  program
    .command('check')
    .description('validate the config, resolve its secrets, and read one page of every system')
    .action(() => {
      throw new UsageError('check is not built into this version');
    });
}
