import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const CONFIG = `directory: { name: okta, connector: okta, org_url: "\${env:ORIGIN}", token: "\${env:SECRET}" }
apps:
  crm: { connector: file, path: crm.csv`;

const user = (
  id: string,
  name: string,
  status: string,
  statusChanged: string | null,
  lastUpdated = '2026-11-22T20:00:00.000Z',
): object => ({
  id,
  status,
  created: '2019-01-01T08:00:00.000Z',
  activated: '2019-01-02T08:00:00.000Z',
  statusChanged,
  lastLogin: '2026-09-30T08:00:00.000Z',
  lastUpdated,
  profile: { login: `${name}@corp.example`, email: `${name}@corp.example`, firstName: name, lastName: 'Doe' },
});

function okta(users: readonly object[], assigned: readonly object[] = []): Vendor {
  return ({ path }) =>
    path === '/api/v1/users'
      ? { body: users }
      : path === '/api/v1/apps/0oa1/users'
        ? { body: assigned }
        : path === '/api/v1/apps/0oa1'
          ? { body: { id: '0oa1', status: 'ACTIVE', features: ['PUSH_NEW_USERS_WITHOUT_PASSWORD'] } }
          : undefined;
}

const crm = (...rows: readonly string[]): Record<string, string> => ({
  'crm.csv': csv(
    'id,email,givenName,status,createdAt,lastLoginAt',
    'c1,ada@corp.example,ada,active,2019-02-01,2026-11-20T08:00:00Z',
    ...rows,
  ),
});

describe('Okta: the last change of status', () => {
  const rows = crm('c2,ben@corp.example,ben,active,2019-02-01,2026-10-20T08:00:00Z');

  it('is the last day of somebody who is deprovisioned, whatever touched the record since', async () => {
    const users = [
      user('00u1', 'ada', 'ACTIVE', '2020-01-01T08:00:00.000Z'),
      user('00u2', 'ben', 'DEPROVISIONED', '2026-10-01T17:00:00.000Z'),
    ];
    const report = await audited(`${CONFIG} }\n`, rows, okta(users));
    expect(verdicts(report)).toEqual(['c2 orphaned:owner-terminated critical']);
    expect(report.findings[0]?.person?.endAt).toBe('2026-10-01T17:00:00Z');
  });

  it('shows no use before it', async () => {
    const users = [
      user('00u1', 'ada', 'ACTIVE', '2020-01-01T08:00:00.000Z'),
      user('00u2', 'ben', 'DEPROVISIONED', '2026-10-21T17:00:00.000Z'),
    ];
    expect(verdicts(await audited(`${CONFIG} }\n`, rows, okta(users)))).toEqual(['c2 orphaned:owner-terminated high']);
  });

  it('is when somebody was suspended, and ends no employment', async () => {
    const users = [user('00u1', 'ada', 'ACTIVE', '2020-01-01T08:00:00.000Z'), user('00u2', 'ben', 'SUSPENDED', '2026-10-01T17:00:00.000Z')];
    const report = await audited(`${CONFIG} }\n`, rows, okta(users));
    expect(verdicts(report)).toEqual(['c2 orphaned:owner-disabled high']);
    expect(report.findings[0]?.person).not.toHaveProperty('endAt');
  });

  it.each(['ACTIVE', 'LOCKED_OUT', 'PASSWORD_EXPIRED', 'RECOVERY'])('ends nothing for somebody who is %s', async (status) => {
    const users = [user('00u1', 'ada', 'ACTIVE', null), user('00u2', 'ben', status, '2026-10-01T17:00:00.000Z')];
    expect(verdicts(await audited(`${CONFIG} }\n`, rows, okta(users)))).toEqual([]);
  });
});

describe('Okta: people of an app', () => {
  const config = `${CONFIG}, assigned: { directory: okta, app: 0oa1 } }\n`;
  const users = [user('00u1', 'ada', 'ACTIVE', null), user('00u2', 'ben', 'ACTIVE', null, '2026-03-01T08:00:00.000Z')];
  const assignment = (id: string, status: string, syncState = 'DISABLED'): object => ({
    id,
    status,
    syncState,
    externalId: null,
    scope: 'USER',
  });
  const rows = crm('c2,ben@corp.example,ben,active,2019-02-01,2026-10-20T08:00:00Z');

  it.each([
    ['ACTIVE', []],
    ['INACTIVE', ['c2 orphaned:not-entitled medium']],
    ['SUSPENDED', ['c2 orphaned:not-entitled medium']],
    ['REVOKED', ['c2 orphaned:not-entitled medium']],
    // Imported, and never matched: it neither gives nor ends anything.
    ['UNASSIGNED', ['list inconclusive:field-absent info']],
    ['PENDING', ['list inconclusive:field-absent info']],
    ['IMPORTED', ['list inconclusive:field-absent info']],
  ])('who are %s', async (status, expected) => {
    const report = await audited(config, rows, okta(users, [assignment('00u1', 'ACTIVE'), assignment('00u2', status)]));
    expect(verdicts(report)).toEqual(expected);
  });

  it('are missing no account while they are pending', async () => {
    const report = await audited(config, crm(), okta(users, [assignment('00u1', 'ACTIVE'), assignment('00u2', 'PENDING')]));
    expect(verdicts(report).filter((one) => one.includes('missing'))).toEqual([]);
  });

  it('have accounts made for them without a password, too', async () => {
    const report = await audited(config, rows, okta(users, [assignment('00u1', 'ACTIVE'), assignment('00u2', 'ACTIVE')]));
    expect(report.apps[0]?.coverage.create.provisioned).toMatchObject({ set: 'on' });
    expect(report.apps[0]?.coverage.delete.provisioned).toMatchObject({ set: 'off' });
  });
});
