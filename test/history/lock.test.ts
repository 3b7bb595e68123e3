import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { acquire } from '../../src/history/lock.js';

const lockFile = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'lifegap-lock-')), 'history.db.owner');

test('a lock of this very process that it could not take away again keeps it from nothing', async () => {
  const file = lockFile();
  writeFileSync(file, JSON.stringify({ token: 'left', pid: process.pid, host: hostname() }));
  const lock = await acquire(file, 0);
  // Taken away in one turn, taken in the next.
  const held = lock ?? (await acquire(file, 1_000));
  expect(held).toBeDefined();
  held?.release();
  expect(existsSync(file)).toBe(false);
});

test('one that this process holds is waited for', async () => {
  const file = lockFile();
  const first = await acquire(file, 0);
  expect(first).toBeDefined();
  expect(await acquire(file, 0)).toBeUndefined();
  first?.release();
  expect(await acquire(file, 0)).toBeDefined();
});
