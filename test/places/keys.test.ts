// Keys as exports write them, and user names that are addresses: a whole audit in this process.
import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from '../connectors/audited.js';
import { account, at, audit, person, reasons } from '../in-memory.js';

const none: Vendor = () => undefined;
const files =
  'directory: { name: hr, connector: file, path: hr.csv }\napps: { app: { connector: file, path: app.csv } }\npolicy: { guard: { unmatched: 100% } }\n';

describe('what stands around a key', () => {
  it('is no part of an address, in either list', async () => {
    const people = csv(
      'id,email,state,endAt',
      'p1,ada@corp.example,active,',
      'p2,Ben Two <ben@corp.example>,active,',
      'p3,SMTP:cy@corp.example,active,',
      'p4,di@corp.example,terminated,2026-09-30',
      'p5,"x500:/o=Corp/cn=ed;smtp:ed.five@corp.example;SMTP:ed@corp.example",active,',
    );
    const accounts = csv(
      'id,userName,email,status',
      'a1,,<ada@corp.example>,active',
      'a2,smtp:ben@corp.example,,active',
      'a3,,mailto:cy@corp.example,active',
      'a4,,"""Four, Di"" <di@corp.example>; info@corp.example",active',
      'a5,,Ed <ed@corp.example>,active',
    );
    expect(verdicts(await audited(files, { 'hr.csv': people, 'app.csv': accounts }, none))).toEqual(['a4 orphaned:owner-terminated high']);
  });

  it.each([
    ['SMTP:%@corp.example+smtp:%@old.example', 'as Microsoft 365 joins them'],
    ['smtp:%@old.example SMTP:%@corp.example', 'as PowerShell joins them'],
    ['{smtp:%@old.example, SMTP:%@corp.example}', 'as PowerShell shows them'],
    ['["smtp:%@old.example","SMTP:%@corp.example"]', 'as JSON'],
    ['%@corp.example %@old.example', 'with a space'],
    ['%@corp.example\n%@old.example', 'on lines of their own'],
    ["'%@corp.example'; % (%@old.example)", 'as mail programs write them'],
  ])('of many in one cell: %s, %s', async (cell) => {
    const of = (name: string): string => `"${cell.replaceAll('%', name).replaceAll('"', '""')}"`;
    const people = csv('id,emails,state', `p1,${of('ada')},active`, `p2,${of('ben')},terminated`);
    const accounts = csv('id,email,status', 'a1,ada@old.example,active', 'a2,ben@old.example,active');
    const found = verdicts(await audited(files, { 'hr.csv': people, 'app.csv': accounts }, none));
    expect(found.filter((one) => !one.includes('stale'))).toEqual(['a2 orphaned:owner-terminated high']);
  });

  it('of a dump of a directory: the alias names the person, and the primary address is the one in capitals', async () => {
    const users = [
      { id: 'g1', mail: 'ada.one@corp.example', proxyAddresses: ['smtp:ada.maiden@corp.example', 'SMTP:ada.one@corp.example', 'SIP:ada.one@corp.example', 'x500:/o=E/cn=ada'], accountEnabled: true },
      { id: 'g2', mail: 'ben.two@corp.example', proxyAddresses: ['smtp:ben.born@corp.example'], accountEnabled: false },
    ]; // prettier-ignore
    const accounts = csv('id,email,status', 'a1,ada.maiden@corp.example,active', 'a2,ben.born@corp.example,active');
    for (const fields of ['{ emails: mail, aliases: proxyAddresses }', '{ emails: proxyAddresses }']) {
      const config = `directory: { name: d, connector: file, path: users.json, fields: ${fields}, state: { from: accountEnabled, map: { true: active, false: suspended } } }\napps: { app: { connector: file, path: app.csv } }\n`;
      const report = await audited(config, { 'users.json': JSON.stringify({ value: users }), 'app.csv': accounts }, none);
      expect(verdicts(report)).toEqual(['a1 stale:unknown low', 'a2 orphaned:owner-disabled medium']);
      expect(report.findings[1]?.attributes[0]).toMatchObject({ directory: 'ada.one@corp.example' });
    }
  });

  it('that a spreadsheet shall not read as a number goes, whatever the format', async () => {
    const accounts = csv('id,employeeId,status', 'a1,0012345,active', 'a2,0012346,active');
    const rows = [['="0012345"', 'active'], ['="0012346"', 'terminated']]; // prettier-ignore
    const quoted = csv('number,state', ...rows.map(([number, state]) => `"${number?.replaceAll('"', '""')}",${state}`));
    const plain = csv('number,state', ...rows.map(([number, state]) => `${number},${state}`));
    const json = JSON.stringify(rows.map(([number, state]) => ({ number, state })));
    for (const [name, text] of [
      ['hr.csv', quoted],
      ['hr.csv', plain],
      ['hr.json', json],
    ] as const) {
      const config = `directory: { name: hr, connector: file, path: ${name}, fields: { id: number, employeeId: number } }\napps: { app: { connector: file, path: app.csv } }\n`;
      expect(verdicts(await audited(config, { [name]: text, 'app.csv': accounts }, none))).toEqual(['a2 orphaned:owner-terminated high']);
    }
  });
});

