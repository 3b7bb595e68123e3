import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type * as Compiled from '../src/cli/main.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIN = path.join(ROOT, 'bin/lifegap.js');
const COMPILED = path.join(ROOT, 'dist/cli/main.js');

/**
 * Path of the real bin, with dist built from the sources as they are. `npm test` has built it before; a single test file
 * that is run by hand builds it when a source is newer. A lock folder keeps parallel test files from building twice.
 */
export function builtBin(): Promise<string> {
  return (built ??= build());
}

/** Asked once in a process: it looks at every source file. */
let built: Promise<string> | undefined;

async function build(): Promise<string> {
  const lock = path.join(ROOT, 'node_modules/.lifegap-build');
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
    const { status, stdout } = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the build failed:\n${stdout}`);
    return BIN;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isFresh(): boolean {
  if (!existsSync(COMPILED)) return false;
  const compiled = statSync(COMPILED).mtimeMs;
  return readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .every((file) => statSync(path.join(ROOT, 'src', file)).mtimeMs <= compiled);
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
}

/** Runs `lifegap` as it is compiled, in this process: the same code from the command line to the exit code, without a second of start-up. */
export async function lifegap(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const bin = await builtBin();
  const { runCommandLine } = (await import(pathToFileURL(COMPILED).href)) as typeof Compiled;
  const stdout = new Kept();
  const stderr = new Kept();
  const code = await runCommandLine({
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    env: { PATH: process.env.PATH ?? '', ...options.env },
    cwd: () => options.cwd ?? tmpdir(),
    argv: [process.execPath, bin, ...args],
    now: Date.now,
    signal: new AbortController().signal,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** What is no terminal. */
class Kept extends Writable {
  text = '';

  constructor() {
    super({ decodeStrings: false });
  }

  override _write(chunk: string | Uint8Array, _: BufferEncoding, done: () => void): void {
    this.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    done();
  }
}

/** Runs `lifegap` as a process of its own, without a terminal: for what only a process has (its start, signals, pipes, Node's own flags). */
export async function spawnLifegap(
  args: readonly string[],
  options: RunOptions & { readonly nodeArgs?: readonly string[] } = {},
): Promise<Ran> {
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
