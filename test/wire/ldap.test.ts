import { afterAll, beforeAll, expect, it } from 'vitest';
import { activeDirectory } from '../../src/sources/ldap/active-directory.js';
import { failureOf, ldapFor, type LdapSetup, pullAll } from '../sources/ldap/pull.js';
import type { LdifEntry } from './ldif.js';
import { BASE, personId, type SlapdPerson } from './slapd-people.js';
import { describeWithSlapd, type Slapd, startSlapd } from './slapd.js';

const people: SlapdPerson[] = [
  {
    uid: 'ada',
    cn: 'Lovelace, Ada "Countess"',
    givenName: 'Ada',
    familyName: 'Łovelace-Žižková',
    mail: ['ada@corp.example', 'a.l@corp.example'],
    employeeNumber: '0017',
    department: 'Research',
    title: 'Director',
    // Named on the first page, listed on the last.
    manager: 'person-1149',
    groups: ['all-staff', 'R&D, Berlin'],
    createTimestamp: '20260105080000Z',
    modifyTimestamp: '20261101080000Z',
  },
  { uid: 'gone', locked: true, manager: 'ada' },
  { uid: 'typo', attributes: { pwdAccountLockedTime: '20261122080000Z' }, manager: 'cn=nobody,dc=elsewhere' },
  ...Array.from({ length: 1147 }, (_, index) => ({ uid: `person-${index + 3}`, cn: `Person ${index + 3}`, manager: 'ada' })),
];

/** As slapd writes it (RFC 4514 section 2.4 lets a server choose). */
const ADA_DN = `cn=Lovelace\\2C Ada \\22Countess\\22,ou=people,${BASE}`;

const crowd: SlapdPerson[] = Array.from({ length: 250 }, (_, index) => ({ uid: `u${index}` }));

const referral: LdifEntry = {
  dn: `ou=abroad,ou=people,${BASE}`,
  attributes: { objectClass: ['referral', 'extensibleObject'], ou: 'abroad', ref: 'ldap://127.0.0.1:9/ou=abroad' },
};

