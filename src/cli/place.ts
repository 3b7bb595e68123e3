import { access, constants, lstat, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EXIT, LifegapError } from '../model/errors.js';

/** What stands at `path` is no plain file: a device, a pipe. It is written to as it is; a file that takes its place would do away with /dev/null. */
export async function isSpecial(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === false;
}

/** Can a file come to be at `path`? Nothing is made yet. Throws a LifegapError that names what is in the way. */
export async function checkPlace(path: string): Promise<void> {
  const found = await present(path, path);
  if (found?.isDirectory() === true) throw unwritable(path, 'EISDIR', 'it is a folder; name a file in it');
  if (found?.isFile() === false) return allowed(path, path);
  for (let at = dirname(path); ; at = dirname(at)) {
    const folder = await present(at, path);
    if (folder === undefined) continue;
    if (!folder.isDirectory()) throw unwritable(path, 'ENOTDIR', `${at} is no folder; name another place`);
    return allowed(at, path);
  }
}

/** Makes the folders above `path` where they are not there, for the owner alone, as the file is. Throws a LifegapError. */
export async function makeParents(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

export function unwritable(path: string, why: unknown, what = 'check that its folder is one, is writable and has room'): LifegapError {
  const code = typeof why === 'string' ? why : ((why as NodeJS.ErrnoException).code ?? 'unknown');
  return new LifegapError(`writing the report to ${path} failed (${code}): ${what}`, EXIT.usage, { cause: why });
}

/** Undefined: nothing stands there. A link to nowhere is something, and no folder can be made in its place. */
async function present(at: string, path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(at);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const nothing = code === 'ENOENT' || code === 'ENOTDIR';
    if (!nothing) throw unwritable(path, code, `${at} cannot be looked at`);
    if (at !== path && (await lstat(at).catch(() => undefined)) !== undefined)
      throw unwritable(path, code, `${at} is a link to something that is not there`);
    return undefined;
  }
}

async function allowed(at: string, path: string): Promise<void> {
  await access(at, constants.W_OK).catch((error: unknown) => {
    throw unwritable(path, error, `check who may write to ${at}`);
  });
}
