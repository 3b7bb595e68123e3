import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, FileFault } from './fault.js';
import { EXTENSIONS, extensionOf } from './options.js';

/** What lies in a folder. `out`: a symbolic link that leads out of it, or nowhere; other links lead to what is found anyway. */
export interface Found {
  readonly kind: 'file' | 'other' | 'link' | 'out' | 'closed';
  /** From the folder on, as the system writes paths. */
  readonly name: string;
}

/** All that lies below a folder, in the order of the names, one folder in memory at a time. Links are never followed: what is below is read once. */
export async function* walk(root: string, under = ''): AsyncGenerator<Found, void, void> {
  const entries = await entriesOf(root, under);
  if (entries === undefined) return yield { kind: 'closed', name: under };
  for (const entry of entries) {
    const name = path.join(under, entry.name);
    if (entry.isSymbolicLink()) yield { kind: (await leadsOut(root, name)) ? 'out' : 'link', name };
    else if (entry.isDirectory()) yield* walk(root, name);
    else yield { kind: isExport(entry) ? 'file' : 'other', name };
  }
}

/** Undefined: a folder below that cannot be read. @throws {FileFault} where it is the first one */
async function entriesOf(root: string, under: string): Promise<Dirent[] | undefined> {
  try {
    const entries = await readdir(path.join(root, under), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (under !== '') return undefined;
    throw new FileFault(`the folder could not be read (${codeOf(error)})`, 'check path:, and the right to read it', 'file', {
      cause: error,
    });
  }
}

/** Whoever writes a file beside the log gives it a dot in front until it is whole; `~$` is what Excel puts beside a workbook that is open. */
function isExport(entry: Dirent): boolean {
  return entry.isFile() && !/^(\.|~\$)/.test(entry.name) && Object.hasOwn(EXTENSIONS, extensionOf(entry.name));
}

async function leadsOut(root: string, name: string): Promise<boolean> {
  try {
    const to = path.relative(await realpath(root), await realpath(path.join(root, name)));
    return to === '..' || to.startsWith(`..${path.sep}`) || path.isAbsolute(to);
  } catch {
    return true;
  }
}

/** The files of a folder at one moment; the same state again says that nobody has written there meanwhile. */
export interface FolderState {
  readonly files: number;
  readonly hash: string;
}

export async function stateOf(root: string): Promise<FolderState> {
  const hash = createHash('sha256');
  let files = 0;
  for await (const { kind, name } of walk(root)) {
    if (kind === 'other') continue;
    const found = await lstat(path.join(root, name), { bigint: true }).catch(() => undefined);
    hash.update(`${kind}\0${name}\0${found?.ino}\0${found?.size}\0${found?.mtimeNs}\0`);
    if (kind === 'file') files++;
  }
  return { files, hash: hash.digest('hex') };
}
