import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Said, type Vendor } from './audited.js';

const CONFIG = `directory: { name: hr, connector: file, path: hr.csv }
apps:
  github: { connector: github, base_url: "\${env:ORIGIN}", org: corp, token: "\${env:SECRET}" }
`;
const hr = { 'hr.csv': csv('id,email,state,endAt', '1,ada@corp.example,active,', '2,ben@corp.example,terminated,2026-09-30') };

const DOCS = 'https://docs.github.com';
const notFound = (page: string): Said => ({
  status: 404,
  body: { message: 'Not Found', documentation_url: `${DOCS}${page}`, status: '404' },
});

const member = (id: number, login: string): object => ({
  role: 'MEMBER',
  node: { databaseId: id, login, name: null, email: null, organizationVerifiedDomainEmails: [`${login}@corp.example`] },
});
const pageInfo = { hasNextPage: false, endCursor: null };

function github(invitations: Said, outside: Said = { body: [] }): Vendor {
  return ({ path, body }) => {
    if (path === '/graphql')
      return body.includes('membersWithRole')
        ? {
            body: { data: { organization: { membersWithRole: { totalCount: 2, pageInfo, edges: [member(1, 'ada'), member(2, 'ben')] } } } },
          }
        : { body: { data: { identities: { login: 'corp', samlIdentityProvider: null } } } };
    return path === '/orgs/corp/outside_collaborators' ? outside : path === '/orgs/corp/invitations' ? invitations : undefined;
  };
}

describe('GitHub: the list of invitations', () => {
  it.each(['/rest/orgs/members', '/enterprise-cloud@latest/rest/orgs/members'])(
    'that an organisation of managed users does not have fails nothing, and is remarked (%s)',
    async (page) => {
      const report = await audited(CONFIG, hr, github(notFound(`${page}#list-pending-organization-invitations`)));
      expect(verdicts(report)).toEqual(['2 orphaned:owner-terminated high']);
      expect(report.apps[0]?.completeness).toMatchObject({ verdict: 'consistent' });
      expect(report.apps[0]?.completeness.reasons.join('\n')).toContain('there is no list of invitations');
    },
  );

  it('is read where there is one', async () => {
    const invited = { id: 7, login: null, email: 'ben@corp.example', role: 'direct_member', created_at: '2026-11-01T08:00:00Z' };
    const report = await audited(CONFIG, hr, github({ body: [invited] }));
    expect(verdicts(report)).toEqual(['2 orphaned:owner-terminated high', 'invitation 7 orphaned:owner-terminated high']);
  });

  it.each<[string, Said, Said]>([
    ['not found without a word of why', { status: 404, body: { message: 'Not Found' } }, { body: [] }],
    ['forbidden', { status: 403, body: { message: 'You must be an owner', documentation_url: `${DOCS}/rest/orgs/members#list-pending-organization-invitations` } }, { body: [] }],
    ['there, and another list is not found', { body: [] }, notFound('/rest/orgs/outside-collaborators#list-outside-collaborators-for-an-organization')],
  ])('fails where it is %s', async (_, invitations, outside) => {
    const report = await audited(CONFIG, hr, github(invitations, outside));
    expect(report.apps[0]?.error).toMatch(/40[34]/);
    expect(report.apps[0]?.completeness.verdict).toBe('unproven');
  }); // prettier-ignore
});
