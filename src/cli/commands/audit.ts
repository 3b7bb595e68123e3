import type { Command } from 'commander';
import { FORMATS } from '../../report/formats.js';
import type { CommandModule, Io } from '../io.js';

/** Flags that `audit` and `demo` share. */
export interface AuditFlags {
  readonly config?: string;
  readonly app?: string[];
  readonly format?: string[];
  readonly failOn?: string;
  /** Of `audit` and `coverage`. */
  readonly history?: boolean;
  readonly acceptShrink?: string[];
  readonly baseline?: string;
  readonly newOnly?: boolean;
  readonly asOf?: string;
  readonly limit: string;
  readonly csvBom?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly trials?: boolean;
  readonly controls?: string;
  readonly concurrency?: string;
  readonly evidence?: string;
  readonly redact?: boolean;
  readonly redactKeyFile?: string;
  readonly coarsen?: string;
  readonly replay?: string;
}

export const collect = (value: string, all: string[] | undefined): string[] => [...(all ?? []), value];

/** The flags about the report alone. */
export function reportFlags(command: Command, formats: readonly string[] = Object.keys(FORMATS), limit = '20'): Command {
  return command
    .option('-f, --format <name[=file]>', `${formats.join(', ')}; repeatable, one of them to standard output; default: table`, collect)
    .option('--csv-bom', 'begin CSV with a byte order mark, for Excel')
    .option('--as-of <date>', 'judge as of this instant (ISO 8601); default: now')
    .option('--limit <n>', 'rows shown in each group of the table', limit)
    .option('-q, --quiet', 'no progress, no remarks: the report and errors only')
    .option('-v, --verbose', 'one line for every request, and every reason in the table')
    .option('--color', 'colour even where none is detected')
    .option('--no-color', 'no colour');
}

/** The flags about what is read and what fails. */
export function auditFlags(command: Command, formats?: readonly string[]): Command {
  return reportFlags(command, formats)
    .option('-c, --config <file>', 'the config; default: lifegap.yaml, looked for upward from here')
    .option('-a, --app <name>', 'audit this app only; repeatable', collect)
    .option(
      '--fail-on <words>',
      'what ends in exit code 1: classes, class:reason, severity>=high, coverage.delete=gap, separated by commas; or none',
    )
    .option('--baseline <file>', 'known findings: those that are not in it, worse than in it, or past policy.sla fail')
    .option('--new-only', 'with --baseline: known findings do not fail, however they have worsened');
}

/** The flags of the commands that read and record the history. */
export function historyFlags(command: Command): Command {
  return command
    .option('--history', 'record this audit although --as-of is given')
    .option('--no-history', 'neither use nor record what earlier audits saw')
    .option('--accept-shrink <name>', 'this list may have shrunk beyond policy.guard.shrink, this once; repeatable', collect);
}

export const register: CommandModule['register'] = (program, io, done) => {
  historyFlags(auditFlags(program.command('audit')))
    .description(
      'read the directory and every app, and report orphaned, stale and missing accounts and the coverage of each lifecycle stage',
    )
    .option('--trials', 'name every joiner, mover and leaver behind the coverage in the JSON report')
    .option('--evidence <dir>', 'write an evidence pack into this new folder, for auditors; implies --trials')
    .option('--redact', 'with --evidence: the pack names people by keyed pseudonyms, the same for the same person in every app')
    .option('--redact-key-file <file>', 'with --redact: the key, for the same pseudonyms in every pack; default: one that is thrown away')
    .option(
      '--coarsen <unit>',
      'with --redact: dates as the first day of their month, quarter or year, so that nobody is found by a known day',
    )
    .option('--replay <dir>', 'judge the rows of an evidence pack again, without touching any system')
    .option('--controls <names>', 'frameworks whose controls are named beside findings, separated by commas; all, or none')
    .option('--concurrency <n>', 'apps read at the same time, 1 to 64; default: by the size of the directory')
    .action(async (flags: AuditFlags) => done(await audit(flags, io)));
};

async function audit(flags: AuditFlags, io: Io): Promise<number> {
  const { runFromFlags } = await import('../audit.js');
  return runFromFlags(flags, io);
}
