import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { bad } from '../bad-input/run.js';
import { lifegap, type Ran } from '../build.js';
import { ACCOUNTS, audit, audited, rewrite } from './decisions.js';

// Each test is several processes.
vi.setConfig({ testTimeout: 60_000 });

const BASELINE = ['--baseline', 'known.json'] as const;
const SLA = 'sla: { high: 7d }';

const write = (dir: string, day: string, ...flags: string[]): Promise<Ran> =>
  lifegap(['baseline', 'write', 'known.json', '--as-of', day, ...flags], { cwd: dir });
const read = (dir: string): Promise<string> => readFile(path.join(dir, 'known.json'), 'utf8');
/** Account or person, and the day of the first sight. */
const lines = (text: string): { app: string; reason: string; severity: string; first_seen: string }[] =>
  (JSON.parse(text) as { findings: { app: string; reason: string; severity: string; first_seen: string }[] }).findings;

describe('what is known', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await audited(SLA);
    expect(await write(dir, '2026-11-01')).toEqual({ code: 0, stdout: '', stderr: 'lifegap: 3 entries in known.json\n' });
  });

  test('is written one entry a line, without a person', async () => {
    const text = await read(dir);
    expect(text.split('\n').filter((line) => line.startsWith('    {"id":"f-'))).toHaveLength(3);
    expect(text).not.toMatch(/zoe|stranger|kim|c3|c9|p3|p4/);
    expect(lines(text).map(({ reason, severity, first_seen }) => `${reason} ${severity} ${first_seen}`)).toEqual([
      'never-created low 2026-11-01',
      'no-owner high 2026-11-01',
      'owner-terminated high 2026-11-01',
    ]);
  });

  test('does not fail, and without the baseline it does', async () => {
    const { code, report, of } = await audit(dir, '2026-11-02', ...BASELINE);
    expect([code, report.run.exitReason]).toEqual([0, 'every list was read whole, and no finding that is new or worse than the baseline reached --fail-on']); // prettier-ignore
    expect([of('c3').baseline, of('c9').baseline, of('p4').baseline]).toEqual(['known', 'known', 'known']);
    expect(report.baseline).toMatchObject({ file: 'known.json', new: 0, known: 3, worsened: 0, overdue: 0, fixed: [], notProven: 0 });
    expect((await audit(dir, '2026-11-02')).code).toBe(1);
  });

  test('fails once it is past its time, and --new-only waives that', async () => {
    const last = await audit(dir, '2026-11-08', ...BASELINE);
    expect([last.code, last.of('c9').baseline]).toEqual([0, 'known']);
    const over = await audit(dir, '2026-11-08T00:00:01Z', ...BASELINE);
    expect([over.code, over.of('c9').baseline, over.of('p4').baseline]).toEqual([1, 'overdue', 'known']);
    expect(over.report.run.exitReason).toBe('2 proven findings, new or worse than the baseline, reached --fail-on orphaned');
    const waived = await audit(dir, '2026-11-08T00:00:01Z', ...BASELINE, '--new-only');
    expect([waived.code, waived.report.run.exitReason]).toEqual([0, 'every list was read whole, and no finding outside the baseline reached --fail-on']); // prettier-ignore
  });

  test('waives no word on coverage', async () => {
    const { code, report } = await audit(dir, '2026-11-02', ...BASELINE, '--new-only', '--fail-on', 'coverage.delete=unproven');
    expect([code, report.run.exitReason]).toEqual([3, 'inconclusive: coverage.delete of crm']);
  });
});

test('a finding of a higher severity than before fails, but for --new-only', async () => {
  const dir = await audited('');
  await write(dir, '2026-11-01');
  await rewrite(dir, 'crm.csv', ACCOUNTS.replace('2026-09-20', '2026-10-20'));
  const worse = await audit(dir, '2026-11-02', ...BASELINE);
  expect([worse.code, worse.of('c3').severity, worse.of('c3').baseline]).toEqual([1, 'critical', 'worsened']);
  expect((await audit(dir, '2026-11-02', ...BASELINE, '--new-only')).code).toBe(0);
});

test('a new finding fails, with --new-only too; a fixed one is named, and leaves the file when that is written again', async () => {
  const dir = await audited('');
  await write(dir, '2026-11-01');
  await rewrite(dir, 'crm.csv', ACCOUNTS.replace('c9,stranger', 'c10,newcomer'));
  for (const flags of [[], ['--new-only']]) {
    const { code, report, of } = await audit(dir, '2026-11-05', ...BASELINE, ...flags);
    expect([code, of('c10').baseline, of('c3').baseline]).toEqual([1, 'new', 'known']);
    expect(report.baseline?.fixed).toMatchObject([{ app: 'crm', reason: 'no-owner', firstSeen: '2026-11-01' }]);
  }
  const table = await lifegap(['audit', '--as-of', '2026-11-05', ...BASELINE], { cwd: dir });
  expect(table.stdout).toMatch(/fixed: f-[0-9a-f]{20} orphaned:no-owner in crm, known since\s+2026-11-01/);
  expect((await write(dir, '2026-11-05')).stderr).toBe('lifegap: 3 entries in known.json: 1 new, 1 fixed\n');
  expect(lines(await read(dir)).map(({ reason, first_seen }) => `${reason} ${first_seen}`)).toEqual([
    'never-created 2026-11-01',
    'no-owner 2026-11-05',
    'owner-terminated 2026-11-01',
  ]);
});

test.each<[string, number, (dir: string) => Promise<void>]>([
  ['not proven whole', 3, (dir) => rewrite(dir, 'crm.csv', '')],
  ['not read', 4, (dir) => rm(path.join(dir, 'crm.csv'))],
])('what was %s is neither fixed nor taken out, and ends with %i', async (_, exit, spoil) => {
  const dir = await audited('');
  await write(dir, '2026-11-01');
  const before = await read(dir);
  await spoil(dir);
  const { code, report } = await audit(dir, '2026-11-02', ...BASELINE);
  expect([code, report.baseline?.fixed, report.baseline?.notProven]).toEqual([exit, [], 3]);
  expect((await write(dir, '2026-11-02')).code).toBe(exit);
  expect(await read(dir)).toBe(before);
});

test.each<[string, readonly string[], RegExp]>([
  ['a baseline that is not there', ['--baseline', 'none.json'], /none\.json does not exist; write one with `lifegap baseline write none\.json`/],
  ['a baseline that is none', ['--baseline', 'crm.csv'], /the baseline crm\.csv is not JSON/],
  ['--new-only alone', ['--new-only'], /--new-only: needs --baseline FILE/],
])('%s: exit 2, and nothing is read', async (_, flags, message) => {
  const ran = await bad(await audited(''), ['audit', ...flags]);
  expect([ran.code, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toMatch(message);
}); // prettier-ignore
