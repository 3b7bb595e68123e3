import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { bad } from '../bad-input/run.js';
import { lifegap } from '../build.js';
import { ACCOUNTS, PEOPLE, audit, audited, rewrite } from './decisions.js';

// Each test is several processes.
vi.setConfig({ testTimeout: 60_000 });

const POLICY = 'accepted: accepted.yaml';
const DECIDED = 'reason: shared mailbox, owner: hr@corp.example, until: 2027-01-31';
const STRANGER = `  - { finding: { app: crm, class: orphaned, reason: no-owner, account: c9 }, ${DECIDED} }\n`;
const accepted = (...entries: string[]): string => `version: 1\naccepted:${entries.length === 0 ? ' []' : ''}\n${entries.join('')}`;
/** By the id that the report gives it, as the docs say. */
const byId = (id: string, found?: string): string => `  - { id: ${id}, ${found === undefined ? '' : `found: ${found}, `}${DECIDED} }\n`;

describe('accepted findings', () => {
  test('by id or by selector: they do not fail, stay in the report, and count again after their day', async () => {
    const dir = await audited(POLICY, { 'accepted.yaml': accepted() });
    const { of } = await audit(dir, '2026-11-01');
    await rewrite(dir, 'accepted.yaml', accepted(STRANGER, byId(of('c3').id, 'owner-terminated')));
    const holds = await audit(dir, '2027-01-31T23:59:59Z');
    expect([holds.code, holds.report.summary.orphaned, holds.report.summary.accepted]).toEqual([0, 2, 2]);
    expect(holds.of('c9').accepted).toEqual({ reason: 'shared mailbox', owner: 'hr@corp.example', until: '2027-01-31' });
    const over = await audit(dir, '2027-02-01');
    expect([over.code, over.report.run.exitReason]).toEqual([1, '2 proven findings reached --fail-on orphaned']);
    expect([over.of('c9').accepted, over.of('c9').expired?.owner]).toEqual([null, 'hr@corp.example']);
    expect(over.report.accepted).toMatchObject({ file: 'accepted.yaml', expired: 2, unused: [] });
  });

  test('one that ran out fails although the baseline knows it, with --new-only too', async () => {
    const dir = await audited(POLICY, { 'accepted.yaml': accepted() });
    await lifegap(['baseline', 'write', '--as-of', '2026-11-01'], { cwd: dir });
    await rewrite(dir, 'accepted.yaml', accepted(STRANGER));
    const flags = ['--baseline', 'lifegap-baseline.json', '--new-only'];
    expect((await audit(dir, '2026-11-02', ...flags)).code).toBe(0);
    const { code, of } = await audit(dir, '2027-02-01', ...flags);
    expect([code, of('c9').baseline, of('c9').expired?.until]).toEqual([1, 'known', '2027-01-31']);
  });

  test('one by id does not cover the account once its owner has left, says so, and says what to write', async () => {
    const dir = await audited(POLICY, { 'accepted.yaml': accepted(), 'people.csv': PEOPLE.replace('terminated,2026-10-01', 'active,') });
    const config = await readFile(path.join(dir, 'lifegap.yaml'), 'utf8');
    await rewrite(dir, 'lifegap.yaml', config.replace('path: crm.csv,', `path: crm.csv, allowed: 'userName ne "zoe"',`));
    const before = await audit(dir, '2026-11-01');
    const { id, reason } = before.of('c3');
    expect(reason).toBe('not-entitled');
    await rewrite(dir, 'accepted.yaml', accepted(STRANGER, byId(id, reason)));
    const holds = await audit(dir, '2026-11-01');
    expect([holds.code, holds.of('c3').accepted?.owner]).toEqual([0, 'hr@corp.example']);
    await rewrite(dir, 'people.csv', PEOPLE);
    const left = await audit(dir, '2026-11-01');
    expect([left.code, left.of('c3').reason, left.of('c3').accepted]).toEqual([1, 'owner-terminated', null]);
    expect(left.report.accepted?.outgrown).toEqual([
      { line: 4, what: id, until: '2027-01-31', was: 'not-entitled', now: 'owner-terminated' },
    ]);
    const says = `accepted.yaml:4: ${id} is owner-terminated now, and it was accepted for not-entitled: it counts. Only if you accept that, too, write found: owner-terminated into the entry`;
    expect(left.stderr).toContain(`warning: ${says}\n`);
    const table = await lifegap(['audit', '--as-of', '2026-11-01'], { cwd: dir });
    expect(table.stdout.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(table.stderr).not.toContain('warning:');
    expect((await lifegap(['baseline', 'write', '--as-of', '2026-11-01'], { cwd: dir })).stderr).toContain(`warning: ${says}\n`);
    // Without the word it was accepted for nothing so bad; with it, somebody has decided.
    await rewrite(dir, 'accepted.yaml', accepted(STRANGER, byId(id)));
    expect((await audit(dir, '2026-11-01')).stderr).toContain(
      `${id} is owner-terminated now, and the entry does not say that this was accepted`,
    );
    await rewrite(dir, 'accepted.yaml', accepted(STRANGER, byId(id, 'owner-terminated')));
    expect((await audit(dir, '2026-11-01')).code).toBe(0);
  });

  test('one whose finding is gone is reported with its line, unless the app was not read whole', async () => {
    const dir = await audited(POLICY, { 'accepted.yaml': accepted(STRANGER), 'crm.csv': ACCOUNTS.replace(/c9.*\n/, '') });
    const table = await lifegap(['audit', '--as-of', '2026-11-01'], { cwd: dir });
    expect(table.stdout).toMatch(/accepted\.yaml:3: .*c9.* is not found any more: remove\s+the entry/);
    expect((await audit(dir, '2026-11-01')).report.accepted?.unused).toMatchObject([{ line: 3, until: '2027-01-31' }]);
    await rewrite(dir, 'crm.csv', '');
    expect((await audit(dir, '2026-11-01')).report.accepted?.unused).toEqual([]);
  });

  test('a file that is not there accepts nothing, and says so', async () => {
    const { code, stderr } = await audit(await audited(POLICY), '2026-11-01');
    expect([code, stderr]).toEqual([1, 'warning: policy.accepted: accepted.yaml does not exist, so nothing is accepted\nlifegap: exit 1: 2 proven findings reached --fail-on orphaned\n']); // prettier-ignore
  });

  test('every mistake in the file is said at once, with its line, and nothing is read', async () => {
    const file = accepted(
      STRANGER.replace('account: c9', "account: 'c*'"),
      STRANGER.replace('app: crm', 'app: cmr'),
      STRANGER.replace('no-owner', 'never-created'),
      `  - { id: 'f-*', ${DECIDED} }\n`,
      `  - { id: f-0123456789abcdef0123, owner: hr@corp.example, until: 2027-01-31 }\n`,
    );
    const ran = await bad(await audited(POLICY, { 'accepted.yaml': file }), ['audit', '--as-of', '2026-11-01']);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/accepted\.yaml:3:\d+.*wildcards are refused/);
    expect(ran.stderr).toMatch(/accepted\.yaml:4:\d+.*expected one of crm, got "cmr"\. Did you mean crm\?/);
    expect(ran.stderr).toMatch(/accepted\.yaml:5:\d+.*expected one of owner-terminated.*got "never-created"/);
    expect(ran.stderr).toMatch(/accepted\.yaml:6:\d+.*wildcards are refused/);
    expect(ran.stderr).toMatch(/accepted\.yaml:7:\d+.*reason/);
  });
});
