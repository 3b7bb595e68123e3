import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Spool } from '../../src/disk/spool.js';
import { folder } from '../bad-input/run.js';

test('rows wait beside a report whose folder is not there yet; it is made for its owner alone', async () => {
  const dir = await folder({});
  const [few, many] = [new Spool(path.join(dir, 'few/x')), new Spool(path.join(dir, 'new/dir/x'))];
  few.push('a');
  const line = 'x'.repeat(1000);
  for (let i = 0; i < 1500; i++) many.push(line);
  expect(existsSync(path.join(dir, 'few'))).toBe(false);
  expect(statSync(path.join(dir, 'new/dir')).mode & 0o777).toBe(0o700);
  expect([...many.lines()]).toHaveLength(1500);
  many.close();
  expect(readdirSync(path.join(dir, 'new/dir'))).toEqual([]);
});
