import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/model/secret.js';
import { ldapOptions } from '../../../src/sources/ldap/options.js';

const read = (options: Record<string, unknown>) =>
  ldapOptions(
    {
      name: 'corp',
      connector: 'ldap',
      fields: {},
      dir: '/etc/lifegap',
      options: { bind_dn: 'cn=reader', password: new Secret('pa55word'), base: 'dc=x', schema: 'inetorgperson', ...options },
    },
    { redact: (text) => text, env: {}, pageConcurrency: 1 },
  );

describe('the options of an LDAP source', () => {
  it.each([
    ['ldaps://dc1.corp.example', { host: 'dc1.corp.example', port: 636, security: 'ldaps' }],
    ['ldap://dc1.corp.example', { host: 'dc1.corp.example', port: 389, security: 'none' }],
    ['ldaps://[::1]:1636/', { host: '::1', port: 1636, security: 'ldaps' }],
  ])('find the place in %s', (url, place) => {
    expect(read({ url })).toMatchObject(place);
  });

  it('have defaults, whole seconds, and paths from the config folder', () => {
    expect(read({ url: 'ldap://x', starttls: true, time_limit: 1500, ca_file: 'ca.pem' })).toMatchObject({
      security: 'starttls',
      pageSize: 500,
      timeLimit: 2,
      verify: true,
      caFile: '/etc/lifegap/ca.pem',
    });
  });

  it.each([
    [{ url: 'https://x' }, 'no LDAP URL'],
    [{ url: 'dc1' }, 'no LDAP URL'],
    [{ url: 'ldaps://x/dc=corp?cn' }, 'more than a host'],
    [{ url: 'ldaps://user:hunter2@x' }, 'more than a host'],
    [{ url: 'ldaps://x', starttls: true }, 'take starttls away'],
    // A name without a password would be an anonymous bind, which sees less.
    [{ url: 'ldaps://x', password: new Secret('') }, 'password is empty'],
  ])('refuse %j', (options, text) => {
    expect(() => read(options)).toThrow(text);
    expect(() => read(options)).not.toThrow('hunter2');
  });
});
