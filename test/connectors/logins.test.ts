import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const HR = 'directory: { name: hr, connector: file, path: hr.csv }\n';
const hr = { 'hr.csv': csv('id,email,state,endAt', '1,ada@corp.example,active,', '2,ben@corp.example,terminated,2026-09-30') };

describe('Atlassian: activity in products', () => {
  const config = `${HR}apps:\n  jira: { connector: atlassian, base_url: "\${env:ORIGIN}/admin", org_id: o-1, api_key: "\${env:SECRET}" }\n`;
  const user = (id: string, name: string, more: object = {}): object => ({
    accountId: id,
    accountType: 'atlassian',
    status: 'active',
    accountStatus: 'active',
    membershipStatus: 'active',
    addedToOrg: '2019-01-01T08:00:00Z',
    name,
    email: `${name}@corp.example`,
    claimStatus: 'managed',
    ...more,
  });
  /** As Atlassian's search: roles and activity come where they are asked for. */
  const atlassian =
    (...users: readonly (Readonly<Record<string, unknown>> | object)[]): Vendor =>
    ({ path, body }) => {
      if (path !== '/admin/directories/-/users/search') return undefined;
      const { expand = [] } = JSON.parse(body) as { expand?: readonly string[] };
      const given = users.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !['platformRoles', 'productAccess'].includes(key) || expand.includes(key)))); // prettier-ignore
      return { body: { data: given, links: { next: null } } };
    };
  const seen = (...times: readonly (string | undefined)[]): object => ({
    platformRoles: [],
    productAccess: times.map((lastActiveTimestamp, i) => ({ key: `product${i}`, id: `p${i}`, lastActiveTimestamp })),
  });

  it.each([
    ['after the leave, in any of them, is a use', seen('2026-09-01T00:00:00Z', '2026-11-01T00:00:00Z', undefined), 'critical'],
    ['before the leave is none after it', seen('2026-08-01T00:00:00Z', '2026-09-29T00:00:00Z'), 'high'],
    ['in none of them is none', seen(), 'high'],
  ])('%s', async (_, more, severity) => {
    const report = await audited(config, hr, atlassian(user('a', 'ada', seen('2026-11-20T00:00:00Z')), user('b', 'ben', more)));
    expect(verdicts(report)).toEqual([`b orphaned:owner-terminated ${severity}`]);
  });

  it('comes with the roles of whoever administers the organisation', async () => {
    const admin = { ...seen('2026-09-01T00:00:00Z'), platformRoles: ['atlassian/org-admin', 'atlassian/ai-access'] };
    const report = await audited(config, hr, atlassian(user('a', 'ada', seen()), user('b', 'ben', admin)));
    expect(verdicts(report)).toEqual(['b orphaned:owner-terminated critical']);
    const off = { ...admin, status: 'deactivated', accountStatus: 'inactive' };
    expect(verdicts(await audited(config, hr, atlassian(user('a', 'ada', seen()), user('b', 'ben', off))))).toEqual([
      'b orphaned:residual-access medium',
    ]);
  });
});

describe('GitLab (group): sign-ins to gitlab.com', () => {
  it('show no use of the group', async () => {
    const config = `${HR}apps:\n  gitlab: { connector: gitlab-group, base_url: "\${env:ORIGIN}/api/v4", group: corp, token: "\${env:SECRET}" }\n`;
    const member = (id: number, name: string): object => ({ id, username: name, name, state: 'active', web_url: `https://gitlab.com/${name}`, access_level: 30, created_at: '2019-01-01T08:00:00.000Z', membership_state: 'active' }); // prettier-ignore
    const seat = (id: number, name: string): object => ({ ...member(id, name), email: `${name}@corp.example`, last_activity_on: '2026-11-20', last_login_at: '2026-11-20T08:00:00.000Z' }); // prettier-ignore
    const lists: Readonly<Record<string, readonly object[]>> = {
      billable_members: [seat(1, 'ada'), seat(2, 'ben')],
      'members/all': [member(1, 'ada'), member(2, 'ben')],
      invitations: [],
    };
    const report = await audited(config, hr, ({ path }) => ({ body: lists[path.replace('/api/v4/groups/corp/', '')] }));
    // The address that Ben shows to the public says whose account it is.
    expect(verdicts(report)).toEqual(['2 orphaned:owner-terminated high']);
  });
});

describe('Auth0: the last login of a blocked user', () => {
  const config = `${HR}apps:\n  auth0: { connector: auth0, base_url: "\${env:ORIGIN}/api/v2", token_url: "\${env:ORIGIN}/token", domain: corp.eu.auth0.com, client_id: lifegap, client_secret: "\${env:SECRET}" }\n`;
  const user = (id: string, name: string, more: object): object => ({ user_id: id, email: `${name}@corp.example`, name, created_at: '2019-01-01T08:00:00.000Z', last_login: '2026-11-20T08:00:00.000Z', ...more }); // prettier-ignore
  const auth0 =
    (users: readonly object[]): Vendor =>
    ({ path, query }) => path === '/api/v2/users' ? { body: { start: 0, limit: 100, length: users.length, total: users.length, users: query.get('page') === '0' ? users : [] } } : undefined; // prettier-ignore

  it.each([
    ['is no login after the leave where somebody is blocked', { blocked: true }, []],
    ['is one where the block is over', { blocked: false }, ['u2 orphaned:owner-terminated critical']],
    ['is one where there never was a block', {}, ['u2 orphaned:owner-terminated critical']],
  ])('%s', async (_, more, expected) => {
    const users = [user('u1', 'ada', {}), user('u2', 'ben', more)];
    const report = await audited(config, hr, auth0(users));
    expect(verdicts(report)).toEqual(expected);
  });

  it('is not shown of somebody who is here, and blocked', async () => {
    const report = await audited(config, hr, auth0([user('u1', 'ada', { blocked: true })]));
    expect(verdicts(report)).toEqual(['u1 missing:inactive-account medium']);
    expect(report.findings[0]?.account).not.toHaveProperty('lastLoginAt');
  });
});
