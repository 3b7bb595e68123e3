import { Argument, Command as Commander, Option } from 'commander';
import type { AuditOptions } from '../audit/options.js';
import { VERSION } from '../contract/version.js';
import { EXIT, UsageError } from '../model/errors.js';
import { audit } from './commands/audit.js';
import { baseline } from './commands/baseline.js';
import { check } from './commands/check.js';
import { compare } from './commands/compare.js';
import { connectors } from './commands/connectors.js';
import { coverage } from './commands/coverage.js';
import { demo } from './commands/demo.js';
import { history } from './commands/history.js';
import { init } from './commands/init.js';
import { person } from './commands/person.js';
import { schema } from './commands/schema.js';
import { verify } from './commands/verify.js';
import type { Command, Flag, Flags } from './flags.js';
import type { Io } from './io.js';

/** In the order of the help. */
const COMMANDS: readonly Command[] = [audit, compare, baseline, coverage, check, connectors, demo, history, init, person, schema, verify];

const AFTER_HELP = `
Exit codes:
  0   clean: everything was read, and no finding reached --fail-on
  1   a proven finding reached --fail-on
  2   the command line or the config is wrong; nothing was read
  3   inconclusive: a list could not be proven whole, a guard fired, or an account
      may be a leaver's
  4   a system could not be read (network, credentials, permission)
  70  a bug of lifegap; 130 and 143: interrupted; 141: the reader of the output has gone

See it work on a company that comes with the tool, without credentials:
  npx lifegap demo
`;

/** From so many flags on the help of a command has headings. */
const MANY = 14;

/** The command line without the process around it: what there is to call, and with which flags. */
export function createProgram(io: Io, done: (code: number) => void): Commander {
  const program = new Commander('lifegap')
    .description('Audits lifecycle coverage gaps: what really happens in each app when somebody joins, moves or leaves.')
    .version(VERSION, '-V, --version')
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'lifegap: ').replace(/\n\(/, ' (')),
    });
  for (const command of COMMANDS) add(program, command, [], io, done);
  return program;
}

function add(parent: Commander, spec: Command, above: readonly string[], io: Io, done: (code: number) => void): void {
  const { flags = {}, examples = [] } = spec;
  const own = parent.command(spec.usage).description(spec.says);
  const names = [...above, own.name()];
  if (spec.argument !== undefined) own.addArgument(argumentOf(spec.argument));
  if (spec.heading !== undefined) own.helpGroup(spec.heading);
  if (spec.flagsFirst === true) own.enablePositionalOptions();
  const options = Object.values(flags).flatMap((flag) => optionsOf(flag).map((option) => [option, flag.heading] as const));
  for (const [option, heading] of options)
    own.addOption(heading === undefined || options.length < MANY ? option : option.helpGroup(heading));
  if (examples.length > 0) own.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`);
  if (spec.run !== undefined) own.action(async () => done(await run(spec, own, io)));
  for (const child of spec.commands ?? []) add(own, child, names, io, done);
  // Last: a command inherits what is configured above it.
  pointToHelp(own, names.join(' '));
}

async function run({ above, flags: own, run: work }: Command, commander: Commander, io: Io): Promise<number> {
  const flags = { ...above, ...own };
  const given = commander.optsWithGlobals();
  checkTogether(flags, given);
  const call = { given, told: await toldBy(flags, given, io), io };
  const code = await (work as (call: object, ...words: unknown[]) => Promise<number | undefined>)(
    call,
    ...(commander.processedArgs as unknown[]),
  );
  return code ?? EXIT.clean;
}

/** What the given flags make of the options of an audit. */
async function toldBy(flags: Flags, given: Readonly<Record<string, unknown>>, io: Io): Promise<Partial<AuditOptions>> {
  let told: Partial<AuditOptions> = {};
  for (const [name, { effect }] of Object.entries(flags)) {
    const value = given[name];
    if (effect !== undefined && value !== undefined) told = { ...told, ...(await effect(value as never, io)) };
  }
  return told;
}

/** Throws where flags are given that do not go together. */
function checkTogether(flags: Flags, given: Readonly<Record<string, unknown>>): void {
  for (const [name, { needs, notWithReplay }] of Object.entries(flags)) {
    if (given[name] === undefined) continue;
    if (given.replay !== undefined && notWithReplay === true)
      throw new UsageError(`--replay reads the pack alone: leave ${longName(name)} away`);
    if (needs !== undefined && given[needs[0]] === undefined) throw new UsageError(`${longName(name)}: needs ${needs[1]}`);
  }
}

const longName = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function argumentOf({ usage, says, initially, choices }: NonNullable<Command['argument']>): Argument {
  const argument = new Argument(usage, says);
  if (choices !== undefined) argument.choices(choices);
  return initially === undefined ? argument : argument.default(initially);
}

/** As commander has it: an opposite is an option of its own. */
function optionsOf({ usage, says, opposite, repeats, initially }: Flag<never> & { readonly initially?: string }): Option[] {
  const option = new Option(usage, says);
  if (initially !== undefined) option.default(initially);
  if (repeats === true) option.argParser((value: string, all: readonly string[] | undefined) => [...(all ?? []), value]);
  return opposite === undefined ? [option] : [option, new Option(...opposite)];
}

/** Commander writes so, and tells it in no other way. */
const COMMANDERS_SUGGESTION = /Did you mean/;

/** Gives every mistake on the line of a command a place to look, unless commander says what was meant. */
function pointToHelp(command: Commander, name: string): void {
  const { outputError } = command.configureOutput();
  command.configureOutput({
    outputError: (text, write) =>
      outputError?.(
        COMMANDERS_SUGGESTION.test(text) ? text : `${text.trimEnd().replace(/\.$/, '')}; see \`lifegap ${name} --help\`\n`,
        write,
      ),
  });
}
