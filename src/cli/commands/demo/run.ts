import { once } from 'node:events';
import path from 'node:path';
import type { AuditOptions } from '../../../audit/options.js';
import { runAudit } from '../../../audit/run.js';
import { claimFolder, keptFiles, writeFiles } from '../../../demo/files.js';
import { iso } from '../../../demo/lifecycle.js';
import { setUp, type Stage } from '../../../demo/stage.js';
import { UsageError } from '../../../model/errors.js';
import type { Report } from '../../../model/report.js';
import { commandName, shellWord } from '../../command-line.js';
import type { Io } from '../../io.js';
import { openReport, type ReportGiven } from '../../report.js';
import { openSession, type SessionGiven } from '../../session.js';

/** The dates of the company lie up to ten years before its today; outside of these they would be no ordinary dates. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

interface DemoGiven extends ReportGiven, SessionGiven {
  readonly seed: string;
  /** The folder that the company is left in. */
  readonly keep?: string;
  readonly serve?: true;
}

/** The company's systems go up, the real audit reads them over HTTP, and they go down again. */
export async function runDemo(given: DemoGiven, told: Partial<AuditOptions>, io: Io): Promise<void> {
  const seed = parseSeed(given.seed);
  const { asOf = io.now() } = told;
  if (asOf < EARLIEST || asOf >= LATEST) throw new UsageError('--as-of: the demo company lives between the years 2000 and 2099');
  const { remark, ...session } = openSession(given, io);
  const kept = given.keep === undefined ? undefined : path.resolve(io.cwd(), given.keep);
  const output = await openReport(given, io);
  let stage: Stage | undefined;
  try {
    if (kept !== undefined) await claimFolder(kept, given.keep ?? '');
    stage = await setUp(seed, asOf);
    const { company, apps, origin, configPath, env } = stage;
    if (kept !== undefined) await writeFiles(kept, keptFiles(company, apps));
    remark(`Meridian is a made-up company. Its systems answer at ${origin},`);
    remark('and the audit reads them as it would read yours.');
    remark('');
    // Nothing of the user's environment takes part: no proxy, no variable that happens to have the token's name.
    const config = await session.config({ path: configPath, env });
    const report = await session.reading((surroundings) => runAudit(config, { ...surroundings, ...output.wants, asOf: company.asOf, env }));
    await output.write(report);
    for (const line of afterwards(report, stage, given, io)) remark(line);
    if (given.serve === true) await servedUntilStopped(stage, io);
  } finally {
    output.close();
    await stage?.close();
  }
}

/** What to do next, when the report is there. */
function afterwards({ run }: Report, { company }: Stage, { keep, seed }: DemoGiven, io: Io): string[] {
  const lifegap = commandName(io.argv, io.cwd());
  const again = `${lifegap} demo --keep meridian${seed === '1' ? '' : ` --seed ${seed}`}`;
  const play =
    keep === undefined
      ? [`Play with the company as files:   ${again}`]
      : [`Kept in ${keep}. Change the files, and audit again:`, `  ${auditLine(lifegap, path.join(keep, 'lifegap.yaml'), company.asOf)}`];
  return [
    '',
    `This was a demo, so it exits with 0. An audit of this company exits with ${run.exitCode}: ${run.exitReason}.`,
    ...play,
    `Begin with your own systems:      ${lifegap} init`,
  ];
}

async function servedUntilStopped({ company, configPath, env }: Stage, io: Io): Promise<void> {
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${value}`);
  // The servers are of no use without these lines, so --quiet does not hold them back.
  const lines = [
    '',
    'The servers stay up until Ctrl-C. In another terminal:',
    ...exports,
    auditLine(commandName(io.argv, io.cwd()), configPath, company.asOf),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  if (!io.signal.aborted) await once(io.signal, 'abort');
}

function auditLine(lifegap: string, config: string, asOf: number): string {
  return `${lifegap} audit --config ${shellWord(config)} --as-of ${iso(asOf)}`;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d{1,10}$/.test(text) || seed > 0xffff_ffff) throw new UsageError(`--seed ${text}: expected a whole number from 0 to 4294967295`);
  return seed;
}
