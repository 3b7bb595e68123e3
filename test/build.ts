import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createHash } from 'node:crypto';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIN = path.join(ROOT, 'bin/lifegap.js');
const COMPILED = path.join(ROOT, 'dist/cli/main.js');

/**
 * Path of the real bin, with dist built from the sources as they are. `npm test` has built it before; a single test file
 * that is run by hand builds it when a source is newer. A lock folder keeps parallel test files from building twice.
 */
export async function builtBin(): Promise<string> {
  const lock = path.join(tmpdir(), `lifegap-build-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`);
  for (;;) {
    if (isFresh()) return BIN;
    try {
      mkdirSync(lock);
      break;
    } catch {
      // Somebody builds; a lock that outlived its owner is taken over.
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 120_000) rmSync(lock, { recursive: true, force: true });
      await pause(200);
    }
  }
  try {
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const built = spawnSync(process.execPath, [tsc, '-p', path.join(ROOT, 'tsconfig.build.json')], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}`);
    return BIN;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isFresh(): boolean {
  if (!existsSync(COMPILED)) return false;
  const built = statSync(COMPILED).mtimeMs;
  return readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .every((file) => statSync(path.join(ROOT, 'src', file)).mtimeMs <= built);
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment, but for PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
}

/** Runs `lifegap` as a process of its own, without a terminal. */
export async function lifegap(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const bin = await builtBin();
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), bin, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { PATH: process.env.PATH ?? '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, stdout, stderr };
}
