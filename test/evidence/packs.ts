// Packs written in this process: the real config, the real sources, real files.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asset } from '../../src/cli/asset.js';
import { loadConfig } from '../../src/config/load.js';
import { Pack } from '../../src/evidence/pack.js';
import type { Unit } from '../../src/evidence/redact/coarse.js';
import type { RedactionKey } from '../../src/evidence/redact/key.js';
import { verifyPack } from '../../src/evidence/verify.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { Report } from '../../src/model/report.js';
import type { AuditOptions } from '../../src/audit/options.js';
import { runAudit } from '../../src/audit/run.js';

export interface Packed {
  readonly report: Report;
  readonly differences: readonly string[];
}

/** Audits the config into a pack at `target`. */
export async function writePack(
  config: string,
  target: string,
  {
    key,
    coarsen,
    env = {},
    ...options
  }: { readonly key?: RedactionKey; readonly coarsen?: Unit } & Pick<AuditOptions, 'asOf'> & Partial<AuditOptions>,
): Promise<Packed> {
  const loaded = await loadConfig({ path: config, cwd: path.dirname(config), env });
  const pack = await Pack.begin(target, loaded, key, coarsen);
  const whole: AuditOptions = { now: () => options.asOf, env, signal: new AbortController().signal, ...options };
  try {
    const report = await runAudit(loaded, pack.watch(whole));
    const { differences } = await pack.seal(report, whole, asset);
    return { report, differences };
  } catch (error) {
    await pack.discard();
    throw error;
  }
}

export const keyOf = (text: string): RedactionKey => ({ key: Buffer.from(text.padEnd(32, '.')), kept: true });

export const verify = async (dir: string): Promise<readonly string[]> =>
  (await verifyPack(dir, new AbortController().signal, asset)).problems;

export const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name))).sort(); // prettier-ignore

/** Unzipped where it is zipped. */
export const textOf = (file: string): string =>
  (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)).toString('utf8');

export const reportOf = (dir: string): Report => JSON.parse(readFileSync(path.join(dir, 'reports/report.json'), 'utf8')) as Report;

export const rowsOf = (dir: string, folder: 'people' | 'accounts'): (Person & Account)[] =>
  filesOf(dir)
    .filter((file) => file.startsWith(`${folder}/`))
    .flatMap((file) => textOf(path.join(dir, file)).split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Person & Account);

/** Every text of the rows that a redacted pack must not hold. */
export function personalTexts(dir: string, kept: (attribute: string) => boolean): Set<string> {
  const texts = [...rowsOf(dir, 'people'), ...rowsOf(dir, 'accounts')].flatMap((row) => [
    ...[row.id, row.userName, row.employeeId, row.externalId, ...(row.emails ?? []), ...(row.aliases ?? [])],
    ...Object.entries(row.attributes).flatMap(([name, value]) => (kept(name) ? [] : [value])),
    ...(row.credentials ?? []).map(({ id }) => id),
  ]);
  return new Set(texts.filter((text): text is string => text !== undefined && text !== ''));
}
