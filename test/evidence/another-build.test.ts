import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { asset } from '../../src/cli/asset.js';
import { buildHash, hashOf } from '../../src/evidence/build.js';
import { verifyPack, type Verified } from '../../src/evidence/verify.js';
import { VERSION } from '../../src/contract/version.js';
import { lifegap } from '../build.js';
import { filesOf, writePack } from './packs.js';

vi.setConfig({ testTimeout: 60_000 });

const CONFIG = `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps:
  crm: { connector: file, path: crm.csv }
history: false
`;
const OTHER = 'f'.repeat(64);
const PAGE = 'reports/report.html';

let root: string;
let copies = 0;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'lifegap-build-'));
  const write = (name: string, text: string): void => writeFileSync(path.join(root, name), text);
  write('lifegap.yaml', CONFIG);
  write('people.csv', 'id,userName,state,endAt\np1,ada,active,\np2,zoe,terminated,2026-10-01\n');
  write('crm.csv', 'id,userName,status\nc1,ada,active\nc2,zoe,active\n');
  await writePack(path.join(root, 'lifegap.yaml'), path.join(root, 'pack'), { asOf: Date.parse('2026-11-23T12:00:00Z') });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const hash = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** A copy of the pack with other texts in it, and every hash made to fit. */
function forged(changes: Readonly<Record<string, (text: string) => string>>): string {
  const dir = path.join(root, `copy-${copies++}`);
  cpSync(path.join(root, 'pack'), dir, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const before = readFileSync(path.join(dir, name), 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${name}: nothing to change`);
    writeFileSync(path.join(dir, name), after);
  }
  const sums = filesOf(dir).filter((name) => !name.startsWith('SHA256SUMS')).map((name) => `${hash(readFileSync(path.join(dir, name)))}  ${name}\n`).join(''); // prettier-ignore
  writeFileSync(path.join(dir, 'SHA256SUMS'), sums);
  writeFileSync(path.join(dir, 'SHA256SUMS.sha256'), `${hash(sums)}  SHA256SUMS\n`);
  return dir;
}

const built = (by: string | undefined) => (text: string) => {
  const key = by === undefined ? '' : `, "build": "${by}"`;
  return text.replace(/,\s*"build": "[0-9a-f]{64}"/, key);
};
const restyled = (page: string): string => page.replace('<style>', '<style>/* of before */').replace('<main>', '<main class="wide">');
const verify = (dir: string): Promise<Verified> => verifyPack(dir, new AbortController().signal, asset);

describe('a page that is not the one that this build makes', () => {
  test('is another report where this build wrote the pack', async () => {
    const { problems, unproven } = await verify(forged({ [PAGE]: restyled }));
    expect(problems).toEqual([
      expect.stringMatching(/^reports\/report\.html: the rows of the pack give another report, from line \d+ on$/),
    ]);
    expect(unproven).toEqual([]);
  });

  test.each([
    [OTHER, 'ffffffffffff'],
    [undefined, 'unknown'],
  ])('is not proven, and no other report, where build %s wrote the pack and its data are the same', async (by, shown) => {
    const { problems, unproven } = await verify(forged({ [PAGE]: restyled, 'replay.json': built(by) }));
    const here = (await buildHash()).slice(0, 12);
    expect(problems).toEqual([]);
    expect(unproven).toEqual([
      expect.stringContaining(
        `${PAGE}: another build of lifegap made this page (lifegap ${VERSION}, build ${shown}; this is lifegap ${VERSION}, build ${here})`,
      ),
    ]);
  });

  test.each<[string, (page: string) => string]>([
    ['a finding is changed in it', (page) => page.replace('"owner-terminated"', '"no-owner"')],
    ['it holds no data', (page) => page.replace('id="data"', 'id="date"')],
    ['its data have no end', (page) => page.slice(0, page.indexOf('id="data"') + 60)],
  ])('is another report from another build, too, where %s', async (_, change) => {
    const { problems, unproven } = await verify(forged({ [PAGE]: (page) => change(restyled(page)), 'replay.json': built(OTHER) }));
    expect(problems).toEqual([
      expect.stringMatching(/another report, from line \d+ on \(written by .*build ffffffffffff, computed by .*build /),
    ]);
    expect(unproven).toEqual([]);
  });

  test('is proven where another build made the same', async () => {
    expect(await verify(forged({ 'replay.json': built(OTHER) }))).toMatchObject({ problems: [], unproven: [], recomputed: true });
  });

  test('excuses no other report', async () => {
    const csv = 'reports/findings.csv';
    const dir = forged({ [PAGE]: restyled, 'replay.json': built(OTHER), [csv]: (text) => text.replace('owner-terminated', 'no-owner') });
    const { problems, unproven } = await verify(dir);
    expect(problems).toEqual([expect.stringMatching(/^reports\/findings\.csv: .*build ffffffffffff/)]);
    expect(unproven).toHaveLength(1);
    expect((await lifegap(['verify', dir], { cwd: root })).code).toBe(1);
  });

  test('ends with 3, and with 0 where the hash of the whole pack is known', async () => {
    const dir = forged({ [PAGE]: restyled, 'replay.json': built(OTHER) });
    const alone = await lifegap(['verify', dir], { cwd: root });
    expect(alone.code).toBe(3);
    expect(alone.stdout).toContain('the rest of the page is not proven\n');
    expect(alone.stdout).toContain('the rows give the other reports, byte for byte\n');
    expect(alone.stdout).toMatch(/\nnot proven: give the hash .*\n$/);
    const seal = hash(readFileSync(path.join(dir, 'SHA256SUMS')));
    expect((await lifegap(['verify', dir, '--hash', seal], { cwd: root })).code).toBe(0);
    expect((await lifegap(['verify', dir, '--hash', OTHER], { cwd: root })).code).toBe(1);
  });
});

test('the build is told by the names and contents of its code alone', async () => {
  const make = (files: Readonly<Record<string, string>>): string => {
    const dir = mkdtempSync(path.join(root, 'code-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
      writeFileSync(path.join(dir, name), text);
    }
    return dir;
  };
  const of = (files: Readonly<Record<string, string>>): Promise<string> => hashOf([make(files)]);
  const code = { 'a.js': '1', 'b/c.css': '2' };
  const told = await of(code);
  expect(await of({ 'b/c.css': '2', 'a.js': '1', 'note.md': 'x' })).toBe(told);
  const others: Readonly<Record<string, string>>[] = [
    { ...code, 'a.js': '3' },
    { ...code, 'd.js': '' },
    { 'a.js': '1', 'c.css': '2' },
    { 'a.js': '12', 'b/c.css': '' },
  ];
  for (const other of others) expect(await of(other)).not.toBe(told);
});
