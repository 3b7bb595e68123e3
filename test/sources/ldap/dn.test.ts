import { describe, expect, it } from 'vitest';
import { dnKey, leafName, parseDn } from '../../../src/sources/ldap/dn.js';

describe('parseDn', () => {
  it('reads the examples of RFC 4514 section 4', () => {
    expect(parseDn('UID=jsmith,DC=example,DC=net')).toEqual([
      [{ type: 'uid', value: 'jsmith' }],
      [{ type: 'dc', value: 'example' }],
      [{ type: 'dc', value: 'net' }],
    ]);
    expect(parseDn('OU=Sales+CN=J.  Smith,DC=example')?.[0]).toEqual([
      { type: 'ou', value: 'Sales' },
      { type: 'cn', value: 'J.  Smith' },
    ]);
    expect(parseDn('CN=James \\"Jim\\" Smith\\, III,DC=net')?.[0]?.[0]?.value).toBe('James "Jim" Smith, III');
    expect(parseDn('CN=Before\\0dAfter,DC=net')?.[0]?.[0]?.value).toBe('Before\rAfter');
    expect(parseDn('1.3.6.1.4.1.1466.0=#04024869')?.[0]?.[0]).toEqual({ type: '1.3.6.1.4.1.1466.0', value: '#04024869' });
    expect(parseDn('CN=Lu\\C4\\8Di\\C4\\87')?.[0]?.[0]?.value).toBe('Lučić');
  });

  it('keeps escaped spaces and drops those around separators', () => {
    expect(parseDn('CN= Ada Lovelace  , OU = People')).toEqual([
      [{ type: 'cn', value: 'Ada Lovelace' }],
      [{ type: 'ou', value: 'People' }],
    ]);
    expect(parseDn('CN=a\\20,O=x')?.[0]?.[0]?.value).toBe('a ');
    expect(parseDn('CN=\\ a\\ ,O=x')?.[0]?.[0]?.value).toBe(' a ');
  });

  it('reads the quoted values and semicolons of LDAPv2', () => {
    expect(parseDn('CN="Doe, Jane";O=x')).toEqual([[{ type: 'cn', value: 'Doe, Jane' }], [{ type: 'o', value: 'x' }]]);
  });

  it('reads text outside the basic plane, escaped or not', () => {
    expect(parseDn('CN=𝒜\\, b,O=x')?.[0]?.[0]?.value).toBe('𝒜, b');
  });

  it.each(['no dn', 'CN=a\\', 'CN="a', 'CN="a"b,O=x', '=a', 'CN=a,', 'CN=a,,O=x'])('says that %j is none', (text) => {
    expect(parseDn(text)).toBeUndefined();
  });

  it('takes the empty text for the root', () => {
    expect(parseDn('')).toEqual([]);
  });
});

describe('leafName', () => {
  it.each([
    ['CN=Sales\\, EMEA,OU=Groups,DC=x', 'Sales, EMEA'],
    ['OU=Sales+CN=Team A,DC=x', 'Team A'],
    ['ou=people,dc=x', 'people'],
    ['2.5.4.3=By OID,dc=x', 'By OID'],
    ['not a dn', 'not a dn'],
  ])('of %s is %s', (dn, name) => {
    expect(leafName(dn)).toBe(name);
  });
});

describe('dnKey', () => {
  it('is the same for the same entry however it is written', () => {
    const written = ['CN=Doe\\, Jane,OU=People,DC=x', 'cn=doe\\2c  jane, ou=people, dc=X', 'cn="Doe, Jane";ou=PEOPLE;dc=x'];
    expect(new Set(written.map(dnKey)).size).toBe(1);
    expect(dnKey('cn=a+uid=b,dc=x')).toBe(dnKey('UID=b+CN=a,DC=x'));
  });

  it('differs where an escaped separator belongs to the name', () => {
    expect(dnKey('cn=a\\,cn\\=b,dc=x')).not.toBe(dnKey('cn=a,cn=b,dc=x'));
    expect(dnKey('cn=a\\+uid\\=b,dc=x')).not.toBe(dnKey('cn=a+uid=b,dc=x'));
  });

  it('is absent for what is no DN', () => {
    expect(dnKey('Jane Doe')).toBeUndefined();
    expect(dnKey('')).toBeUndefined();
  });
});
