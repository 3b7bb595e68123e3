import { expect, test } from 'vitest';
import { readSummary, summaryOf } from '../../src/history/summary.js';
import type { AppReport } from '../../src/model/report.js';
import { sampleReport } from '../report/sample.js';

const report = sampleReport();
const app = (name: string): AppReport => report.apps.find((one) => one.name === name) as AppReport;

test('a summary says which verdicts rest on a log, and how each log was read', () => {
  const slack = readSummary(JSON.stringify(summaryOf(app('slack'), report)));
  expect(slack.logged).toEqual(['delete']);
  const time = { from: '2026-08-25T10:02:11.000Z', until: '2026-11-23T09:58:40.000Z' };
  expect(slack.logs).toEqual([
    { name: 'slack', of: 'app', ...time, entries: 1204, verdict: 'consistent' },
    { name: 'corp-okta', of: 'corp-okta', ...time, entries: 318, verdict: 'consistent' },
  ]);
  expect(summaryOf(app('wiki'), report).logs?.map(({ verdict }) => verdict)).toEqual(['failed']);
  const vpn = summaryOf(app('vpn'), report);
  expect(['logged' in vpn, 'logs' in vpn]).toEqual([false, false]);
});

test.each([
  ['logged', { 0: 'delete' }],
  ['logged', [7]],
  ['logs', {}],
  ['logs', [null]],
  ['logs', [{ name: 'slack' }]],
])('a summary whose %s is %j has another form', (key, value) => {
  const text = JSON.stringify({ ...summaryOf(app('slack'), report), [key]: value });
  expect(() => readSummary(text)).toThrow('lists.summary holds another form');
});
