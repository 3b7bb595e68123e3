import path from 'node:path';
import type { Census } from '../../../audit/census.js';
import type { AuditOptions } from '../../../audit/options.js';
import { runAudit } from '../../../audit/run.js';
import { Pack } from '../../../evidence/pack.js';
import { parseUnit } from '../../../evidence/redact/coarse.js';
import { readKey, throwawayKey } from '../../../evidence/redact/key.js';
import { judging } from '../../../evidence/replay.js';
import { openVerified } from '../../../evidence/verify.js';
import type { Config } from '../../../model/config.js';
import type { Report } from '../../../model/report.js';
import type { Io } from '../../io.js';

/** What else is said of a pack. */
export interface PackWishes {
  readonly redact?: true;
  readonly redactKeyFile?: string;
  readonly coarsen?: string;
}

/** The pack of --evidence, begun. */
export async function beginPack(dir: string, wishes: PackWishes, config: Config, io: Io): Promise<Pack> {
  const { redact, redactKeyFile, coarsen } = wishes;
  const unit = coarsen === undefined ? undefined : parseUnit(coarsen);
  const ownKey = redactKeyFile === undefined ? throwawayKey() : await readKey(path.resolve(io.cwd(), redactKeyFile), redactKeyFile);
  return Pack.begin(path.resolve(io.cwd(), dir), config, redact === true ? ownKey : undefined, unit);
}

/** The audit of a pack, judged again, with its trials by name: no system is touched, and nothing is recorded. */
export async function replay(dir: string, told: Partial<AuditOptions>, census: Census | undefined, io: Io): Promise<Report> {
  const { record, config, options } = await openVerified(path.resolve(io.cwd(), dir), io.signal);
  const report = await judging(dir, () => runAudit(config, { ...options, ...told, ...(census === undefined ? {} : { census }) }));
  return { ...report, run: { ...report.run, tool: record.options.tool } };
}
