import path from 'node:path';
import type { AuditOptions } from '../../../audit/options.js';
import { runAudit } from '../../../audit/run.js';
import { goneTest } from '../../../audit/weigh.js';
import { parseBaseline, writeBaseline } from '../../../gate/baseline.js';
import { EXIT } from '../../../model/errors.js';
import { outgrownWords } from '../../../report/decisions.js';
import { visible } from '../../../report/escape.js';
import { readBaseline } from '../../baseline-file.js';
import type { Io } from '../../io.js';
import { checkOutputs, writeFile } from '../../output.js';
import { openSession, type SessionGiven } from '../../session.js';

/**
 * Findings are what it is for, so they end with 0; what could not be read or proven ends with 4 or 3: the file then holds what was proven, and what it
 * held before of the rest.
 */
export async function writeKnown(file: string, given: SessionGiven, told: Partial<AuditOptions>, io: Io): Promise<number> {
  const { asOf = io.now() } = told;
  const { say, remark, ...session } = openSession(given, io);
  const config = await session.config();
  await checkOutputs([{ format: 'baseline', file }], io);
  const before = await readBaseline(file, io);
  const report = await session.reading((surroundings) =>
    // Only what could not be read or proven is of interest here.
    runAudit(config, { ...surroundings, asOf, failOn: [], ...(before === undefined ? {} : { baseline: before }) }),
  );
  for (const words of report.accepted === undefined ? [] : outgrownWords(report.accepted)) remark(`warning: ${words}`);
  const day = new Date(asOf).toISOString().slice(0, 10);
  const written = writeBaseline(report.findings, before, goneTest(config, report), day);
  await writeFile(path.resolve(io.cwd(), file), [written]);
  const entries = parseBaseline(written, visible(file)).entries.length;
  const changes = report.baseline === undefined ? '' : `: ${report.baseline.new} new, ${report.baseline.fixed.length} fixed`;
  remark(`lifegap: ${entries} ${entries === 1 ? 'entry' : 'entries'} in ${file}${changes}`);
  if (report.run.exitCode !== EXIT.clean)
    say(`lifegap: exit ${report.run.exitCode}: ${report.run.exitReason}; the entries of what was not proven stay as they were`);
  return report.run.exitCode;
}
