import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { FORMATS } from '../../src/report/formats.js';
import { lifegap } from '../build.js';

const CONFIG = `version: 1
directory:
  name: payroll
  connector: file
  path: people.csv
  fields: { id: Number, emails: Mail, startAt: Hire Date, endAt: Last Day }
  state: { const: active }
apps:
  desk: { connector: file, path: desk.csv, fields: { lastLoginAt: Seen } }
history: history.db
`;
const PEOPLE = `Number,Mail,Hire Date,Last Day
1,ada@corp.example,2019-03-25,
2,ben@corp.example,2018-04-13,11/12/2026
3,cy@corp.example,2018-04-30,12/11/2026
4,dee@corp.example,2018-04-30,10/11/2026
`;
const DESK = `id,email,status,Seen
a1,ada@corp.example,active,2026-11-20
a2,ben@corp.example,active,yesterday
a3,cy@corp.example,active,2026-11-20
a4,dee@corp.example,deactivated,2026-11-20
`;
const AS_OF = ['--as-of', '2026-11-23T12:00:00Z', '--history'];

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-unread-'));
  for (const [name, text] of Object.entries({ 'lifegap.yaml': CONFIG, 'people.csv': PEOPLE, 'desk.csv': DESK }))
    writeFileSync(path.join(dir, name), text);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('an export whose dates could be two, and an app whose logins are words', () => {
  it('is inconclusive, and every format says which source, which column, how many values and one of them', async () => {
    const formats = Object.keys(FORMATS);
    const { code } = await lifegap(['audit', ...AS_OF, '--evidence', 'pack', ...formats.flatMap((name) => ['-f', `${name}=out.${name}`])], {
      cwd: dir,
    });
    expect(code).toBe(3);
    const texts = Object.fromEntries(formats.map((name) => [name, readFileSync(path.join(dir, `out.${name}`), 'utf8')]));
    // The lists of accounts and people name the finding, and the coverage its doubts.
    for (const name of formats.filter((one) => !/^csv-/.test(one))) {
      const text = (texts[name] as string).replace(/\\"|&quot;|""/g, '"').replace(/\s+/g, ' ');
      for (const said of ['payroll', 'Last Day', '3 values', '10/11/2026', 'desk', 'Seen', '1 value', 'yesterday'])
        expect(text, `${name}: ${said}`).toContain(said);
    }
    const report = JSON.parse(texts['json'] as string) as Report;
    expect(report.directory[0]?.completeness.unread).toEqual([
      { field: 'endAt', place: 'Last Day', cause: 'two-ways', values: 3, sample: '"10/11/2026"' },
    ]);
    // Ben and Cy may have left or not. Dee has, by either reading; and she is off.
    expect(report.directory[0]?.byState).toEqual({ active: 1, terminated: 1, unknown: 2 });
    expect(report.findings.map(({ app, class: cls, account }) => `${app} ${cls} ${account?.id ?? ''}`)).toEqual([
      'desk inconclusive ',
      'desk inconclusive a2',
      'desk inconclusive a3',
      'payroll inconclusive ',
    ]);
    expect(report.run.exitReason).toBe('inconclusive: the states of payroll, verdicts of desk');
    expect(texts['csv-accounts']).toMatch(/"a2".*"inconclusive"/);
  });

  it('comes to the same from its pack, and with a word in the config is judged', async () => {
    const { code, stdout } = await lifegap(['verify', 'pack'], { cwd: dir });
    expect([code, stdout]).toEqual([0, expect.any(String)]);
    writeFileSync(path.join(dir, 'settled.yaml'), CONFIG.replace('path: people.csv', 'path: people.csv\n  dates: mdy'));
    const settled = await lifegap(['audit', '-c', 'settled.yaml', ...AS_OF, '-f', 'json'], { cwd: dir });
    const report = JSON.parse(settled.stdout) as Report;
    expect(settled.code).toBe(1);
    const orphans = report.findings.filter(({ class: cls }) => cls === 'orphaned');
    expect(orphans.map(({ reason, account }) => `${reason} ${account?.id ?? ''}`)).toEqual(['owner-terminated a2']);
  });
});
