import type { CommandModule } from '../io.js';

export interface HistoryFlags {
  readonly config?: string;
  readonly format: string;
  readonly limit: string;
  readonly olderThan?: string;
  readonly asOf?: string;
}

export const register: CommandModule['register'] = (program, io, done) => {
  const history = program
    .command('history')
    .description('the audits on record, and the trend of each app')
    .enablePositionalOptions()
    .option('-c, --config <file>', 'the config that names the history; default: lifegap.yaml, looked for upward from here')
    .option('-f, --format <name>', 'table or json', 'table')
    .option('--limit <n>', 'rows shown', '50')
    .action(async (flags: HistoryFlags) => done(await (await import('../history.js')).listHistory(flags, io)));
  history
    .command('diff <a> <b>')
    .description('what changed between two audits, each given as its number, a date, or `last`')
    .action(async (a: string, b: string) => done(await (await import('../history.js')).diffHistory([a, b], history.opts(), io)));
  history
    .command('show <person-or-account>')
    .description('one timeline over the directory and all apps; by id, user name or e-mail address')
    .action(async (who: string) => done(await (await import('../history.js')).showHistory(who, history.opts(), io)));
  history
    .command('prune')
    .description('forget audits, and what was over, before a time; default: `retain` of the config')
    .option('--older-than <duration>', 'such as 400d')
    .option('--as-of <date>', 'counted back from this instant (ISO 8601); default: now')
    .action(async (flags: Pick<HistoryFlags, 'olderThan' | 'asOf'>) =>
      done(await (await import('../history.js')).pruneHistory({ ...history.opts(), ...flags }, io)),
    );
};
