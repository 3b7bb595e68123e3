// A folder of the whole run: temporary folders of all tests lie there, and once, for every worker, what is dear to make and is only read.
// It is gone when the run is over.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { NIGHT } from './night.js';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly scratch: string;
  }
}

/** Several times what the tests of a day write. */
const ROOM = 4 * 1024 ** 3;

export default function begin({ provide }: TestProject): () => void {
  const dir = inMemory() ?? mkdtempSync(path.join(tmpdir(), 'lifegap-'));
  provide('scratch', dir);
  process.env['TMPDIR'] = dir;
  return () => rmSync(dir, { recursive: true, force: true });
}

/** By day in memory where there is room and where programs may lie: a history is flushed thousands of times, and no test cuts the power. */
function inMemory(): string | undefined {
  if (NIGHT || process.env['TMPDIR'] !== undefined) return undefined;
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize < ROOM) return undefined;
    const dir = mkdtempSync('/dev/shm/lifegap-');
    const program = path.join(dir, 'runs');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    try {
      execFileSync(program);
    } catch {
      rmSync(dir, { recursive: true });
      return undefined;
    }
    rmSync(program);
    return dir;
  } catch {
    return undefined;
  }
}