describe('a list that was flattened into keys of its record', () => {
  const people = csv('id,email,state', 'p1,ada@corp.example,active', 'p2,ben@corp.example,terminated', 'p3,cy@corp.example,active');
  const shapes: readonly (readonly [fields: string, mail: string, keys: (address: string, other: string) => object])[] = [
    ['', 'x', (address, other) => ({ 'aliases.0': other, 'aliases.1': address })],
    ['fields: { aliases: aliases }', 'x', (address, other) => ({ 'aliases.0': other, 'aliases.1': address })],
    ['fields: { aliases: aliases.0 }', 'x', (address) => ({ 'aliases.0': null, 'aliases.3': address })],
    ['fields: { aliases: alias }', 'x', (address) => ({ alias: '', alias_2: address })],
    ['fields: { aliases: profile.aliases }', 'x', (address, other) => ({ 'profile.aliases[0]': other, 'profile.aliases[1]': address })],
    ['', 'email', (address) => ({ 'emails.0.address': address, 'emails.0.type': 'work', emails: 1 })],
    ['', 'x', (address) => ({ aliases: [], 'aliases.0': address })],
    ['', 'x', (address) => ({ 'aliases.0.id': 7, 'aliases.0.smtp': address, 'aliases.0.primary': false })],
    ['', 'emails', (address, other) => ({ 'emails.0.value': other, 'emails.1.value': address, 'emails.1.primary': true })],
    ['', 'emails', (address, other) => ({ 'emails/0/value': other, 'emails/1/value': address, 'emails/1/primary': true })],
    ['', 'x', (address, other) => ({ aliases__0: other, aliases__1: address })],
  ];

  it.each(shapes)('is the list, whatever the format (%s, %s)', async (fields, mail, keys) => {
    const accounts = ['ada', 'ben', 'nobody'].map((name, i) => ({
      id: `a${i + 1}`,
      status: 'active',
      ...(mail === 'x' ? { email: `${name}@private.example` } : {}),
      ...keys(`${name}@corp.example`, `${name}@old.example`),
    }));
    // The same rows where the file has no other, where only one is flattened, and where the list is whole in another.
    const files = {
      json: JSON.stringify(accounts),
      ndjson: accounts.map((one) => JSON.stringify(one)).join('\n'),
      mixed: [{ id: 'a0', email: 'cy@corp.example', status: 'active' }, ...accounts].map((one) => JSON.stringify(one)).join('\n'),
    };
    for (const [name, text] of Object.entries(files)) {
      const config = `directory: { name: hr, connector: file, path: hr.csv }\napps: { app: { connector: file, path: app.${name === 'json' ? 'json' : 'ndjson'}, ${fields} } }\npolicy: { guard: { unmatched: 100% } }\n`;
      const found = verdicts(await audited(config, { 'hr.csv': people, [`app.${name === 'json' ? 'json' : 'ndjson'}`]: text }, none));
      expect([name, found.filter((one) => one.includes('orphaned'))]).toEqual([
        name,
        ['a2 orphaned:owner-terminated high', 'a3 orphaned:no-owner high'],
      ]);
    }
  });
});

