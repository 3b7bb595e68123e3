import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtBin, lifegap, type Ran } from '../build.js';

let dir: string;

/** Thirty people; the first `left` have left, of whose accounts the first `off` are off; the first `gone` accounts are not listed. */
function company(left: number, off: number, gone: number): void {
  const people = ['id,mail,userName,department,state'];
  const accounts = ['id,externalId,mail,userName,department,enabled'];
  for (let i = 1; i <= 30; i++) {
    people.push(`${i},p${i}@corp.example,p${i},Sales,${i <= left ? 'terminated' : 'active'}`);
    if (i > gone)
      accounts.push(`a${i},${i},p${i}@corp.example,${i === 7 ? '\u001b[31mred' : `p${i}`},Sales,${i <= off ? 'deactivated' : 'active'}`);
  }
  writeFileSync(path.join(dir, 'people.csv'), `${people.join('\n')}\n`);
  writeFileSync(path.join(dir, 'crm.csv'), `${accounts.join('\n')}\n`);
}

const audit = (day: string, ...more: string[]): Promise<Ran> =>
  lifegap(['audit', '--history', '--as-of', day, '--format', 'json', '--quiet', ...more], { cwd: dir });
const history = (...args: string[]): Promise<Ran> => lifegap(['history', ...args], { cwd: dir });

interface Shown {
  readonly apps: readonly {
    readonly coverage: { readonly delete: Record<string, unknown> };
    readonly completeness: { readonly verdict: string; readonly reasons: readonly string[] };
  }[];
}
const crm = ({ stdout }: Ran): Shown['apps'][number] => (JSON.parse(stdout) as Shown).apps[0] as Shown['apps'][number];

