import { Attribute, Change, Client } from 'ldapts';
import { expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { ldapFor, pullAll } from '../sources/ldap/pull.js';
import type { LdifEntry } from './ldif.js';
import { ADMIN_DN, ADMIN_PASSWORD, BASE, personDn, type SlapdPerson } from './slapd-people.js';
import { describeWithSlapd, type Slapd, type SlapdOptions, startSlapd } from './slapd.js';

const MADE = '20260105080000Z';
const CHANGED = '20260601080000Z';
const person = (uid: string, more: Partial<SlapdPerson> = {}): SlapdPerson => ({
  uid,
  userPassword: `${uid}-pa55word`,
  createTimestamp: MADE,
  modifyTimestamp: CHANGED,
  attributes: { modifiersName: ADMIN_DN },
  ...more,
});
const people: readonly SlapdPerson[] = [
  person('idle'),
  person('daily'),
  person('typo'),
  person('typo-then-login'),
  person('new-password'),
  person('moved'),
  person('locked'),
  person('by-root', { attributes: { modifiersName: `cn=root,${BASE}` } }),
  person('made', { modifyTimestamp: MADE }),
];
const policy: LdifEntry = {
  dn: `cn=policy,${BASE}`,
  attributes: {
    objectClass: ['applicationProcess', 'pwdPolicy'],
    cn: 'policy',
    pwdAttribute: 'userPassword',
    pwdLockout: 'TRUE',
    pwdMaxFailure: '5',
  },
};
const PPOLICY = `ppolicy_default ${policy.dn}`;

const before = Date.UTC(2026, 5, 1, 8);
const made = Date.UTC(2026, 0, 5, 8);

async function bound<T>({ url }: Slapd, dn: string, password: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ url });
  try {
    await client.bind(dn, password);
    return await work(client);
  } finally {
    await client.unbind();
  }
}

const dnOf = (uid: string): string => personDn({ uid });
const set = (type: string, value: string): Change =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });

/** A day of people who log in, mistype, and set new passwords, and of an administrator who moves one and locks another. */
async function day(slapd: Slapd): Promise<void> {
  const logIn = (uid: string): Promise<void> => bound(slapd, dnOf(uid), `${uid}-pa55word`, () => Promise.resolve());
  const mistype = (uid: string): Promise<void> =>
    expect(bound(slapd, dnOf(uid), 'no', () => Promise.resolve())).rejects.toMatchObject({ code: 49 });
  await logIn('daily');
  await mistype('typo');
  await mistype('typo-then-login');
  await logIn('typo-then-login');
  await bound(slapd, dnOf('new-password'), 'new-password-pa55word', (client) =>
    client.modify(dnOf('new-password'), set('userPassword', 'another')),
  );
  await bound(slapd, ADMIN_DN, ADMIN_PASSWORD, async (client) => {
    await client.modify(dnOf('moved'), set('title', 'Head'));
    await client.modify(dnOf('locked'), [set('pwdAccountLockedTime', '000001010000Z'), set('userPassword', 'nobody-knows')]);
  });
}

async function dates(slapd: Slapd): Promise<Record<string, readonly (number | 'now' | undefined)[]>> {
  const { url, peopleBase: base, bindDn, password } = slapd;
  const setup = { url, base, bindDn, password };
  const persons: Person[] = (await pullAll(ldapFor('person', setup))).rows;
  const accounts: Account[] = (await pullAll(ldapFor('account', setup))).rows;
  const shown = (at: number | undefined): number | 'now' | undefined => (at !== undefined && at > before ? 'now' : at);
  const found: Record<string, readonly (number | 'now' | undefined)[]> = {};
  for (const { userName = '', changedAt } of persons) {
    const account = accounts.find((one) => one.userName === userName);
    found[userName] = [shown(changedAt?.at), shown(account?.updatedAt?.at)];
  }
  return found;
}

const NONE = [undefined, undefined];
const NOW = ['now', 'now'];

describeWithSlapd('an OpenLDAP directory that notes logins and mistyped passwords', () => {
  it.each<[string, SlapdOptions]>([
    ['the overlay lastbind', { modules: ['lastbind'], overlays: [PPOLICY, 'overlay lastbind'] }],
    ['the setting lastbind', { database: ['lastbind on'], overlays: [PPOLICY] }],
    // Here the login of who had mistyped leaves nothing but the date: that slapd wrote it shows by those who mistyped and did not log in yet.
    ['the password policy alone', { overlays: [PPOLICY] }],
  ])('with %s takes none of them for a change', async (name, options) => {
    const slapd = await startSlapd({ ...options, people, entries: [policy] });
    try {
      await day(slapd);
      expect(await dates(slapd)).toEqual({
        idle: [before, before],
        daily: name === 'the password policy alone' ? [before, before] : NONE,
        typo: NONE,
        'typo-then-login': NONE,
        'new-password': NONE,
        moved: NOW,
        locked: NOW,
        // An administrator may have used the name as which slapd writes, or it was a login.
        'by-root': name === 'the password policy alone' ? NONE : [before, before],
        made: [made, made],
      });
    } finally {
      await slapd.stop();
    }
  });

  it('knows the date of a change that came after the last login, also where the root DN made it, and says how many dates it lacks', async () => {
    const login = { authTimestamp: '20260701080000Z' };
    const slapd = await startSlapd({
      people: [person('moved', { attributes: login }), person('daily', { modifyTimestamp: '20260701080001Z', attributes: login })],
      entries: [policy],
      modules: ['lastbind'],
      database: ['rootpw root-pa55word'],
      overlays: [PPOLICY, 'overlay lastbind'],
    });
    try {
      await bound(slapd, `cn=root,${BASE}`, 'root-pa55word', (client) => client.modify(dnOf('moved'), set('title', 'Head')));
      expect(await dates(slapd)).toEqual({ moved: NOW, daily: NONE });
      const { url, peopleBase: base, bindDn, password } = slapd;
      const { rows, completeness } = await pullAll(ldapFor('account', { url, base, bindDn, password }));
      expect(rows.map(({ lastLoginAt }) => lastLoginAt?.at)).toEqual([Date.UTC(2026, 6, 1, 8), Date.UTC(2026, 6, 1, 8)]);
      expect(completeness.reasons.join('\n')).toContain('modifyTimestamp of 1 entry is that of a login or a password');
    } finally {
      await slapd.stop();
    }
  });
});
