import { describe, expect, it } from 'vitest';
import { fakeDirectory, type Reply } from './fake-directory.js';
import { ldapFor, type LdapSetup, NOW, pullAll } from './pull.js';

type Attributes = Record<string, readonly (string | Buffer)[]>;

const guid = (n: number): Buffer => Buffer.from([n, 0, 0, 0, 0x22, 0x11, 0x44, 0x33, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]);
const sid = (rid: number): Buffer => {
  const bytes = Buffer.from('010500000000000515000000010000000200000003000000000000000', 'hex');
  const whole = Buffer.concat([bytes, Buffer.alloc(28 - bytes.length)]);
  whole.writeUInt32LE(rid, 24);
  return whole;
};
const filetime = (at: number): string => String(BigInt(at) * 10_000n + 116_444_736_000_000_000n);
const user = (n: number, name: string, attributes: Attributes = {}) => ({
  dn: `CN=${name},OU=People,DC=corp`,
  attributes: {
    objectClass: ['top', 'person', 'organizationalPerson', 'user'],
    objectGUID: [guid(n)],
    objectSid: [sid(1100 + n)],
    sAMAccountName: [name],
    userAccountControl: ['512'],
    ...attributes,
  },
});
const list = (...entries: NonNullable<Reply['entries']>) => fakeDirectory(({ kind }) => (kind === 'search' ? { entries, cookie: '' } : {}));
const ad = (url: string, over: Partial<LdapSetup> = {}): LdapSetup => ({ url, base: 'DC=corp', schema: 'active-directory', ...over });
const day = 86_400_000;

describe('a person of Active Directory', () => {
  it('comes in normal form', async () => {
    await using server = await list(
      user(1, 'ada', {
        userPrincipalName: ['ada@corp.example'],
        mail: ['ada@corp.example'],
        proxyAddresses: ['smtp:a.l@corp.example', 'SMTP:ada@corp.example', 'x500:/o=Corp'],
        employeeID: ['0017'],
        employeeNumber: ['99'],
        givenName: ['Ada'],
        sn: ['Lovelace'],
        displayName: ['Ada Lovelace'],
        department: ['Research, Berlin'],
        title: ['Director'],
        manager: ['cn=BOB,ou=people,dc=corp'],
        memberOf: ['CN=Sales\\, EMEA,OU=Groups,DC=corp', 'CN=all-staff,OU=Groups,DC=corp'],
        accountExpires: [filetime(Date.UTC(2027, 0, 1))],
        whenCreated: ['20260105080000.0Z'],
        whenChanged: ['20261101080000.0Z'],
      }),
      user(2, 'bob'),
    );
    const { rows, completeness } = await pullAll(ldapFor('person', ad(server.url)));
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
    expect(rows[0]).toEqual({
      id: '00000001-1122-3344-8899-aabbccddeeff',
      userName: 'ada@corp.example',
      emails: ['ada@corp.example'],
      aliases: ['a.l@corp.example'],
      employeeId: '0017',
      state: 'active',
      kind: 'human',
      attributes: {
        givenName: 'Ada',
        familyName: 'Lovelace',
        displayName: 'Ada Lovelace',
        department: 'Research, Berlin',
        title: 'Director',
        manager: '00000002-1122-3344-8899-aabbccddeeff',
      },
      groups: ['Sales, EMEA', 'all-staff'],
      endAt: { at: Date.UTC(2027, 0, 1) },
      createdAt: { at: Date.UTC(2026, 0, 5, 8) },
      changedAt: { at: Date.UTC(2026, 10, 1, 8) },
    });
    expect(rows[1]).toMatchObject({ userName: 'bob', emails: undefined, aliases: undefined, groups: undefined, endAt: undefined });
  });

  it.each([
    ['512', 'active'],
    ['514', 'suspended'],
    ['66050', 'suspended'],
    ['528', 'active'],
    ['8389120', 'active'],
    ['-2147483134', 'suspended'],
    ['', 'unknown'],
    ['0x202', 'unknown'],
  ])('with userAccountControl %j is %s', async (bits, state) => {
    await using server = await list(user(1, 'ada', { userAccountControl: [bits], lockoutTime: ['133444736000000000'] }));
    const { rows } = await pullAll(ldapFor('person', ad(server.url)));
    expect(rows.map((row) => row.state)).toEqual([state]);
  });

  it('whose userAccountControl may not be read is neither active nor gone, and the list says so', async () => {
    await using server = await list(
      user(1, 'ada', { userAccountControl: [] }),
      user(2, 'lds', { userAccountControl: [], 'msDS-UserAccountDisabled': ['TRUE'] }),
    );
    const { rows, completeness } = await pullAll(ldapFor('person', ad(server.url)));
    expect(rows.map((row) => row.state)).toEqual(['unknown', 'suspended']);
    expect(completeness.reasons).toContainEqual(expect.stringContaining('1 entries came without userAccountControl'));
  });

  it.each(['0', '9223372036854775807'])('whose accountExpires is %s has no end', async (never) => {
    await using server = await list(user(1, 'ada', { accountExpires: [never] }));
    const { rows } = await pullAll(ldapFor('person', ad(server.url)));
    expect(rows[0]?.endAt).toBeUndefined();
  });
});

