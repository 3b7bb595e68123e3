import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { builtBin } from './build.js';
import type {} from './scratch.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

export interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean; readonly optional?: boolean }>>;
}

/** The packed tarball, and a folder where it is installed, as npm would lay it out. */
export interface Installed {
  readonly dir: string;
  readonly packed: Packed;
}

/** Packed and installed once in a run of the tests; whoever comes second waits. Nobody writes into that folder. */
export async function installed(): Promise<Installed> {
  const dir = path.join(inject('scratch'), 'installed');
  const told = path.join(inject('scratch'), 'packed.json');
  const isMine = await mkdir(dir).then(() => true, () => false); // prettier-ignore
  if (isMine) {
    const packed = await pack(dir);
    await install(dir, packed.filename);
    await writeFile(`${told}.new`, JSON.stringify(packed));
    await rename(`${told}.new`, told);
  }
  while (!existsSync(told)) await pause(100);
  return { dir, packed: JSON.parse(await readFile(told, 'utf8')) as Packed };
}

/** Gives this folder the tool, as if it were installed there. */
export async function giveTool(dir: string): Promise<void> {
  await symlink(path.join((await installed()).dir, 'node_modules'), path.join(dir, 'node_modules'));
}

/** `npm pack` into a folder. Scripts are left out because `prepare` would rebuild dist under the feet of other tests. */
async function pack(dir: string): Promise<Packed> {
  await builtBin();
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], { cwd: ROOT });
  return (JSON.parse(stdout) as readonly [Packed])[0];
}

/** The tarball of that folder and copies of the production dependencies, laid out in it as npm would: a registry is out of reach of the tests. */
async function install(dir: string, tarball: string): Promise<void> {
  const modules = path.join(dir, 'node_modules');
  await mkdir(path.join(modules, 'lifegap'), { recursive: true });
  await run('tar', ['-xzf', path.join(dir, tarball), '-C', path.join(modules, 'lifegap'), '--strip-components=1']);
  const lock = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;
  for (const [place, { dev = false, devOptional = false, optional = false }] of Object.entries(lock.packages)) {
    if (place !== '' && !dev && !devOptional && !optional) await cp(path.join(ROOT, place), path.join(dir, place), { recursive: true });
  }
  await mkdir(path.join(modules, '.bin'), { recursive: true });
  await symlink('../lifegap/bin/lifegap.js', path.join(modules, '.bin/lifegap'));
}
