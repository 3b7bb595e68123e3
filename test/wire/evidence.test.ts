// A pack of real systems: people in slapd and in an export, an Okta-like provider with assignments, a SCIM server, a CSV app, a baseline and accepted
// findings. It is written, verified and rendered again with every system gone, in every format, byte for byte; with names and without.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { FORMATS } from '../../src/report/formats.js';
import { lifegap, type Ran } from '../build.js';
import { reportOf, rowsOf, textOf, filesOf } from '../evidence/packs.js';
import { json, startFaultServer, type FaultServer } from '../http/fault-server.js';
import { startScimmy, type ScimmyServer } from './scimmy-server.js';
import { personId } from './slapd-people.js';
import { describeWithSlapd, startSlapd, type Slapd } from './slapd.js';

vi.setConfig({ testTimeout: 180_000 });

const STAFF = 30;
const uid = (i: number): string => `p${String(i).padStart(3, '0')}`;
const people = Array.from({ length: STAFF + 4 }, (_, i) => ({
  uid: uid(i),
  givenName: `Given${i}`,
  familyName: `Family${i}`,
  mail: [`${uid(i)}@corp.example`],
  title: `Title ${i % 3}`,
  locked: i >= STAFF,
  createTimestamp: '20240101080000Z',
  modifyTimestamp: '20260601080000Z',
}));
const OKTA = '00evidence-okta-token';
const oktaUsers = people.slice(0, 12).map(({ uid: name }, i) => ({
  id: `00${name}`,
  status: 'ACTIVE',
  created: '2021-03-01T09:00:00.000Z',
  lastUpdated: '2026-01-02T03:04:05.000Z',
  profile: { login: `${name}@corp.example`, email: `${name}@corp.example`, firstName: `Given${i}`, lastName: `Family${i}` },
}));
const assigned = oktaUsers.slice(0, 8).map(({ id }, i) => ({ id, externalId: `hub-${i}`, status: i === 7 ? 'ODD' : 'PROVISIONED', syncState: 'SYNCHRONIZED', scope: 'USER' })); // prettier-ignore
const AS_OF = '2026-11-20';

