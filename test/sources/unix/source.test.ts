import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../../src/contract/source.js';
import type { Account } from '../../../src/model/account.js';
import type { SourceConfig } from '../../../src/model/config.js';
import type { RequestSeen } from '../../../src/model/request-seen.js';
import { openUnix } from '../../../src/sources/unix/source.js';
import { failure, pulled } from '../sql/open.js';

/** As useradd, usermod -L, chage -E and lastlog of Debian 12 wrote them. */
const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
ada:x:1000:1000:Ada One,Room 1,,:/home/ada:/bin/bash
locked:x:1001:1001::/home/locked:/bin/bash
closed:x:1002:1002::/home/closed:/bin/bash
keyonly:x:1003:1003::/home/keyonly:/bin/sh
off:x:1004:1004::/home/off:/usr/sbin/nologin
tunnel:x:1005:1005::/home/tunnel:/bin/false
later:x:1006:1006::/home/later:/bin/bash
open:x:1007:1007::/home/open:/bin/bash
`;
const SHADOW = `root:*:20228:0:99999:7:::
daemon:*:20228:0:99999:7:::
nobody:*:20228:0:99999:7:::
ada:$y$j9T$salt$hash:20788:0:99999:7:::
locked:!$y$j9T$salt$hash:20788:0:99999:7:::
closed:$y$j9T$salt$hash:20788:0:99999:7::18262:
keyonly:!:20788:0:99999:7:::
off:!$y$j9T$salt$hash:20788:0:99999:7:::
tunnel:$y$j9T$salt$hash:20788:0:99999:7:::
later:$y$j9T$salt$hash:20788:0:99999:7::90000:
open::20788:0:99999:7:::
`;
const LASTLOG = `Username         Port     From                                       Latest
root                                                                **Never logged in**
ada              pts/0    192.0.2.7                                  Mon Nov 30 12:01:02 +0100 2026
locked           tty1                                                Tue Dec  1 00:00:09 +0000 2026
later            pts/1    192.0.2.8                                  lun. nov. 30 12:01:02 +0100 2026
`;

const FILES: Readonly<Record<string, string>> = { passwd: PASSWD, shadow: SHADOW, lastlog: LASTLOG };

async function host(
  files: Readonly<Record<string, string>> = FILES,
  more: Partial<SourceConfig> = {},
  told: { readonly asOf?: number; readonly onRequest?: (request: RequestSeen) => void } = {},
): Promise<Source<Account>> {
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-unix-'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
  const { passwd, ...others } = Object.fromEntries(Object.keys(files).map((name) => [name, name]));
  const config = { name: 'web1', connector: 'unix', options: { path: passwd, ...others }, fields: {}, dir, ...more };
  return openUnix('account', config, { redact: (text: string) => text, env: {}, pageConcurrency: 1, ...told });
}

describe('the accounts of a Unix host', () => {
  it('says who may log in, and who nobody knows of', async () => {
    const { rows, completeness } = await pulled(await host());
    expect(Object.fromEntries(rows.map(({ id, status }) => [id, status]))).toEqual({
      // Without a password and with a shell: a key may let in.
      root: 'unknown',
      daemon: 'deactivated',
      nobody: 'deactivated',
      ada: 'active',
      locked: 'unknown',
      closed: 'deactivated',
      keyonly: 'unknown',
      off: 'deactivated',
      tunnel: 'unknown',
      later: 'active',
      open: 'active',
    });
    expect(completeness).toMatchObject({ verdict: 'consistent', received: 11, unique: 11 });
  });

  it('tells accounts of the system from those of people, and reads names, dates and numbers', async () => {
    const { rows } = await pulled(await host());
    const of = (id: string): Account | undefined => rows.find((row) => row.id === id);
    expect(rows.filter(({ kind }) => kind === 'service').map(({ id }) => id)).toEqual(['root', 'daemon', 'nobody']);
    expect(of('ada')).toMatchObject({
      userName: 'ada',
      kind: 'human',
      admin: false,
      lastLoginAt: { at: Date.parse('2026-11-30T11:01:02Z') },
      attributes: { displayName: 'Ada One', uid: '1000' },
    });
    expect(of('locked')?.lastLoginAt).toEqual({ at: Date.parse('2026-12-01T00:00:09Z') });
    expect(of('closed')?.deactivatedAt).toEqual({ at: Date.parse('2020-01-01T00:00:00Z'), day: true });
    expect([of('root')?.admin, of('root')?.lastLoginAt, of('root')?.unread]).toEqual([true, undefined, undefined]);
    // Another language than that of C: a login that is there, and cannot be read.
    expect(of('later')?.unread).toEqual(['lastLoginAt']);
  });

  it.each([
    ['2019-12-31T23:59:59Z', 'active', undefined],
    ['2020-01-01', 'deactivated', { at: Date.parse('2020-01-01'), day: true }],
  ])('says who has expired by %s, whenever it is read', async (asOf, status, deactivatedAt) => {
    const { rows } = await pulled(await host(FILES, {}, { asOf: Date.parse(asOf) }));
    const closed = rows.find(({ id }) => id === 'closed');
    expect([closed?.status, closed?.deactivatedAt]).toEqual([status, deactivatedAt]);
  });

  it.each([
    // shadow(5): either no expiry, or 1970.
    ['0', 'unknown'],
    ['soon', 'unknown'],
    ['-1', 'active'],
    ['', 'active'],
    ['1', 'deactivated'],
  ])('takes an expiry of "%s" for %s', async (expires, status) => {
    const shadow = SHADOW.replace(/^(ada:.*):$/m, (line) => line.replace(/::$/, `:${expires}:`));
    const { rows } = await pulled(await host({ ...FILES, shadow }));
    expect(rows.find(({ id }) => id === 'ada')?.status).toBe(status);
  });

  it('asks shadow of nobody whose password stands in passwd', async () => {
    const { rows } = await pulled(await host({ ...FILES, passwd: PASSWD.replace(/^off:x/m, 'off:$y$j9T$salt$hash') }));
    expect(rows.find(({ id }) => id === 'off')?.status).toBe('unknown');
  });

  it('calls nobody active without shadow', async () => {
    const source = await host({ passwd: PASSWD });
    const { rows } = await pulled(source);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['unknown']));
    expect(source.facts.notes).toContain('without shadow: nobody knows which accounts are locked or expired');
  });

  it('takes the word of whoever knows that there are no keys', async () => {
    const state = { from: 'password', map: { set: 'active', empty: 'active', locked: 'deactivated', none: 'deactivated' } };
    const { rows } = await pulled(await host(FILES, { state }));
    expect(rows.find(({ id }) => id === 'locked')?.status).toBe('deactivated');
  });

  it.each([
    ['of another moment', { ...FILES, shadow: `${SHADOW}new:*:20788:0:99999:7:::\n` }, /1 name of shadow is not in passwd/],
    ['with a name twice in shadow', { ...FILES, shadow: `${SHADOW}ada:!:20788:0:99999:7:::\n` }, /1 line of shadow repeats a name/],
    ['torn', { ...FILES, passwd: PASSWD.slice(0, -1) }, /the last line of passwd has no end/],
    ['with more accounts in NIS', { ...FILES, passwd: `${PASSWD}+::::::\n` }, /takes more accounts from NIS \(line 12\)/],
    ['empty', { passwd: '' }, /the file holds no accounts/],
    ['with a name twice', { ...FILES, passwd: `${PASSWD}ada:x:0:0::/:/bin/sh\n` }, /repeats an id/],
  ])('proves nothing by copies that are %s', async (_, files, reason) => {
    const { completeness } = await pulled(await host(files));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join('\n')).toMatch(reason);
  });

  it('knows nothing of an account that shadow lacks', async () => {
    const { rows, completeness } = await pulled(await host({ ...FILES, shadow: SHADOW.replace(/^ada.*\n/m, '') }));
    expect(rows.find(({ id }) => id === 'ada')?.status).toBe('unknown');
    expect(completeness.reasons).toContain('1 account of passwd not in shadow: whether it is locked is not known');
  });

  it.each([
    ['passwd', { passwd: 'ada:x:1000\n' }, 'web1: reading passwd: line 1 has 3 cells where there are 7; copy the file again'],
    ['shadow', { passwd: PASSWD, shadow: 'ada:x\n' }, 'web1: reading shadow: line 1 has 2 cells where there are 9; copy the file again'],
    ['a number', { passwd: 'ada:x:a:0::/:/bin/sh\n' }, 'web1: reading passwd: line 1 has no number of a user; copy the file again'],
  ])('refuses what is no such file: %s', async (_, files, said) => {
    expect((await failure(await host(files))).message).toBe(said);
  });

  it('says which file is missing, and leaves evidence of the others', async () => {
    const seen: RequestSeen[] = [];
    const source = await host(
      { passwd: PASSWD },
      { options: { path: 'passwd', shadow: 'shaddow' } },
      { onRequest: (one) => void seen.push(one) },
    );
    expect((await failure(source)).message).toBe('web1: reading shaddow: it could not be read (ENOENT); check its path');
    expect(seen).toMatchObject([{ method: 'READ', origin: 'file:', path: 'passwd', bytes: PASSWD.length }]);
  });
});
