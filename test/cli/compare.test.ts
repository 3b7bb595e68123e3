// `lifegap compare` in this process: what it makes of files, what it asks, and that the config which it writes gives the same report.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { lifegap } from '../build.js';
import { folderOf } from '../compare/folder.js';
import { workbook } from '../sources/file/xlsx/write.js';

const AS_OF = ['--as-of', '2026-11-23T12:00:00Z'];

const HR = `Employee ID,First Name,Last Name,Work Email,Status,Hire Date,Termination Date
1001,Ada,One,ada.one@corp.example,Active,2020-03-01,
1002,Bob,Two,bob.two@corp.example,Active,2021-05-01,
1003,Cleo,Three,cleo.three@corp.example,Terminated,2019-01-15,2026-09-30
1004,Dan,Four,dan.four@corp.example,Terminated,2018-02-01,2026-08-31
1005,Eve,Five,eve.five@corp.example,On Leave,2022-02-01,
`;
const SLACK = `username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,expiration-timestamp
ada,ada.one@corp.example,Admin,1,1,0,U001,Ada One,ada,
bob,bob.two@corp.example,Member,1,1,0,U002,Bob Two,bob,
cleo,cleo.three@corp.example,Member,1,0,0,U003,Cleo Three,cleo,
dan,dan.four@corp.example,Deactivated,0,0,0,U004,Dan Four,dan,
eve,eve.five@corp.example,Member,1,0,0,U005,Eve Five,eve,
`;
const CRM = `User ID,Email,State,Last Login
c1,ada.one@corp.example,Active,2026-11-01
c2,bob.two@corp.example,Gesperrt,2026-10-01
c3,cleo.three@corp.example,Active,2026-10-15
`;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: Report;
}

async function compare(dir: string, ...words: readonly string[]): Promise<Ran> {
  const json = path.join(dir, 'out.json');
  const ran = await lifegap(['compare', ...words, ...AS_OF, '-f', `json=${json}`, '-f', 'table'], { cwd: dir });
  return { ...ran, report: existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as Report) : ({} as Report) };
}

const orphans = ({ report }: Ran): string[] =>
  report.findings.filter((finding) => finding.class === 'orphaned').map(({ app, account, reason }) => `${app} ${account?.id} ${reason}`);

