import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { codeOf, UsageError } from '../model/errors.js';
import type { DemoApp } from './apps/account.js';
import { keptConfig, keptFile, MARK } from './config.js';
import { contractorsCsv, hrNdjson } from './directory.js';
import type { Company } from './lifecycle.js';
import { idsByHuman, plainAccount } from './scim-user.js';

/** File name -> text, of what a config of the demo points to. */
export type Files = Readonly<Record<string, string>>;

/** The lists that are files even while the servers run. */
export function servedFiles(company: Company, apps: readonly DemoApp[]): Files {
  const exports = apps.flatMap(({ source }) => (source.kind === 'file' ? [[`apps/${source.file}`, source.text] as const] : []));
  return { 'contractors.csv': contractorsCsv(company), ...Object.fromEntries(exports) };
}

/** Everything as files, with a config that needs nothing else. */
export function keptFiles(company: Company, apps: readonly DemoApp[]): Files {
  const lists = apps.map((app) => [keptFile(app), app.source.kind === 'file' ? app.source.text : ndjson(app)] as const);
  return {
    'lifegap.yaml': keptConfig(apps),
    'hr.ndjson': hrNdjson(company),
    'contractors.csv': contractorsCsv(company),
    ...Object.fromEntries(lists),
  };
}

function ndjson(app: DemoApp): string {
  const ids = idsByHuman(app.accounts);
  const accounts = app.unproven === true ? app.accounts : app.listed;
  return accounts.map((account) => `${JSON.stringify(plainAccount(account, ids))}\n`).join('');
}

export async function writeFiles(dir: string, files: Files): Promise<void> {
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(dir, name);
      await makeFolder(path.dirname(file));
      await writeFile(file, text);
    }
  } catch (error) {
    throw new UsageError(
      `writing the demo company to ${dir} failed (${codeOf(error) ?? 'unknown error'}): choose a folder that is writable and has room`,
      {
        cause: error,
      },
    );
  }
}

/** Step by step: where the system answers "no such file" to every folder (/proc), Node's own recursive way never ends. */
async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || path.dirname(dir) === dir) throw error;
    await makeFolder(path.dirname(dir));
    await mkdir(dir);
  }
}

export async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(path.join(tmpdir(), 'lifegap-demo-'));
  } catch (error) {
    throw new UsageError(
      `making a folder for the demo company in ${tmpdir()} failed (${codeOf(error) ?? 'unknown error'}): set TMPDIR to one that is writable`,
      {
        cause: error,
      },
    );
  }
}

/** Refuses a folder with anything in it that an earlier demo did not put there. `shown` is the folder as it was typed. */
export async function claimFolder(dir: string, shown: string): Promise<void> {
  try {
    const names = await readdir(dir);
    if (names.length === 0) return;
    const config = names.includes('lifegap.yaml') ? await readFile(path.join(dir, 'lifegap.yaml'), 'utf8') : '';
    if (config.startsWith(MARK)) return;
  } catch (error) {
    const code = codeOf(error) ?? 'unknown error';
    if (code === 'ENOENT') return;
    throw new UsageError(`--keep ${shown}: the folder could not be looked into (${code}); choose another`, {
      cause: error,
    });
  }
  throw new UsageError(`--keep ${shown}: the folder is not empty, and not an earlier demo's; choose a new one`);
}
