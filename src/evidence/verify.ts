import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { LifegapError, UsageError } from '../model/errors.js';
import type { AssetReader } from '../report/reporter.js';
import { embedded, pageRemark } from './another-build.js';
import { buildHash } from './build.js';
import { SEAL, SUMS } from './folder.js';
import { judgeAgain } from './judge.js';
import { openRegular, readRegular } from './regular-file.js';
import { judging, notAPack, openReplay } from './replay.js';
import { renderReport, REPORTS } from './reports.js';

export interface Verified {
  /** One line for each file that is not as it was written, or report that the rows do not give; empty: the pack is whole. */
  readonly problems: readonly string[];
  /** One line for each report that this build cannot prove, though nothing speaks against it. */
  readonly unproven: readonly string[];
  /** The hash of SHA256SUMS as it is now. */
  readonly seal: string;
  readonly files: number;
  /** Were the reports computed again? Not where a file was changed: what that gives says nothing. */
  readonly recomputed: boolean;
}

/**
 * Checks every hash, then judges the rows of the pack again and compares the reports byte for byte; of an HTML page that another build made, the data that it
 * holds. Throws a UsageError for what is no pack.
 */
export async function verifyPack(dir: string, signal: AbortSignal, asset: AssetReader): Promise<Verified> {
  const { problems, seal, files } = await checkHashes(dir);
  if (problems.length > 0) return { problems, unproven: [], seal, files, recomputed: false };
  return { ...(await recompute(dir, signal, asset)), seal, files, recomputed: true };
}

export async function checkHashes(
  dir: string,
): Promise<{ readonly problems: readonly string[]; readonly seal: string; readonly files: number }> {
  const sums = await readRegular(dir, SUMS).catch((error: unknown) => {
    throw error instanceof LifegapError ? error : notAPack(dir, error);
  });
  const problems: string[] = [];
  const listed = new Map<string, string>();
  for (const line of sums
    .toString('utf8')
    .split('\n')
    .filter((text) => text !== '')) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || name === undefined) problems.push(`${SUMS}: a line is no hash and name`);
    else listed.set(name, hash);
  }
  for (const must of ['manifest.json', 'replay.json', ...Object.keys(REPORTS)]) {
    if (!listed.has(must)) problems.push(`${must}: ${SUMS} does not list it`);
  }
  const seal = createHash('sha256').update(sums).digest('hex');
  const sealed = await readRegular(dir, SEAL).then(String, () => undefined);
  if (sealed === undefined) problems.push(`${SEAL}: missing`);
  else if (sealed !== `${seal}  ${SUMS}\n`) problems.push(`${SEAL}: changed, or ${SUMS} is`);
  const found = new Set<string>();
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const name = path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    if (name === SUMS || name === SEAL) continue;
    found.add(name);
    const hash = listed.get(name);
    if (hash === undefined) problems.push(`${name}: additional, it was not in the pack`);
    else if (!entry.isFile()) problems.push(`${name}: no regular file`);
    else if ((await hashOf(dir, name)) !== hash) problems.push(`${name}: changed`);
  }
  for (const name of listed.keys()) if (!found.has(name)) problems.push(`${name}: missing`);
  return { problems: problems.sort(), seal, files: listed.size };
}

async function hashOf(dir: string, name: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await openRegular(dir, name);
  // The stream closes the file.
  for await (const chunk of file.createReadStream()) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function recompute(dir: string, signal: AbortSignal, asset: AssetReader): Promise<Pick<Verified, 'problems' | 'unproven'>> {
  const { report: computed, writtenBy } = await judging(dir, () => judgeAgain(dir, signal));
  const { tool, build } = writtenBy;
  // Another version may judge otherwise, and then says so below; its own name is no difference.
  const report = { ...computed, run: { ...computed.run, tool } };
  const here = await buildHash();
  const problems: string[] = [];
  const unproven: string[] = [];
  for (const file of Object.keys(REPORTS)) {
    const kept = await readRegular(dir, file);
    const place = firstDifference(kept, await renderReport(report, file, asset));
    if (place === undefined) continue;
    if (build !== here && REPORTS[file] === 'html') {
      const again = embedded([...(await renderReport(report, file, asset))].join(''));
      if (again !== undefined && embedded(kept.toString('utf8')) === again) {
        unproven.push(pageRemark(file, nameOf(tool, build), nameOf(computed.run.tool, here)));
        continue;
      }
    }
    const other = build === here ? '' : ` (written by ${nameOf(tool, build)}, computed by ${nameOf(computed.run.tool, here)})`;
    problems.push(`${file}: the rows of the pack give another report, from line ${place} on${other}`);
  }
  return { problems, unproven };
}

function nameOf(tool: string, build: string | undefined): string {
  return build === undefined ? `${tool}, build unknown` : `${tool}, build ${build.slice(0, 12)}`;
}

/** Line of the first byte that differs, from 1. */
function firstDifference(kept: Buffer, pieces: Iterable<string>): number | undefined {
  let at = 0;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    const same = kept.subarray(at, at + bytes.length);
    if (!bytes.equals(same)) {
      let i = 0;
      while (i < same.length && same[i] === bytes[i]) i++;
      return lineAt(kept, at + i);
    }
    at += bytes.length;
  }
  return at === kept.length ? undefined : lineAt(kept, at);
}

function lineAt(bytes: Buffer, end: number): number {
  let line = 1;
  for (let i = 0; i < end; i++) if (bytes[i] === 10) line++;
  return line;
}

/** For what reads a pack: a changed one gives no report. */
export async function openVerified(dir: string, signal: AbortSignal): ReturnType<typeof openReplay> {
  const replay = await openReplay(dir, signal);
  const { problems } = await checkHashes(dir);
  if (problems.length > 0)
    throw new UsageError(`${dir}: the pack is not as it was written: ${problems[0] ?? ''}; \`lifegap verify\` names everything`);
  return replay;
}
