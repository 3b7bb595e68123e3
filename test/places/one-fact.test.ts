// One fact that stands in several places, alike in every connector: a whole audit in this process.
import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from '../connectors/audited.js';

const none: Vendor = () => undefined;
const HR = csv(
  'id,userName,email,state,endAt',
  'p1,ada,ada@corp.example,active,',
  'p2,ben,ben@corp.example,terminated,2026-09-30',
  'p3,cy,cy@corp.example,terminated,2026-09-30',
);
const APP = csv('id,email,status', 'a1,ada@corp.example,active', 'a2,ben@corp.example,active', 'a3,cy@corp.example,active');
const hr = 'directory: { name: hr, connector: file, path: hr.csv }\n';
const app = (more: string): string => `apps: { app: { ${more} } }\n`;

/** The same rows in every format that an export may have. */
function exports(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): [string, Record<string, string>][] {
  const objects = rows.map((row) => Object.fromEntries(columns.flatMap((column, i) => (row[i] === null ? [] : [[column, row[i]]]))));
  const cells = rows.map((row) =>
    row.map((cell) => (/[",]/.test(cell ?? '') ? `"${(cell ?? '').replaceAll('"', '""')}"` : (cell ?? ''))).join(','),
  );
  return [
    ['csv', { [`${name}.csv`]: csv(columns.join(','), ...cells) }],
    ['json', { [`${name}.json`]: JSON.stringify(objects) }],
    ['ndjson', { [`${name}.ndjson`]: objects.map((object) => `${JSON.stringify(object)}\n`).join('') }],
  ];
}

describe('access by any of several keys', () => {
  const columns = ['id', 'userName', 'password', 'key1', 'key2', 'pw_used', 'key_used'];
  const rows = [
    ['u1', 'ada', 'true', 'true', 'false', '2026-11-20T09:00:00Z', 'N/A'],
    ['u2', 'ben', 'false', 'true', 'N/A', 'no_information', '2026-11-21T09:00:00Z'],
    ['u3', 'cy', 'false', 'false', 'false', 'no_information', 'N/A'],
  ] as const;
  const places =
    'fields: { lastLoginAt: [pw_used, key_used] }, status: { from: [password, key1, key2], map: { true: active, false: deactivated }';

  it.each(exports('app', columns, rows))('counts where any of them is on: %s', async (format, files) => {
    const config = `${hr}${app(`connector: file, path: app.${format}, ${places}, prefer: on }`)}`;
    const report = await audited(config, { 'hr.csv': HR, ...files }, none);
    expect(verdicts(report)).toEqual(['u2 orphaned:owner-terminated critical']);
  });

  it.each(exports('app', columns, rows))('is unknown where they differ and nobody says which counts: %s', async (format, files) => {
    const report = await audited(`${hr}${app(`connector: file, path: app.${format}, ${places} }`)}`, { 'hr.csv': HR, ...files }, none);
    expect(verdicts(report)).toEqual(['u1 inconclusive:unknown-status info', 'u2 inconclusive:unknown-status info']);
    expect(report.apps[0]?.notes.join()).toMatch(/status: 2 values of several places disagree.*`prefer`/);
    expect(report.run.exitCode).toBe(3);
  });

  it('is off where any of them is off, if the config says so', async () => {
    const [[, files]] = exports('app', columns, rows) as [[string, Record<string, string>]];
    const report = await audited(
      `${hr}${app(`connector: file, path: app.csv, ${places}, prefer: off }`)}`,
      { 'hr.csv': HR, ...files },
      none,
    );
    expect(verdicts(report)).toEqual(['u1 missing:inactive-account medium']);
  });
});

