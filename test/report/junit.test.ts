import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { junit } from '../../src/report/junit.js';
import { visible } from '../../src/report/escape.js';
import { describeCiFormat } from './ci-format.js';
import { text } from './medium.js';
import { decidedReport, sampleReport } from './sample.js';
import { xmlOf } from './xml.js';

const outcomes = (report: Report): Record<string, string> => {
  const all = xmlOf(text(junit, report));
  return Object.fromEntries(
    all.flatMap((element, i) => {
      if (element.name !== 'testcase') return [];
      const next = all[i + 1];
      const kind = next !== undefined && ['failure', 'error', 'skipped'].includes(next.name) ? next.name : 'passed';
      return [[`${element.attributes['classname']} ${element.attributes['name']}`, kind]];
    }),
  );
};

describeCiFormat('junit', junit, {
  most: 50_000,
  parse: (out, report) => {
    const elements = xmlOf(out);
    // Read back, every name is what a terminal would show.
    const names = elements.filter(({ name }) => name === 'testsuite').map(({ attributes }) => attributes['name']);
    expect(new Set(names)).toEqual(new Set([...report.directory, ...report.apps].map(({ name }) => visible(name))));
    expect(new Set(elements.map(({ name }) => name))).toEqual(
      new Set(['testsuites', 'testsuite', 'testcase', 'failure', 'error', 'skipped']),
    );
  },
});

test('only what is proven clean passes', () => {
  expect(outcomes(sampleReport())).toMatchObject({
    'lifegap.contractors list': 'passed',
    'lifegap.badge list': 'error',
    'lifegap.badge orphaned': 'error',
    'lifegap.badge coverage.delete': 'error',
    'lifegap.billing orphaned': 'failure',
    'lifegap.billing missing': 'error',
    'lifegap.slack orphaned': 'failure',
    'lifegap.slack stale': 'error',
    'lifegap.slack coverage.create': 'passed',
    'lifegap.slack coverage.delete': 'skipped',
    'lifegap.vpn orphaned': 'passed',
    'lifegap.vpn coverage.delete': 'passed',
    'lifegap.wiki coverage.delete': 'skipped',
    'lifegap.crm missing': 'skipped',
  });
  const all = xmlOf(text(junit, sampleReport()));
  const count = (name: string): number => all.filter((element) => element.name === name).length;
  expect(all[0]?.attributes).toMatchObject({
    tests: String(count('testcase')),
    failures: String(count('failure')),
    errors: String(count('error')),
    skipped: String(count('skipped')),
  });
});

test('fails a stage that --fail-on names; one that is not proven is an error', () => {
  const sample = sampleReport();
  const report = { ...sample, run: { ...sample.run, failOn: ['coverage.delete!=covered'] } };
  expect(outcomes(report)).toMatchObject({
    'lifegap.slack coverage.delete': 'failure',
    'lifegap.wiki coverage.delete': 'error',
    'lifegap.vpn coverage.delete': 'passed',
    'lifegap.crm coverage.update': 'skipped',
  });
});

test('an account that may be a leaver’s leaves the check for orphans unproven, until somebody accepts it', () => {
  const sample = sampleReport();
  const recycled = sample.findings.find(({ reason }) => reason === 'recycled-identifier')!;
  const conflict = { ...recycled, app: 'vpn', mayBeOrphaned: true as const };
  const check = (finding: typeof recycled): string | undefined => outcomes({ ...sample, findings: [finding] })['lifegap.vpn orphaned'];
  expect(check({ ...conflict, accepted: null })).toBe('error');
  expect(check({ ...conflict, accepted: { reason: 'known', owner: 'iam', until: '2027-01-01' } })).toBe('passed');
  expect(check({ ...recycled, app: 'vpn', accepted: null })).toBe('passed');
});

test('nothing passes under a directory that is not whole', () => {
  const sample = sampleReport();
  const directory = sample.directory.map((d) => ({
    ...d,
    completeness: { ...d.completeness, verdict: 'unproven' as const, reasons: ['torn'] },
  }));
  const found = outcomes({ ...sample, directory, findings: [] });
  expect(['orphaned', 'stale', 'missing', 'conflict'].map((cls) => found[`lifegap.vpn ${cls}`])).toEqual([
    'error',
    'error',
    'error',
    'error',
  ]);
});

test('the failing findings are as many as the report says', () => {
  for (const report of [sampleReport(), decidedReport()]) {
    const failing = [...text(junit, report).matchAll(/, (\d+) failing/g)].reduce((sum, [, n]) => sum + Number(n), 0);
    expect(failing).toBe(report.summary.failing);
  }
});