describe('an accountExpires that cannot be read', () => {
  it('is not "never"', async () => {
    await using server = await list(
      user(1, 'ada', { accountExpires: ['soon'] }),
      user(2, 'bob', { accountExpires: ['20261016000000.0Z'] }),
    );
    const people = await pullAll(ldapFor('person', ad(server.url)));
    const accounts = await pullAll(ldapFor('account', ad(server.url)));
    expect(people.rows.map(({ endAt, unread }) => endAt?.at ?? unread)).toEqual([['endAt'], Date.UTC(2026, 9, 16)]);
    expect(accounts.rows.map(({ status }) => status)).toEqual(['unknown', 'suspended']);
    expect(people.completeness.unread).toEqual([
      { field: 'endAt', place: 'accountExpires', cause: 'unreadable', values: 1, sample: '"soon"' },
    ]);
  });
});

describe('what is no person in Active Directory', () => {
  it('is left out and counted: computers and trusts', async () => {
    await using server = await list(
      user(1, 'ada'),
      user(2, 'PC1$', { userAccountControl: ['4096'], objectClass: ['user', 'computer'] }),
      user(3, 'DC1$', { userAccountControl: ['532480'] }),
      user(4, 'PARTNER$', { userAccountControl: ['2080'] }),
    );
    const { rows, completeness } = await pullAll(ldapFor('person', ad(server.url)));
    expect(rows.map((row) => row.userName)).toEqual(['ada']);
    expect(completeness).toMatchObject({
      verdict: 'consistent',
      reasons: ['3 computer or trust accounts were left out: they are not people'],
    });
  });

  it.each([
    ['krbtgt', { userAccountControl: ['514'], isCriticalSystemObject: ['TRUE'] }],
    ['krbtgt_21374', {}],
    ['Guest', {}],
    ['Admin-renamed', { objectSid: [sid(500)] }],
    ['gmsa$', { userAccountControl: ['4096'], objectClass: ['user', 'computer', 'msDS-GroupManagedServiceAccount'] }],
  ])('is of kind service: %s', async (name, attributes) => {
    await using server = await list(user(1, name, attributes));
    const { rows } = await pullAll(ldapFor('person', ad(server.url)));
    expect(rows.map((row) => row.kind)).toEqual(['service']);
  });
});

describe('an account of Active Directory', () => {
  it('has roles, the last logon, and a status that an expired date suspends', async () => {
    await using server = await list(
      user(1, 'ada', {
        lastLogonTimestamp: [filetime(NOW - 3 * day)],
        memberOf: ['CN=Admins,DC=corp'],
        accountExpires: [filetime(NOW + day)],
      }),
      user(2, 'bob', { lastLogonTimestamp: ['0'], accountExpires: [filetime(NOW - day)] }),
    );
    const { rows } = await pullAll(ldapFor('account', ad(server.url)));
    expect(rows.map(({ status, lastLoginAt, roles }) => ({ status, lastLoginAt, roles }))).toEqual([
      { status: 'active', lastLoginAt: { at: NOW - 3 * day }, roles: ['Admins'] },
      { status: 'suspended', lastLoginAt: undefined, roles: undefined },
    ]);
  });

  it.each([
    [-1, 'active'],
    [1, 'suspended'],
  ])('is judged by the instant of the audit, %i days from the end', async (days, status) => {
    const end = NOW + 30 * day;
    await using server = await list(user(1, 'ada', { accountExpires: [filetime(end)] }));
    const { rows } = await pullAll(ldapFor('account', ad(server.url, { asOf: end + days * day })));
    expect(rows.map((row) => row.status)).toEqual([status]);
  });
});

