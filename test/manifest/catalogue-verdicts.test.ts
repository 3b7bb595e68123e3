// What an audit concludes from what systems of the catalogue say: the real config, the real manifests, answers over real HTTP.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import type { Report } from '../../src/model/report.js';
import { runAudit } from '../../src/audit/run.js';
import { json, startFaultServer, type Answer } from '../http/fault-server.js';

const AS_OF = Date.parse('2026-11-23T12:00:00Z');
const SECRET = 'fixture-verdicts-271828';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-verdicts-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Answers = Readonly<Record<string, unknown>>;

/** Audits with a server that answers so: path (its beginning) -> body. `{{origin}}` in the config is that server. */
async function audit(config: string, answers: Answers, files: Readonly<Record<string, string>>, headers = {}): Promise<Report> {
  const server = await startFaultServer(({ url }): Answer => {
    const found = Object.entries(answers).find(([begins]) => url.startsWith(begins));
    return found === undefined ? json({ error: 'not found' }, { status: 404 }) : json(found[1], { headers });
  });
  onTestFinished(() => server.close());
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
  const text = `version: 1\n${config.replaceAll('{{origin}}', server.origin)}\nhistory: false\n`;
  const env = { SECRET };
  const loaded = await loadConfig({ path: path.join(dir, 'lifegap.yaml'), text, cwd: dir, env });
  return runAudit(loaded, { asOf: AS_OF, now: () => AS_OF, env, signal: new AbortController().signal });
}

/** Account or person -> class:reason of what is found of it. */
function found(report: Report): Record<string, string> {
  return Object.fromEntries<string>(
    report.findings
      .filter(({ account, person }) => (account ?? person) !== null)
      .map((finding) => [finding.account?.id ?? finding.person?.id ?? '', `${finding.class}:${finding.reason}`]),
  );
}

const accounts = (...names: readonly string[]): string =>
  ['id,userName,email,status', ...names.map((name) => `a-${name},${name},${name}@corp.example,active`), ''].join('\n');
const APP = 'apps:\n  app: { connector: file, path: app.csv }';

const PEOPLE = ['id,userName,email,state,endAt', 'p1,ada,ada@corp.example,active,', 'p2,bob,bob@corp.example,terminated,2026-09-30', ''];
const people = (...more: readonly string[]): string => PEOPLE.toSpliced(-1, 0, ...more).join('\n');
const DIRECTORY = 'directory: { name: hr, connector: file, path: people.csv }';

describe('BambooHR', () => {
  const employee = (name: string, status: string, hireDate: string | null, terminationDate: string | null) => ({
    id: name,
    firstName: name,
    lastName: 'Doe',
    workEmail: `${name}@corp.example`,
    status,
    hireDate,
    terminationDate,
  });
  const verdicts = async (...employees: readonly object[]) =>
    found(
      await audit(
        `directory: { name: hr, connector: bamboohr, company: corp, api_key: "\${env:SECRET}", base_url: "{{origin}}/api/v1" }\n${APP}`,
        { '/api/v1/reports/custom': { employees } },
        { 'app.csv': accounts(...employees.map((one) => (one as { id: string }).id)) },
      ),
    );

  it.each([null, '', '0000-00-00'])('calls nobody a leaver who is Inactive because they are yet to begin (last day %j)', async (none) => {
    expect(await verdicts(employee('ada', 'Active', '2019-02-01', none), employee('nia', 'Inactive', '2027-01-04', none))).toEqual({});
  });

  it('does not call fine who is Inactive without a last day, and began long ago or on no day', async () => {
    expect(
      await verdicts(
        employee('ada', 'Active', '2019-02-01', '0000-00-00'),
        employee('old', 'Inactive', '2019-02-01', '0000-00-00'),
        employee('un', 'Inactive', '0000-00-00', '0000-00-00'),
        employee('nul', 'Inactive', null, null),
      ),
    ).toEqual({ 'a-old': 'inconclusive:unknown-status', 'a-un': 'inconclusive:unknown-status', 'a-nul': 'inconclusive:unknown-status' }); // prettier-ignore
  });

  it('still calls a leaver one, until the first day of whoever left and comes back later', async () => {
    expect(
      await verdicts(
        employee('ada', 'Active', '2019-02-01', '0000-00-00'),
        employee('bob', 'Inactive', '2020-03-01', '2026-09-30'),
        employee('eve', 'Active', '2020-03-01', '2026-09-30'),
        employee('lea', 'Active', '2020-03-01', '2027-03-31'),
        employee('ria', 'Inactive', '2026-12-01', '2025-03-31'),
        employee('ron', 'Inactive', '2024-12-01', '2023-03-31'),
      ),
    ).toEqual({
      'a-bob': 'orphaned:owner-terminated',
      'a-eve': 'orphaned:owner-terminated',
      'a-ria': 'orphaned:owner-terminated',
      'a-ron': 'inconclusive:unknown-status',
    });
  });
});

