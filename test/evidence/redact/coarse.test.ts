import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { Coarse, parseUnit, type Unit } from '../../../src/evidence/redact/coarse.js';
import { throwawayKey } from '../../../src/evidence/redact/key.js';
import { reportOf, rowsOf, verify, writePack } from '../packs.js';

const root = mkdtempSync(path.join(tmpdir(), 'lifegap-coarse-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const day = (text: string): number => Date.parse(text);
const AS_OF = day('2026-11-15T12:00:00Z');

describe('a coarse date', () => {
  it.each([
    ['month', '2026-10-31', '2026-10-01'],
    ['month', '2026-11-15T11:59:59Z', '2026-11-01'],
    ['month', '2026-11-01', '2026-11-01'],
    ['month', '2026-11-20', '2026-12-01'],
    ['month', '2026-12-31', '2026-12-01'],
    ['quarter', '2026-09-30', '2026-07-01'],
    ['quarter', '2026-11-14', '2026-10-01'],
    ['quarter', '2026-12-24', '2027-01-01'],
    ['year', '1969-05-06', '1969-01-01'],
    ['year', '2026-12-24', '2027-01-01'],
    ['year', '2028-02-29', '2028-01-01'],
  ] as const)('%s: %s is %s, on the same side of the audit', (unit, from, to) => {
    const coarse = new Coarse(unit, AS_OF).dates({ endAt: { at: day(from) }, lastLoginAt: day(from), id: 'x' });
    expect(coarse).toEqual({ endAt: { at: day(to), day: true }, lastLoginAt: day(to), id: 'x' });
    expect(day(to) > AS_OF).toBe(day(from) > AS_OF);
  });

  it('is of a month, a quarter or a year', () => {
    expect(['month', 'quarter', 'year'].map(parseUnit)).toEqual(['month', 'quarter', 'year']);
    expect(() => parseUnit('day')).toThrow('--coarsen day: expected one of month, quarter, year');
  });
});

const PEOPLE = `id,email,state,endAt,department,groups
p1,ada@corp.example,active,,R&D,x
p2,ben@corp.example,terminated,2026-09-03,R&D,x
p3,cem@corp.example,terminated,2026-09-21,R&D,x
p4,dia@corp.example,active,2026-11-20,R&D,x
`;
const ACCOUNTS = `id,email,status,lastLoginAt,createdAt
a1,ada@corp.example,active,2026-11-03,2024-01-05
a2,ben@corp.example,active,2026-09-01,2024-01-19
a3,cem@corp.example,active,2026-09-19,2024-01-28
a4,dia@corp.example,active,2026-11-14,2024-01-28
`;
const CONFIG = `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps:
  app:
    connector: file
    path: app.csv
    accounts: [{ match: lastLoginAt lt "2026-09-02", kind: service, owner: p1 }]
history: false
`;

interface Told {
  readonly redaction: {
    readonly dates: string;
    readonly verdictsThatDiffer: readonly string[];
    readonly smallestGroup: Readonly<
      Record<'people' | 'accounts', { readonly smallest: number; readonly alone: number; readonly rows: number }>
    >;
  };
}

async function packed(
  name: string,
  unit?: Unit,
): Promise<{ readonly dir: string; readonly told: Told['redaction']; readonly differences: readonly string[] }> {
  for (const [file, text] of Object.entries({ 'people.csv': PEOPLE, 'app.csv': ACCOUNTS, 'lifegap.yaml': CONFIG }))
    writeFileSync(path.join(root, file), text);
  const dir = path.join(root, name);
  const { differences } = await writePack(path.join(root, 'lifegap.yaml'), dir, {
    asOf: AS_OF,
    key: throwawayKey(),
    ...(unit === undefined ? {} : { coarsen: unit }),
  });
  const told = (JSON.parse(readFileSync(path.join(dir, 'manifest.json'), 'utf8')) as Told).redaction;
  return { dir, told, differences };
}

test('a pack with coarse dates verifies, replays, and no exact date is in its rows', async () => {
  const exact = await packed('exact');
  const coarse = await packed('coarse', 'month');
  expect(await verify(coarse.dir)).toEqual([]);
  const dates = (dir: string): string[] =>
    [
      ...new Set(
        rowsOf(dir, 'people')
          .concat(rowsOf(dir, 'accounts'))
          .flatMap((row) =>
            [row.endAt, row.lastLoginAt, row.createdAt].flatMap((one) =>
              one === undefined ? [] : new Date(one.at).toISOString().slice(0, 10),
            ),
          ),
      ),
    ].sort();
  expect(dates(exact.dir)).toContain('2026-09-21');
  expect(dates(coarse.dir)).toEqual(['2024-01-01', '2026-09-01', '2026-11-01', '2026-12-01']);
  // The filter over a date was answered by the date that was read.
  expect(reportOf(coarse.dir).summary).toEqual(reportOf(exact.dir).summary);
  expect(coarse.differences).toEqual(coarse.told.verdictsThatDiffer);
  expect([exact.told.dates, coarse.told.dates]).toEqual(['as they were read', 'the first day of their month']);
});

test('the manifest says how many rows look alike', async () => {
  const [exact, coarse] = [await packed('exact-2'), await packed('coarse-2', 'month')];
  expect(exact.told.smallestGroup.people).toMatchObject({ smallest: 1, alone: 4, rows: 4 });
  expect(coarse.told.smallestGroup.people).toMatchObject({ smallest: 1, alone: 2, rows: 4 });
  expect(exact.told.smallestGroup.accounts).toMatchObject({ smallest: 1, alone: 4, rows: 4 });
  expect(coarse.told.smallestGroup.accounts).toMatchObject({ smallest: 2, alone: 0, rows: 4 });
});
