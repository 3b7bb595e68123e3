import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeFile } from '../../src/cli/output.js';
import { checkPlace } from '../../src/cli/place.js';
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

it('a device is written to, and stays what it is', async () => {
  await checkPlace('/dev/null');
  await writeFile('/dev/null', ['nothing']);
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

it('makes the folders above a report for its owner alone, and leaves those that are there as they are', async () => {
  const dir = await folder({ 'out/.keep': '' });
  const [there, deep] = [path.join(dir, 'out'), path.join(dir, 'out/2026/11/report.json')];
  chmodSync(there, 0o755);
  await checkPlace(deep);
  expect(existsSync(path.join(dir, 'out/2026'))).toBe(false);
  await writeFile(deep, ['{}']);
  const modes = [there, path.dirname(path.dirname(deep)), path.dirname(deep), deep].map((at) => statSync(at).mode & 0o777);
  expect(modes).toEqual([0o755, 0o700, 0o700, 0o600]);
  expect(readFileSync(deep, 'utf8')).toBe('{}');
});

it('names what is in the way, before and after the audit', async () => {
  const dir = await folder({ file: '' });
  symlinkSync('nowhere', path.join(dir, 'link'));
  await expect(checkPlace(path.join(dir, 'file/a/report.json'))).rejects.toThrow(
    /report\.json failed \(ENOTDIR\): \S+\/file is no folder; name another place$/,
  );
  await expect(checkPlace(path.join(dir, 'link/report.json'))).rejects.toThrow(
    /failed \(ENOENT\): \S+\/link is a link to something that is not there$/,
  );
  await expect(writeFile(path.join(dir, 'file/a/report.json'), ['{}'])).rejects.toThrow(
    /^writing the report to \S+ failed \(ENOTDIR\): check that its folder/,
  );
});
