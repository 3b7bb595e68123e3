// A pack comes from somebody else: whatever is in it, the answer is one line.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { LifegapError } from '../../src/model/errors.js';
import { filesOf, verify, writePack } from './packs.js';

let root: string;
let whole: string;
let copies = 0;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'lifegap-strangers-'));
  writeFileSync(
    path.join(root, 'people.csv'),
    'id,email,state,endAt\np1,ada@corp.example,active,\np2,ben@corp.example,terminated,2026-10-01\n',
  );
  writeFileSync(
    path.join(root, 'app.csv'),
    'id,email,status,roles,lastLoginAt\na1,ada@corp.example,active,x;y,2026-10-03\na2,ben@corp.example,active,x,2026-10-03\n',
  );
  writeFileSync(
    path.join(root, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps: { app: { connector: file, path: app.csv, lifecycle: { delete: { by: manual } }, accounts: [{ match: id eq "a9", kind: service, owner: p1 }] } }
policy: { addresses: { plus: [corp.example] } }
history: false
`,
  );
  whole = path.join(root, 'whole');
  await writePack(path.join(root, 'lifegap.yaml'), whole, { asOf: Date.parse('2026-11-01') });
});

/** A copy in which `change` was at work, with sums that fit again. */
function changed(change: (dir: string) => void): string {
  const dir = path.join(root, `copy-${copies++}`);
  cpSync(whole, dir, { recursive: true });
  change(dir);
  const sha = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
  const names = filesOf(dir).filter((name) => !name.startsWith('SHA256SUMS'));
  const sums = names.map((name) => `${sha(readFileSync(path.join(dir, name)))}  ${name}\n`).join('');
  writeFileSync(path.join(dir, 'SHA256SUMS'), sums);
  writeFileSync(path.join(dir, 'SHA256SUMS.sha256'), `${sha(sums)}  SHA256SUMS\n`);
  return dir;
}

/** One line, or what verify finds wrong; `false`: something else was thrown. */
async function answer(dir: string): Promise<string | false> {
  try {
    return (await verify(dir)).join('; ');
  } catch (error) {
    return error instanceof LifegapError && !error.message.includes('\n') ? error.message : false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;

/** Every place of a value, as the keys that lead there. */
function* places(value: Json, at: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (at.length > 0) yield at;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* places(inner, [...at, Array.isArray(value) ? Number(key) : key]);
}

function put(value: Json, at: readonly (string | number)[], to: Json | undefined): Json {
  const copy = structuredClone(value);
  let parent = copy as Record<string | number, Json>;
  for (const key of at.slice(0, -1)) parent = parent[key] as Record<string | number, Json>;
  if (to === undefined) Reflect.deleteProperty(parent, at.at(-1) as string);
  else parent[at.at(-1) as string] = to;
  return copy;
}

const WRONG: readonly (Json | undefined)[] = [undefined, null, 'text', -1, 1e300, true, [], {}, [[]], { $map: [1] }];

describe('a pack from a stranger', () => {
  it('is the one that it is', async () => {
    expect(await answer(changed(() => undefined))).toBe('');
  });

  it('with any value of replay.json missing or of another type, gives one line or other reports', async () => {
    const text = readFileSync(path.join(whole, 'replay.json'), 'utf8');
    const record = JSON.parse(text) as Json;
    const silent: string[] = [];
    let n = 0;
    for (const at of places(record)) {
      const to = WRONG[n++ % WRONG.length];
      // A third of the places of a long record, each kind of wrong value at all of its depths.
      if (n % 3 !== 0) continue;
      const said = await answer(changed((dir) => writeFileSync(path.join(dir, 'replay.json'), JSON.stringify(put(record, at, to)))));
      if (said === false) silent.push(`${at.join('.')} ${to === undefined ? 'gone' : JSON.stringify(to)}`);
    }
    expect(n).toBeGreaterThan(100);
    expect(silent).toEqual([]);
  }, 60_000);

  it('with any value of a row missing or of another type, gives one line or other reports', async () => {
    const silent: string[] = [];
    let n = 0;
    for (const name of filesOf(whole).filter((file) => file.endsWith('.gz'))) {
      const lines = gunzipSync(readFileSync(path.join(whole, name)))
        .toString()
        .trimEnd()
        .split('\n');
      for (const [i, line] of lines.entries()) {
        const row = JSON.parse(line) as Json;
        for (const at of places(row)) {
          const to = WRONG[n++ % WRONG.length];
          const others = lines.with(i, JSON.stringify(put(row, at, to)));
          const said = await answer(changed((dir) => writeFileSync(path.join(dir, name), gzipSync(`${others.join('\n')}\n`))));
          if (said === false) silent.push(`${name} ${i} ${at.join('.')} ${to === undefined ? 'gone' : JSON.stringify(to)}`);
        }
      }
    }
    expect(n).toBeGreaterThan(30);
    expect(silent).toEqual([]);
  }, 60_000);

  const list = (dir: string): string => path.join(dir, filesOf(dir).find((name) => name.startsWith('accounts/')) as string);

  it.each<[string, (dir: string) => void, RegExp]>([
    ['rows that are no gzip', (dir) => writeFileSync(list(dir), 'plain'), /no gzip file, or a torn one/],
    ['torn rows', (dir) => writeFileSync(list(dir), readFileSync(list(dir)).subarray(0, 40)), /no gzip file, or a torn one/],
    ['fewer rows', (dir) => writeFileSync(list(dir), gzipSync('')), /fewer rows than replay.json says/],
    ['a line that is no JSON', (dir) => writeFileSync(list(dir), gzipSync('{\n{\n')), /is no JSON/],
    // One line without an end: a hundred megabytes in a hundred kilobytes.
    ['rows that unpack without an end', (dir) => writeFileSync(list(dir), gzipSync(Buffer.alloc(100 << 20, 32))), /unpacks to more than/],
    ['replay.json of nothing', (dir) => writeFileSync(path.join(dir, 'replay.json'), ''), /no evidence pack/],
    ['replay.json of another kind', (dir) => writeFileSync(path.join(dir, 'replay.json'), '[1]'), /no evidence pack/],
    ['replay.json of null', (dir) => writeFileSync(path.join(dir, 'replay.json'), 'null'), /no evidence pack/],
  ])('with %s says so', async (_, change, words) => {
    expect(await answer(changed(change))).toMatch(words);
  });

  it.each(['replay.json', 'SHA256SUMS', 'SHA256SUMS.sha256', 'manifest.json'])(
    'with a link or a pipe in place of %s, reads neither',
    async (name) => {
      for (const put of [(file: string) => symlinkSync('/etc/hostname', file), (file: string) => void spawnSync('mkfifo', [file])]) {
        const dir = changed(() => undefined);
        rmSync(path.join(dir, name));
        put(path.join(dir, name));
        expect(await answer(dir)).toMatch(/no regular file|missing/);
      }
    },
  );
});
