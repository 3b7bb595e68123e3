import type { CommandModule, Io } from '../io.js';
import { type AuditFlags, reportFlags } from './audit.js';

export interface DemoFlags extends Omit<AuditFlags, 'config' | 'app' | 'failOn' | 'baseline' | 'newOnly'> {
  readonly seed: string;
  readonly keep?: string;
  readonly serve?: boolean;
}

/** The demo shows what there is to see of everything; an audit shows more of each. */
const DEMO_LIMIT = '5';

export const register: CommandModule['register'] = (program, io, done) => {
  reportFlags(program.command('demo'), undefined, DEMO_LIMIT)
    .description('audit a company that comes with the tool, over HTTP; no credentials needed, exits with 0 whatever it finds')
    .option('--seed <n>', 'draw another company', '1')
    .option('--keep <dir>', 'leave the company in this folder as files, with a config to audit and to play with')
    .option('--serve', 'keep the servers up until Ctrl-C, so that you can audit them from another terminal')
    .action(async (flags: DemoFlags) => done(await demo(flags, io)));
};

async function demo(flags: DemoFlags, io: Io): Promise<number> {
  const { demoFromFlags } = await import('../demo.js');
  return demoFromFlags(flags, io);
}
