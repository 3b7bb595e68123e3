import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const GOOGLE = `connector: google-workspace, base_url: "\${env:ORIGIN}/v1", token_url: "\${env:ORIGIN}/token", client_email: lifegap@corp.iam.example, private_key: "\${file:key.txt}", admin: admin@corp.example`;
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }); // prettier-ignore

const user = (id: string, name: string, more: object = {}): object => ({
  id,
  primaryEmail: `${name}@corp.example`,
  name: { givenName: name, familyName: 'Doe', fullName: `${name} Doe` },
  isAdmin: false,
  isDelegatedAdmin: false,
  suspended: false,
  archived: false,
  creationTime: '2019-01-01T08:00:00.000Z',
  lastLoginTime: '2026-09-30T08:00:00.000Z',
  ...more,
});

const google =
  (...users: readonly object[]): Vendor =>
  ({ path, query }) =>
    path === '/v1/users' ? { body: query.get('showDeleted') === 'true' ? {} : { users } } : undefined;

const files = {
  'key.txt': KEY.privateKey.trim().replaceAll('\n', '\\n'),
  'app.csv': csv('id,email,status,createdAt,lastLoginAt', 'a1,ada@corp.example,active,2019-02-01,2026-11-20T08:00:00Z', 'a2,ben@corp.example,active,2019-02-01,2026-10-20T08:00:00Z'), // prettier-ignore
};

describe('Google Workspace: the time of a suspension or an archiving', () => {
  it.each([
    ['suspended before the login', { suspended: true, suspensionTime: '2026-10-01T10:43:27-07:00' }, ['a2 orphaned:owner-disabled high']],
    ['archived before the login', { archived: true, archivalTime: '2026-10-01T10:43:27-07:00' }, ['a2 orphaned:owner-disabled high']],
    ['suspended after the login', { suspended: true, suspensionTime: '2026-11-10T08:00:00Z' }, ['a2 orphaned:owner-disabled medium']],
    ['suspended just now', { suspended: true, suspensionTime: '2026-11-23T08:00:00Z' }, []],
    ['suspended, and nobody knows when', { suspended: true }, ['a2 orphaned:owner-disabled medium']],
    // The flag says who is off; a time that is left over says nothing.
    ['back again', { suspensionTime: '2026-10-01T10:43:27-07:00', archivalTime: '2026-10-01T10:43:27-07:00' }, []],
  ])('%s', async (_, more, expected) => {
    const report = await audited(`directory: { name: google, ${GOOGLE} }\napps:\n  app: { connector: file, path: app.csv }\n`, files, google(user('1', 'ada'), user('2', 'ben', more))); // prettier-ignore
    expect(verdicts(report)).toEqual(expected);
    expect(report.findings.every(({ person }) => person?.state === 'suspended')).toBe(true);
  });
});

describe('Google Workspace as an app', () => {
  it('tells guests and delegated administrators apart', async () => {
    const hr = { ...files, 'hr.csv': csv('id,email,state', '1,ada@corp.example,active') };
    const report = await audited(
      `directory: { name: hr, connector: file, path: hr.csv }\napps:\n  google: { ${GOOGLE} }\n`,
      hr,
      google(
        user('1', 'ada'),
        user('2', 'pat', { isGuestUser: true }),
        user('3', 'cy'),
        user('4', 'di', { isGuestUser: true, isDelegatedAdmin: true }),
      ),
    );
    expect(verdicts(report)).toEqual(['2 orphaned:no-owner low', '3 orphaned:no-owner high', '4 orphaned:no-owner high']);
  });
});