describe('attributes with very many values', () => {
  const members = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => `CN=g${from + index},DC=corp`);
  const ranged = (rest: (attribute: string) => Attributes | undefined) =>
    fakeDirectory(({ kind, base, attributes }) => {
      if (kind !== 'search') return {};
      if (base === 'DC=corp') return { entries: [user(1, 'ada', { 'memberOf;range=0-2': members(0, 2) })], cookie: '' };
      const found = rest(attributes[0] ?? '');
      return found === undefined ? { code: 0 } : { entries: [{ dn: base, attributes: found }] };
    });

  it('are fetched to their end', async () => {
    await using server = await ranged((name): Attributes =>
      name === 'memberof;range=3-*' ? { 'memberOf;range=3-4': members(3, 4) } : { 'memberOf;range=5-*': members(5, 5) },
    );
    const { rows } = await pullAll(ldapFor('person', ad(server.url)));
    expect(rows[0]?.groups).toEqual(['g0', 'g1', 'g2', 'g3', 'g4', 'g5']);
  });

  it.each([
    ['are refused', () => undefined],
    ['repeat', () => ({ 'memberOf;range=0-2': members(0, 2) })],
    ['come without values', () => ({ 'memberOf;range=3-*': [] })],
  ])('are left out when the rest %s: a part is not all', async (_, rest) => {
    await using server = await ranged(rest);
    const { rows, completeness } = await pullAll(ldapFor('person', ad(server.url)));
    expect(rows[0]?.groups).toBeUndefined();
    expect(completeness.reasons).toContainEqual(expect.stringContaining('memberof of some entries could not be read to its end'));
  });
});

describe('a logon', () => {
  const logon = Date.UTC(2026, 10, 10, 8, 30, 15) + 250;
  const changed = async (more: Record<string, string[]>): Promise<unknown[]> => {
    await using server = await list(user(1, 'ada', { lastLogonTimestamp: [filetime(logon)], ...more }));
    const [person] = (await pullAll(ldapFor('person', ad(server.url)))).rows;
    const [account] = (await pullAll(ldapFor('account', ad(server.url)))).rows;
    return [person?.changedAt?.at, account?.updatedAt?.at];
  };

  it('is written into the record, and is no change of it', async () => {
    expect(await changed({ whenChanged: ['20261110083015.0Z'] })).toEqual([undefined, undefined]);
    // As it reached another site.
    expect(await changed({ whenChanged: ['20261110113015.0Z'] })).toEqual([undefined, undefined]);
  });

  it('hides no other one', async () => {
    const later = Date.UTC(2026, 10, 10, 11, 30, 16);
    expect(await changed({ whenChanged: ['20261110113016.0Z'] })).toEqual([later, later]);
    const before = Date.UTC(2026, 10, 10, 8, 30, 14);
    expect(await changed({ whenChanged: ['20261110083014.0Z'] })).toEqual([before, before]);
  });

  it('is none of somebody who is disabled', async () => {
    const at = Date.UTC(2026, 10, 10, 9);
    expect(await changed({ whenChanged: ['20261110090000.0Z'], userAccountControl: ['514'] })).toEqual([at, at]);
  });

  it('may be two weeks late', async () => {
    await using server = await list(user(1, 'ada'));
    expect(ldapFor('account', ad(server.url)).facts.loginDelay).toBe(14 * 86_400_000);
  });
});

describe('what the source can tell', () => {
  it.each([
    [undefined, 'listed'],
    ['(objectClass=user)', 'unknown'],
    ['(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))', 'hidden'],
  ])('of leavers with the filter %j is %s', (filter, leavers) => {
    const source = ldapFor('person', ad('ldaps://dc1.corp.example', { options: filter === undefined ? {} : { filter } }));
    expect(source.facts.leavers).toBe(leavers);
    expect(source.facts.notes.join('\n')).toContain('deleted objects');
  });

  it('asks for what the fields need and no more', async () => {
    await using server = await list(user(1, 'ada'));
    await pullAll(ldapFor('person', ad(server.url)));
    const [ids, people] = server.asked.filter(({ kind }) => kind === 'search').map(({ attributes }) => attributes);
    expect(ids).toEqual(['objectguid']);
    expect(people).toContain('useraccountcontrol');
    expect(people).toContain('memberof');
    expect(people).not.toContain('*');
    expect(people).not.toContain('lastlogon');
  });
});
