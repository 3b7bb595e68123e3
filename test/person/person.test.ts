import { describe, expect, it, onTestFinished } from 'vitest';
import type { PersonReport } from '../../src/model/person-report.js';
import { lifegap, type Ran } from '../build.js';
import { json, raw, startFaultServer } from '../http/fault-server.js';
import { folder } from '../bad-input/run.js';
import { listOf, refuse, startScim, type FakeScim, type FakeUser, type ListQuery } from '../sources/scim/scim-server.js';

const PEOPLE = [
  'id,userName,mail,employee_no,state,endAt,first,last',
  'p1,ada,ada@corp.example,0017,terminated,2026-10-01,Ada,Amsel',
  'p2,ben,ben@corp.example,0018,active,,Ben,Brook',
  'p3,ada2,ada@corp.example,0017,terminated,2024-05-01,Ada,Amsel',
  ...Array.from({ length: 35 }, (_, i) => `o${i},user${i}@corp.example,user${i}@corp.example,,active,,User,${i}`),
  '',
].join('\n');

const CONFIG = (url: string): string => `version: 1
history: false
directory:
  name: hr
  connector: file
  path: people.csv
  fields: { id: id, userName: userName, emails: [mail], employeeId: employee_no, endAt: endAt, givenName: first, familyName: last }
  state: { from: state, map: { active: active, terminated: terminated } }
apps:
  chat: { connector: scim, url: "${url}", token: "\${env:TOKEN}", page_size: 10, confirm: false }
  crm:
    connector: file
    path: crm.csv
    fields: { id: id, userName: login, emails: [mail], roles: roles}
    status: { from: status, map: { on: active, off: deactivated, invited: pending } }
`;

const ADA: FakeUser = { id: 's-ada', userName: 'ADA@corp.example', externalId: 'p1', emails: [{ value: 'ada@corp.example', primary: true }], active: true }; // prettier-ignore
const others = Array.from({ length: 35 }, (_, i): FakeUser => ({ id: `s${i}`, userName: `user${i}@corp.example`, active: true }));

/** Filters as RFC 7644 has it, for `eq` alone. */
function filtering(all: readonly FakeUser[], filters: string[]): (query: ListQuery, filter: string | null) => FakeUser[] {
  return (_, filter) => {
    if (filter === null) return [...all];
    filters.push(filter);
    const [, name, value] = /^(\S+) eq (".*")$/.exec(filter) ?? [];
    const wanted = (JSON.parse(value ?? '""') as string).toLowerCase();
    return all.filter((user) => {
      const emails = ((user['emails'] ?? []) as { value: string }[]).map((email) => email.value);
      const values = name === 'emails.value' ? emails : [user[name ?? '']];
      return values.some((one) => typeof one === 'string' && one.toLowerCase() === wanted);
    });
  };
}

interface Asked extends Ran {
  readonly server: FakeScim;
  readonly filters: string[];
  readonly answer: PersonReport & { exitCode: number; exitReason: string };
}

interface World {
  readonly users?: readonly FakeUser[];
  readonly crm?: string;
  readonly filter?: 'honoured' | 'ignored' | 'refused';
  readonly people?: string;
  readonly config?: (text: string) => string;
}

async function person(
  args: readonly string[],
  {
    users = [...others, ADA],
    crm = 'id,login,mail,status,roles\nc9,ben,ben@corp.example,on,\n',
    filter = 'honoured',
    people = PEOPLE,
    config = (text) => text,
  }: World = {},
): Promise<Asked> {
  // prettier-ignore
  const filters: string[] = [];
  const search = filtering(users, filters);
  const server: FakeScim = await startScim({
    list: (query) => {
      const asked = server.lists.at(-1)?.get('filter') ?? null;
      if (asked !== null && filter === 'refused') return refuse(400, 'invalidFilter');
      return listOf(search(query, filter === 'ignored' ? null : asked), query);
    },
  });
  onTestFinished(server.close);
  const dir = await folder({ 'lifegap.yaml': config(CONFIG(server.url)), 'people.csv': people, 'crm.csv': crm });
  const ran = await lifegap(['person', ...args, '--as-of', '2026-11-24', '--json'], { cwd: dir, env: { TOKEN: 't0p-s3cret-value' } });
  const answer = (ran.stdout === '' ? {} : JSON.parse(ran.stdout)) as Asked['answer'];
  return { ...ran, server, filters, answer };
}

const app = ({ answer }: Asked, name: string) => answer.apps.find((one) => one.name === name)!;

