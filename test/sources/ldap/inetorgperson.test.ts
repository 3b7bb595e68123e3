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
    // eDirectory: only those who are disabled have it.
    [{ loginDisabled: ['TRUE'] }, 'suspended', 'suspended'],
    [{ loginDisabled: ['FALSE'] }, 'active', 'active'],
    [{ loginDisabled: ['FALSE'], nsAccountLock: ['TRUE'] }, 'suspended', 'suspended'],
    [{ loginDisabled: ['FALSE'], nsAccountLock: ['?'] }, 'unknown', 'unknown'],
    [{ shadowExpire: ['0'] }, 'unknown', 'unknown'],
    [{ shadowExpire: ['-1'] }, 'active', 'active'],
    // Of a person the date is the fact; an account past it can no longer be used.
    [{ pwdEndTime: [past] }, 'active', 'suspended'],
    [{ pwdEndTime: [future] }, 'active', 'active'],
    [{ krbPrincipalExpiration: [past] }, 'active', 'suspended'],
    [{ shadowExpire: ['20454'] }, 'active', 'suspended'],
    // An end that nobody can read may be over.
    [{ pwdEndTime: ['soon'] }, 'active', 'unknown'],
    [{ shadowExpire: ['whenever'] }, 'active', 'unknown'],
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

