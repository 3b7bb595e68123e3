import type { CommandModule } from '../io.js';

export interface VerifyFlags {
  readonly hash?: string;
}

export const register: CommandModule['register'] = (program, io, done) => {
  program
    .command('verify')
    .argument('<dir>', 'an evidence pack, written by audit --evidence')
    .description('check every hash of an evidence pack, and compute its reports again from its rows, offline')
    .option('--hash <hex>', 'the hash of the pack, as it was noted elsewhere')
    .action(async (dir: string, flags: VerifyFlags) => done(await (await import('../verify.js')).verifyFromFlags(dir, flags, io)));
};
