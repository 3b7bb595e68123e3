import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withDatabase } from '../../src/history/database.js';
import { TRACES } from './company.js';
import { filesOf, FORMATS, type Outcome } from './driver.js';

const CODES = [0, 1, 2, 3, 4, 130, 143];
/** A journal that could not be flushed stays for the next audit, which rolls it back: that is seen to there. */
const LEFTOVERS = /\.tmp$|\.partial|\.spool|\.owner\.|\.lock$/;

interface ReportRead {
  readonly run: { readonly exitCode: number };
  readonly directory: readonly ListRead[];
  readonly apps: readonly ListRead[];
  readonly findings: readonly {
    readonly app: string;
    readonly class: string;
    readonly reason: string;
    readonly account: { readonly id: string } | null;
  }[];
}
interface ListRead {
  readonly name: string;
  readonly error: string | null;
  readonly people?: number;
  readonly accounts?: number;
  readonly completeness: { readonly verdict: string; readonly credentials?: readonly string[] };
}

export interface Before {
  /** The report of the same audit without a fault. */
  readonly clean: string;
  readonly audits: number;
  readonly baseline: string;
}

/** What does not hold after a run, in sentences. */
export async function broken(dir: string, outcome: Outcome, before: Before): Promise<string[]> {
  const { code, stderr, stdout, crash } = outcome;
  const out: string[] = [];
  if (crash !== undefined) out.push(`an error was caught by nobody: ${crash.slice(0, 300)}`);
  if (!CODES.includes(code)) out.push(`exit code ${code}: ${stderr.slice(0, 400)}`);
  if (/\n\s+at |our bug/.test(stderr)) out.push(`a stack trace: ${stderr.slice(0, 400)}`);
  const errors = stderr.split('\n').filter((line) => line.startsWith('lifegap: ') && !/^lifegap: (exit|the hash|interrupted)/.test(line));
  if (errors.length > 1) out.push(`${errors.length} lines of errors: ${errors.join(' | ').slice(0, 400)}`);
  if (code === 2 && errors.length !== 1) out.push(`exit code 2 with ${errors.length} lines: ${stderr.slice(0, 300)}`);
  out.push(...reports(dir, outcome, before));
  out.push(...(await historyOf(dir, code, stderr, before)));
  out.push(...traces(dir, stdout + stderr));
  for (const name of filesOf(dir)) if (LEFTOVERS.test(name)) out.push(`left over: ${name}`);
  if (existsSync(path.join(dir, 'pack')) && !existsSync(path.join(dir, 'pack/manifest.json'))) out.push('a part of a pack');
  if (code > 1 && code < 3 && existsSync(path.join(dir, 'pack')) && !existsSync(path.join(dir, 'pack/replay.json')))
    out.push('half a pack');
  if (readFileSync(path.join(dir, 'known.json'), 'utf8') !== before.baseline) out.push('the baseline was changed');
  return out;
}

/** What does not hold of a folder whose process was killed: nothing can be said of its exit, and temporary files may lie there. */
export async function brokenAfterKill(dir: string, before: Before): Promise<string[]> {
  return [...wholeFiles(dir), ...(await historyOf(dir, undefined, '', before)), ...traces(dir, '')];
}

function traces(dir: string, shown: string): string[] {
  const found = TRACES.filter((secret) => shown.includes(secret)).map(() => 'a secret was shown');
  for (const name of filesOf(dir)) {
    const text = readFileSync(path.join(dir, name), 'latin1');
    if (TRACES.some((secret) => text.includes(secret))) found.push(`a secret stands in ${name}`);
  }
  return found;
}