describe('HiBob', () => {
  const employee = (name: string, internal: object, startDate = '2019-02-01') => ({
    id: name,
    email: `${name}@corp.example`,
    firstName: name,
    surname: 'Doe',
    work: { startDate },
    internal,
  });
  const verdicts = async (...employees: readonly ReturnType<typeof employee>[]) =>
    found(
      await audit(
        `directory: { name: hr, connector: hibob, service_user: SERVICE-1, token: "\${env:SECRET}", base_url: "{{origin}}/v1" }\n${APP}`,
        { '/v1/people/search': { employees: [employee('ada', { status: 'Active', lifecycleStatus: 'employed' }), ...employees] } },
        { 'app.csv': accounts('ada', ...employees.map(({ id }) => id)) },
      ),
    );

  it.each(['leave', 'parental leave', 'garden leave'])('calls nobody a leaver who is Inactive for their %s', async (lifecycleStatus) => {
    expect(await verdicts(employee('pia', { status: 'Inactive', lifecycleStatus }))).toEqual({});
    expect(await verdicts(employee('pia', { status: 'Active', lifecycleStatus }))).toEqual({});
  });

  it('nor who is Inactive because they are yet to begin', async () => {
    expect(await verdicts(employee('nia', { status: 'Inactive', lifecycleStatus: 'hired' }, '2027-01-04'))).toEqual({});
  });

  it('says that it cannot tell where a company has words of its own, or HiBob two that contradict each other', async () => {
    expect(
      await verdicts(
        employee('sam', { status: 'Inactive', lifecycleStatus: 'volunteer leave' }),
        employee('eve', { status: 'Inactive', lifecycleStatus: 'employed' }),
        employee('uri', { status: 'Inactive' }),
      ),
    ).toEqual({ 'a-sam': 'inconclusive:unknown-status', 'a-eve': 'inconclusive:unknown-status', 'a-uri': 'inconclusive:unknown-status' }); // prettier-ignore
  });

  it('still calls a leaver one', async () => {
    expect(
      await verdicts(
        employee('bob', { status: 'Inactive', lifecycleStatus: 'terminated', terminationDate: '2026-09-30' }),
        employee('ina', { status: 'Inactive', lifecycleStatus: 'employed', terminationDate: '2026-09-30' }),
        employee('olga', { status: 'Inactive', terminationDate: '2024-05-31' }),
      ),
    ).toEqual({ 'a-bob': 'orphaned:owner-terminated', 'a-ina': 'orphaned:owner-terminated', 'a-olga': 'orphaned:owner-terminated' });
  });
});

describe('Rippling', () => {
  const worker = (name: string, status: string, dates: object) => ({ id: name, work_email: `${name}@corp.example`, status, ...dates });
  const verdicts = async (...results: readonly ReturnType<typeof worker>[]) =>
    found(
      await audit(
        `directory: { name: hr, connector: rippling, token: "\${env:SECRET}", base_url: "{{origin}}" }\n${APP}`,
        { '/workers': { results: [worker('ada', 'ACTIVE', { start_date: '2019-02-01' }), ...results], next_link: null } },
        { 'app.csv': accounts('ada', ...results.map(({ id }) => id)) },
      ),
    );

  it('takes the first of its words, INIT, for one of those who are yet to begin', async () => {
    expect(
      await verdicts(worker('ini', 'INIT', { start_date: '2027-01-04' }), worker('nia', 'HIRED', { start_date: '2027-01-04' })),
    ).toEqual({});
  });

  it('and one who began long ago, or who ended, for none', async () => {
    expect(
      await verdicts(
        worker('ini', 'INIT', { start_date: '2021-01-04' }),
        worker('bob', 'TERMINATED', { start_date: '2021-01-04', end_date: '2026-09-30' }),
      ),
    ).toEqual({ 'a-ini': 'inconclusive:unknown-status', 'a-bob': 'orphaned:owner-terminated' });
  });
});

