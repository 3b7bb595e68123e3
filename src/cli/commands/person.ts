import type { CommandModule } from '../io.js';

export interface PersonFlags {
  readonly config?: string;
  readonly app?: string[];
  readonly json?: boolean;
  readonly failIfActive?: boolean;
  readonly asOf?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly whole?: boolean;
  readonly replay?: string;
  readonly redactKeyFile?: string;
}

const collect = (value: string, all: string[] | undefined): string[] => [...(all ?? []), value];

export const register: CommandModule['register'] = (program, io, done) => {
  program
    .command('person')
    .argument('<who>', 'an e-mail address, a user name, an id or an employee number')
    .description('one person: the record, every account in every app, what still lets them in, and what is wrong by now')
    .option('-c, --config <file>', 'the config; default: lifegap.yaml, looked for upward from here')
    .option('-a, --app <name>', 'look in this app only; repeatable', collect)
    .option('--fail-if-active', 'exit with 1 when anything still lets this person in, for offboarding runbooks')
    .option('--whole', 'never ask by filter: read every list whole, and leave no name in an access log')
    .option('--replay <dir>', 'look into an evidence pack, without touching any system')
    .option('--redact-key-file <file>', 'with --replay: the key of a redacted pack, to ask it by the real name')
    .option('--json', 'the answer as JSON')
    .option('--as-of <date>', 'judge as of this instant (ISO 8601); default: now')
    .option('-q, --quiet', 'no progress, no remarks')
    .option('-v, --verbose', 'one line for every request')
    .option('--color', 'colour even where none is detected')
    .option('--no-color', 'no colour')
    .action(async (who: string, flags: PersonFlags) => done(await (await import('../person.js')).personFromFlags(who, flags, io)));
};
