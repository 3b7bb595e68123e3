import path from 'node:path';
import { stat } from 'node:fs/promises';
import type { AuditOptions } from '../../../audit/options.js';
import { hardlyMatched } from '../../../compare/matched.js';
import { prepare } from '../../../compare/prepare.js';
import { writeNewFile } from '../../../disk/new-file.js';
import { codeOf, UsageError } from '../../../model/errors.js';
import type { Report } from '../../../model/report.js';
import { shellWord } from '../../command-line.js';
import type { ReportGiven } from '../../report.js';
import { openSession, type SessionGiven } from '../../session.js';
import type { Io } from '../../io.js';
import { auditAndReport } from '../audit/run.js';

interface CompareGiven extends ReportGiven, SessionGiven {
  readonly map?: readonly string[];
  readonly dates?: readonly string[];
  readonly encoding?: readonly string[];
  readonly sheet?: readonly string[];
  readonly explain?: true;
  readonly writeConfig?: string;
}

interface CompareCall {
  readonly given: CompareGiven;
  readonly told: Partial<AuditOptions>;
  readonly io: Io;
}

/** A config of the files, as it would be written, and then the audit of it. */
export async function compareFiles({ given, told, io }: CompareCall, people: string, apps: readonly string[]): Promise<number> {
  const { say, remark } = openSession(given, io);
  const target = path.resolve(io.cwd(), given.writeConfig ?? 'lifegap.yaml');
  if (given.writeConfig !== undefined) await checkIsNew(target, given.writeConfig);
  const prepared = await prepare({
    people,
    apps,
    maps: given.map ?? [],
    dates: given.dates ?? [],
    options: { encoding: given.encoding ?? [], sheet: given.sheet ?? [] },
    asOf: told.asOf ?? io.now(),
    cwd: io.cwd(),
    folder: path.dirname(target),
    shellWord,
  });
  if (prepared.questions.length > 0) {
    if (given.explain === true) prepared.explained.forEach(say);
    throw new UsageError([ASK, ...prepared.questions.map((line) => `  ${line}`)].join('\n'));
  }
  const lines = given.explain === true ? prepared.explained : prepared.short;
  // Asked for, it is said even to those who want no remarks.
  for (const line of lines) (given.explain === true ? say : remark)(line);
  for (const warning of prepared.warnings) remark(warning);
  if (given.writeConfig !== undefined) await write(target, given.writeConfig, prepared.config, io, remark);
  const named = (report: Report): Report => ({
    ...report,
    directory: report.directory.map((one) => ({ ...one, export: prepared.exports.get(one.name) ?? null })),
    apps: report.apps.map((one) => ({ ...one, export: prepared.exports.get(one.name) ?? null })),
  });
  const call = { given: { ...given, history: false }, told, io };
  let hardly: readonly string[] = [];
  const amend = (report: Report): Report => {
    hardly = hardlyMatched(report, prepared.keys);
    return named(report);
  };
  const code = await auditAndReport(call, { config: { path: target, text: prepared.config }, amend });
  for (const line of hardly) say(`warning: ${line}`);
  return code;
}

/** Its lines follow. */
const ASK = 'not everything is sure; answer these on the line, and run it again (--explain shows how each column was read):';

async function checkIsNew(target: string, shown: string): Promise<void> {
  const found = await stat(target).catch((error: unknown) => codeOf(error));
  if (found === 'ENOENT') return;
  throw new UsageError(
    typeof found === 'string'
      ? `--write-config ${shown}: cannot be written (${found})`
      : `${shown} is there already: --write-config overwrites nothing`,
  );
}

async function write(target: string, shown: string, text: string, io: Io, remark: (line: string) => void): Promise<void> {
  try {
    // No secret is in it: whoever may read the folder may read it.
    await writeNewFile(target, [text], 0o666);
  } catch (error) {
    throw new UsageError(`cannot write ${shown} (${codeOf(error) ?? 'failed'}); does its folder exist?`, { cause: error });
  }
  remark(
    `wrote ${shown}: \`lifegap audit${path.basename(target) === 'lifegap.yaml' && path.dirname(target) === io.cwd() ? '' : ` --config ${shellWord(shown)}`}\` does the same`,
  );
}
