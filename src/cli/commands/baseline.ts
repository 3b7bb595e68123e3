import type { CommandModule } from '../io.js';
import { collect } from './audit.js';

export interface BaselineFlags {
  readonly config?: string;
  readonly app?: string[];
  readonly asOf?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export const register: CommandModule['register'] = (program, io, done) => {
  program
    .command('baseline')
    .description('the findings that are known: a file to review, for `audit --baseline`')
    .command('write [file]')
    .description('audit, and write what is found (default: lifegap-baseline.json); what the file knows already keeps its date')
    .option('-c, --config <file>', 'the config; default: lifegap.yaml, looked for upward from here')
    .option('-a, --app <name>', 'audit this app only; the entries of others stay; repeatable', collect)
    .option('--as-of <date>', 'judge as of this instant (ISO 8601); default: now')
    .option('-q, --quiet', 'no progress, no remarks: errors only')
    .option('-v, --verbose', 'one line for every request')
    .action(async (file: string | undefined, flags: BaselineFlags) => {
      const { writeFromFlags } = await import('../baseline.js');
      done(await writeFromFlags(file, flags, io));
    });
};
