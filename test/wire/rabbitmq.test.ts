import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import { Secret } from '../../src/model/secret.js';
import { openManifest } from '../../src/manifest/source.js';
import type { Source } from '../../src/contract/source.js';
import { pullAll } from '../sources/scim/pull.js';
import { describeWithRabbit, type Rabbit, startRabbit } from './rabbitmq.js';

const PASSWORD = 'rabbit-wire-244948';

function basic(name: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
}

describeWithRabbit(
  "RabbitMQ's management API, read with the manifest of the catalogue",
  () => {
    let rabbit: Rabbit;
    beforeAll(async () => {
      rabbit = await startRabbit('audit', PASSWORD);
      await Promise.all(['ada', 'bob'].map((name) => rabbit.ctl('add_user', name, PASSWORD)));
      await rabbit.ctl('set_user_tags', 'ada', 'management', 'monitoring');
    }, 240_000);
    afterAll(() => rabbit.stop());

    const lines: string[] = [];
    function open(username: string, password = PASSWORD): Source<Account> {
      const options = { url: rabbit.url, username, password: new Secret(password) };
      const config = { name: 'broker', connector: 'rabbitmq', options, fields: {}, dir: '/' };
      return openManifest('account', config, {
        redact: (text) => text,
        env: {},
        pageConcurrency: 4,
        trace: (line) => void lines.push(line),
      });
    }

    it('lists who may sign in with their tags, and nobody who was removed', async () => {
      const source = open('audit');
      expect(source.facts).toMatchObject({ leavers: 'gone', total: 'none' });
      const { rows, completeness } = await pullAll<'account'>(source);
      expect(
        rows
          .map(({ id, userName, status, roles, admin }) => ({ id, userName, status, roles, admin }))
          .sort((a, b) => a.id.localeCompare(b.id)),
      ).toEqual([
        { id: 'ada', userName: 'ada', status: 'active', roles: ['management', 'monitoring'], admin: false },
        { id: 'audit', userName: 'audit', status: 'active', roles: ['administrator'], admin: true },
        { id: 'bob', userName: 'bob', status: 'active', roles: [], admin: false },
      ]);
      expect(completeness).toMatchObject({ verdict: 'consistent', received: 3, unique: 3, pages: 1 });

      // Nobody signs in with an empty password, and the tags of the account stay.
      await rabbit.ctl('clear_password', 'ada');
      const cleared = await pullAll<'account'>(source);
      expect(Object.fromEntries(cleared.rows.map(({ id, status }) => [id, status]))).toEqual({
        ada: 'suspended',
        audit: 'active',
        bob: 'active',
      });
      const tried = await fetch(`${rabbit.url}/api/whoami`, { headers: basic('ada', PASSWORD) });
      expect(tried.status).toBe(401);
      await rabbit.ctl('change_password', 'ada', PASSWORD);

      await rabbit.ctl('delete_user', 'bob');
      const after = await pullAll<'account'>(source);
      await source.close?.();
      expect([...after.ids].sort()).toEqual(['ada', 'audit']);
      expect(JSON.stringify([lines, rows])).not.toMatch(/rabbit-wire|password_hash/);
    });

    it.each([
      ['a wrong password', 'audit', 'wrong-password'],
      ['a user without the tag administrator', 'ada', PASSWORD],
    ])('fails with %s, and says so', async (_, username, password) => {
      const source = open(username, password);
      const error: unknown = await pullAll<'account'>(source).catch((thrown: unknown) => thrown);
      await source.close?.();
      expect(error).toMatchObject({ name: 'SourceError', fault: 'auth' });
      expect(String(error)).toContain('not_authori');
      expect(String(error)).not.toContain(password);
    });
  },
  120_000,
);