describe('two flags, each of which ends access', () => {
  const columns = ['id', 'email', 'suspended', 'archived'];
  const rows = [
    ['p1', 'ada@corp.example', 'False', 'False'],
    ['p2', 'ben@corp.example', 'False', 'True'],
    ['p3', 'cy@corp.example', 'True', 'False'],
  ] as const;
  const directory = (format: string, state: string): string =>
    `directory: { name: google, connector: file, path: users.${format}, state: ${state} }\n`;
  const people = app('connector: file, path: app.csv');

  it.each(exports('users', columns, rows))('%s', async (format, files) => {
    const off = '{ from: [suspended, archived], map: { false: active, true: suspended }';
    expect(verdicts(await audited(directory(format, `${off}, prefer: off }`) + people, { 'app.csv': APP, ...files }, none))).toEqual([
      'a2 orphaned:owner-disabled medium',
      'a3 orphaned:owner-disabled medium',
    ]);
    const silent = await audited(directory(format, `${off} }`) + people, { 'app.csv': APP, ...files }, none);
    expect(verdicts(silent).filter((text) => !text.startsWith('a1'))).toEqual([
      'a2 inconclusive:unknown-status info',
      'a3 inconclusive:unknown-status info',
    ]);
    // Each in its own words.
    const own =
      '{ from: [suspended, { from: archived, map: { true: terminated, false: active } }], map: { true: suspended, false: active }, prefer: off }';
    expect(verdicts(await audited(directory(format, own) + people, { 'app.csv': APP, ...files }, none))).toEqual([
      'a2 orphaned:owner-terminated high',
      'a3 orphaned:owner-disabled medium',
    ]);
  });
});

describe('a flag that only those have who are off', () => {
  const columns = ['id', 'email', 'disabled'];
  const rows = [
    ['p1', 'ada@corp.example', null],
    ['p2', 'ben@corp.example', 'true'],
    ['p3', 'cy@corp.example', 'false'],
  ] as const;
  const state = (more: string): string => `{ from: disabled, map: { true: suspended, false: active }${more} }`;

  it.each(exports('users', columns, rows))('means what the config says that absence means: %s', async (format, files) => {
    const config = (more: string): string =>
      `directory: { name: d, connector: file, path: users.${format}, state: ${state(more)} }\n${app('connector: file, path: app.csv')}`;
    expect(verdicts(await audited(config(', absent: active'), { 'app.csv': APP, ...files }, none))).toEqual([
      'a2 orphaned:owner-disabled medium',
    ]);
    const silent = await audited(config(''), { 'app.csv': APP, ...files }, none);
    expect(verdicts(silent)).toEqual(['a1 inconclusive:unknown-status info', 'a2 orphaned:owner-disabled medium']);
    expect(silent.findings.find(({ class: cls }) => cls === 'inconclusive')?.summary).toContain('`absent`');
    expect(silent.directory[0]?.notes.join()).toMatch(/state: 1 value missing \(no disabled\).*`absent`/);
  });

  it('of SCIM users and of a system that a manifest describes', async () => {
    const list = [
      { id: 'p1', userName: 'ada', email: 'ada@corp.example' },
      { id: 'p2', userName: 'ben', email: 'ben@corp.example', disabled: true },
    ];
    const scim: Vendor = ({ path, query }) => {
      if (!path.endsWith('/Users')) return undefined;
      const all = list.map(({ email, ...user }) => ({ ...user, emails: [{ value: email }] }));
      const startIndex = Number(query.get('startIndex') ?? 1);
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
      return { body: { schemas, totalResults: 2, startIndex, Resources: all.slice(startIndex - 1) } };
    };
    const byScim = `directory: { name: d, connector: scim, url: "\${env:ORIGIN}/scim", token: "\${env:SECRET}", state: ${state(', absent: active')} }\n`;
    const files = { 'app.csv': APP };
    expect(verdicts(await audited(byScim + app('connector: file, path: app.csv'), files, scim))).toEqual([
      'a2 orphaned:owner-disabled medium',
      'a3 orphaned:no-owner high',
    ]);
    const manifest = (status: string): string =>
      `name: own\ntitle: Own\nkind: directory\npermission: none\nleavers: listed\nauth: none\nbase_url: https://own.example\nrequest: { path: users }\nrecords: .\nfields: { id: id, userName: userName, emails: email }\nstatus: ${status}\n`;
    const byManifest = `directory: { name: d, connector: http, manifest: own.yaml, base_url: "\${env:ORIGIN}" }\n${app('connector: file, path: app.csv')}`;
    const http: Vendor = ({ path }) => (path === '/users' ? { body: list } : undefined);
    for (const status of [state(', absent: active'), `[{ when: { userName: nobody }, is: deleted }, ${state(', absent: active')}]`])
      expect(verdicts(await audited(byManifest, { ...files, 'own.yaml': manifest(status) }, http))).toEqual([
        'a2 orphaned:owner-disabled medium',
        'a3 orphaned:no-owner high',
      ]);
  });
});