describe('a list that may be short without a sign of it', () => {
  const user = (name: string, active: boolean) => ({
    sys_id: `s-${name}`,
    user_name: name,
    email: `${name}@corp.example`,
    active: String(active),
    locked_out: 'false',
  });
  const serviceNow = (...result: readonly object[]) =>
    audit(
      `${DIRECTORY}\napps:\n  desk: { connector: servicenow, instance: corp, username: u, password: "\${env:SECRET}", base_url: "{{origin}}/api/now" }`,
      { '/api/now/table/sys_user': { result } },
      { 'people.csv': people('p3,cay,cay@corp.example,active,') },
      { 'x-total-count': String(result.length) },
    );

  it('ServiceNow: without any inactive user nobody is missing for certain, and the leaver whose account was seen is an orphan', async () => {
    const report = await serviceNow(user('ada', true), user('bob', true));
    expect(report.apps[0]?.completeness).toMatchObject({ verdict: 'unproven' });
    expect(report.apps[0]?.completeness.reasons.join()).toContain('ServiceNow shows them to administrators alone');
    expect(found(report)).toEqual({ 's-bob': 'orphaned:owner-terminated' });
    expect(report.findings.map((finding) => finding.class).sort()).toEqual(['inconclusive', 'orphaned']);
  });

  it('ServiceNow: with one, whoever is not there is missing', async () => {
    const report = await serviceNow(user('ada', true), user('bob', false));
    expect(report.apps[0]?.completeness.reasons.join()).not.toContain('administrators alone');
    expect(found(report)).toEqual({ p3: 'missing:never-created' });
  });

  it('Figma: proves nobody`s absence, whatever it declares', async () => {
    const member = (name: string) => ({ id: `f-${name}`, userName: `${name}@corp.example`, active: true });
    const report = await audit(
      `${DIRECTORY}\napps:\n  design: { connector: figma, tenant_id: "1", token: "\${env:SECRET}", base_url: "{{origin}}/scim/v2/1" }`,
      {
        '/scim/v2/1/Users?startIndex=1&': { totalResults: 2, Resources: [member('ada'), member('bob')] },
        '/scim/v2/1/Users': { totalResults: 2 },
      },
      { 'people.csv': people('p3,cay,cay@corp.example,active,') },
    );
    expect(report.apps[0]?.completeness).toMatchObject({ verdict: 'unproven', declaredTotal: 2 });
    expect(report.apps[0]?.coverage.delete.verdict).toBe('unproven');
    expect(found(report)).toEqual({ 'f-bob': 'orphaned:owner-terminated' });
    expect(report.findings.map((finding) => finding.class).sort()).toEqual(['inconclusive', 'orphaned']);
  });
});

describe('an administrator is told from others', () => {
  it('Linear: an owner is one, also where admin says no', async () => {
    const user = (name: string, more: object) => ({
      ...{ id: `l-${name}`, email: `${name}@corp.example`, active: true, app: false, guest: false, archivedAt: null },
      ...{ admin: false, owner: false, ...more },
    });
    const nodes = [user('ada', {}), user('bob', { owner: true })];
    const report = await audit(
      `${DIRECTORY}\napps:\n  issues: { connector: linear, api_key: "\${env:SECRET}", base_url: "{{origin}}" }`,
      { '/graphql': { data: { users: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } } } },
      { 'people.csv': people() },
    );
    expect(report.findings.map(({ account, severity }) => [account?.id, severity])).toEqual([['l-bob', 'critical']]);
  });
});

describe('Zendesk', () => {
  it('is read with a token that the OAuth client fetches, below its own address', async () => {
    const user = (id: number, name: string, suspended: boolean) => ({
      ...{ id, email: `${name}@corp.example`, role: 'agent', active: true, verified: true, last_login_at: null },
      suspended,
    });
    const more = { meta: { has_more: false }, links: { next: null } };
    const report = await audit(
      `${DIRECTORY}\napps:\n  desk: { connector: zendesk, subdomain: corp, client_id: lifegap, client_secret: "\${env:SECRET}", base_url: "{{origin}}/api/v2", token_url: "{{origin}}/oauth/tokens" }`,
      {
        '/oauth/tokens': { access_token: 'fetched-141421', token_type: 'bearer', expires_in: 1800 },
        '/api/v2/users': { users: [user(1, 'ada', false), user(2, 'bob', false), user(3, 'cay', true)], ...more },
        '/api/v2/deleted_users': { deleted_users: [], ...more },
      },
      { 'people.csv': people('p3,cay,cay@corp.example,terminated,2026-08-31') },
    );
    expect(found(report)).toMatchObject({ '2': 'orphaned:owner-terminated', '3': 'orphaned:residual-access' });
  });
});
