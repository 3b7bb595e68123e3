import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { builtBin } from './build.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

export interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean; readonly optional?: boolean }>>;
}

/** `npm pack` into a folder. Scripts are left out because `prepare` would rebuild dist under the feet of other tests. */
export async function pack(dir: string): Promise<Packed> {
  await builtBin();
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], { cwd: ROOT });
  return (JSON.parse(stdout) as readonly [Packed])[0];
}

/** The tarball of that folder and copies of the production dependencies, laid out in it as npm would: a registry is out of reach of the tests. */
export async function install(dir: string, tarball: string): Promise<void> {
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