describe('lifegap person', () => {
  it.each(['ada@corp.example', 'ADA@Corp.Example', 'ada', 'p1', '0017'])(
    'finds %s, with the older record of the same human',
    async (who) => {
      const asked = await person([who]);
      expect(asked.answer.people.map(({ id, state }) => [id, state])).toEqual([['p1', 'terminated'], ['p3', 'terminated']]); // prettier-ignore
      expect(app(asked, 'chat').accounts).toMatchObject([{ id: 's-ada', status: 'active', belongs: 'correlated', letsIn: ['the account is active'] }]); // prettier-ignore
      expect(app(asked, 'chat').findings).toMatchObject([{ class: 'orphaned', reason: 'owner-terminated' }]);
      expect(asked.answer.accessEndsBy).toBe('2026-10-03T12:00:00.000Z');
      expect([asked.code, asked.answer.exitCode]).toEqual([0, 0]);
    },
  );

  it('tells when what happened, by the directory and by the apps', async () => {
    const users = [...others, { ...ADA, meta: { created: '2024-01-15T08:00:00Z' } }];
    const asked = await person(['p1'], { users });
    expect(asked.answer.timeline).toEqual([
      { at: '2024-01-15T08:00:00Z', what: 's-ada was created', source: 'chat' },
      { at: '2024-05-01', what: 'last day of p3', source: 'hr' },
      { at: '2026-10-01', what: 'last day of p1', source: 'hr' },
    ]);
  });

  it('asks by filter where that shows a way in, and reads nobody else', async () => {
    const asked = await person(['ada@corp.example']);
    expect(asked.filters[0]).toBe('externalId eq "p1"');
    expect(asked.server.lists.every((query) => query.has('filter'))).toBe(true);
    expect(app(asked, 'chat')).toMatchObject({ askedByFilter: true, list: 'unproven', reasons: [] });
  });

  it('reads the whole list where the filter finds nothing that lets them in: not found is not proven', async () => {
    const off = { ...ADA, active: false };
    const second: FakeUser = { id: 's-old', userName: 'Ada.Amsel', displayName: 'ada', active: true, 'urn:x': 1, externalId: ' P1 ' };
    const asked = await person(['ada@corp.example', '--fail-if-active'], { users: [...others, off, second] });
    expect(asked.server.lists.some((query) => !query.has('filter'))).toBe(true);
    expect(app(asked, 'chat')).toMatchObject({ askedByFilter: false, list: 'proven' });
    expect(app(asked, 'chat').accounts.map(({ id }) => id)).toEqual(['s-ada', 's-old']);
    expect(asked.code).toBe(1);
  });

  it.each(['ignored', 'refused'] as const)('is not misled by a server whose filter is %s', async (filter) => {
    const asked = await person(['ada@corp.example', '--fail-if-active'], { filter, users: [...others, { ...ADA, active: false }] });
    expect(app(asked, 'chat')).toMatchObject({ askedByFilter: false, list: 'proven' });
    expect(app(asked, 'chat').accounts).toMatchObject([{ id: 's-ada', status: 'deactivated', letsIn: [] }]);
    expect(asked.code).toBe(0);
  });

  it('never filters with --whole', async () => {
    const asked = await person(['ada@corp.example', '--whole']);
    expect(asked.filters).toEqual([]);
    expect(app(asked, 'chat').list).toBe('proven');
  });

  it('--fail-if-active exits 1 on an account that is on, and on an open invitation', async () => {
    expect((await person(['ada@corp.example', '--fail-if-active'])).code).toBe(1);
    const invited = await person(['ada@corp.example', '--fail-if-active'], { users: others, crm: 'id,login,mail,status,roles\nc1,ada,ada@corp.example,invited,\n' }); // prettier-ignore
    expect([invited.code, app(invited, 'crm').accounts[0]?.letsIn]).toEqual([1, ['an invitation is open']]);
  });

  it('exits 3 where a status is not known, and 4 where an app could not be read: that is not done', async () => {
    const unknown = await person(['ada@corp.example', '--fail-if-active'], { users: others, crm: 'id,login,mail,status,roles\nc1,ada,ada@corp.example,frozen,\n' }); // prettier-ignore
    expect([unknown.code, unknown.answer.summary.open]).toEqual([3, ['the status of ada in crm is not known']]);
    const torn = await person(['ada@corp.example', '--fail-if-active'], { users: others, crm: 'id,login\n"c1' });
    expect([torn.code, torn.answer.summary.lettingIn]).toEqual([torn.answer.summary.failed.length > 0 ? 4 : 3, 0]);
  });

  it('exits 3 where so many accounts match nobody that wrong keys are likelier: this person may be among them', async () => {
    const strangers = Array.from({ length: 40 }, (_, i) => `c${i},L${i},l${i}@elsewhere.example,on,`).join('\n');
    const asked = await person(['ada@corp.example', '--fail-if-active'], { users: others, crm: `id,login,mail,status,roles\n${strangers}\n` }); // prettier-ignore
    expect([asked.code, asked.answer.summary.open]).toEqual([3, ['whose accounts crm holds']]);
    expect(app(asked, 'crm').accounts).toEqual([]);
    expect(app(asked, 'crm').findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^40 of 40 active accounts match nobody/),
    ]);
  });

  it('shows an account whose key is of several people: it may be of this one', async () => {
    const people = PEOPLE.replace('p2,ben,ben@corp.example,0018', 'p2,ben,ben@corp.example,0017');
    const crm = 'id,login,mail,status,roles,no\nc7,contractor,someone@elsewhere.example,on,,0017\n';
    const asked = await person(['ben', '--fail-if-active'], {
      users: others,
      people,
      crm,
      config: (text) => text.replace('roles: roles', 'employeeId: no'),
    });
    expect(app(asked, 'crm').accounts).toMatchObject([{ id: 'c7', belongs: 'same key', letsIn: ['the account is active'] }]);
    expect(asked.code).toBe(1);
  });

  it.each([200, 403])('exits 3 where an account is off and its keys could not be read (status %i of their list)', async (status) => {
    const vault = await startFaultServer((seen) =>
      seen.url.startsWith('/tokens')
        ? raw(status, { 'content-type': 'application/json' }, '{"tokens":[]}')
        : json({ users: [{ id: 'v1', login: 'ada', mail: 'ada@corp.example', on: false }] }),
    );
    onTestFinished(vault.close);
    const manifest = `name: vault
title: Vault
kind: app
permission: none
leavers: listed
auth: none
base_url: https://vault.example
request: { path: users }
records: users
fields: { id: id, userName: login, emails: [mail] }
status: { from: on, map: { true: active, false: deactivated } }
credentials: { name: tokens, request: { path: tokens }, records: tokens, account: { id: owner }, fields: { id: id } }
`;
    const config = CONFIG('http://127.0.0.1:9').replace(
      / {2}chat:.*\n/,
      `  vault: { connector: http, manifest: vault.yaml, base_url: "${vault.origin}" }\n`,
    );
    const dir = await folder({ 'lifegap.yaml': config, 'vault.yaml': manifest, 'people.csv': PEOPLE, 'crm.csv': 'id,login,mail,status,roles\nc0,user0,user0@corp.example,on,\n' }); // prettier-ignore
    const { stdout, code } = await lifegap(['person', 'ada', '--as-of', '2026-11-24', '--json', '--fail-if-active'], { cwd: dir });
    const { summary } = JSON.parse(stdout) as PersonReport;
    expect([code, summary.open]).toEqual(status === 200 ? [0, []] : [3, ['the live credentials of ada in vault could not be read']]);
  });

  it('takes a field that is called credentials for a field', async () => {
    const config = CONFIG('http://127.0.0.1:9')
      .replace(/ {2}chat:.*\n/, '')
      .replace('roles: roles}', 'roles: roles, credentials: { from: badge, map: { a: b } } }');
    expect(config).toContain('badge');
    const dir = await folder({ 'lifegap.yaml': config, 'people.csv': PEOPLE, 'crm.csv': 'id,login,mail,status,badge\nc1,ada,ada@corp.example,off,z\nc0,user0,user0@corp.example,on,a\n' }); // prettier-ignore
    const { stdout } = await lifegap(['person', 'ada', '--as-of', '2026-11-24', '--json'], { cwd: dir });
    const { summary } = JSON.parse(stdout) as PersonReport;
    expect(summary.open).toEqual([]);
  });

  it('finds accounts of somebody whom the directory has forgotten', async () => {
    const asked = await person(['ada@corp.example', '--fail-if-active'], { people: PEOPLE.split('\n').filter((line) => !line.includes('ada')).join('\n') }); // prettier-ignore
    expect(asked.answer.people).toEqual([]);
    expect(app(asked, 'chat').accounts).toMatchObject([{ id: 's-ada', belongs: 'same name' }]);
    expect(asked.code).toBe(1);
  });

  it('knows nobody of that name: says so, and is never clean', async () => {
    const asked = await person(['adda@corp.example', '--fail-if-active']);
    expect([asked.code, asked.answer.exitReason]).toEqual([
      2,
      'neither the directory nor an app knows adda@corp.example: is it spelt right?',
    ]);
  });

  it('does not take another system’s number for this person', async () => {
    const asked = await person(['p2'], { users: others, crm: 'id,login,mail,status,roles\np2,zoe,zoe@corp.example,on,\n' });
    expect(app(asked, 'crm').accounts).toEqual([]);
  });

  it('says it at a terminal, with what is wrong by now; text of strangers cannot act', async () => {
    const server = await startScim({
      list: (query) => listOf([{ ...ADA, userName: 'ada@corp.example', displayName: '\u001b[31m' }], query),
    });
    onTestFinished(server.close);
    const crm = 'id,login,mail,status,roles\nc1,"ad\u001b[2Ja",ada@corp.example,on,"ad\u202emin"\n';
    const dir = await folder({ 'lifegap.yaml': CONFIG(server.url), 'people.csv': PEOPLE, 'crm.csv': crm });
    const { stdout, code } = await lifegap(['person', 'ada', '--as-of', '2026-11-24'], { cwd: dir, env: { TOKEN: 't0p-s3cret-value' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ada · 2 records · 2 accounts let them in/);
    expect(stdout).toContain('All access should have ended by 2026-10-03 12:00 UTC.');
    expect(stdout).toContain('ad\\u{1b}[2Ja');
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });
});
