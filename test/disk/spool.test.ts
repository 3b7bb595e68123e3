import { mkdtempSync, readdirSync } from 'node:fs';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Spool } from '../../src/disk/spool.js';
import { writeAll, writeWhole } from '../../src/disk/whole-write.js';
import { LifegapError } from '../../src/model/errors.js';

// The real module, whose single calls a test may bend.
vi.mock('node:fs', async (load) => {
  const real = await load<{ readonly default: typeof fs }>();
  const writeSync = vi.fn(real.default.writeSync);
  return { ...real, writeSync, default: { ...real.default, writeSync } };
});

const place = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'lifegap-spool-')), 'rows');
/** Beyond a megabyte, so that lines go to the file. */
const LINES = Array.from({ length: 30_000 }, (_, i) => `${i} ${'äx'.repeat(30)}`);

/** As a disk at its limit: each call takes 1000 bytes, and after `room` bytes none is left. */
function shortWrites(room: number): void {
  const whole = vi.mocked(fs.writeSync).getMockImplementation() as typeof fs.writeSync;
  let left = room;
  vi.mocked(fs.writeSync).mockImplementation(((file: number, bytes: Buffer, at: number, length: number) => {
    if (left <= 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    const n = whole(file, bytes, at, Math.min(length, 1000, left));
    left -= n;
    return n;
  }) as typeof fs.writeSync);
  restore = () => vi.mocked(fs.writeSync).mockImplementation(whole);
}
let restore = (): unknown => undefined;

describe('a spool', () => {
  it('gives back every line that went to its file, and leaves no name behind', () => {
    const beside = place();
    const spool = new Spool(beside);
    for (const line of LINES) spool.push(line);
    spool.rest();
    expect(readdirSync(path.dirname(beside))).toEqual([]);
    expect([...spool.lines()]).toEqual(LINES);
    spool.close();
  });

  it('writes on where the disk takes a part at a time', () => {
    shortWrites(Infinity);
    const spool = new Spool(place());
    for (const line of LINES) spool.push(line);
    spool.rest();
    restore();
    expect([...spool.lines()]).toEqual(LINES);
    spool.close();
  });

  it('says that there is no room, in place of keeping a part', () => {
    shortWrites(500_000);
    const spool = new Spool(place());
    const fill = (): void => LINES.forEach((line) => spool.push(line));
    expect(fill).toThrow(LifegapError);
    expect(fill).toThrow(/^keeping rows for a while beside .*rows failed \(ENOSPC\): check that the folder is writable and has room$/);
    restore();
    spool.close();
  });

  it('refuses to give back fewer lines than it took', () => {
    const spool = new Spool(place());
    // A file system that loses bytes and says that it took them.
    vi.mocked(fs.writeSync).mockImplementationOnce(((_: number, __: Buffer, ___: number, length: number) => length) as typeof fs.writeSync);
    for (const line of LINES) spool.push(line);
    expect(() => [...spool.lines()]).toThrow(/\d+ of \d+ rows came back/);
    spool.close();
  });
});

describe('a whole write', () => {
  it('ends with an error where a call takes nothing', () => {
    vi.mocked(fs.writeSync).mockImplementationOnce(() => 0);
    expect(() => writeWhole(1, 'text')).toThrow(expect.objectContaining({ code: 'EIO' }) as Error);
  });

  it('puts parts together in order, whatever each call takes', async () => {
    const got: Buffer[] = [];
    const write = async (bytes: Buffer, at: number, length: number): Promise<{ bytesWritten: number; buffer: Buffer }> => {
      const n = Math.min(3, length);
      got.push(Buffer.from(bytes.subarray(at, at + n)));
      return { bytesWritten: n, buffer: bytes };
    };
    await writeAll({ write } as never, 'größer als drei');
    expect(Buffer.concat(got).toString()).toBe('größer als drei');
  });
});
