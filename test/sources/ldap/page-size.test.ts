import { describe, expect, it } from 'vitest';
import { fakeDirectory, type FakeDirectory } from './fake-directory.js';
import { failureOf, ldapFor, pullAll } from './pull.js';

const PEOPLE = Array.from({ length: 30 }, (_, index) => ({
  dn: `uid=u${index},dc=x`,
  attributes: { entryUUID: [`u${index}`], uid: [`u${index}`] },
}));

/** A server with a limit for each page, and one for the whole list. */
function limited({ page = Infinity, list = Infinity, code }: { page?: number; list?: number; code: number }): Promise<FakeDirectory> {
  return fakeDirectory(({ kind, cookie, size = 0 }) => {
    if (kind !== 'search') return {};
    const from = Number(cookie);
    if (size > page || from + size > list) return { code, entries: PEOPLE.slice(from, Math.min(from + page, list)) };
    const to = from + size;
    return { entries: PEOPLE.slice(from, to), cookie: to < PEOPLE.length ? String(to) : '' };
  });
}

const setup = (server: FakeDirectory, size: number) => ({ url: server.url, base: 'dc=x', options: { page_size: size } });

describe('a page size over the limit of the server', () => {
  it.each([
    ['389 Directory Server', 4],
    ['OpenLDAP', 11],
  ])('of %s gives way to a smaller one, and is found out once', async (_, code) => {
    await using server = await limited({ page: 10, code });
    const { rows, completeness } = await pullAll(ldapFor('person', setup(server, 100)));
    expect(rows.map(({ id }) => id)).toEqual(PEOPLE.map(({ attributes }) => attributes.entryUUID[0]));
    expect(completeness).toMatchObject({ verdict: 'consistent', received: 30 });
    expect(completeness.reasons).toContain('the server gives no pages of 100 entries: pages of 6 were read; set page_size to that');
    const sizes = server.asked.filter(({ kind }) => kind === 'search').map(({ size }) => size);
    expect(sizes.slice(0, 5)).toEqual([100, 50, 25, 12, 6]);
    expect(new Set(sizes.slice(4))).toEqual(new Set([6]));
  });

  it('is the right one where the server keeps to it', async () => {
    await using server = await limited({ page: 10, code: 4 });
    const { completeness } = await pullAll(ldapFor('person', setup(server, 10)));
    expect(completeness.reasons.join()).not.toContain('page_size');
  });

  it.each([
    [4, 'nsSizeLimit'],
    [11, 'nsLookThroughLimit'],
  ])('is not the matter where the whole list is limited (%i): the message names %s', async (code, cure) => {
    await using server = await limited({ list: 20, code });
    const error = await failureOf(ldapFor('person', setup(server, 100)));
    expect(error).toMatchObject({ name: 'LimitExceeded', fault: 'refused' });
    expect(error.message).toMatch(new RegExp(`reading ids, page \\d+ .*\\(${code}\\); raise the limit .*${cure}`));
  });

  it('is not the matter where nothing is given at all', async () => {
    await using server = await limited({ page: 0, code: 11 });
    const error = await failureOf(ldapFor('person', setup(server, 4)));
    expect(error.message).toContain('page 1');
    expect(server.asked.filter(({ kind }) => kind === 'search').map(({ size }) => size)).toEqual([4, 2, 1]);
  });
});