describe('numbers that a spreadsheet has spoilt', () => {
  const people = ['1001', '1002', '1003', '1004', '0001005'].map((employeeId, i) => person(`p${i + 1}`, { employeeId }));
  const hints = async (employeeId: string, own = people) => {
    const report = await audit({ people: own, accounts: [account('a1', { employeeId })] });
    return report.findings.find(({ reason }) => reason === 'no-owner')?.hints;
  };

  it.each([
    ['1001.0', 'p1'],
    ['1001,00', 'p1'],
    ["'1002", 'p2'],
    ['1,003', 'p3'],
    ['1.003', 'p3'],
    ["1'003", 'p3'],
    ['1.003E+3', 'p3'],
    ['0001004', 'p4'],
    ['1005', 'p5'],
    ['E1004', 'p4'],
    ['1004-2', 'p4'],
    ['\uff11\uff10\uff10\uff14', 'p4'],
  ])('%s is no link, and hints at %s', async (text, id) => {
    expect(await hints(text)).toEqual([expect.stringContaining(`(${id})`)]);
  });

  it.each(['1009.0', '101.0', '10.01', 'E1', '1.0', 'x', '1001.5'])('%s hints at nobody', async (text) => {
    expect(await hints(text)).toEqual([]);
  });

  it('in the directory, too, and by whatever key the config says', async () => {
    expect(await hints('1001', [person('p1', { employeeId: '1001.0' })])).toHaveLength(1);
    expect(await hints('1001', [person('p1', { employeeId: '1,001' })])).toHaveLength(1);
    const match = [{ name: 'externalId=id', account: 'externalId', person: 'id' }];
    const report = await audit({ people: [person('1001')], accounts: [account('a1', { externalId: '1001.0' })], app: { match } });
    expect(report.findings.flatMap((finding) => finding.hints)).toEqual([expect.stringContaining('(1001)')]);
  });

  it('with a control character before it is the number itself', async () => {
    expect(reasons(await audit({ people: people.slice(3, 4), accounts: [account('a1', { employeeId: '\u001f1004' })] }))).toEqual([]);
  });
});

describe('what systems put before a name or an address', () => {
  const people = [person('p1', { userName: 'ada', emails: ['ada@corp.example'] }), person('p2', { userName: 'ben', emails: [] })];
  const hints = async (more: object) => {
    const { findings } = await audit({ people, accounts: [account('a1', { emails: [], ...more })] });
    expect(findings.map(({ reason }) => reason)).toContain('no-owner');
    return findings.find(({ reason }) => reason === 'no-owner')?.hints;
  };

  it.each([
    'CORP\\ada',
    'corp/ada',
    'saml|ada@corp.example',
    'i:0#.f|membership|ada@corp.example',
    'uid=ada,ou=people,dc=corp,dc=example',
    'ada_corp.example#EXT#@corp.onmicrosoft.com',
    'live.com#ada@corp.example',
    '&lt;ada@corp.example&gt;',
    'ada@corp.example.',
  ])('%s is no link, and hints at the one whose it may be', async (userName) => {
    expect(await hints({ userName })).toEqual([expect.stringContaining('(p1)')]);
  });

  it('hints at the address of which a user name is the first part', async () => {
    const report = await audit({ people: [person('p1', { userName: 'a1', emails: ['ada@corp.example'] })], accounts: [account('a1', { userName: 'ada', emails: [] })] }); // prettier-ignore
    expect(report.findings.find(({ reason }) => reason === 'no-owner')?.hints).toEqual([expect.stringContaining('before @corp.example')]);
  });

  it.each(['CORP\\zoe', 'zoe_corp.example#EXT#@corp.onmicrosoft.com', 'ada\\zoe', '\\', 'x'.repeat(5000)])(
    'and at nobody otherwise: %s',
    async (userName) => {
      expect(await hints({ userName })).toEqual([]);
    },
  );
});

