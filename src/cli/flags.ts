import type { AuditOptions } from '../audit/options.js';
import { FORMATS, type Format } from '../report/formats.js';
import type { Io } from './io.js';

/** One flag: how it is written, what the help says of it, and what it does. `Value` is what its command finds. */
export interface Flag<Value> {
  /** As commander reads it: '-c, --config <file>'. */
  readonly usage: string;
  readonly says: string;
  /** '--no-color', and what the help says of it. */
  readonly opposite?: readonly [usage: string, says: string];
  /** Under which the help of a command with many flags lists it. */
  readonly heading?: 'What is read:' | 'What fails:' | 'The report:' | 'The evidence:';
  /** May be given again; all values count. */
  readonly repeats?: true;
  /** What it makes of the options of an audit. A flag without it is for its command to read. */
  readonly effect?: (value: Value, io: Io) => Partial<AuditOptions> | Promise<Partial<AuditOptions>>;
  /** Another flag without which it means nothing, and the words that ask for that. */
  readonly needs?: readonly [flag: string, words: string];
  /** It means nothing where a pack is read alone. */
  readonly notWithReplay?: true;
}

/** A flag that has a value when it is not given. */
export type Settled = Flag<string> & { readonly initially: string };

export const text = (flag: Flag<string>): Flag<string> => flag;
export const texts = (flag: Flag<readonly string[]>): Flag<readonly string[]> => ({ ...flag, repeats: true });
export const yes = (flag: Flag<true>): Flag<true> => flag;
/** True, or by its opposite false. */
export const either = (flag: Flag<boolean>): Flag<boolean> => flag;
export const settled = (flag: Settled): Settled => flag;

/** By the names that commander gives to their values: `asOf` for --as-of. */
export type Flags = Readonly<Record<string, Flag<never>>>;

/** What was given of some flags. */
export type Given<F extends Flags> = { readonly [K in keyof F as F[K] extends Settled ? K : never]: string } & {
  readonly [K in keyof F as F[K] extends Settled ? never : K]?: F[K] extends Flag<infer Value> ? Value : never;
};

/** One command line, read. */
export interface Call<F extends Flags> {
  readonly given: Given<F>;
  /** What the flags make of the options of an audit. */
  readonly told: Partial<AuditOptions>;
  readonly io: Io;
}

type Outcome = Promise<number> | Promise<void>;

/** One command. Its file is loaded at every start, for the help: what its work needs of other rooms, `run` imports when it runs. */
export interface CommandSpec<F extends Flags, Above extends Flags> {
  /** As it is typed; with its arguments, where their names say all: 'show <name>'. */
  readonly usage: string;
  readonly says: string;
  readonly argument?: {
    readonly usage: string;
    readonly says: string;
    readonly initially?: string;
    readonly choices?: readonly string[];
  };
  /** Where the help of the program lists it. */
  readonly heading?: 'Begin:' | 'Audit:' | 'Look back:' | 'Look up:';
  /** Lines that work as they stand, once the names are yours. */
  readonly examples?: readonly string[];
  readonly flags?: F;
  /** Flags of the command above it, which count for it, too. */
  readonly above?: Above;
  /** Its flags stand in front of the names of its commands. */
  readonly flagsFirst?: true;
  readonly commands?: readonly Command[];
  /** Gives the exit code; nothing stands for 0. `words`: its arguments. */
  readonly run?: (call: Call<F & Above>, ...words: never[]) => Outcome;
}

/** A command, whatever its flags. */
export interface Command extends Omit<CommandSpec<Flags, Flags>, 'run'> {
  readonly run?: (call: never, ...words: never[]) => Outcome;
}

type NoFlags = Readonly<Partial<Record<'', Flag<never>>>>;

export const command = <F extends Flags = NoFlags, Above extends Flags = NoFlags>(spec: CommandSpec<F, Above>): Command => spec;

/** Flags of the commands that read systems. What the help says of some differs from one command to the next. */
export const CONFIG = text({
  usage: '-c, --config <file>',
  says: 'the config; default: lifegap.yaml, looked for upward from here',
  heading: 'What is read:',
  notWithReplay: true,
});
export const APP = texts({
  usage: '-a, --app <name>',
  says: 'audit this app only; repeatable',
  heading: 'What is read:',
  notWithReplay: true,
});
export const AS_OF = text({
  usage: '--as-of <date>',
  says: 'judge as of this instant (ISO 8601); default: now',
  heading: 'What is read:',
  notWithReplay: true,
  effect: async (date, io) => ({ asOf: (await import('./values.js')).parseAsOf(date, io.now()) }),
});
export const QUIET = yes({ usage: '-q, --quiet', says: 'no progress, no remarks: errors only', heading: 'The report:' });
export const VERBOSE = yes({ usage: '-v, --verbose', says: 'one line for every request', heading: 'The report:' });
export const COLOR = either({
  usage: '--color',
  says: 'colour even where none is detected',
  opposite: ['--no-color', 'no colour'],
  heading: 'The report:',
});

// No interface: only a type is a table of flags, too.
export type ReportFlags = {
  readonly format: Flag<readonly string[]>;
  readonly csvBom: Flag<true>;
  readonly asOf: typeof AS_OF;
  readonly limit: Settled;
  readonly quiet: typeof QUIET;
  readonly verbose: typeof VERBOSE;
  readonly color: typeof COLOR;
};

/** The flags about the report alone. `limit`: rows of each group, where nothing else is asked for. */
export const reportFlags = (formats: Readonly<Record<string, Format>> = FORMATS, limit = '20'): ReportFlags => ({
  format: texts({
    usage: '-f, --format <name[=file]>',
    says: `${Object.keys(formats).join(', ')}; repeatable, one of them to standard output; default: table`,
    heading: 'The report:',
  }),
  csvBom: yes({ usage: '--csv-bom', says: 'begin CSV with a byte order mark, for Excel', heading: 'The report:' }),
  asOf: AS_OF,
  limit: settled({ usage: '--limit <n>', says: 'rows shown in each group of the table', heading: 'The report:', initially: limit }),
  quiet: { ...QUIET, says: 'no progress, no remarks: the report and errors only' },
  verbose: { ...VERBOSE, says: 'one line for every request, and every reason in the table' },
  color: COLOR,
});
