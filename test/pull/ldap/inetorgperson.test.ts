import { describe, expect, it } from 'vitest';
import { fakeDirectory } from './fake-directory.js';
import { ldapFor, type LdapSetup, NOW, pullAll } from './pull.js';

const person = (attributes: Record<string, readonly string[]>) => ({
  dn: 'uid=ada,dc=x',
  attributes: { entryUUID: ['id-ada'], uid: ['ada'], ...attributes },
});
const list = (attributes: Record<string, readonly string[]>) =>
  fakeDirectory(({ kind }) => (kind === 'search' ? { entries: [person(attributes)], cookie: '' } : {}));
const setup = (url: string): LdapSetup => ({ url, base: 'dc=x' });
const past = '20260101000000Z';
const future = '20270101000000Z';

describe('the state of an inetOrgPerson', () => {
  it.each([
    [{}, 'active', 'active'],
    [{ nsAccountLock: ['TRUE'] }, 'suspended', 'suspended'],
    [{ nsaccountlock: ['true'] }, 'suspended', 'suspended'],
    [{ nsAccountLock: ['FALSE'] }, 'active', 'active'],
    [{ nsAccountLock: ['maybe'] }, 'unknown', 'unknown'],
    [{ pwdAccountLockedTime: ['000001010000Z'] }, 'suspended', 'suspended'],
    [{ pwdAccountLockedTime: ['00000101000000Z'] }, 'suspended', 'suspended'],
    [{ pwdAccountLockedTime: ['20261122080000Z'] }, 'active', 'active'],
    [{ nsAccountLock: ['FALSE'], pwdAccountLockedTime: ['000001010000Z'] }, 'suspended', 'suspended'],
    [{ shadowExpire: ['0'] }, 'unknown', 'unknown'],
    [{ shadowExpire: ['-1'] }, 'active', 'active'],
    // Of a person the date is the fact; an account past it can no longer be used.
    [{ pwdEndTime: [past] }, 'active', 'suspended'],
    [{ pwdEndTime: [future] }, 'active', 'active'],
    [{ krbPrincipalExpiration: [past] }, 'active', 'suspended'],
    [{ shadowExpire: ['20454'] }, 'active', 'suspended'],
  ])('with %j is %s, of an account %s', async (attributes, state, status) => {
    await using server = await list(attributes);
    const people = await pullAll(ldapFor('person', setup(server.url)));
    const accounts = await pullAll(ldapFor('account', setup(server.url)));
    expect(people.rows.map((row) => row.state)).toEqual([state]);
    expect(accounts.rows.map((row) => row.status)).toEqual([status]);
  });

  it('ends on the earliest of its dates', async () => {
    await using server = await list({ pwdEndTime: [future], krbPrincipalExpiration: ['20261201000000Z'], shadowExpire: ['25000'] });
    const { rows } = await pullAll(ldapFor('person', setup(server.url)));
    expect(rows[0]?.endAt).toEqual({ at: Date.UTC(2026, 11, 1) });
  });
});

describe('the fields of an inetOrgPerson', () => {
  it.each([
    [{ entryUUID: ['e'], nsUniqueId: ['n'] }, 'e'],
    [{ entryUUID: [], nsUniqueId: ['n'], ipaUniqueID: ['i'] }, 'n'],
    [{ entryUUID: [], ipaUniqueID: ['i'] }, 'i'],
  ])('take the id from %j', async (attributes, id) => {
    await using server = await list(attributes);
    const { rows } = await pullAll(ldapFor('person', setup(server.url)));
    expect(rows.map((row) => row.id)).toEqual([id]);
  });

  it('keep a comma inside a value, and languages apart', async () => {
    await using server = await list({
      mail: ['"a,b"@x.example', 'c@x.example'],
      cn: ['Ada'],
      'cn;lang-fr': ['Adélaïde'],
      title: ['CTO; acting'],
    });
    const { rows } = await pullAll(ldapFor('person', { ...setup(server.url), fields: { manager: null, french: 'cn;lang-fr' } }));
    expect(rows[0]).toMatchObject({
      emails: ['"a,b"@x.example'],
      aliases: ['c@x.example'],
      attributes: { displayName: 'Ada', french: 'Adélaïde', title: 'CTO; acting' },
    });
  });

  it('survive names and values that mean harm', async () => {
    await using server = await list({ ['__proto__']: ['1'], constructor: ['2'], cn: ['\u001b[31m\u202e<script>'] });
    const raw: unknown[] = [];
    const { rows } = await pullAll(ldapFor('person', setup(server.url)), { onRaw: (record) => raw.push(record) });
    expect(rows[0]?.attributes['displayName']).toBe('\u001b[31m\u202e<script>');
    expect(raw).toHaveLength(1);
    expect(Object.getPrototypeOf(raw[0])).toBeNull();
  });

  it('give an account its last logon', async () => {
    await using server = await list({ authTimestamp: ['20261120080000Z'], nsAccountLock: ['FALSE'] });
    const { rows } = await pullAll(ldapFor('account', setup(server.url)));
    expect(rows[0]?.lastLoginAt).toEqual({ at: Date.UTC(2026, 10, 20, 8) });
    expect(NOW).toBeGreaterThan(rows[0]?.lastLoginAt?.at ?? Infinity);
  });
});
