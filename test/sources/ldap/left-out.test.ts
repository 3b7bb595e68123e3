import { describe, expect, it } from 'vitest';
import { fakeDirectory, type FakeDirectory, type Reply } from './fake-directory.js';
import { ldapFor, pullAll } from './pull.js';

const entry = (name: string, ...objectClass: string[]) => ({ dn: `cn=${name},dc=x`, attributes: { objectClass: ['top', ...objectClass] } });

/** A directory of one person, beside whom these entries look like some. */
function directory(beside: Reply): Promise<FakeDirectory> {
  return fakeDirectory(
    ({ kind }) =>
      kind === 'search'
        ? { entries: [{ dn: 'uid=ada,dc=x', attributes: { entryUUID: ['a'], objectGUID: [Buffer.alloc(16, 1)] } }], cookie: '' }
        : {},
    ({ attributes }) => (attributes.join() === 'objectclass' ? beside : { cookie: '' }),
  );
}

const others = [entry('a', 'account', 'posixAccount'), entry('b', 'posixAccount', 'account'), entry('c', 'person')];

describe.each(['inetorgperson', 'active-directory'] as const)('the default filter of %s', (schema) => {
  it('that leaves out what looks like people or accounts makes the list unproven', async () => {
    await using server = await directory({ entries: others, cookie: '' });
    for (const role of ['person', 'account'] as const) {
      const { completeness } = await pullAll(ldapFor(role, { url: server.url, base: 'dc=x', schema }));
      expect(completeness.verdict).toBe('unproven');
      expect(completeness.reasons.join()).toContain(
        'left out by the default filter: 3 entries that look like people or accounts (account+posixAccount: 2, person: 1): set filter to say who counts',
      );
    }
  });

  it('is not held against who set a filter', async () => {
    await using server = await directory({ entries: others, cookie: '' });
    const { completeness } = await pullAll(ldapFor('person', { url: server.url, base: 'dc=x', schema, options: { filter: '(uid=*)' } }));
    expect(completeness.verdict).toBe('consistent');
  });

  it('that leaves out nothing but contacts says so, and that is all', async () => {
    await using server = await directory({ entries: [entry('d', 'person', 'organizationalPerson', 'contact')], cookie: '' });
    const { completeness } = await pullAll(ldapFor('person', { url: server.url, base: 'dc=x', schema }));
    expect(completeness.verdict).toBe('consistent');
    expect(completeness.reasons).toContain('left out: 1 entry of objectClass contact, which cannot log in');
  });

  it('says what it knows where there are more, of many kinds or of none', async () => {
    const many = ['a', 'b', 'c', 'd'].map((name) => entry(name, `x-${name}`));
    await using server = await directory({ entries: [...many, { dn: 'cn=e,dc=x', attributes: {} }], cookie: 'more' });
    const { completeness } = await pullAll(ldapFor('person', { url: server.url, base: 'dc=x', schema }));
    expect(completeness.reasons.join()).toContain('at least 5 entries that look like people');
    expect(completeness.reasons.join()).toContain('(no objectClass shown: 1, x-a: 1, x-b: 1, and others)');
  });
});
