import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, UsageError } from '../model/errors.js';

const CONFIG_NAMES = ['lifegap.yaml', 'lifegap.yml'] as const;
const MAX_CONFIG_BYTES = 1024 * 1024;

/**
 * The nearest config upward from `cwd`. A folder that holds .git is the last one looked into: what lies above a
 * repository belongs to somebody else.
 */
export async function findConfig(cwd: string): Promise<string> {
  for (let dir = path.resolve(cwd); ; dir = path.dirname(dir)) {
    for (const name of CONFIG_NAMES) {
      const candidate = path.join(dir, name);
      if (await exists(candidate)) return candidate;
    }
    if ((await exists(path.join(dir, '.git'))) || dir === path.dirname(dir)) break;
  }
  throw new UsageError(`no ${CONFIG_NAMES[0]} in ${cwd} or above it; write one with \`lifegap init\`, or name it with --config FILE`);
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}

/** The file's bytes, 1 MiB at most. */
export async function readConfig(file: string, shown: string): Promise<Buffer> {
  try {
    // Opening a pipe waits for a writer, perhaps for ever.
    const found = await stat(file);
    if (!found.isFile() && !found.isDirectory())
      throw new UsageError(`the config ${shown} is no regular file; write it into one, and name that with --config`);
    const handle = await open(file, 'r');
    try {
      const buffer = Buffer.alloc(MAX_CONFIG_BYTES + 1);
      let size = 0;
      for (;;) {
        const { bytesRead } = await handle.read(buffer, size, buffer.length - size, null);
        size += bytesRead;
        if (size > MAX_CONFIG_BYTES) throw new UsageError(`${shown} is larger than 1 MiB; that is no lifegap config`);
        if (bytesRead === 0) return buffer.subarray(0, size);
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = codeOf(error) ?? 'unreadable';
    throw new UsageError(`the config ${shown} cannot be read (${code}); check --config, or write one with \`lifegap init\``);
  }
}

/**
 * The file as its repository names it, with `/`: annotations and code scanning look for it there. Outside of a repository as seen from
 * `cwd`, and by its name alone where that would climb out: a report never holds an absolute path.
 */
export async function fromRepository(file: string, cwd: string): Promise<string> {
  let root = cwd;
  for (let dir = path.dirname(file); dir !== path.dirname(dir); dir = path.dirname(dir)) {
    if (!(await exists(path.join(dir, '.git')))) continue;
    root = dir;
    break;
  }
  const relative = path.relative(root, file);
  const isInside = !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  return isInside ? relative.split(path.sep).join('/') : path.basename(file);
}