describe('dates of an inetOrgPerson that cannot be read', () => {
  it.each([[{ pwdEndTime: ['soon'], krbPrincipalExpiration: [future] }], [{ shadowExpire: ['whenever'] }]])(
    'are not none: %j',
    async (attributes) => {
      await using server = await list(attributes);
      const { rows, completeness } = await pullAll(ldapFor('person', setup(server.url)));
      expect(rows[0]).toMatchObject({ endAt: undefined, unread: ['endAt'] });
      expect(completeness.unread).toMatchObject([{ field: 'endAt', values: 1 }]);
    },
  );

  it('may be told by the order that the config gives', async () => {
    await using server = await list({ employeeType: ['10/11/2026'] });
    const fields = { endAt: 'employeeType' };
    const [unsettled, settled] = [
      await pullAll(ldapFor('person', { ...setup(server.url), fields })),
      await pullAll(ldapFor('person', { ...setup(server.url), fields, dates: 'mdy' })),
    ];
    expect(unsettled.rows[0]).toMatchObject({
      endAt: undefined,
      unread: ['endAt'],
      either: { endAt: { at: Date.UTC(2026, 9, 11), day: true } },
    });
    expect(settled.rows[0]?.endAt).toEqual({ at: Date.UTC(2026, 9, 11), day: true });
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

  it.each([
    [{ pwdLastSuccess: ['20261101080000Z'], authTimestamp: ['20261120080000Z'] }],
    [{ pwdLastSuccess: ['20261120080000Z'], lastLoginTime: ['20261101080000Z'] }],
    [{ krbLastSuccessfulAuth: ['20261120080000Z'], loginTime: ['20261020080000Z'] }],
  ])('give an account the latest of its logons: %j', async (attributes) => {
    await using server = await list(attributes);
    const { rows } = await pullAll(ldapFor('account', setup(server.url)));
    expect(rows[0]?.lastLoginAt).toEqual({ at: Date.UTC(2026, 10, 20, 8) });
  });

  it('give an account its last logon', async () => {
    await using server = await list({ authTimestamp: ['20261120080000Z'], nsAccountLock: ['FALSE'] });
    const { rows } = await pullAll(ldapFor('account', setup(server.url)));
    expect(rows[0]?.lastLoginAt).toEqual({ at: Date.UTC(2026, 10, 20, 8) });
    expect(NOW).toBeGreaterThan(rows[0]?.lastLoginAt?.at ?? Infinity);
  });
});

describe('what a server notes by itself', () => {
  const at = Date.UTC(2026, 10, 20, 8);
  const dated = { createTimestamp: ['20260101080000Z'], modifyTimestamp: ['20261120080000Z'] };
  const changed = async (attributes: Record<string, readonly string[]>): Promise<unknown> => {
    await using server = await list({ ...dated, ...attributes });
    const [person] = (await pullAll(ldapFor('person', setup(server.url)))).rows;
    const [account] = (await pullAll(ldapFor('account', setup(server.url)))).rows;
    expect(account?.updatedAt).toEqual(person?.changedAt);
    return person?.changedAt?.at;
  };

  it.each([
    [{ pwdLastSuccess: ['20261120080000Z'] }],
    [{ authTimestamp: ['20261120080001Z'] }],
    [{ krbLastSuccessfulAuth: ['20261120075959Z'] }],
    [{ loginTime: ['20261120080000Z'] }],
    [{ pwdFailureTime: ['20261119080000.1Z', '20261120080000.907080Z'] }],
    [{ krbLastFailedAuth: ['20261120080000Z'] }],
    [{ pwdAccountLockedTime: ['20261120080000Z'] }],
    [{ pwdGraceUseTime: ['20261120080000Z'] }],
    [{ pwdChangedTime: ['20261120080000Z'] }],
    [{ krbLastPwdChange: ['20261120080000Z'] }],
    [{ pwdUpdateTime: ['20261120080000Z'] }],
  ])('is no change: %j', async (attributes) => {
    expect(await changed(attributes)).toBeUndefined();
  });

  it.each([
    // The change came later, or the note did without one.
    [{ pwdLastSuccess: ['20261120075958Z'] }],
    [{ authTimestamp: ['20261120080002Z'] }],
    [{ pwdFailureTime: ['20261119080000Z'] }],
    // 389 Directory Server writes this one without a change date.
    [{ lastLoginTime: ['20261120080000Z'] }],
    // Made, and logged in at once.
    [{ createTimestamp: ['20261120080000Z'], authTimestamp: ['20261120080001Z'] }],
    // Locked by an administrator, who set another password as well.
    [{ pwdAccountLockedTime: ['000001010000Z'], pwdChangedTime: ['20261120080000Z'] }],
    [{ nsAccountLock: ['TRUE'], krbLastPwdChange: ['20261120080000Z'] }],
    [{ pwdLastSuccess: ['some day'] }],
  ])('leaves a change alone: %j', async (attributes) => {
    expect(await changed(attributes)).toBe(at);
  });

  it('is not known by its writer where the server does not say who that is', async () => {
    const entry = person({ ...dated, modifiersName: ['cn=root,dc=x'] });
    await using server = await fakeDirectory(
      ({ kind }) => (kind === 'search' ? { entries: [entry], cookie: '' } : {}),
      () => ({ code: 11 }),
    );
    const { rows, completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(rows[0]?.changedAt?.at).toBe(at);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: expect.arrayContaining([expect.stringContaining('could not be counted, for a limit of the server stops the search') as string]) as string[] }); // prettier-ignore
  });
});

describe('an attribute that is not there', () => {
  const entries: { dn: string; attributes: Record<string, readonly string[]> }[] = [
    {
      dn: 'uid=ada,dc=x',
      attributes: { entryUUID: ['id-ada'], uid: ['ada'], mail: ['Ada One <ada@corp.example>', 'smtp:a1@corp.example'] },
    },
    { dn: 'uid=ben,dc=x', attributes: { entryUUID: ['id-ben'], uid: ['ben'], lock: ['TRUE'] } },
    { dn: 'uid=cy,dc=x', attributes: { entryUUID: ['id-cy'], uid: ['cy'], lock: ['FALSE'], archived: ['TRUE'] } },
  ];
  const states = async (state: LdapSetup['state']) => {
    await using server = await fakeDirectory(({ kind }) => (kind === 'search' ? { entries, cookie: '' } : {}));
    const { rows, completeness } = await pullAll(ldapFor('person', { ...setup(server.url), ...(state === undefined ? {} : { state }) }));
    return { states: rows.map((row) => row.state), told: completeness.reasons.join(' '), rows };
  };
  const map = { TRUE: 'suspended', FALSE: 'active' };

  it('means what the config says, and the empty text of a table can mean nothing else', async () => {
    expect((await states({ from: 'lock', map, absent: 'active' })).states).toEqual(['active', 'suspended', 'active']);
    expect((await states({ from: 'lock', map: { ...map, '': 'active' } })).states).toEqual(['active', 'suspended', 'active']);
    expect((await states({ from: ['lock', 'archived'], map, absent: 'active', prefer: 'off' })).states).toEqual([
      'active',
      'suspended',
      'suspended',
    ]);
    expect((await states({ from: ['lock', { from: 'archived', map: { ...map, '': 'active' } }], map, prefer: 'off' })).states).toEqual(['active', 'suspended', 'suspended']); // prettier-ignore
  });

  it('is unknown until then, and said so', async () => {
    const silent = await states({ from: 'lock', map });
    expect(silent.states).toEqual(['unknown', 'suspended', 'active']);
    expect(silent.told).toContain('state: 1 value missing (no lock): they count as unknown; say with `absent` what that means');
    const both = await states({ from: ['lock', 'archived'], map });
    expect(both.states).toEqual(['unknown', 'suspended', 'unknown']);
    expect(both.told).toContain('state: 1 value of several places disagree');
  });

  it('of anybody may be one that the bind DN must not read', async () => {
    const remark = 'no entry has locked, whose absence the config gives a meaning: may the bind DN read it?';
    expect((await states({ from: 'locked', map, absent: 'active' })).told).toContain(remark);
    expect((await states({ from: 'lock', map, absent: 'active' })).told).not.toContain('whose absence');
  });

  it('leaves the dates to the order that the config says', async () => {
    const dated = [{ dn: 'uid=ada,dc=x', attributes: { entryUUID: ['id-ada'], uid: ['ada'], left: ['10/11/2026'] } }];
    await using server = await fakeDirectory(({ kind }) => (kind === 'search' ? { entries: dated, cookie: '' } : {}));
    const { rows } = await pullAll(ldapFor('person', { ...setup(server.url), fields: { endAt: 'left' }, dates: 'dmy' }));
    expect(rows[0]?.endAt).toEqual({ at: Date.UTC(2026, 10, 10), day: true });
  });

  it('addresses lose what stands around them', async () => {
    const { rows } = await states(undefined);
    expect(rows[0]).toMatchObject({ emails: ['ada@corp.example'], aliases: ['a1@corp.example'] });
  });
});