describe('a placeholder is no value', () => {
  it('and the next place counts: addresses, dates, logins', async () => {
    const people = csv(
      'id,work_mail,mail,state,last_day,contract_end',
      'p1,N/A,ada@corp.example,active,,',
      'p2,,ben@corp.example,active,-,2026-09-30',
      'p3,none,cy@corp.example,active,0000-00-00,2026-09-30',
    );
    const accounts = csv(
      'id,email,status,pw_used,key_used',
      'a1,ada@corp.example,active,2026-11-20T08:00:00Z,N/A',
      'a2,ben@corp.example,active,never,2026-09-28T08:00:00Z',
      'a3,cy@corp.example,active,no_information,2026-11-20T08:00:00Z',
    );
    const config = `directory: { name: hr, connector: file, path: hr.csv, fields: { emails: [work_mail, mail], endAt: [last_day, contract_end] } }\n${app(
      'connector: file, path: app.csv, fields: { lastLoginAt: [pw_used, key_used] }',
    )}policy: { guard: { unmatched: 100% } }\n`;
    expect(verdicts(await audited(config, { 'hr.csv': people, 'app.csv': accounts }, none))).toEqual([
      'a2 orphaned:owner-terminated high',
      'a3 orphaned:owner-terminated critical',
    ]);
  });

  it('in what is compared it is absent, and an empty value stays one', async () => {
    const people = csv('id,email,state,department,title', 'p1,ada@corp.example,active,N/A,NA', 'p2,ben@corp.example,active,Sales,');
    const accounts = csv('id,email,status,department,title', 'a1,ada@corp.example,active,,NA', 'a2,ben@corp.example,active,n/a,Lead');
    const report = await audited(hr + app('connector: file, path: app.csv'), { 'hr.csv': people, 'app.csv': accounts }, none);
    // The region NA is a text like any other; `n/a` is none.
    expect(report.findings.map(({ account, attributes }) => [account?.id, attributes.map(({ name }) => name)])).toEqual([
      ['a2', ['title']],
    ]);
  });

  it('an id that holds one is missing, and a person may be called None or Null', async () => {
    const people = csv('id,email,state,familyName', 'p1,ada@corp.example,active,Null');
    const accounts = csv('id,email,status,familyName', 'N/A,ada@corp.example,active,Null');
    const failed = await audited(hr + app('connector: file, path: app.csv'), { 'hr.csv': people, 'app.csv': accounts }, none);
    expect(failed.apps[0]?.error).toMatch(/line 2: id is missing or empty/);
    const other = csv('id,email,status,familyName', 'none,ada@corp.example,active,Nil');
    const read = await audited(hr + app('connector: file, path: app.csv'), { 'hr.csv': people, 'app.csv': other }, none);
    expect(verdicts(read)).toEqual(['none stale:unknown low']);
  });
});

