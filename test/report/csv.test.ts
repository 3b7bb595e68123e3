import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import type { Report } from '../../src/model/report.js';
import type { Reporter } from '../../src/report/reporter.js';
import { csv, csvCoverage } from '../../src/report/csv.js';
import { csvExclusions } from '../../src/report/exclusions-csv.js';
import { csvAccounts, csvPeople } from '../../src/report/population-csv.js';
import { hostileTexts } from './hostile.js';
import { MANY } from './ci-format.js';
import { medium, shuffled, text } from './medium.js';
import { decidedReport, sampleReport as bareReport } from './sample.js';
import { infectedPopulation, populated } from './sample-population.js';

const HEADER =
  'id,class,reason,severity,app,account_id,account_userName,account_email,account_status,account_kind,account_createdAt,' +
  'account_lastLoginAt,person_id,person_source,person_userName,person_email,person_state,person_endAt,rule,attributes,summary,hints,' +
  'accepted_reason,accepted_owner,accepted_until,expired_until,baseline,loggedOff';

const sampleReport = (): Report => populated(bareReport());

/** As another program reads it. */
function cells(out: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(out, { newline: '\r\n', skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

describe.each<[string, Reporter]>([
  ['csv', csv],
  ['csv-coverage', csvCoverage],
  ['csv-accounts', csvAccounts],
  ['csv-people', csvPeople],
  ['csv-exclusions', csvExclusions],
])('%s', (name, reporter) => {
  const decidedRows = cells(text(reporter, populated(decidedReport()))).length;

  test('golden', async () => {
    await expect(text(reporter, sampleReport())).toMatchFileSnapshot(`../../fixtures/report/${name}.golden`);
  });

  test('every field is quoted and every line ends in CRLF', () => {
    const lines = text(reporter, sampleReport()).split('\r\n');
    expect(lines.pop()).toBe('');
    for (const line of lines) expect(line).toMatch(/^"(?:[^"\n\r]|"")*"(?:,"(?:[^"\n\r]|"")*")*$/);
  });

  test('the order of apps and findings changes nothing', () => {
    const sample = sampleReport();
    const mixed = { ...sample, apps: shuffled(sample.apps, 2), findings: shuffled(sample.findings, 9) };
    expect(text(reporter, mixed)).toBe(text(reporter, sample));
  });

  test.each(hostileTexts())('hostile text stays in its cell: %s', (_, words) => {
    const out = text(reporter, infectedPopulation(words()));
    expect(out).not.toMatch(/[^\P{C}\r\n]|[\p{Zl}\p{Zp}]/u);
    const rows = cells(out);
    expect(rows).toHaveLength(decidedRows);
    for (const row of rows) {
      expect(row).toHaveLength(rows[0]?.length ?? 0);
      for (const cell of row) {
        expect(cell.trimStart().normalize('NFKC')).not.toMatch(/^[=+\-@\u2212]/);
        expect(cell.length).toBeLessThanOrEqual(32_767);
      }
    }
  });
});

test('a list that is not whole stands before what was read of it, and no row looks like an account of it', () => {
  const [head, ...rows] = cells(text(csvAccounts, sampleReport())) as [string[], ...string[][]];
  const of = (name: string): string[] => rows.flatMap((row) => row[head.indexOf(name)] ?? []);
  const marked = rows.filter((row) => row[head.indexOf('verdict')] === 'incomplete');
  expect(marked.map((row) => row.slice(0, 3))).toEqual([['badge', 'failed', ''], ['billing', 'unproven', '']]); // prettier-ignore
  expect(marked[0]?.[head.indexOf('reason')]).toContain('answered 403');
  expect(of('account_id').filter((id) => id !== '')).toEqual(['7', 'U0002', 'U0312', 'U0400', 'B0009', 'G0001', 'U0555', 'U0600']); // prettier-ignore
});

test('accepted and known findings are exclusions beside those of the rows, with who decided it', () => {
  const [head, ...rows] = cells(text(csvExclusions, populated(decidedReport()))) as [string[], ...string[][]];
  const column = (name: string) => (row: string[]) => row[head.indexOf(name)] ?? '';
  const by = rows.map(column('kept_by'));
  expect(new Set(by)).toEqual(new Set(['registered', 'guest', 'expected', 'grace-create', 'accepted', 'baseline']));
  const accepted = rows.find((row) => column('kept_by')(row) === 'accepted') ?? [];
  expect(['owner', 'until'].map((name) => column(name)(accepted))).toEqual(['iam@corp.example', '2027-01-31']);
  expect(column('finding')(accepted)).toMatch(/^f-04/);
});

test('the header stands even over nothing', () => {
  const header = text(csv, { ...sampleReport(), findings: [] });
  expect(header).toBe(`${HEADER.split(',').map((name) => `"${name}"`).join(',')}\r\n`); // prettier-ignore
  expect(text(csvCoverage, { ...sampleReport(), apps: [] })).toBe(
    '"app","stage","verdict","grade","trials","successes","low","high","medianHours","p95Hours","open","declared","reasons","provisioned","provisioned_by","provisioned_evidence","system","owner","control","reviewBy","problems","hops"\r\n',
  );
});

test('attributes, hints and acceptance are in their columns', () => {
  const [head, ...rows] = cells(text(csv, sampleReport())) as [string[], ...string[][]];
  const column = (row: string[] | undefined, name: string): string | undefined => row?.[head.indexOf(name)];
  const of = (id: string): string[] | undefined => rows.find((row) => row[0]?.startsWith(id));
  expect(column(of('f-06'), 'attributes')).toBe(
    'department: Sales -> Support (not-propagated); title: Account Executive ->  (not-propagated)',
  );
  expect(column(of('f-77'), 'hints')).toBe('would match u-42 (oldadmin@corp.example) if dots were ignored');
  expect([column(of('f-04'), 'accepted_owner'), column(of('f-04'), 'accepted_until')]).toEqual(['iam@corp.example', '2027-01-31']);
  expect(column(of('f-03'), 'person_endAt')).toBe('2026-10-01');
  const [, ...decided] = cells(text(csv, decidedReport()));
  const states = decided.map((row) => `${column(row, 'baseline')} ${column(row, 'expired_until')}`.trim());
  expect(new Set(states)).toEqual(new Set(['', 'new', 'known', 'worsened', 'overdue', 'known 2026-10-31']));
});

test('a negative lag is a number, not a formula to defuse', () => {
  const sample = sampleReport();
  const app = sample.apps.find((a) => a.name === 'vpn') as (typeof sample.apps)[number];
  const create = { ...app.coverage.create, lag: { medianHours: -3.5, p95Hours: 1, open: 0, longestOpenHours: null } };
  const rows = cells(text(csvCoverage, { ...sample, apps: [{ ...app, coverage: { ...app.coverage, create } }] }));
  expect(rows[1]?.[8]).toBe('-3.5');
});

test(`${MANY} findings are written as they are asked for`, () => {
  let rendered = 0;
  const base = sampleReport();
  const one = base.findings[0] as Finding;
  const findings = Array.from({ length: MANY }, (_, i): Finding => {
    const account = { id: `a-${String(i).padStart(7, '0')}`, status: 'active', kind: 'human' } as const;
    return Object.defineProperty({ ...one, account }, 'summary', { get: () => (rendered++, 'seen') });
  });
  const pieces = csv({ ...base, findings }, medium())[Symbol.iterator]();
  expect((pieces.next().value as string).length).toBeLessThan(200_000);
  expect(rendered).toBeLessThan(2000);
  let longest = 0;
  for (let piece = pieces.next(); piece.done !== true; piece = pieces.next()) longest = Math.max(longest, piece.value.length);
  expect(rendered).toBe(MANY);
  expect(longest).toBeLessThan(200_000);
});

test('what logs say stands in the last columns', () => {
  const [head, ...rows] = cells(text(csv, decidedReport())) as [string[], ...string[][]];
  const said = rows.map((row) => row[head.indexOf('loggedOff')]).filter((value) => value !== '');
  expect(said).toEqual(['2026-10-01T18:04:00.000Z']);
  const [names, ...stages] = cells(text(csvCoverage, sampleReport())) as [string[], ...string[][]];
  const hops = stages.map((row) => row[names.indexOf('hops')]).filter((value) => value !== '');
  expect(hops).toEqual([
    'left -> directory-off: median 0.2 h, 95% within 3.1 h, 9 people, 0 failed; directory-off -> pushed: median 0.1 h, 95% within 0.4 h, 9 people, 0 failed; pushed -> acknowledged: median 0.05 h, 95% within 0.1 h, 6 people, 3 failed: "User not found" (2), without a word (1); acknowledged -> app-off: median 26 h, 95% within 49 h, 2 people, 4 failed',
  ]);
});
