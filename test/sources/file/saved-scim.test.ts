import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Account } from '../../../src/model/account.js';
import { openFile } from '../../../src/sources/file/source.js';

it('reads a saved SCIM answer: the list is what holds resources, not the names of schemas', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-saved-'));
  try {
    const answer = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 1,
      Resources: [{ id: '1', userName: 'ada' }],
    };
    await writeFile(path.join(dir, 'users.json'), JSON.stringify(answer));
    const config = { name: 'hub', connector: 'file', options: { path: 'users.json' }, fields: {}, dir };
    const pages = openFile('account', config, { redact: (text) => text, env: {}, pageConcurrency: 1 }).pull({
      signal: new AbortController().signal,
    });
    const rows: Account[] = [];
    let step = await pages.next();
    for (; step.done !== true; step = await pages.next()) rows.push(...step.value.rows);
    expect(rows.map((row) => row.userName)).toEqual(['ada']);
    expect(step.value).toMatchObject({ verdict: 'proven', declaredTotal: 1 });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
