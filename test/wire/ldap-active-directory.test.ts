import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ldapFor, pullAll } from '../sources/ldap/pull.js';
import { escapeRdn, type LdifEntry } from './ldif.js';
import { PEOPLE_BASE } from './slapd-people.js';
import { describeWithSlapd, type Slapd, startSlapd } from './slapd.js';

const guid = (n: number): Buffer => {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(n);
  return bytes;
};
const idOf = (n: number): string => `${n.toString(16).padStart(8, '0')}-0000-0000-0000-000000000000`;
const dnOf = (name: string): string => `cn=${escapeRdn(name)},${PEOPLE_BASE}`;
const user = (n: number, name: string, attributes: LdifEntry['attributes'] = {}): LdifEntry => ({
  dn: dnOf(name),
  attributes: {
    objectClass: ['user'],
    objectCategory: 'person',
    cn: name,
    sn: name,
    objectGUID: guid(n),
    sAMAccountName: `sam${n}`,
    userAccountControl: '512',
    whenCreated: '20260105080000.0Z',
    ...attributes,
  },
});

const entries: LdifEntry[] = [
  user(1, 'Žižková, Ada', {
    userPrincipalName: 'ada@corp.example',
    proxyAddresses: ['SMTP:ada@corp.example', 'smtp:a.l@corp.example'],
    manager: dnOf('Person 650'),
    accountExpires: '9223372036854775807',
  }),
  user(2, 'Disabled', { userAccountControl: '514', manager: dnOf('Žižková, Ada') }),
  user(3, 'PC1', { objectClass: ['computer'], userAccountControl: '4096' }),
  user(4, 'krbtgt', { sAMAccountName: 'krbtgt', userAccountControl: '514', isCriticalSystemObject: 'TRUE' }),
  // Bytes that are valid UTF-8, a byte order mark first: they must not be taken for text.
  user(0x41bfbbef, 'Marked'),
  ...Array.from({ length: 650 }, (_, index) => user(index + 10, `Person ${index + 1}`)),
];

describeWithSlapd('a directory with the schema of Active Directory', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd({ entries, schemas: [fileURLToPath(new URL('active-directory.schema', import.meta.url))] });
  });
  afterAll(() => slapd.stop());

  it('gives people, disabled ones too, with their managers, and no computers', async () => {
    const { url, peopleBase: base, bindDn, password } = slapd;
    const source = ldapFor('person', { url, base, bindDn, password, schema: 'active-directory', options: { page_size: 100 } });
    const { rows, completeness } = await pullAll(source);
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 654 });
    expect(completeness.reasons).toEqual(['1 computer or trust accounts were left out: they are not people']);
    const found = new Map(rows.map((row) => [row.id, row]));
    expect(found.get(idOf(1))).toMatchObject({
      userName: 'ada@corp.example',
      emails: ['ada@corp.example'],
      aliases: ['a.l@corp.example'],
      state: 'active',
      kind: 'human',
      endAt: undefined,
      createdAt: { at: Date.UTC(2026, 0, 5, 8) },
      attributes: { manager: idOf(659) },
    });
    expect(found.get(idOf(2))).toMatchObject({ state: 'suspended', attributes: { manager: idOf(1) } });
    expect(found.get(idOf(4))?.kind).toBe('service');
    expect(found.get(idOf(0x41bfbbef))?.userName).toBe('sam1103084527');
  });
});