function wholeFiles(dir: string): string[] {
  return FORMATS.flatMap((format) => {
    const file = path.join(dir, 'out', `report.${format}`);
    if (!existsSync(file)) return [];
    const text = readFileSync(file, 'utf8');
    const isWhole =
      format === 'json' || format === 'sarif'
        ? isJson(text)
        : text.trimEnd().endsWith(format === 'html' ? '</html>' : format === 'junit' ? '</testsuites>' : '"') ||
          (format.startsWith('csv') && text.endsWith('\n'));
    return isWhole ? [] : [`a torn report: ${format}, ${text.length} characters`];
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function reports(dir: string, { code, stdout }: Outcome, { clean }: Before): string[] {
  const out = wholeFiles(dir);
  const there = FORMATS.filter((format) => existsSync(path.join(dir, 'out', `report.${format}`)));
  const isReported = code === 0 || code === 1 || code === 3 || code === 4;
  if (isReported && there.length !== FORMATS.length) out.push(`exit code ${code} with ${there.length} of ${FORMATS.length} reports`);
  if (isReported && stdout.length < 200) out.push('the table is short');
  const file = path.join(dir, 'out/report.json');
  if (out.length > 0 || !isReported) return out;
  const now = JSON.parse(readFileSync(file, 'utf8')) as ReportRead;
  const whole = JSON.parse(clean) as ReportRead;
  if (now.run.exitCode !== code) out.push(`the report says ${now.run.exitCode}, the process ${code}`);
  for (const list of [...whole.directory, ...whole.apps]) {
    const same = [...now.directory, ...now.apps].find(({ name }) => name === list.name);
    if (same === undefined) {
      out.push(`the list of ${list.name} is not in the report`);
      continue;
    }
    const proven = same.error === null && same.completeness.verdict !== 'unproven';
    if (!proven && code === 0) out.push(`clean, and the list of ${list.name} is not proven`);
    const rows = ({ people, accounts }: ListRead): number => people ?? accounts ?? -1;
    if (proven && rows(same) !== rows(list))
      out.push(`${list.name} has ${rows(same)} of ${rows(list)} rows, and is ${same.completeness.verdict}`);
    const isOpen =
      !proven ||
      same.completeness.credentials !== undefined ||
      now.directory.some((one) => one.error !== null || one.completeness.verdict === 'unproven');
    const orphans = ({ findings }: ReportRead): string =>
      findings
        .flatMap((f) => (f.app === list.name && f.class === 'orphaned' ? [`${f.account?.id ?? ''} ${f.reason}`] : []))
        .sort()
        .join();
    if (isOpen && code === 0) out.push(`clean, and ${list.name} is open`);
    if (!isOpen && orphans(now) !== orphans(whole)) out.push(`${list.name}: orphans are ${orphans(now)}, not ${orphans(whole)}`);
  }
  return out;
}

async function historyOf(dir: string, code: number | undefined, stderr: string, { audits }: Before): Promise<string[]> {
  const file = path.join(dir, '.lifegap/history.db');
  const seen = await withDatabase({ path: file, wait: 2_000 }, ({ db }) => ({
    check: db.get('PRAGMA integrity_check')?.['integrity_check'] as string,
    audits: Number(db.get('SELECT count(*) AS n FROM audits')?.['n']),
  })).catch((error: unknown) => (error as Error).message);
  if (seen === undefined) return ['the history is gone'];
  if (typeof seen === 'string') return [`the history cannot be opened: ${seen}`];
  const out = seen.check === 'ok' ? [] : [`the history is damaged: ${seen.check}`];
  if (seen.audits !== audits && seen.audits !== audits + 1) out.push(`${seen.audits} audits on record, after ${audits}`);
  if (code === undefined || code === 130 || code === 143) return out;
  const said = stderr.includes('is not recorded') || stderr.includes('without the history');
  if (code === 2 && seen.audits !== audits) out.push('recorded, although its report was not written');
  const isUnseen = stderr.includes('cannot be read to see whether it is recorded');
  if (code !== 2 && seen.audits === audits && !said && !isUnseen) out.push('not recorded, without a word');
  if (code !== 2 && seen.audits === audits + 1 && said) out.push('recorded, and said not to be');
  return out;
}
