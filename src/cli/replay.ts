import path from 'node:path';
import type { Census } from '../audit/census.js';
import { parseControls } from '../config/controls.js';
import { parseFailOn } from '../config/fail-on.js';
import { judging } from '../evidence/replay.js';
import { openVerified } from '../evidence/verify.js';
import { UsageError } from '../model/errors.js';
import type { Report } from '../model/report.js';
import { runAudit } from '../audit/run.js';
import type { AuditFlags } from './commands/audit.js';
import type { Io } from './io.js';

/** They decide what is read, and nothing is. */
const NOT_WITH_REPLAY = [
  'config',
  'app',
  'asOf',
  'baseline',
  'newOnly',
  'evidence',
  'redact',
  'redactKeyFile',
  'coarsen',
  'acceptShrink',
] as const;

/** The audit of a pack, judged again, with its trials by name: no system is touched, and nothing is recorded. */
export async function replayFromFlags(dir: string, flags: AuditFlags, io: Io, census?: Census): Promise<Report> {
  const wrong = NOT_WITH_REPLAY.find((name) => flags[name] !== undefined);
  if (wrong !== undefined)
    throw new UsageError(`--replay reads the pack alone: leave --${wrong.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} away`);
  const { record, config, options } = await openVerified(path.resolve(io.cwd(), dir), io.signal);
  const report = await judging(dir, () =>
    runAudit(config, {
      ...options,
      ...(census === undefined ? {} : { census }),
      ...(flags.failOn === undefined ? {} : { failOn: parseFailOn(flags.failOn) }),
      ...(flags.controls === undefined ? {} : { controls: parseControls(flags.controls) }),
    }),
  );
  return { ...report, run: { ...report.run, tool: record.options.tool } };
}