describe('a user name that is an address', () => {
  const ada = person('p1', {
    userName: 'aone@corp.example',
    emails: ['ada.one@corp.example'],
    attributes: { givenName: 'Ada', familyName: 'One' },
  });
  const left = { ...ada, state: 'terminated', endAt: at('2026-09-30') } as const;
  const rule = (own: string, theirs = own) => ({ name: own === theirs ? own : `${own}=${theirs}`, account: own, person: theirs });

  it.each([
    ['userName=email', { userName: 'ADA.one@corp.example' }],
    ['email=userName', { emails: ['aone@corp.example'] }],
    ['alias=userName', { emails: ['x@corp.example'], aliases: ['aone@corp.example'] }],
  ])('%s', async (name, more) => {
    for (const match of [undefined, [rule('employeeId')], [rule('externalId', 'id'), rule('employeeId')]]) {
      const app = match === undefined ? {} : { match };
      const here = await audit({ people: [ada], accounts: [account('a1', more)], app });
      expect(here.report.reconciliation.people).toMatchObject({ present: 1, missing: 0 });
      const gone = await audit({ people: [left], accounts: [account('a1', more)], app });
      expect(reasons(gone)).toEqual(['orphaned:owner-terminated']);
      expect(gone.findings[0]?.match?.rule).toBe(name);
    }
  });

  it('counts for further addresses of the person', async () => {
    const one = await audit({
      people: [{ ...left, aliases: ['a1@corp.example'] }],
      accounts: [account('a1', { userName: 'a1@corp.example' })],
    });
    expect(one.findings[0]?.match?.rule).toBe('userName=alias');
  });

  it('comes after all rules of the config', async () => {
    const ben = person('p2', { userName: 'btwo', employeeId: '7' });
    const report = await audit({ people: [ada, ben], accounts: [account('a1', { employeeId: '7', userName: 'ada.one@corp.example' })] });
    expect(report.report.reconciliation.people).toMatchObject({ present: 1, missing: 1 });
    expect(report.findings.map(({ person: who }) => who?.id)).not.toContain('p2');
  });

  it('names nobody where it names two people', async () => {
    const ben = person('p2', {
      userName: 'btwo@corp.example',
      emails: ['ben@corp.example'],
      attributes: { givenName: 'Ben', familyName: 'Two' },
    });
    const both = account('a1', { userName: 'ada.one@corp.example', emails: ['btwo@corp.example'] });
    expect(reasons(await audit({ people: [ada, ben], accounts: [both] }))).toEqual(['conflict:ambiguous']);
    // One of them has left: the account may be theirs.
    const report = await audit({ people: [left, ben], accounts: [both] });
    expect(report.findings.map(({ class: cls, mayBeOrphaned }) => [cls, mayBeOrphaned])).toEqual([['conflict', true]]);
  });

  it('is no proof against a name, a number or a day that says otherwise', async () => {
    const userName = 'ada.one@corp.example';
    const named = account('a1', { userName, attributes: { givenName: 'Zoe', familyName: 'Other' } });
    expect(reasons(await audit({ people: [ada], accounts: [named] }))).toEqual(['conflict:recycled-identifier']);
    const numbered = await audit({ people: [{ ...ada, employeeId: '1' }], accounts: [account('a1', { userName, employeeId: '2' })] });
    expect(numbered.findings.map(({ reason, mayBeOrphaned }) => [reason, mayBeOrphaned])).toEqual([['ambiguous', true]]);
    const old = account('a1', { userName, createdAt: at('2020-01-01') });
    expect(reasons(await audit({ people: [{ ...ada, startAt: at('2026-01-01') }], accounts: [old] }))).toEqual([
      'conflict:recycled-identifier',
    ]);
  });

  it('that is no address is none', async () => {
    const report = await audit({ people: [person('p1', { userName: 'ada', emails: [] })], accounts: [account('a1', { emails: ['ada'] })] });
    expect(reasons(report)).toContain('orphaned:no-owner');
  });
});

describe('which of several addresses', () => {
  const vendor: Vendor = ({ path, query }) => {
    if (!path.endsWith('/Users')) return undefined;
    const emails = (i: number) => [{ value: `private${i}@home.example`, type: 'home' }, { value: `u${i}@corp.example`, type: 'work' }]; // prettier-ignore
    const all = [1, 2].map((i) => ({ id: `s${i}`, userName: `u${i}@corp.example`, emails: emails(i), active: true }));
    const startIndex = Number(query.get('startIndex') ?? 1);
    return {
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 2,
        startIndex,
        Resources: all.slice(startIndex - 1),
      },
    };
  };

  it('the one of work, and no address that the account has is stale', async () => {
    const people = csv('id,email,state', 'p1,u1@corp.example,active', 'p2,private2@home.example,active');
    const config =
      'directory: { name: hr, connector: file, path: hr.csv }\napps: { app: { connector: scim, url: "${env:ORIGIN}/scim", token: "${env:SECRET}" } }\n';
    const report = await audited(config, { 'hr.csv': people }, vendor);
    expect(report.findings).toEqual([]);
    expect(report.apps[0]?.reconciliation.accounts.inSync).toBe(2);
  });

  it('the same of a JSON export; an address that the account does not have is stale', async () => {
    const rows = [{ id: 'a1', emails: [{ address: 'x@home.example', type: 'home' }, { address: 'ada@corp.example', type: 'work' }], status: 'active' }]; // prettier-ignore
    const config =
      'directory: { name: hr, connector: file, path: hr.csv }\napps: { app: { connector: file, path: app.json, match: [userName, email, alias] } }\n';
    const run = (email: string) => audited(config, { 'hr.csv': csv('id,email,aliases,state', `p1,${email},ada@corp.example,active`), 'app.json': JSON.stringify(rows) }, none); // prettier-ignore
    expect((await run('ada@corp.example')).findings).toEqual([]);
    expect((await run('ada.new@corp.example')).findings.map(({ attributes }) => attributes[0]?.app)).toEqual(['ada@corp.example']);
  });
});
