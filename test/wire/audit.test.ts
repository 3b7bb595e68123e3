// The whole audit on real systems: people in slapd, one app behind a SCIM server, one app as a CSV export.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { lifegap, type Ran } from '../build.js';
import { cases } from '../night.js';
import { startScimmy, type ScimmyServer } from './scimmy-server.js';
import { personId } from './slapd-people.js';
import { describeWithSlapd, startSlapd, type Slapd } from './slapd.js';

const STAFF = cases(240, 80);
const LEAVERS = 20;
const name = (i: number): string => `p${String(i).padStart(3, '0')}`;
const people = Array.from({ length: STAFF + LEAVERS }, (_, i) => ({
  uid: name(i),
  givenName: `Given${i}`,
  familyName: `Family${i}`,
  mail: [`${name(i)}@corp.example`],
  title: `Title ${i % 7}`,
  locked: i >= STAFF,
  createTimestamp: '20240101080000Z',
  modifyTimestamp: '20260601080000Z',
}));

describeWithSlapd('lifegap audit on slapd, a SCIM server and a CSV export', () => {
  let slapd: Slapd;
  let scim: ScimmyServer;
  let dir: string;
  let env: Record<string, string>;
  let first: Ran;
  const audit = (): Promise<Ran> => lifegap(['audit', '--format', 'json', '--as-of', '2027-06-01'], { cwd: dir, env });

  beforeAll(async () => {
    slapd = await startSlapd({ people, sizelimit: 1000 });
    scim = await startScimmy(4);
    // The SCIM app: p005 was never created, p006 has an old title, five leavers are still active, and there is a stranger.
    await scim.create([
      ...people.flatMap((p, i) => (i === 5 ? [] : [{
        userName: p.uid, externalId: personId(i), name: { givenName: p.givenName, familyName: p.familyName }, title: i === 6 ? 'Old' : p.title,
        emails: [{ value: p.mail[0], primary: true }], active: i < STAFF + 5,
      }])),
      { userName: 'stranger', emails: [{ value: 'stranger@else.example', primary: true }], active: true },
    ]); // prettier-ignore
    dir = await mkdtemp(path.join(tmpdir(), 'lifegap-audit-'));
    // The CSV app: everybody who was ever here is active, and one more whose name is a formula.
    const rows = people.map((p, i) => `${i};${p.uid};${p.mail[0]};true`);
    await writeFile(
      path.join(dir, 'crm.csv'),
      `no;login;mail;enabled\r\n${rows.join('\r\n')}\r\n900;"=HYPERLINK(""x"")";x@else.example;true\r\n`,
    );
    await writeFile(
      path.join(dir, 'lifegap.yaml'),
      `version: 1
directory:
  name: corp
  connector: ldap
  url: ${slapd.url}
  bind_dn: ${slapd.bindDn}
  password: \${env:LDAP_PASSWORD}
  base: ${slapd.peopleBase}
  schema: inetorgperson
  page_size: 50
apps:
  hub:
    connector: scim
    url: ${scim.url}
    token: \${env:HUB_TOKEN}
    page_size: 40
    lifecycle: { create: { by: scim, system: idp }, delete: { by: scim, system: idp } }
  crm:
    connector: file
    path: crm.csv
    fields: { id: no, userName: login, emails: [mail] }
    status: { from: enabled, map: { true: active, false: deactivated } }
    lifecycle: { create: { by: jit, system: idp }, delete: { by: none } }
`,
    );
    env = { LDAP_PASSWORD: slapd.password, HUB_TOKEN: scim.token };
    first = await audit();
  });

  afterAll(async () => {
    await slapd.stop();
    await scim.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('prints a right report, and exits 1 for the orphans', async () => {
    const run = first;
    expect(run.stderr).toContain('lifegap: exit 1: 27 proven findings reached --fail-on orphaned');
    expect(run.code).toBe(1);
    const report = JSON.parse(run.stdout) as Report;
    expect(report.directory).toMatchObject([
      {
        name: 'corp',
        connector: 'ldap',
        people: STAFF + LEAVERS,
        byState: { active: STAFF, suspended: LEAVERS },
        completeness: { verdict: 'consistent', received: STAFF + LEAVERS, unique: STAFF + LEAVERS },
      },
    ]);
    const [crm, hub] = report.apps;
    expect(hub).toMatchObject({
      name: 'hub',
      accounts: STAFF + LEAVERS,
      completeness: { verdict: 'proven', declaredTotal: STAFF + LEAVERS, unique: STAFF + LEAVERS },
      reconciliation: {
        accounts: { inSync: STAFF - 2, stale: 1, orphaned: 6, conflict: 0, pending: 0, protected: 0, inactive: 15, inconclusive: 0 },
        people: { expected: STAFF, present: STAFF - 1, missing: 1, pending: 0, awaitingLogin: 0, notDeterminable: 0 },
      },
    });
    expect(crm).toMatchObject({
      name: 'crm',
      accounts: STAFF + LEAVERS + 1,
      completeness: { verdict: 'consistent' },
      reconciliation: { accounts: { inSync: STAFF, orphaned: 21 }, people: { expected: STAFF, present: STAFF } },
    });
    const of = (app: string, reason: string): string[] => report.findings.filter((f) => f.app === app && f.reason === reason).map((f) => f.person?.userName ?? f.account?.userName ?? '').sort(); // prettier-ignore
    expect(of('hub', 'owner-disabled')).toEqual([0, 1, 2, 3, 4].map((i) => name(STAFF + i)));
    expect(of('hub', 'no-owner')).toEqual(['stranger']);
    expect(of('hub', 'never-created')).toEqual([name(5)]);
    expect(report.findings.filter((f) => f.class === 'stale')).toMatchObject([
      { app: 'hub', person: { userName: name(6) }, attributes: [{ name: 'title', directory: 'Title 6', app: 'Old' }] },
    ]);
    expect(of('crm', 'owner-disabled')).toEqual(people.slice(STAFF).map((p) => p.uid));
    expect(run.stdout + run.stderr).not.toContain(slapd.password);
    expect(run.stdout + run.stderr).not.toContain(scim.token);
  });

  it('gives the same bytes twice, but for the run', async () => {
    const butForTheRun = ({ stdout }: Ran): string => JSON.stringify({ ...(JSON.parse(stdout) as Report), run: null });
    expect(butForTheRun(await audit())).toBe(butForTheRun(first));
  });

  it('writes several formats from one audit, and exits 0 where nothing is to fail', async () => {
    const run = await lifegap(
      ['audit', '-f', 'table', '-f', 'csv=findings.csv', '-f', 'csv-coverage=coverage.csv', '--fail-on', 'none', '--as-of', '2027-06-01'],
      { cwd: dir, env },
    );
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('COVERAGE');
    const { readFile } = await import('node:fs/promises');
    const findings = await readFile(path.join(dir, 'findings.csv'), 'utf8');
    expect(findings.split('\r\n').length).toBe(1 + 27 + 2 + 1);
    expect(findings).toContain(`"'=HYPERLINK(""x"")"`);
    expect((await readFile(path.join(dir, 'coverage.csv'), 'utf8')).split('\r\n').length).toBe(1 + 6 + 1);
  });

  it('checks every source with one page', async () => {
    const run = await lifegap(['check'], { cwd: dir, env });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('3 sources answered');
  });

  it('says on one line which source failed, keeps the token to itself, and exits 4 or 1, never 0', async () => {
    const run = await lifegap(['audit', '-f', 'json', '--fail-on', 'none'], { cwd: dir, env: { ...env, HUB_TOKEN: 'wrong-token-value' } });
    expect(run.code).toBe(4);
    expect(run.stderr).toBe('lifegap: exit 4: could not be read: hub\n');
    const hub = (JSON.parse(run.stdout) as Report).apps.find((app) => app.name === 'hub');
    expect(hub?.error).toMatch(/^hub: .*401/);
    expect(hub?.reconciliation.people).toMatchObject({ missing: 0, notDeterminable: STAFF });
    expect(run.stdout).not.toContain('wrong-token-value');
    const orphans = await lifegap(['audit', '-f', 'json'], { cwd: dir, env: { ...env, HUB_TOKEN: 'wrong-token-value' } });
    expect(orphans.code).toBe(1);
  });

  it('judges nobody orphaned when the directory cannot be read', async () => {
    const run = await lifegap(['audit', '-f', 'json'], { cwd: dir, env: { ...env, LDAP_PASSWORD: 'not-the-password' } });
    expect(run.code).toBe(4);
    const report = JSON.parse(run.stdout) as Report;
    expect(report.findings.filter((f) => f.class !== 'inconclusive')).toEqual([]);
    expect(report.apps.flatMap((app) => Object.values(app.coverage).map((c) => c.verdict)).every((v) => v === 'unproven')).toBe(true);
    expect(run.stdout + run.stderr).not.toContain('not-the-password');
  });

  it('exits 3 where a limit of the directory hides people', async () => {
    const limited = await startSlapd({ people, sizelimit: cases(100, 50) });
    try {
      const config = path.join(dir, 'limited.yaml');
      const { readFile } = await import('node:fs/promises');
      await writeFile(config, (await readFile(path.join(dir, 'lifegap.yaml'), 'utf8')).replace(slapd.url, limited.url));
      const run = await lifegap(['audit', '-f', 'json', '--config', config], { cwd: dir, env });
      expect([3, 4]).toContain(run.code);
      expect((JSON.parse(run.stdout) as Report).findings.filter((f) => f.reason === 'no-owner')).toEqual([]);
    } finally {
      await limited.stop();
    }
  });
});
