import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const ENTRA = `{ connector: entra, base_url: "\${env:ORIGIN}/v1.0", token_url: "\${env:ORIGIN}/token", tenant: corp.example, client_id: lifegap, client_secret: "\${env:SECRET}"`;

const id = (n: number): string => `${String(n).repeat(8)}-AAAA-4aaa-8aaa-00000000000${n}`;
const member = (n: number, name: string, more: object = {}): object => ({
  id: id(n),
  userPrincipalName: `${name}@corp.example`,
  mail: `${name}@corp.example`,
  proxyAddresses: [`SMTP:${name}@corp.example`],
  otherMails: [],
  displayName: `${name} Doe`,
  accountEnabled: true,
  userType: 'Member',
  identityParentId: null,
  createdDateTime: '2019-01-01T08:00:00Z',
  ...more,
});
/** As Graph gives somebody in the bin. */
const deleted = (n: number, name: string, more: object = {}): object =>
  member(n, name, {
    userPrincipalName: `${id(n).replaceAll('-', '').toLowerCase()}${name}@corp.example`,
    mail: null,
    proxyAddresses: [],
    accountEnabled: undefined,
    deletedDateTime: '2026-11-10T09:00:00Z',
    ...more,
  });

function tenant(users: readonly object[], bin: readonly object[] = []): Vendor {
  return ({ path }) =>
    path === '/v1.0/users' ? { body: { value: users } } : path.includes('/deletedItems/') ? { body: { value: bin } } : undefined;
}

const COLUMNS = 'id,userName,email,givenName,familyName,status,createdAt,lastLoginAt';
const DIRECTORY = (app: string): string => `directory: { name: entra, ${ENTRA.slice(2)} }\napps:\n  desk: ${app}\n`;

describe('Entra: somebody who was deleted', () => {
  it.each([
    ['by user name and address', 'z3,cy@corp.example,cy@corp.example'],
    ['by user name alone', 'z3,CY@corp.example,'],
    ['by address alone', 'z3,,cy@corp.example'],
  ])('is found %s, and has left when it was deleted', async (_, account) => {
    const desk = csv(
      COLUMNS,
      'z1,ada@corp.example,ada@corp.example,Ada,Doe,active,2019-02-01,2026-11-20T08:00:00Z',
      `${account},Cy,Doe,active,2019-02-01,2026-11-09T08:00:00Z`,
    );
    const report = await audited(
      DIRECTORY('{ connector: file, path: desk.csv }'),
      { 'desk.csv': desk },
      tenant([member(1, 'ada')], [deleted(3, 'cy')]),
    );
    expect(verdicts(report)).toEqual(['z3 orphaned:owner-terminated high']);
    expect(report.findings[0]?.person).toMatchObject({ userName: 'cy@corp.example', endAt: '2026-11-10T09:00:00Z' });
  });

  it('owns no service account any more', async () => {
    const desk = csv(
      COLUMNS,
      'z1,ada@corp.example,ada@corp.example,Ada,Doe,active,2019-02-01,2026-11-20T08:00:00Z',
      's1,svc-build,,,,active,2019-02-01,',
    );
    const app =
      '{ connector: file, path: desk.csv, accounts: [{ match: \'userName eq "svc-build"\', kind: service, owner: cy@corp.example, review_by: 2027-06-30, reason: builds }] }';
    const report = await audited(DIRECTORY(app), { 'desk.csv': desk }, tenant([member(1, 'ada')], [deleted(3, 'cy')]));
    expect(verdicts(report)).toEqual(['s1 orphaned:unowned-service medium']);
  });

  it('keeps a name that does not begin with the id', async () => {
    const desk = csv(
      COLUMNS,
      'z1,ada@corp.example,ada@corp.example,Ada,Doe,active,2019-02-01,2026-11-20T08:00:00Z',
      'z3,cy@corp.example,cy@corp.example,Cy,Doe,active,2019-02-01,',
    );
    const bin = [
      deleted(3, 'cy', { userPrincipalName: 'cy@corp.example' }),
      deleted(4, 'di', { id: 'short', userPrincipalName: 'shortdi@corp.example' }),
    ];
    const report = await audited(DIRECTORY('{ connector: file, path: desk.csv }'), { 'desk.csv': desk }, tenant([member(1, 'ada')], bin));
    expect(verdicts(report)).toEqual(['z3 orphaned:owner-terminated high']);
  });
});

describe('Entra: sign-ins', () => {
  const hr = csv('id,email,state,endAt', '1,ada@corp.example,active,', '2,ben@corp.example,terminated,2026-09-30', '3,cy@corp.example,terminated,2026-09-30'); // prettier-ignore
  const config = `directory: { name: hr, connector: file, path: hr.csv }\napps:\n  entra: ${ENTRA}, also: signInActivity }\n`;
  const attempt = { lastSignInDateTime: '2026-11-20T08:00:00Z', lastNonInteractiveSignInDateTime: '2026-11-21T08:00:00Z' };

  it.each([
    ['that failed show no use', { ...attempt, lastSuccessfulSignInDateTime: null }, 'high'],
    ['that failed after the leave show no use after it', { ...attempt, lastSuccessfulSignInDateTime: '2026-09-28T08:00:00Z' }, 'high'],
    ['that succeeded do', { ...attempt, lastSuccessfulSignInDateTime: '2026-11-20T08:00:00Z' }, 'critical'],
  ])('%s', async (_, signInActivity, severity) => {
    const users = [member(1, 'ada'), member(2, 'ben', { signInActivity }), member(3, 'cy')];
    expect(verdicts(await audited(config, { 'hr.csv': hr }, tenant(users)))).toEqual([
      `${id(2)} orphaned:owner-terminated ${severity}`,
      `${id(3)} orphaned:owner-terminated high`,
    ]);
  });
});

describe('Entra: the user of an AI agent', () => {
  const agent = { identityParentId: 'cccccccc-0000-4000-8000-000000000001', '@odata.type': '#microsoft.graph.agentUser' };

  it('is nobody who is missing in an app', async () => {
    const desk = csv(COLUMNS, 'z1,ada@corp.example,ada@corp.example,Ada,Doe,active,2019-02-01,2026-11-20T08:00:00Z');
    const users = [member(1, 'ada'), member(2, 'sales.agent', agent), member(3, 'ben')];
    const report = await audited(DIRECTORY('{ connector: file, path: desk.csv, expected: \'kind ne "service"\' }'), { 'desk.csv': desk }, tenant(users)); // prettier-ignore
    expect(verdicts(report)).toEqual([`${id(3)} missing:never-created low`]);
  });

  it('is a bot where Entra is the app', async () => {
    const hr = csv('id,email,state', '1,ada@corp.example,active');
    const users = [member(1, 'ada'), member(2, 'sales.agent', { ...agent, identityParentId: null }), member(3, 'other')];
    const report = await audited(`directory: { name: hr, connector: file, path: hr.csv }\napps:\n  entra: ${ENTRA} }\n`, { 'hr.csv': hr }, tenant(users)); // prettier-ignore
    expect(verdicts(report)).toEqual([`${id(2)} orphaned:no-owner medium`, `${id(3)} orphaned:no-owner high`]);
  });
});
