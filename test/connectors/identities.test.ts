import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const HR = 'directory: { name: hr, connector: file, path: hr.csv, fields: { externalId: sso } }\n';
const hr = (...rows: readonly string[]): Record<string, string> => ({ 'hr.csv': csv('id,email,sso,state,endAt', ...rows) });

describe('GitLab: what providers say of a user', () => {
  const config = `${HR}apps:\n  gitlab: { connector: gitlab, url: "\${env:ORIGIN}", token: "\${env:SECRET}", match: [externalId, externalId=id, email], credentials: false }\n`;
  const gitlab =
    (...users: readonly object[]): Vendor =>
    ({ path }) =>
      path === '/api/v4/users' ? { body: users } : path === '/api/v4/user' ? { body: { username: 'audit' } } : undefined;
  const user = (id: number, email: string, identities: readonly object[], more: object = {}): object => ({
    id,
    username: `user${id}`,
    name: `User ${id}`,
    state: 'active',
    bot: false,
    external: false,
    email,
    identities,
    scim_identities: [],
    created_at: '2019-01-01T08:00:00.000Z',
    current_sign_in_at: '2026-09-01T08:00:00.000Z',
    last_sign_in_at: '2026-08-01T08:00:00.000Z',
    last_activity_on: '2026-09-01',
    ...more,
  });
  const identity = (provider: string, uid: string): object => ({ provider, extern_uid: uid, saml_provider_id: null });
  // Ben's number at GitHub is Ada's number here.
  const people = hr('583231,ada@corp.example,00u1,active,', '2,ben@corp.example,00u2,terminated,2026-09-30');

  it.each([
    ['a private GitHub number is of nobody here', [identity('github', '583231')]],
    ['nor is one that comes before', [identity('github', '583231'), identity('saml', '00u2')]],
    ['nor one that comes after', [identity('ldapmain', 'uid=ben'), identity('google_oauth2', '583231')]],
    ['nor one of Bitbucket', [identity('bitbucket', '583231')]],
  ])('%s', async (_, identities) => {
    const report = await audited(config, people, gitlab(user(1, 'ada@corp.example', []), user(2, 'ben@corp.example', identities)));
    expect(verdicts(report)).toEqual(['2 orphaned:owner-terminated high']);
  });

  it.each([
    ['SAML', [identity('github', '7'), identity('saml', '00u2')], {}],
    ['SAML of another name', [identity('saml_okta', '00u2')], {}],
    ['LDAP', [identity('github', '7'), identity('ldapsecondary', '00u2')], {}],
    ['SCIM', [identity('github', '7')], { scim_identities: [{ extern_uid: '00u2', group_id: null, active: false }] }],
  ])('%s names whoever it is, whatever the address', async (_, identities, more) => {
    const report = await audited(config, people, gitlab(user(1, 'ada@corp.example', []), user(2, 'b@elsewhere.example', identities, more)));
    expect(verdicts(report)).toEqual(['2 orphaned:owner-terminated high']);
  });

  it.each([
    ['of somebody who never signed in', { current_sign_in_at: null, last_sign_in_at: null, last_activity_on: '2026-11-20' }, 'critical'],
    ['after the last sign-in', { last_activity_on: '2026-11-20' }, 'critical'],
    ['before the leave', { last_activity_on: '2026-09-30' }, 'high'],
    ['that nothing tells', { last_activity_on: null }, 'high'],
  ])('use by git and API %s', async (_, more, severity) => {
    const report = await audited(config, people, gitlab(user(1, 'ada@corp.example', []), user(2, 'ben@corp.example', [], more)));
    expect(verdicts(report)).toEqual([`2 orphaned:owner-terminated ${severity}`]);
  });
});

describe('Databricks: externalId, which is reserved', () => {
  it('names nobody', async () => {
    const config = `${HR}apps:\n  dbx: { connector: databricks, base_url: "\${env:ORIGIN}/scim", token_url: "\${env:ORIGIN}/token", account_id: a, client_id: lifegap, client_secret: "\${env:SECRET}" }\n`;
    const user = (id: string, name: string, more: object = {}): object => ({ id, userName: `${name}@corp.example`, emails: [{ value: `${name}@corp.example`, primary: true }], active: true, ...more }); // prettier-ignore
    const users = [user('1', 'ada'), user('2', 'ben', { externalId: '583231' })];
    const list = (all: readonly object[], from: number): object => ({ totalResults: all.length, startIndex: from, itemsPerPage: all.length, Resources: all.slice(from - 1) }); // prettier-ignore
    const vendor: Vendor = ({ path, query }) => ({
      body: list(path.endsWith('/Users') ? users : [], Number(query.get('startIndex') ?? 1)),
    });
    const report = await audited(config, hr('583231,ada@corp.example,,active,', '2,ben@corp.example,,terminated,2026-09-30'), vendor);
    expect(verdicts(report)).toEqual(['2 orphaned:owner-terminated high']);
  });
});
