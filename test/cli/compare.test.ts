// `lifegap compare` in this process: what it makes of files, what it asks, and that the config which it writes gives the same report.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { lifegap } from '../build.js';
import { folderOf } from '../compare/folder.js';

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
