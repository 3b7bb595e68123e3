import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const HR = 'directory: { name: hr, connector: file, path: hr.csv }\n';
const hr = { 'hr.csv': csv('id,email,state,endAt', '1,ada@corp.example,active,', '2,ben@corp.example,terminated,2026-09-30', '3,cy@corp.example,active,') }; // prettier-ignore

describe('MongoDB Atlas: the total, which is an estimate', () => {
  const config = `${HR}apps:\n  atlas: { connector: mongodb-atlas, base_url: "\${env:ORIGIN}/api", token_url: "\${env:ORIGIN}/token", org_id: 0123456789abcdef01234567, client_id: lifegap, client_secret: "\${env:SECRET}" }\n`;
  const user = (id: string, name: string): object => ({ id, username: `${name}@corp.example`, orgMembershipStatus: 'ACTIVE', roles: { orgRoles: ['ORG_MEMBER'] }, createdAt: '2019-01-01T08:00:00Z' }); // prettier-ignore
  const users = [user('u1', 'ada'), user('u2', 'ben'), user('u3', 'cy')];
  const atlas =
    (totalCount: number): Vendor =>
    ({ query }) => ({ body: { results: query.get('pageNum') === '1' ? users.slice(0, 2) : query.get('pageNum') === '2' ? users.slice(2) : [], totalCount } }); // prettier-ignore

  it.each([2, 3, 9])('neither proves the list nor speaks against it (%i for three)', async (total) => {
    const report = await audited(config, hr, atlas(total));
    expect(verdicts(report)).toEqual(['u2 orphaned:owner-terminated high']);
    expect(report.apps[0]?.completeness.verdict).toBe('consistent');
  });

  it('proves no page that was cut: rows that move while they are read still show', async () => {
    let asked = 0;
    const report = await audited(config, hr, ({ query }) => {
      const page = query.get('pageNum');
      // After the first request somebody goes, and Cy moves into the page that was read.
      const now = ++asked === 1 ? users : users.slice(1);
      return { body: { results: page === '1' ? now.slice(0, 2) : now.slice(2), totalCount: 2 } };
    });
    expect(report.apps[0]?.completeness.verdict).toBe('unproven');
  });
});

describe('Sentry: the link to the next page', () => {
  const config = `${HR}apps:\n  sentry: { connector: sentry, base_url: "\${env:ORIGIN}/api/0", organization: corp, token: "\${env:SECRET}" }\n`;
  const member = (id: string, name: string, more: object = {}): object => ({
    id,
    email: `${name}@corp.example`,
    name,
    orgRole: 'member',
    pending: false,
    expired: false,
    dateCreated: '2019-01-01T08:00:00.000Z',
    user: { username: name, email: `${name}@corp.example`, isActive: true, isSuspended: false, lastLogin: '2026-09-01T08:00:00.000Z' },
    ...more,
  });
  const link = (cursor: string, results: boolean, host = 'https://sentry.io'): Record<string, string> => ({
    Link: `<${host}/api/0/organizations/corp/members/?&cursor=${cursor}>; rel="next"; results="${results}"; cursor="${cursor}"`,
  });
  const pages: Readonly<Record<string, readonly object[]>> = {
    '': [member('1', 'ada')],
    '100:1:0': [member('2', 'ben'), member('3', 'cy')],
  };

  it('may stand on another host than that of the region: its cursor is asked for at this one', async () => {
    const report = await audited(config, hr, ({ query }) => {
      const cursor = query.get('cursor') ?? '';
      return { body: pages[cursor], headers: link('100:1:0', cursor === '') };
    });
    expect(verdicts(report)).toEqual(['2 orphaned:owner-terminated high']);
    expect(report.apps[0]?.completeness.verdict).toBe('consistent');
  });

  it('fails the list where it names no cursor', async () => {
    const nameless = { Link: '<https://sentry.io/api/0/organizations/corp/members/?&page=2>; rel="next"; results="true"' };
    const report = await audited(config, hr, () => ({ body: pages[''], headers: nameless }));
    expect(report.apps[0]?.error).toContain('the link to the next page has no parameter cursor');
  });

  it('leads to an invitation that ran out: it lets nobody in', async () => {
    const invitation = { pending: true, user: null };
    const rows = [member('1', 'ada'), member('3', 'cy'), member('2', 'ben', { ...invitation, expired: true })];
    expect(verdicts(await audited(config, hr, () => ({ body: rows, headers: link('x', false) })))).toEqual([]);
    const open = [...rows.slice(0, 2), member('2', 'ben', invitation)];
    expect(verdicts(await audited(config, hr, () => ({ body: open, headers: link('x', false) })))).toEqual(['2 orphaned:owner-terminated high']); // prettier-ignore
  });
});
