// A folder of the whole run: temporary folders of all tests lie there, and once, for every worker, what is dear to make and is only read.
// It is gone when the run is over.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly scratch: string;
  }
}

export default function begin({ provide }: TestProject): () => void {
  const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-'));
  provide('scratch', dir);
  process.env['TMPDIR'] = dir;
  return () => rmSync(dir, { recursive: true, force: true });
}