describe('all addresses of a list that an export spreads over columns', () => {
  const aliases = 'p1,ada@corp.example,a.one@corp.example,ada.maiden@corp.example,active';
  const accounts = csv('id,email,status', 'a1,ada.maiden@corp.example,active');

  it.each([
    ['aliases.0,aliases.1', '{ aliases: [aliases.0, aliases.1] }'],
    ['aliases.0,aliases.1', '{ aliases: aliases.0 }'],
    ['aliases.0,aliases.1', '{}'],
    ['aliases_1,aliases_2', '{}'],
    ['Alias 1,Alias 2', '{ aliases: Alias }'],
    ['proxyAddresses.0,proxyAddresses.1', '{ aliases: proxyAddresses }'],
    ['other[0],other[1]', '{ aliases: other }'],
    ['other,other2', '{ aliases: other }'],
    ['aliases/0,aliases/1', '{}'],
    ['aliases/0,aliases/1', '{ aliases: aliases/1 }'],
    ['aliases__0,aliases__1', '{}'],
    ['aliases:0,aliases:1', '{}'],
    ['Alias #1,Alias #2', '{ aliases: Alias }'],
    ['Alias (1),Alias (2)', '{ aliases: Alias }'],
    ['emails/1/value,emails/2/value', '{ aliases: emails }'],
    ['emails_1_value,emails_2_value', '{ aliases: emails }'],
    ['x,y', '{ aliases: [x, y] }'],
  ])('%s, fields: %s', async (columns, fields) => {
    const config = `directory: { name: d, connector: file, path: users.csv, fields: ${fields} }\n${app('connector: file, path: app.csv')}`;
    const report = await audited(config, { 'users.csv': csv(`id,email,${columns},state`, aliases), 'app.csv': accounts }, none);
    expect(report.findings.filter(({ class: cls }) => cls !== 'stale')).toEqual([]);
    expect(report.apps[0]?.reconciliation.people.present).toBe(1);
  });

  it('or that is a list in its own right: the places of a list by their numbers', async () => {
    const users = JSON.stringify([{ id: 'p1', emails: [{ address: 'ada@corp.example' }], aliases: ['a.one@corp.example', 'ada.maiden@corp.example'], state: 'active' }]); // prettier-ignore
    for (const fields of [
      '{ emails: emails.0.address, aliases: [aliases.0, aliases.1] }',
      '{ emails: emails.0.address, aliases: "aliases[1]" }',
      '{}',
    ])
      for (const [name, text] of [
        ['users.json', users],
        ['users.ndjson', `${users.slice(1, -1)}\n`],
      ] as const) {
        const config = `directory: { name: d, connector: file, path: ${name}, fields: ${fields} }\n${app('connector: file, path: app.csv')}`;
        const report = await audited(config, { [name]: text, 'app.csv': accounts }, none);
        expect(verdicts(report)).toEqual(['a1 stale:unknown low']);
      }
  });

  it('the primary one first, where a column says which that is; the count of the entries is none', async () => {
    const users = csv(
      'id,aliases,aliases.0,emails,emails.0.address,emails.0.primary,emails.0.type,emails.1.address,emails.1.primary,emails.1.type,state',
      'p1,1,a.one@corp.example,2,ada@home.example,False,home,ada@corp.example,True,,active',
      'p2,0,,2,ben@home.example,,home,ben@corp.example,,work,active',
    );
    const rows = csv('id,email,status', 'a1,ada@corp.example,active', 'a2,ben@corp.example,active', 'a3,2,active');
    const config = `directory: { name: d, connector: file, path: users.csv }\n${app('connector: file, path: app.csv')}`;
    expect(verdicts(await audited(config, { 'users.csv': users, 'app.csv': rows }, none))).toEqual(['a3 orphaned:no-owner high']);
  });

  it.each(['emails/1/', 'emails[1].', 'emails__1__', 'emails_1_'])('says which is the primary one: %sprimary', async (second) => {
    const first = second.replace('1', '0');
    const users = csv(
      `id,${first}value,${first}primary,${second}value,${second}primary,state`,
      'p1,a.one@corp.example,false,ada@corp.example,true,active',
    );
    const config = `directory: { name: d, connector: file, path: users.csv }\n${app('connector: file, path: app.csv')}`;
    const report = await audited(config, { 'users.csv': users, 'app.csv': csv('id,email,status', 'a1,ada@corp.example,active') }, none);
    expect(report.findings).toEqual([]);
  });

  it('a column that merely begins alike is another one', async () => {
    const users = csv(
      'id,email,email_verified,emailOwner.0.id,email_1_verified,emails/count,state',
      'p1,ada@corp.example,true,x,y@corp.example,z@corp.example,active',
    );
    const config = `directory: { name: d, connector: file, path: users.csv }\n${app('connector: file, path: app.csv')}`;
    const report = await audited(config, { 'users.csv': users, 'app.csv': csv('id,email,status', 'a1,ada@corp.example,active') }, none);
    expect(report.findings).toEqual([]);
  });
});