describeWithSlapd('evidence of several directories and apps', () => {
  let slapd: Slapd;
  let scim: ScimmyServer;
  let okta: FaultServer;
  let dir: string;
  let env: Record<string, string>;
  const at = (...parts: string[]): string => path.join(dir, ...parts);
  const run = (...args: string[]): Promise<Ran> => lifegap(args, { cwd: dir, env });
  const outputs = (folder: string): string[] => Object.keys(FORMATS).flatMap((name) => ['-f', `${name}=${folder}-${name}.out`]);

  beforeAll(async () => {
    slapd = await startSlapd({ people });
    scim = await startScimmy(4);
    await scim.create([
      ...people.flatMap((p, i) => (i === 5 ? [] : [{
        userName: p.uid, externalId: personId(i), name: { givenName: p.givenName, familyName: p.familyName }, title: i === 6 ? 'Old' : p.title,
        emails: [{ value: p.mail[0], primary: true }], active: i < STAFF + 2,
      }])),
      { userName: 'stranger', emails: [{ value: 'stranger@else.example', primary: true }], active: true },
      { userName: 'svc-backup', active: true },
    ]); // prettier-ignore
    okta = await startFaultServer((seen) => {
      const { pathname } = new URL(seen.url, 'http://okta');
      if (pathname === '/api/v1/users/me') return json({ id: '00uAuditor', profile: { login: 'auditor@corp.example' } });
      if (pathname === '/api/v1/users') return json(oktaUsers);
      if (pathname === '/api/v1/apps/0oa1hub') return json({ id: '0oa1hub', status: 'ACTIVE', features: ['PUSH_NEW_USERS'] });
      return pathname === '/api/v1/apps/0oa1hub/users' ? json(assigned) : json({ errorCode: 'E0000007' }, { status: 404 });
    });
    dir = await mkdtemp(path.join(tmpdir(), 'lifegap-wire-evidence-'));
    env = { LDAP_PASSWORD: slapd.password, SCIM_TOKEN: scim.token, OKTA_TOKEN: OKTA };
    const write = (name: string, text: string): Promise<void> => writeFile(at(name), text, { mode: 0o600 });
    await write('contractors.csv', 'id,userName,email,state,endAt\nc1,con1,con1@partner.example,active,\nc2,con2,con2@partner.example,terminated,2026-09-01\n'); // prettier-ignore
    await write('hub.csv', `id,login,mail,status\n${[0, 1, 2, 3, 4, 5, 9].map((i) => `hub-${i},${uid(i)},${i === 2 ? 'other@home.example' : `${uid(i)}@corp.example`},active`).join('\n')}\nhub-c2,con2,con2@partner.example,active\n`); // prettier-ignore
    await write('key', 'a-key-that-is-long-enough-for-a-pack');
    await write('accepted.yaml', 'version: 1\naccepted:\n  - finding: { app: hub, class: orphaned, reason: owner-terminated, account: hub-c2 }\n    reason: leaves with the project\n    owner: p001@corp.example\n    until: 2027-01-31\n'); // prettier-ignore
    await write(
      'lifegap.yaml',
      `version: 1
history: false
directory:
  - { name: corp, connector: ldap, url: "${slapd.url}", bind_dn: "${slapd.bindDn}", password: "\${env:LDAP_PASSWORD}", base: "${slapd.peopleBase}", schema: inetorgperson, page_size: 7 }
  - { name: corp-okta, connector: okta, org_url: "${okta.origin}", token: "\${env:OKTA_TOKEN}" }
  - { name: contractors, connector: file, path: contractors.csv }
policy: { accepted: accepted.yaml, fail_on: [orphaned, missing] }
apps:
  mail:
    connector: scim
    url: "${scim.url}"
    token: "\${env:SCIM_TOKEN}"
    page_size: 10
    expected: 'source eq "corp" and not (title eq "Title 2")'
    allowed: 'source ne "contractors"'
    accounts: [{ match: 'userName sw "svc-"', kind: service, owner: p001 }]
    lifecycle: { create: { by: scim, system: idp }, delete: { by: scim, system: idp } }
  hub:
    connector: file
    path: hub.csv
    fields: { id: id, userName: login, emails: [mail] }
    assigned: { directory: corp-okta, app: 0oa1hub }
`,
    );
    await run('baseline', 'write', 'known.json', '--as-of', '2026-11-01', '-q', '-a', 'mail');
    await run('audit', '--as-of', AS_OF, '-q', '--baseline', 'known.json', '--evidence', 'plain', ...outputs('audit'));
    await run(
      'audit',
      '--as-of',
      AS_OF,
      '-q',
      '--baseline',
      'known.json',
      '--evidence',
      'redacted',
      '--redact',
      '--redact-key-file',
      'key',
    );
    // Nobody is there to be asked any more.
    await Promise.all([slapd.stop(), scim.close(), okta.close()]);
    for (const name of ['lifegap.yaml', 'accepted.yaml', 'known.json', 'hub.csv', 'contractors.csv']) await rm(at(name));
    env = {};
  }, 240_000);

  afterAll(() => rm(dir, { recursive: true, force: true }));

  const manifest = async (pack: string): Promise<Record<'directory' | 'apps', { name: string; principal: unknown; exclusions: unknown[]; requests: { method: string; path: string; bytes?: number; sha256?: string; rows?: number }[] }[]>> => JSON.parse(await readFile(at(pack, 'manifest.json'), 'utf8')) as never; // prettier-ignore

  it('verifies, and renders every format as the audit did', async () => {
    expect(await run('verify', 'plain')).toMatchObject({ code: 0 });
    const replayed = await run('audit', '--replay', 'plain', '-q', ...outputs('replay'));
    expect([replayed.code, replayed.stderr]).toEqual([1, '']);
    for (const name of Object.keys(FORMATS)) {
      const [audit, replay] = await Promise.all([readFile(at(`audit-${name}.out`)), readFile(at(`replay-${name}.out`))]);
      expect(audit.length, name).toBeGreaterThan(0);
      // The audit names every trial only where it is asked for; its pack always does.
      const written = name === 'json' ? await readFile(at('plain/reports/report.json')) : audit;
      expect(replay.equals(written), name).toBe(true);
    }
    const report = reportOf(at('plain'));
    expect(report.summary.accepted).toBe(1);
    expect(report.baseline?.known).toBeGreaterThan(0);
    expect(report.apps.find(({ name }) => name === 'hub')?.assigned).toMatchObject({ people: 7, unknown: 1 });
  });

  it('says whose the credentials were, and has a hash of all that came', async () => {
    const { directory, apps } = await manifest('plain');
    const of = (name: string) => [...directory, ...apps].find((source) => source.name === name);
    expect(of('corp')?.principal).toEqual({ id: `dn:${slapd.bindDn}` });
    expect(of('corp-okta')?.principal).toEqual({ id: 'auditor@corp.example' });
    expect(of('mail')?.principal).toEqual({ remark: expect.any(String) as string });
    expect(of('contractors')?.principal).toBeNull();
    const searches = of('corp')?.requests ?? [];
    expect(searches.length).toBeGreaterThan(5);
    for (const { method, bytes, sha256 } of searches) {
      expect([method, sha256]).toEqual(['SEARCH', expect.stringMatching(/^[0-9a-f]{64}$/) as string]);
      expect(bytes).toBeGreaterThan(40);
    }
    expect(new Set(searches.map(({ sha256 }) => sha256)).size).toBe(searches.length);
    const files = of('hub')?.requests.filter(({ method }) => method === 'READ');
    expect(files).toEqual([expect.objectContaining({ path: 'hub.csv', rows: 8, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string })]); // prettier-ignore
  });

  it('counts what each rule left out', async () => {
    const { apps } = await manifest('plain');
    const [mail] = apps;
    const { expected } = reportOf(at('plain')).apps.find(({ name }) => name === 'mail')?.reconciliation.people ?? { expected: 0 };
    expect(mail?.exclusions).toEqual(
      expect.arrayContaining([
        { what: 'accounts', count: 1, by: 'registered', rule: 'accounts: userName sw "svc-"', owner: 'p001' },
        { what: 'people', count: 1, by: 'allowed', rule: 'allowed: source ne "contractors"' },
        expect.objectContaining({ what: 'people', by: 'expected', rule: 'expected: source eq "corp" and not (title eq "Title 2")' }),
        expect.objectContaining({ what: 'people', by: 'other-record' }),
      ]),
    );
    const left = (mail?.exclusions as { what: string; count: number }[]).filter(({ what }) => what === 'people');
    expect(left.reduce((sum, { count }) => sum + count, 0) + expected).toBe(rowsOf(at('plain'), 'people').length);
  });

  it('redacted: the same counts, nobody by name, and the same again in every format', async () => {
    expect(await run('verify', 'redacted')).toMatchObject({ code: 0 });
    const [plain, redacted] = [reportOf(at('plain')), reportOf(at('redacted'))];
    const counts = ({ summary, apps, baseline }: Report): unknown => [summary, apps.map(({ name, reconciliation, assigned: a }) => [name, reconciliation, a?.people, a?.linked]), baseline?.known, baseline?.new]; // prettier-ignore
    expect(counts(redacted)).toEqual(counts(plain));
    for (const file of filesOf(at('redacted'))) expect(textOf(at('redacted', file)), file).not.toMatch(/p0\d\d@|Family\d|stranger|svc-backup|auditor|cn=reader|con2|hub-\d/); // prettier-ignore
    expect((await manifest('redacted')).directory[0]?.principal).toEqual({ id: expect.stringMatching(/^p-/) as string });
    const once = await run('audit', '--replay', 'redacted', '-q', ...outputs('one'));
    const twice = await run('audit', '--replay', 'redacted', '-q', ...outputs('two'));
    expect([once.code, twice.code]).toEqual([1, 1]);
    const hash = async (folder: string): Promise<string[]> => Promise.all((await readdir(dir)).filter((name) => name.startsWith(`${folder}-`)).sort().map(async (name) => createHash('sha256').update(await readFile(at(name))).digest('hex'))); // prettier-ignore
    expect(await hash('one')).toEqual(await hash('two'));
    expect(await readFile(at('one-json.out'))).toEqual(await readFile(at('redacted/reports/report.json')));
  });
});
