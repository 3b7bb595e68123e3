import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeAll } from './whole-write.js';

/** What a killed process left behind is nobody's any more after a day: no audit takes that long. */
const STALE = 24 * 3_600_000;
/** Of a file that is being written beside its place: a name that nobody can guess, and so put a link under. */
const TEMPORARY = /\.[0-9a-f]{16}\.tmp$/;
/** Characters that are gathered before they are written. */
const HELD = 1 << 20;

/** Writes a file beside its place, for its owner alone, and moves it there: it appears whole, or not at all. Throws what the file system says. */
export async function writeNewFile(path: string, chunks: Iterable<string>, mode = 0o600): Promise<void> {
  await sweep(path);
  const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  try {
    await fill(temporary, 'wx', chunks, true, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes to what stands there: a device, a pipe. */
export function writeInPlace(path: string, chunks: Iterable<string>): Promise<void> {
  return fill(path, 'w', chunks, false);
}

async function fill(path: string, flag: 'w' | 'wx', chunks: Iterable<string>, flushed: boolean, mode = 0o600): Promise<void> {
  const file = await open(path, flag, mode);
  try {
    let held = '';
    for (const chunk of chunks) {
      held += chunk;
      if (held.length <= HELD) continue;
      await writeAll(file, held);
      held = '';
    }
    await writeAll(file, held);
    if (flushed) await file.sync();
  } finally {
    await file.close();
  }
}

/** Takes away what writers of this very file left behind when they were killed. That it cannot be done is no reason not to write. */
async function sweep(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(`${basename(path)}.`) || !TEMPORARY.test(name.slice(basename(path).length))) continue;
    const place = join(folder, name);
    const found = await stat(place).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > STALE) await rm(place, { force: true }).catch(() => undefined);
  }
}
