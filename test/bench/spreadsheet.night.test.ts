import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { builtBin } from '../build.js';

it('a sheet of 1,000,000 rows goes through in less than 600 MiB', { timeout: 600_000 }, async () => {
  await builtBin();
  const bench = path.resolve(import.meta.dirname, 'spreadsheet.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench], { encoding: 'utf8', timeout: 600_000 });
  expect(stderr).toBe('');
  expect(stdout).toContain('bar of 600 MiB: held');
  expect(status).toBe(0);
});
