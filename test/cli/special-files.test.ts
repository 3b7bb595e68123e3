import { execFileSync, spawn } from 'node:child_process';
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeFile } from '../../src/cli/output.js';
import { folder } from '../bad-input/run.js';

it('writes to a pipe that stands there, and leaves it in its place', async () => {
  const dir = await folder({});
  const pipe = path.join(dir, 'report.json');
  execFileSync('mkfifo', [pipe]);
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
  let read = '';
  reader.stdout.on('data', (piece: Buffer) => (read += piece.toString()));
  const ended = new Promise((resolve) => reader.on('close', resolve));
  await writeFile(pipe, ['one ', 'two']);
  await ended;
  expect(read).toBe('one two');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});