describeWithSlapd('an OpenLDAP directory', () => {
  let slapd: Slapd;
  const at = (over: Partial<LdapSetup> = {}): LdapSetup => ({
    url: slapd.url,
    base: slapd.peopleBase,
    bindDn: slapd.bindDn,
    password: slapd.password,
    ...over,
    options: { page_size: 100, ...over.options },
  });

  beforeAll(async () => {
    slapd = await startSlapd({ people, entries: [referral], tls: true });
  });
  afterAll(() => slapd.stop());

  it('is read to its end in pages, disabled people included', async () => {
    const { rows, pages, completeness } = await pullAll(ldapFor('person', at()));
    expect(completeness).toMatchObject({ verdict: 'consistent', received: 1150, unique: 1150, pages: 12 });
    expect(pages).toBe(12);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1150);
    const states = new Map(rows.map(({ userName, state }) => [userName, state]));
    expect(states.get('gone')).toBe('suspended');
    expect(states.get('typo')).toBe('active');
    expect(states.get('ada')).toBe('active');
  });

  it('gives a person in normal form', async () => {
    const { rows } = await pullAll(ldapFor('person', at()));
    expect(rows.find(({ userName }) => userName === 'ada')).toEqual({
      id: personId(0),
      userName: 'ada',
      emails: ['ada@corp.example'],
      aliases: ['a.l@corp.example'],
      employeeId: '0017',
      state: 'active',
      kind: 'human',
      attributes: {
        givenName: 'Ada',
        familyName: 'Łovelace-Žižková',
        displayName: 'Lovelace, Ada "Countess"',
        department: 'Research',
        title: 'Director',
        manager: personId(1149),
      },
      groups: ['all-staff', 'R&D, Berlin'],
      createdAt: { at: Date.UTC(2026, 0, 5, 8) },
      changedAt: { at: Date.UTC(2026, 10, 1, 8) },
    });
  });

  it('resolves managers whose DN holds escaped commas, and leaves a DN that it does not know', async () => {
    const { rows } = await pullAll(ldapFor('person', at()));
    const managers = new Map(rows.map(({ userName, attributes }) => [userName, attributes['manager']]));
    expect(managers.get('gone')).toBe(personId(0));
    expect(managers.get('person-700')).toBe(personId(0));
    expect(managers.get('typo')).toBe('cn=nobody,dc=elsewhere');
  });

  it('does not follow a referral, and says so', async () => {
    const { completeness } = await pullAll(ldapFor('person', at()));
    expect(completeness.reasons).toEqual([expect.stringContaining('referrals to other servers were not followed')]);
  });

  it('reads two pages and no more for a check', async () => {
    const raw: unknown[] = [];
    const { rows, pages } = await pullAll(ldapFor('person', at()), { firstPagesOnly: true, onRaw: (record) => raw.push(record) });
    expect({ rows: rows.length, pages }).toEqual({ rows: 200, pages: 2 });
    expect(raw).toHaveLength(3);
    expect(raw[0]).toMatchObject({ dn: ADA_DN, uid: 'ada' });
  });

  it('serves as an app', async () => {
    const { rows } = await pullAll(ldapFor('account', at({ options: { filter: '(|(uid=ada)(uid=gone))' } })));
    // Octets of UTF-8, as RFC 4515 writes them, are the letters that they stand for.
    const escaped = '(sn=\\c5\\81ovelace-\\c5\\bdi\\c5\\bekov\\C3\\A1)';
    for (const filter of [escaped, '(sn=Łovelace-Žižková)'])
      expect((await pullAll(ldapFor('person', at({ options: { filter } })))).rows.map(({ userName }) => userName)).toEqual(['ada']);
    expect(rows.map(({ userName, status, roles }) => ({ userName, status, roles }))).toEqual([
      { userName: 'ada', status: 'active', roles: ['all-staff', 'R&D, Berlin'] },
      { userName: 'gone', status: 'suspended', roles: undefined },
    ]);
  });

  it('takes other attributes from the config, in any case and with options', async () => {
    const fields = { id: 'UID', employeeId: null, floor: 'Title', userName: 'dn', startAt: 'createtimestamp' };
    const { rows } = await pullAll(ldapFor('person', at({ fields, state: { from: 'departmentNumber', map: { Research: 'leave' } } })));
    expect(rows.find(({ id }) => id === 'ada')).toMatchObject({
      userName: ADA_DN,
      state: 'leave',
      startAt: { at: Date.UTC(2026, 0, 5, 8) },
      attributes: { floor: 'Director', manager: 'person-1149' },
    });
  });

  it('is unproven when the filter or the permissions leave nothing', async () => {
    const { completeness } = await pullAll(ldapFor('person', at({ options: { filter: '(uid=nobody)' } })));
    expect(completeness).toMatchObject({ verdict: 'unproven', unique: 0 });
  });

  it('says when no entry shows a lock', async () => {
    const { completeness } = await pullAll(ldapFor('person', at({ options: { filter: '(uid=ada)' } })));
    expect(completeness.reasons).toContainEqual(expect.stringContaining('disabled people look active'));
  });

  it('is unproven when entries come without an id', async () => {
    const { rows, completeness } = await pullAll(ldapFor('person', at({ fields: { id: 'employeeNumber' } })));
    expect(rows.map(({ id }) => id)).toEqual(['0017']);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContainEqual(expect.stringContaining('1149 entries came without an id'));
  });

  it.each([
    ['a wrong password', { password: 'wr0ng-pa55' }, 'auth', 'credentials were refused (49)'],
    ['a wrong bind DN', { bindDn: 'cn=nobody,dc=corp,dc=example' }, 'auth', 'credentials were refused (49)'],
    ['a bind DN that is none', { bindDn: 'nobody' }, 'auth', 'the bind DN was refused (34)'],
    ['a wrong base', { base: 'ou=people,dc=nowhere' }, 'not-found', 'there is no entry ou=people,dc=nowhere (32)'],
    ['a base that is none', { base: 'people' }, 'not-found', 'the base is no distinguished name (34)'],
    ['a base of another server', { base: `ou=abroad,ou=people,${BASE}` }, 'refused', 'the base is kept by another server (10'],
  ] as const)('fails with a next step on %s', async (_, over, fault, text) => {
    const error = await failureOf(ldapFor('person', at(over)));
    expect(error.fault).toBe(fault);
    expect(error.message).toContain(text);
    expect(error.message).toMatch(/^corp: .+ on ldap:\/\/127\.0\.0\.1:\d+: .+; .+$/);
    expect(error.message).not.toContain((over as Partial<LdapSetup>).password ?? slapd.password);
  });

  it('refuses a filter that is none before anything is sent', () => {
    expect(() => ldapFor('person', at({ options: { filter: '(uid=ada' } }))).toThrow(/the filter is no LDAP filter/);
    const guid = '(objectGUID=\\a7\\f3\\01\\9c)';
    expect(() => ldapFor('person', at({ options: { filter: guid } }))).toThrow(/compares with octets that are no text/);
    expect(() => ldapFor('person', at({ options: { filter: activeDirectory.filter } }))).not.toThrow();
  });

  it('is read over LDAPS with the CA that the config names', async () => {
    const { rows } = await pullAll(ldapFor('person', at({ url: slapd.secureUrl, options: { ca_file: slapd.caFile } })));
    expect(rows).toHaveLength(1150);
  });

  it('is read over StartTLS with the CA that the config names', async () => {
    const { rows } = await pullAll(ldapFor('person', at({ options: { starttls: true, ca_file: slapd.caFile } })));
    expect(rows).toHaveLength(1150);
  });

  it.each([
    ['LDAPS', (s: Slapd) => ({ url: s.secureUrl })],
    ['StartTLS', (s: Slapd) => ({ url: s.url, options: { starttls: true } })],
  ])('is not trusted over %s without its CA, unless told to', async (_, over) => {
    const error = await failureOf(ldapFor('person', at(over(slapd))));
    expect(error.fault).toBe('tls');
    expect(error.message).toContain('ca_file');
    const options = { ...(over(slapd) as LdapSetup).options, insecure_skip_verify: true };
    const { completeness } = await pullAll(ldapFor('person', at({ ...over(slapd), options })));
    expect(completeness.received).toBe(1150);
    expect(completeness.reasons).toContainEqual(expect.stringContaining('was not verified'));
  });

  it.each([
    ['LDAPS', (s: Slapd) => ({ url: s.secureUrl.replace('127.0.0.1', 'localhost'), options: { ca_file: s.caFile } })],
    ['StartTLS', (s: Slapd) => ({ url: s.url.replace('127.0.0.1', 'localhost'), options: { starttls: true, ca_file: s.caFile } })],
  ])('is not trusted over %s under a name that is not in its certificate', async (_, over) => {
    const error = await failureOf(ldapFor('person', at(over(slapd))));
    expect(error.fault).toBe('tls');
    expect(error.message).toContain('another host name');
  });

  it('says what is wrong when ldaps:// meets a port without TLS', async () => {
    const error = await failureOf(ldapFor('person', at({ url: slapd.url.replace('ldap:', 'ldaps:'), options: { ca_file: slapd.caFile } })));
    expect(['tls', 'network']).toContain(error.fault);
    expect(error.message).toMatch(/port/);
  });

  it('traces pages without a name or a password in them', async () => {
    const lines: string[] = [];
    await pullAll(ldapFor('person', at({ trace: (line) => lines.push(line) })));
    // Twelve pages of ids, twelve of people, who writes the notes of the server, and what the default filter leaves out.
    expect(lines).toHaveLength(26);
    expect(lines[0]).toBe(`ldap search ${slapd.url} (reading ids, page 1): 100 entries, 0 ms`);
    expect(lines.join('\n')).not.toMatch(/reader|pa55|ada/);
  });
});

