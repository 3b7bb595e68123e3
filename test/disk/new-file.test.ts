import { lstatSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNewFile } from '../../src/disk/new-file.js';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'lifegap-new-file-'));

describe('a new file', () => {
  it('takes the place of what stood there, for its owner alone, and leaves nothing beside it', async () => {
    const dir = folder();
    const file = path.join(dir, 'report.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    await writeNewFile(file, ['new ', 'text']);
    expect(readFileSync(file, 'utf8')).toBe('new text');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['report.json']);
  });

  it('is not written through a link that waits under an old kind of temporary name', async () => {
    const dir = folder();
    const other = path.join(dir, 'other');
    writeFileSync(other, 'not ours');
    symlinkSync(other, path.join(dir, `report.json.${process.pid}.tmp`));
    await writeNewFile(path.join(dir, 'report.json'), ['ours']);
    expect(readFileSync(other, 'utf8')).toBe('not ours');
    expect(lstatSync(path.join(dir, 'report.json')).isSymbolicLink()).toBe(false);
  });

  it('leaves what stood there, and no part, when its text ends in an error', async () => {
    const dir = folder();
    const file = path.join(dir, 'report.json');
    writeFileSync(file, 'old');
    function* text(): Generator<string> {
      yield 'x'.repeat(1 << 21);
      throw new Error('renderer');
    }
    await expect(writeNewFile(file, text())).rejects.toThrow('renderer');
    expect(readdirSync(dir)).toEqual(['report.json']);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  it('sweeps what a killed writer of the same file left a day ago, and nothing else', async () => {
    const dir = folder();
    const left = (name: string, hours: number): void => {
      const file = path.join(dir, name);
      writeFileSync(file, '');
      const at = Date.now() / 1000 - hours * 3600;
      utimesSync(file, at, at);
    };
    left('report.json.0123456789abcdef.tmp', 25);
    left('report.json.fedcba9876543210.tmp', 1);
    left('other.json.0123456789abcdef.tmp', 25);
    left('report.json.tmp', 25);
    await writeNewFile(path.join(dir, 'report.json'), ['']);
    expect(readdirSync(dir).sort()).toEqual([
      'other.json.0123456789abcdef.tmp',
      'report.json',
      'report.json.fedcba9876543210.tmp',
      'report.json.tmp',
    ]);
  });
});