beforeAll(async () => {
  await builtBin();
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-cli-history-'));
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { emails: [mail] }, state: { from: state } }
apps: { crm: { connector: file, path: crm.csv, fields: { emails: [mail] }, status: { from: enabled } } }
`,
  );
}, 240_000);

describe('lifegap history, over a company that loses six people', () => {
  it('is not there before the first audit, and an audit of another time makes none', async () => {
    company(0, 0, 0);
    const none = await history();
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toMatch(/no audit is on record in .*history\.db: `lifegap audit` makes the first/);
    await lifegap(['audit', '--as-of', '2026-11-01', '--quiet'], { cwd: dir });
    expect(existsSync(path.join(dir, '.lifegap'))).toBe(false);
  }, 60_000);

  it('sees the leavers lose their accounts', async () => {
    await audit('2026-11-01');
    company(6, 0, 0);
    expect(crm(await audit('2026-11-02')).coverage.delete).toMatchObject({ grade: 'snapshot' });
    company(6, 6, 0);
    const third = crm(await audit('2026-11-05', '--trials')).coverage.delete;
    expect(third).toMatchObject({ grade: 'observed', trials: 6, successes: 6 });
    expect(third.reasons).toContain('all were seen to happen between audits');
    expect(third.evidence).toContainEqual(
      expect.objectContaining({
        person: { id: '1', source: 'hr', userName: 'p1' },
        between: ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'],
        evidence: 'the account was on in the audit of 2026-11-02T00:00:00Z and deactivated in that of 2026-11-05T00:00:00Z',
      }),
    );
  }, 120_000);

  it('shows the trend, what changed, and one timeline', async () => {
    const trend = await history();
    expect(trend.stdout).toMatch(/2 +2026-11-02 00:00 +crm +30 +6 +0 +0 +unproven \/ unproven \/ gap/);
    const changes = await history('diff', '1', 'last');
    expect(changes.stdout).toContain('people that changed: 6');
    expect(changes.stdout).toMatch(/crm +a1 +p1 +active -> deactivated/);
    const resolved = JSON.parse((await history('diff', '2026-11-02', '3', '--format', 'json')).stdout) as {
      findings: { resolved: object[] };
    };
    expect(resolved.findings.resolved).toHaveLength(6);
    const line = await history('show', 'p3@corp.example');
    expect(line.stdout.split('\n').map((row) => row.replace(/ +/g, ' '))).toEqual([
      '2026-11-01 00:00 crm a3 p3 there, active',
      '2026-11-01 00:00 hr 3 p3 there, active',
      '2026-11-02 00:00 hr 3 p3 active -> terminated',
      '2026-11-05 00:00 crm a3 p3 active -> deactivated',
      '',
    ]);
    expect((await history('show', 'a7')).stdout).toContain('\\u{1b}[31mred');
    expect((await history('show', 'nobody')).stderr).toMatch(/knows nobody and no account called nobody/);
  }, 120_000);

  it('does not believe a list that shrank, until somebody accepts it', async () => {
    company(6, 6, 12);
    const shrunk = await audit('2026-11-06');
    expect(shrunk.code).toBe(3);
    expect(crm(shrunk).completeness.reasons.join()).toMatch(/it shrank from 30 to 18 rows since the last audit.*--accept-shrink crm/);
    expect((await history('show', 'a10')).stdout).not.toContain('gone');
    const accepted = await audit('2026-11-07', '--accept-shrink', 'crm');
    expect(crm(accepted).completeness.verdict).toBe('consistent');
    expect((await history('show', 'a10')).stdout).toContain('gone from the whole list');
    expect((await audit('2026-11-07', '--accept-shrink', 'cmr')).stderr).toMatch(/this audit reads no list cmr/);
  }, 120_000);

  it('marks an account that comes back after its owner has left', async () => {
    const other = mkdtempSync(path.join(tmpdir(), 'lifegap-came-back-'));
    const config = readFileSync(path.join(dir, 'lifegap.yaml'), 'utf8');
    writeFileSync(path.join(other, 'lifegap.yaml'), config.replace('crm.csv,', 'crm.csv, match: [externalId=id],'));
    const day = async (n: number, state: string, ...accounts: string[]): Promise<Ran> => {
      const people = Array.from({ length: 12 }, (_, i) => `${i + 20},p${i}@corp.example,p${i},Sales,${i === 0 ? state : 'active'}`);
      const rows = Array.from({ length: 11 }, (_, i) => `a${i + 1},${i + 21},p${i + 1}@corp.example,p${i + 1},Sales,active`);
      writeFileSync(path.join(other, 'people.csv'), ['id,mail,userName,department,state', ...people, ''].join('\n'));
      writeFileSync(path.join(other, 'crm.csv'), ['id,externalId,mail,userName,department,enabled', ...accounts, ...rows, ''].join('\n'));
      return lifegap(['coverage', '--history', '--as-of', `2026-11-0${n}`, '--explain', 'crm', '--stage', 'delete', '--quiet'], {
        cwd: other,
      });
    };
    await day(1, 'active', 'a0,20,p0@corp.example,p0,Sales,active');
    await day(2, 'terminated');
    await day(4, 'terminated', 'b0,20,p0@corp.example,p0,Sales,active');
    const told = await day(6, 'terminated', 'b0,20,p0@corp.example,p0,Sales,active');
    const said = told.stdout.replace(/\s+/g, ' ');
    expect(said).toContain(
      "1 leaver's account was removed and came back while its owner was gone (1 made anew, 0 switched on again), and 1 of 1 is on still",
    );
    expect(said).toMatch(/open.*by the audit of 2026-11-04T00:00:00Z it was made anew, while its owner was gone/);
    const shown = await lifegap(['history', 'show', '20'], { cwd: other });
    expect(shown.stdout.split('\n').map((row) => row.replace(/ +/g, ' '))).toEqual([
      '2026-11-01 00:00 crm a0 p0 there, active',
      '2026-11-01 00:00 hr 20 p0 there, active',
      '2026-11-02 00:00 crm a0 p0 gone from the whole list',
      '2026-11-02 00:00 hr 20 p0 active -> terminated',
      '2026-11-04 00:00 crm b0 p0 came, active, though its owner had left',
      '',
    ]);
  }, 120_000);

  it('keeps the order of time, and forgets when it is told to', async () => {
    // One that is not to be recorded does without what came after it, and says so.
    const asked = await lifegap(['audit', '--as-of', '2026-11-03', '--quiet', '--format', 'json'], { cwd: dir });
    expect(asked.stderr).toMatch(/the last audit on record is of 2026-11-07T00:00:00.000Z, after this one, which goes without the history/);
    const late = await audit('2026-11-03');
    expect(late.code).toBe(2);
    expect(late.stderr).toMatch(/the last audit on record is of 2026-11-07T00:00:00.000Z, after this one/);
    expect((await history('prune')).stderr).toMatch(/give --older-than/);
    expect((await history('prune', '--older-than', 'soon')).stderr).toMatch(/--older-than soon: expected a duration/);
    expect((await history('diff', '2026-02-30', 'last')).stderr).toMatch(/there is no day 2026-02-30/);
    expect((await history('prune', '--older-than', '1d', '--as-of', '2026-11-08', '--format', 'json')).stdout).toContain('"audits": 4');
    expect(JSON.parse((await history('--format', 'json')).stdout)).toHaveLength(1);
    // What is valid now is still known, and the next audit goes on from it.
    expect((await audit('2026-11-08')).code).toBe(0);
    expect((await history('show', 'a20')).stdout).toMatch(/there, active/);
  }, 120_000);

  it('forgets by itself what is older than `retain`, and `coverage` reads and records as audit does', async () => {
    const config = path.join(dir, 'lifegap.yaml');
    writeFileSync(config, `${readFileSync(config, 'utf8')}history: { path: .lifegap/history.db, retain: 7d }\n`);
    const coverage = (day: string, ...more: string[]): Promise<Ran> =>
      lifegap(['coverage', '--as-of', day, '--format', 'json', '--quiet', ...more], { cwd: dir });
    const asOf = async (): Promise<string[]> =>
      (JSON.parse((await history('--format', 'json')).stdout) as { asOf: string }[]).map((one) => one.asOf.slice(0, 10));
    expect(await asOf()).toEqual(['2026-11-07', '2026-11-08']);
    expect((await coverage('2026-11-14', '--no-history')).code).toBe(0);
    expect(await asOf()).toEqual(['2026-11-07', '2026-11-08']);
    await coverage('2026-11-14', '--history', '--accept-shrink', 'crm');
    expect(await asOf()).toEqual(['2026-11-07', '2026-11-08', '2026-11-14']);
    await coverage('2026-11-15', '--history');
    expect(await asOf()).toEqual(['2026-11-08', '2026-11-14', '2026-11-15']);
    expect((await history('show', 'a1')).stdout).not.toContain('2026-11-07');
    expect((await history('show', 'a20')).stdout).toMatch(/there, active/);
  }, 120_000);
});

it('says which verdicts rest on a log, and which log was not read whole', async () => {
  const own = mkdtempSync(path.join(tmpdir(), 'lifegap-cli-history-logs-'));
  cpSync(path.resolve(import.meta.dirname, '../../fixtures/scenarios/logs-name-the-hop'), own, { recursive: true });
  await lifegap(['audit', '--history', '--as-of', '2026-11-24', '--quiet'], { cwd: own });
  const { stdout } = await lifegap(['history'], { cwd: own });
  expect(stdout).toMatch(/ crm .* covered \(logged\) \/ unproven \/ partial \(logged\)\n/);
  expect(stdout).toMatch(/ wiki .* unproven \/ unproven \/ unproven +log wiki-log\.ndjson failed\n/);
  const [audit] = JSON.parse((await lifegap(['history', '-f', 'json'], { cwd: own })).stdout) as { lists: { name: string; logs?: unknown[] }[] }[]; // prettier-ignore
  expect(audit?.lists.find(({ name }) => name === 'crm')?.logs).toEqual([
    { name: 'crm-audit', of: 'app', from: '2026-08-01T00:00:00Z', until: '2026-11-20T06:00:00Z', entries: 18, verdict: 'consistent' },
    { name: 'pushes', of: 'corp-okta', from: '2026-09-03T07:00:00Z', until: '2026-10-15T15:00:00Z', entries: 19, verdict: 'consistent' },
  ]);
  rmSync(own, { recursive: true });
}, 60_000);