describeWithSlapd('an OpenLDAP directory that does not give the whole list', () => {
  it('fails at its size limit, and says how to go on', async () => {
    const slapd = await startSlapd({ people: crowd, sizelimit: 150 });
    try {
      const { url, peopleBase: base, bindDn, password } = slapd;
      const error = await failureOf(ldapFor('person', { url, base, bindDn, password, options: { page_size: 100 } }));
      expect(error.fault).toBe('refused');
      expect(error.message).toContain('(4)');
      expect(error.message).toContain('raise the limit');
    } finally {
      await slapd.stop();
    }
  });

  it('shows in a check where its second page fails', async () => {
    const slapd = await startSlapd({ people: crowd, sizelimit: 150 });
    try {
      const { url, peopleBase: base, bindDn, password } = slapd;
      const source = ldapFor('person', { url, base, bindDn, password, options: { page_size: 100 } });
      const error = await failureOf(source, { firstPagesOnly: true });
      expect(error.message).toContain('reading page 2');
    } finally {
      await slapd.stop();
    }
  });

  it('is read in smaller pages where it gives none of that size', async () => {
    const slapd = await startSlapd({ people: crowd, database: ['limits * size.pr=100 size.prtotal=unlimited'] });
    try {
      const { url, peopleBase: base, bindDn, password } = slapd;
      const { completeness } = await pullAll(ldapFor('person', { url, base, bindDn, password }));
      expect(completeness).toMatchObject({ verdict: 'consistent', unique: 250, pages: 5 });
      expect(completeness.reasons.join()).toContain('the server gives no pages of 500 entries: pages of 62 were read');
    } finally {
      await slapd.stop();
    }
  });

  it('is unproven where entries look like people and are left out', async () => {
    const other = (uid: string, ...objectClass: string[]): LdifEntry => ({
      dn: `uid=${uid},ou=people,${BASE}`,
      attributes: { objectClass, uid },
    });
    const machine = other('host$', 'account');
    const programs = Array.from({ length: 12 }, (_, index): LdifEntry => {
      const { dn, attributes } = other(`program-${index}`, 'account', 'simpleSecurityObject');
      return { dn, attributes: { ...attributes, userPassword: 'x' } };
    });
    const slapd = await startSlapd({
      people: crowd.slice(0, 30),
      entries: [machine, ...programs, other('unix', 'account'), other('vmail', 'account')],
    });
    try {
      const { url, base, bindDn, password } = slapd;
      const { completeness } = await pullAll(ldapFor('person', { url, base, bindDn, password, options: { page_size: 10 } }));
      expect(completeness).toMatchObject({ verdict: 'unproven', unique: 30 });
      expect(completeness.reasons.join()).toContain(
        'left out by the default filter: 2 entries that look like people or accounts (account: 2)',
      );
      const told = { filter: '(objectClass=inetOrgPerson)' };
      const own = await pullAll(ldapFor('person', { url, base, bindDn, password, options: told }));
      expect(own.completeness).toMatchObject({ verdict: 'consistent', unique: 30 });
    } finally {
      await slapd.stop();
    }
  });

  it('fails when the server refuses to page', async () => {
    const slapd = await startSlapd({ people: crowd, database: ['limits * size.prtotal=disabled'] });
    try {
      const { url, peopleBase: base, bindDn, password } = slapd;
      const error = await failureOf(ldapFor('person', { url, base, bindDn, password }));
      expect(error.fault).toBe('refused');
      expect(error.message).toMatch(/paged/i);
    } finally {
      await slapd.stop();
    }
  });

  it.each(['none', 'starttls', 'ldaps'])(
    'fails when it dies between two pages (TLS: %s): what came before is no list',
    async (security) => {
      const slapd = await startSlapd({ people: crowd, tls: security !== 'none' });
      try {
        const { peopleBase: base, bindDn, password } = slapd;
        const url = security === 'ldaps' ? slapd.secureUrl : slapd.url;
        const options = { page_size: 100, starttls: security === 'starttls', ca_file: slapd.caFile };
        const source = ldapFor('person', { url, base, bindDn, password, options });
        // The first page is there, and the second is not asked for yet.
        const error = await failureOf(source, { onRaw: () => void slapd.kill() });
        const message = expect.stringContaining('reading page 2') as string;
        expect(error).toMatchObject({ name: 'SourceError', fault: 'network', message });
      } finally {
        await slapd.stop();
      }
    },
  );

  it('fails when nobody listens any more', async () => {
    const slapd = await startSlapd();
    await slapd.stop();
    const error = await failureOf(ldapFor('person', { url: slapd.url, base: slapd.base }));
    expect(error.fault).toBe('network');
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('stops at once when the run is stopped', async () => {
    const slapd = await startSlapd({ people: crowd });
    try {
      const { url, peopleBase: base, bindDn, password } = slapd;
      const stop = new AbortController();
      const source = ldapFor('person', { url, base, bindDn, password, options: { page_size: 100 } });
      const error = await failureOf(source, { signal: stop.signal, onRaw: () => stop.abort() });
      expect(error).toMatchObject({ fault: 'aborted' });
    } finally {
      await slapd.stop();
    }
  });
});