describe('compare', () => {
  it('audits two files, one known by its header and one told by its columns', async () => {
    const dir = folderOf({ 'hr.csv': HR, 'slack-members.csv': SLACK });
    const ran = await compare(dir, 'hr.csv', 'slack-members.csv');
    expect(ran.code).toBe(1);
    expect(orphans(ran)).toEqual(['slack-members U003 owner-terminated']);
    expect(ran.report.directory.map((one) => [one.name, one.export])).toEqual([['hr', null]]);
    expect(ran.report.apps.map((one) => [one.name, one.export])).toEqual([['slack-members', 'slack-members']]);
    expect(ran.stderr).toContain('hr.csv: told by its columns; id=Employee ID, email=Work Email, state=Status, endAt=Termination Date\n');
    expect(ran.stderr).toContain('matched by email, alias\n');
    expect(existsSync(path.join(dir, '.lifegap'))).toBe(false);
  });

  it('asks all that is not sure at once, reads nothing, and takes the answers as they are offered', async () => {
    const dir = folderOf({ 'hr.csv': HR.replaceAll('Terminated', 'Inactive').replaceAll(/,2026-..-../g, ','), 'crm.csv': CRM });
    const asked = await compare(dir, 'hr.csv', 'crm.csv');
    expect([asked.code, asked.stdout]).toEqual([2, '']);
    const flags = [...asked.stderr.matchAll(/--map (\S+) \(or/g)].map(([, flag = '']) => flag);
    expect(flags).toEqual(['hr.state:Inactive=terminated', 'crm.status:Gesperrt=deactivated']);
    const answered = await compare(dir, 'hr.csv', 'crm.csv', ...flags.flatMap((flag) => ['--map', flag]));
    expect(answered.code).toBe(1);
    expect(orphans(answered)).toEqual(['crm c3 owner-terminated']);
  });

  it('asks for the order of day and month, and tells what another column shows of it', async () => {
    const hr = HR.replace('2026-09-30', '9/10/2026').replace('2026-08-31', '8/11/2026').replace('2019-01-15', '1/15/2019');
    const dir = folderOf({ 'hr.csv': hr, 'slack.csv': SLACK });
    const asked = await compare(dir, 'hr.csv', 'slack.csv');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(
      /"Termination Date", as in "9\/10\/2026"\? \("Hire Date" has the month first\) --dates hr=mdy \(or: dmy, ymd\)/,
    );
    const answered = await compare(dir, 'hr.csv', 'slack.csv', '--dates', 'hr=mdy');
    expect(answered.report.findings.find(({ reason }) => reason === 'owner-terminated')?.person?.endAt).toContain('2026-09-10');
  });

  it('writes a config with which audit gives the same findings and coverage, and overwrites nothing', async () => {
    const people = JSON.stringify([
      { uid: 'p1', profile: { email: 'ada.one@corp.example' }, status: 'active' },
      { uid: 'p2', profile: { email: 'cleo.three@corp.example' }, status: 'terminated' },
    ]);
    const apps = {
      'crm.csv': CRM.replace('Gesperrt', 'Suspended').replaceAll(',', ';'),
      'wiki.ndjson':
        '{"id":"w1","email":"cleo.three@corp.example","active":true}\n{"id":"w2","email":"gone@corp.example","active":false}\n',
      'chat.csv.gz': gzipSync(SLACK),
    };
    const dir = folderOf({ 'hr.csv': HR, 'people.json': people.replaceAll('uid', 'id'), ...apps });
    for (const hr of ['hr.csv', 'people.json']) {
      const config = `kept/${hr}.yaml`;
      expect((await lifegap(['compare', hr, 'crm.csv', '--write-config', 'nowhere/x.yaml', ...AS_OF], { cwd: dir })).code).toBe(2);
      const words = [hr, 'crm.csv', 'wiki.ndjson', 'chat.csv.gz', '--write-config', config];
      folderOf({ [config]: undefined }, dir);
      const made = await compare(dir, ...words);
      expect(made.code, made.stderr).toBe(1);
      const json = path.join(dir, 'audit.json');
      await lifegap(['audit', '-c', config, '--no-history', ...AS_OF, '-f', `json=${json}`], { cwd: dir });
      const audited = JSON.parse(readFileSync(json, 'utf8')) as Report;
      const plain = ({ findings, apps: of, directory, summary }: Report): unknown => ({
        findings,
        apps: of.map((one) => ({ ...one, export: undefined })),
        directory: directory.map((one) => ({ ...one, export: undefined })),
        summary,
      });
      expect(JSON.parse(JSON.stringify(plain(made.report)))).toEqual(JSON.parse(JSON.stringify(plain(audited))));
      expect(Object.hasOwn(audited.apps[0]!, 'export')).toBe(false);
      expect((await compare(dir, ...words)).stderr).toContain(`${config} is there already`);
    }
  });

  it.each(['External ID', 'Employee Number'])(
    'matches by no %s that is a number of something else, as the addresses show',
    async (number) => {
      const crm = `${number},Email,State\n1003,ada.one@corp.example,Active\n1001,cleo.three@corp.example,Active\n1005,bob.two@corp.example,Active\n`;
      const ran = await compare(folderOf({ 'hr.csv': HR, 'crm.csv': crm }), 'hr.csv', 'crm.csv');
      expect(orphans(ran)).toEqual(['crm cleo.three@corp.example owner-terminated']);
      expect(ran.stderr).toContain('matched by email, alias\n');
      expect(ran.stderr).toMatch(/crm\.csv: not matched by \S+: the addresses show that these are numbers of something else/);
    },
  );

  it('calls nobody gone who came back after the last day', async () => {
    const hr =
      'Employee ID,Email,Hire Date,Termination Date,Rehire Date\n1,ada.one@corp.example,2020-01-01,2022-03-01,2024-01-01\n2,bob.two@corp.example,2020-01-01,2022-03-01,\n';
    const crm = 'ID,Email,State\nc1,ada.one@corp.example,Active\nc2,bob.two@corp.example,Active\n';
    const ran = await compare(folderOf({ 'hr.csv': hr, 'crm.csv': crm }), 'hr.csv', 'crm.csv');
    expect(orphans(ran)).toEqual(['crm c2 owner-terminated']);
  });

  it('takes no first row for a header, in which somebody would be lost', async () => {
    const dir = folderOf({ 'hr.csv': HR, 'crm.csv': 'cleo.three@corp.example,Cleo\nada.one@corp.example,Ada\n' });
    const ran = await compare(dir, 'hr.csv', 'crm.csv');
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(
      'crm.csv: its first line has the address cleo.three@corp.example where the names of the columns should stand',
    );
  });

  it('takes no first row for a header that has no address in it either', async () => {
    for (const row of ['c1,Ada One,Active\nc2,Cleo Three,Active\n', 'ada,2020-01-01\ncleo,2020-02-01\n', '17,ada\n18,cleo\n']) {
      const ran = await compare(folderOf({ 'hr.csv': HR, 'crm.csv': row }), 'hr.csv', 'crm.csv');
      expect(ran.code).toBe(2);
      expect(ran.stderr).toMatch(/crm\.csv: its first line has \S+ where the names of the columns should stand/);
    }
  });

  it('takes the status of a customer for no status of an account', async () => {
    const crm = 'Account Name,Account Status,Email\nAcme,Active,ada.one@corp.example\nBeta,Inactive,cleo.three@corp.example\n';
    const dir = folderOf({ 'hr.csv': HR, 'crm.csv': crm, 'users.csv': crm.replace('Account Status', 'User Status') });
    const asked = await compare(dir, 'hr.csv', 'crm.csv');
    expect([asked.code, asked.stdout]).toEqual([2, '']);
    expect(asked.stderr).toContain("--map 'crm.status=Account Status' (or: --map crm.status= if it does not)");
    expect(orphans(await compare(dir, 'hr.csv', 'crm.csv', '--map', 'crm.status='))).toEqual([
      'crm cleo.three@corp.example owner-terminated',
    ]);
    expect((await compare(dir, 'hr.csv', 'users.csv')).stderr).toContain('status=User Status');
  });

  it('counts no account as off before the day has come', async () => {
    const chat = SLACK.replace(
      /.*/,
      'Name,User ID,Email,Account type,Account created (UTC),Claimed Date (UTC),Deactivated date (UTC)',
    ).replace(
      /\n[^]*/,
      '\nCleo,U3,cleo.three@corp.example,Member,2020-01-01,2020-01-01,2027-03-01\nDan,U4,dan.four@corp.example,Member,2020-01-01,2020-01-01,2026-09-01\n',
    );
    const own = 'User ID,Email,Deactivated Date\nU3,cleo.three@corp.example,2027-03-01\nU4,dan.four@corp.example,2026-09-01\n';
    const dir = folderOf({ 'hr.csv': HR, 'chat.csv': chat, 'own.csv': own });
    for (const words of [['chat.csv'], ['own.csv', '--map', 'own.status=Deactivated Date']]) {
      const asked = await compare(dir, 'hr.csv', ...words);
      expect([asked.code, asked.stdout]).toEqual([2, '']);
      const [, flag = ''] = /yet to come: is the account on until then\? --map (\S+)/.exec(asked.stderr) ?? [];
      const answered = await compare(dir, 'hr.csv', ...words, '--map', flag);
      expect(orphans(answered)).toEqual([`${words[0]?.replace('.csv', '')} U3 owner-terminated`]);
    }
  });

  it('asks of a known export what nobody could verify of it: its words, and ends that may be put off', async () => {
    const people =
      'ID,First name,Last name,Email,Status,Hire date,Contract end date\n1,Ada,One,ada.one@corp.example,Inactive,2020-01-01,\n2,Bob,Two,bob.two@corp.example,Active,2020-01-01,2026-09-30\n';
    const crm = 'User ID,Email,State\nc1,ada.one@corp.example,Active\nc2,bob.two@corp.example,Active\n';
    const dir = folderOf({ 'hr.csv': people, 'crm.csv': crm });
    const asked = await compare(dir, 'hr.csv', 'crm.csv');
    expect([asked.code, asked.stdout]).toEqual([2, '']);
    expect(asked.stderr).toContain('"Status" says "Inactive" (1 row), and nobody could verify what that means --map hr.state:Inactive=');
    expect(asked.stderr).toContain(`is "Contract end date" the last day? --map 'hr.endAt=Contract end date'`);
    expect(orphans(await compare(dir, 'hr.csv', 'crm.csv', '--map', 'hr.state:Inactive=leave', '--map', 'hr.endAt='))).toEqual([]);
  });

  it('believes no known export that everybody is on, against a column that says otherwise', async () => {
    const figma =
      'Name,Email,Role,Date Added,Teams,Status\nAda,ada.one@corp.example,,2024-01-01,A,Active\nCleo,cleo.three@corp.example,,2024-01-01,A,Deactivated\n';
    const ran = await compare(folderOf({ 'hr.csv': HR, 'figma.csv': figma }), 'hr.csv', 'figma.csv');
    expect(ran.report.apps.map((one) => one.export)).toEqual(['figma-members']);
    expect(orphans(ran)).toEqual([]);
  });

  it('turns no column around with a word that two of them have in two senses', async () => {
    const users = 'user_name,email,active,locked_out,sys_id\ncleo,cleo.three@corp.example,true,false,s3\n';
    const dir = folderOf({ 'hr.csv': HR, 'snow.csv': users });
    expect(orphans(await compare(dir, 'hr.csv', 'snow.csv'))).toEqual(['snow s3 owner-terminated']);
    const turned = await compare(dir, 'hr.csv', 'snow.csv', '--map', 'snow.status:true=suspended');
    expect([turned.code, turned.stdout]).toEqual([2, '']);
    expect(turned.stderr).toContain('has this word in active and locked_out, in two senses');
  });

  it('says of an export without a status what its accounts count as, and of a day that never was that it is none', async () => {
    const mattermost = 'Id,Username,Email,CreateAt,Roles,LastLogin,LastStatusAt,DaysActive,TotalPosts\nm1,ada,ada.one@corp.example,,,,,,\n';
    const users = '[{"id":"u1","create_at":1,"delete_at":0,"username":"ada","email":"ada.one@corp.example"}]';
    const ran = await compare(folderOf({ 'hr.csv': HR, 'a.csv': mattermost, 'b.json': users }), 'hr.csv', 'a.csv', 'b.json');
    expect(ran.stderr).toContain('no status: every account counts as unknown');
    expect(ran.stderr).not.toContain('it stays unknown');
  });

  it('warns of keys by which hardly an account finds its owner', async () => {
    const rows = Array.from({ length: 21 }, (_, i) => `c${i},nobody${i}@corp.example,Active`);
    const dir = folderOf({
      'hr.csv': HR,
      'none.csv': ['User ID,Email,State', ...rows].join('\n'),
      'one.csv': ['User ID,Email,State', 'c99,ada.one@corp.example,Active', ...rows].join('\n'),
      'many.csv': ['User ID,Email,State', 'c98,bob.two@corp.example,Active', 'c99,ada.one@corp.example,Active', ...rows.slice(0, 18)].join(
        '\n',
      ),
    });
    const ran = await compare(dir, 'hr.csv', 'none.csv', 'one.csv', 'many.csv', '-q');
    expect(ran.stderr).toContain('warning: none: none of 21 accounts belongs to anybody in the list of people, so email, alias may be');
    expect(ran.stderr).toContain('warning: one: 1 of 22 accounts belongs to anybody');
    expect(ran.stderr).not.toContain('warning: many');
  });

  it('reads a workbook, and asks which of its sheets', async () => {
    const rows = CRM.replace('Gesperrt', 'Suspended')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const sheets = [
      { name: 'Users', rows },
      { name: 'Left', rows: rows.slice(0, 2) },
    ];
    const dir = folderOf({ 'hr.csv': HR, 'one.xlsx': workbook({ sheets: sheets.slice(0, 1) }), 'crm.xlsx': workbook({ sheets }) });
    expect(orphans(await compare(dir, 'hr.csv', 'one.xlsx'))).toEqual(['one c3 owner-terminated']);
    const asked = await compare(dir, 'hr.csv', 'crm.xlsx');
    expect([asked.code, asked.stdout]).toEqual([2, '']);
    expect(asked.stderr).toContain('(here: --sheet crm=SHEET)');
    for (const sheet of ['Users', '1']) {
      const config = `${sheet}.yaml`;
      const ran = await compare(dir, 'hr.csv', 'crm.xlsx', '--sheet', `crm=${sheet}`, '--write-config', config);
      expect(orphans(ran)).toEqual(['crm c3 owner-terminated']);
      expect(readFileSync(path.join(dir, config), 'utf8')).toContain(`sheet: ${sheet}\n`);
    }
    expect(orphans(await compare(dir, 'hr.csv', 'crm.xlsx', '--sheet', 'crm=2'))).toEqual([]);
    expect((await compare(dir, 'hr.csv', 'crm.xlsx', '--sheet', 'crn=2')).stderr).toContain('expected NAME=VALUE, with one of hr, crm');
  });

  it('asks for the encoding', async () => {
    const dir = folderOf({ 'hr.csv': Buffer.from(HR.replace('Cleo,Three', 'Cléo,Three'), 'latin1'), 'slack.csv': SLACK });
    expect((await compare(dir, 'hr.csv', 'slack.csv')).stderr).toContain('(here: --encoding hr=windows-1252)');
    expect(orphans(await compare(dir, 'hr.csv', 'slack.csv', '--encoding', 'hr=windows-1252'))).toEqual(['slack U003 owner-terminated']);
  });

  it('says what is wrong of a command line, and what to do', async () => {
    const dir = folderOf({
      'hr.csv': HR,
      'crm.csv': CRM,
      'a=b.csv': CRM.replace('Gesperrt', 'Active'),
      'sub/crm.csv': CRM,
      'empty.csv': '',
      'head.csv': 'User ID,Email,Status\n',
    });
    const said = async (...words: string[]): Promise<string> => {
      const { code, stderr } = await compare(dir, ...words);
      return `${code} ${stderr.trim()}`;
    };
    expect(await said('hr.csv', '-')).toMatch(/^2 .*write it into a file first/);
    expect(await said('hr.csv', 'crm.csv', 'sub/crm.csv')).toMatch(/^2 .*two lists are called crm/);
    expect(await said('hr.csv', 'x=')).toMatch(/^2 .*the file is missing behind =/);
    expect(await said('hr.csv', 'nowhere.csv')).toMatch(/^4 .*nowhere\.csv.*there is no such file/);
    expect(await said('hr.csv', 'app=sub', 'nowhere.csv')).toMatch(/^[24] /);
    expect(await said('hr.csv', 'crm.csv', '--map', 'crn.status=State')).toMatch(/^2 .*no list is called crn\. Did you mean crm\?/);
    expect(await said('hr.csv', 'crm.csv', '--map', 'crm.status=Stade')).toMatch(/^2 .*has no such column\. Did you mean State\?/);
    expect(await said('hr.csv', 'crm.csv', '--map', 'crm.state=State')).toMatch(/^2 .*Accounts have a status: --map crm\.status/);
    expect(await said('hr.csv', 'crm.csv', '--map', 'crm.status:Gesperrt=off')).toMatch(/^2 .*expected one of active, pending/);
    expect(await said('hr.csv', 'crm.csv', '--dates', 'hr=day')).toMatch(/^2 .*with one of dmy, mdy, ymd/);
    expect(await said('hr.csv')).toMatch(/^2 .*missing required argument 'apps'/);
    // A file may have an = in its name.
    expect(await said('hr.csv', 'a=b.csv')).toMatch(/^1 /);
    // A list of nobody is never clean.
    expect(await said('hr.csv', 'head.csv')).toMatch(/^3 /);
    expect(await said('head.csv', 'a=b.csv', '--map', 'head.state=Status')).toMatch(/^3 /);
    expect(await said('hr.csv', 'empty.csv')).toMatch(/^3 /);
  });
});
