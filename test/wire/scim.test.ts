import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.js';
import { openScim } from '../../src/sources/scim/source.js';
import type { Source } from '../../src/contract/source.js';
import type { Account } from '../../src/model/account.js';
import { cases } from '../night.js';
import { pullAll } from '../sources/scim/pull.js';
import { type PostedUser, type ScimmyServer, startScimmy } from './scimmy-server.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const COUNT = cases(250, 100);
const PAGE = 30;
const PAGES = Math.ceil(COUNT / PAGE);

function posted(index: number): PostedUser {
  return {
    userName: `user${index}@corp.example`,
    externalId: `p-${index}`,
    name: { givenName: `Given${index}`, familyName: `Family${index}` },
    emails: [
      { value: `home${index}@home.example`, type: 'home' },
      { value: `user${index}@corp.example`, type: 'work', primary: true },
    ],
    active: index % 10 !== 0,
    [ENTERPRISE]: { employeeNumber: String(1000 + index), department: 'Sales' },
  };
}

describe.each([4, 5] as const)('scimmy-routers under Express %i', (version) => {
  let server: ScimmyServer;
  let ids: string[];
  beforeAll(async () => {
    server = await startScimmy(version);
    ids = await server.create(Array.from({ length: COUNT }, (_, index) => posted(index)));
  });
  afterAll(() => server.close());

  function open(concurrency: number, token = server.token): Source<Account> {
    const options = { url: server.url, token: new Secret(token), page_size: PAGE, concurrency };
    const config = { name: 'hr-portal', connector: 'scim', options, fields: {}, dir: '/' };
    return openScim('account', config, { redact: (text) => text, env: {}, pageConcurrency: 4 });
  }

  it.each([1, 4])(
    version === 4 ? 'every user comes, and the list is proven (%i in flight)' : 'paging is ignored: unproven, and no loop (%i in flight)',
    async (concurrency) => {
      const before = server.listRequests();
      const source = open(concurrency);
      const { rows, ids: read, completeness } = await pullAll<'account'>(source);
      await source.close?.();
      const requests = server.listRequests() - before;
      if (version === 4) {
        expect(read).toEqual(ids);
        expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: COUNT, received: COUNT, unique: COUNT, pages: PAGES });
        expect(completeness.reasons).toEqual(['wraps round to the first users past its end']);
        expect(requests).toBe(PAGES + 1);
        expect(rows[10]).toMatchObject({
          externalId: 'p-10',
          emails: ['user10@corp.example', 'home10@home.example'],
          employeeId: '1010',
          status: 'deactivated',
          attributes: { givenName: 'Given10', familyName: 'Family10', department: 'Sales' },
        });
        expect(rows[10]?.createdAt?.at).toBeGreaterThan(Date.UTC(2020, 0));
        expect(source.facts.notes).toContain('declares PATCH supported');
      } else {
        expect(read.length).toBeLessThan(COUNT);
        expect(completeness.verdict).toBe('unproven');
        expect(completeness.reasons.join('; ')).toContain('startIndex is ignored');
        expect(completeness.reasons.join('; ')).toContain(`the system declares ${COUNT} rows`);
        expect(requests).toBeLessThanOrEqual(8);
      }
    },
  );

  it('confirms single accounts, and leaves out one that is gone', async () => {
    const [gone] = await server.create([posted(COUNT)]);
    await server.remove(gone as string);
    const source = open(4);
    const rows = await source.confirm?.([ids[0] as string, gone as string, ids.at(COUNT - 1) as string], {
      signal: new AbortController().signal,
    });
    await source.close?.();
    expect(rows?.map(({ userName }) => userName)).toEqual(['user0@corp.example', `user${COUNT - 1}@corp.example`]);
  });

  it('a wrong token is a failure with a next step, not an empty list', async () => {
    const source = open(1, 'wrong-token');
    await expect(pullAll<'account'>(source)).rejects.toMatchObject({
      fault: 'auth',
      message: expect.stringMatching(/hr-portal.*token/) as unknown,
    });
    await source.close?.();
  });
});
