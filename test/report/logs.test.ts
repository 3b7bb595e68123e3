import { describe, expect, test } from 'vitest';
import type { Hop, LogReport } from '../../src/model/log.js';
import { entryWords, failureWords, hopFigures, hopWords, logName, logSize, logWords } from '../../src/report/logs.js';

const LOG: LogReport = {
  name: 'crm',
  of: 'app',
  from: '2026-08-25T10:02:11.123Z',
  until: '2026-11-23T09:58:40Z',
  entries: 1204,
  unmatched: 0,
  completeness: { verdict: 'proven', reasons: [], received: 1204, unique: 1204, pages: 3 },
  error: null,
  failures: [],
  by: {},
};

const hop = (from: string, to: string, over: Partial<Hop> = {}): Hop => ({ from, to, median: 1, p95: 2, trials: 9, failed: 0, ...over });
const fails = (...counts: number[]): LogReport['failures'] => counts.map((count, i) => ({ detail: `word ${i + 1}`, count }));

describe('a log', () => {
  test.each<[what: string, log: Partial<LogReport>, words: string]>([
    ['read whole', {}, '1,204 entries from 2026-08-25 10:02 UTC until 2026-11-23 09:58 UTC'],
    ['with strangers', { unmatched: 12 }, '1,204 entries from 2026-08-25 10:02 UTC until 2026-11-23 09:58 UTC, 12 unmatched'],
    ['of one entry', { entries: 1, from: '2026-08-25', until: '2026-08-25' }, '1 entry from 2026-08-25 until 2026-08-25'],
    ['without dates', { from: null, until: null, unmatched: 4 }, '1,204 entries, none of them dated, 4 unmatched'],
    ['that is silent', { entries: 0, from: null, until: null }, 'no entry'],
    ['that was not read', { entries: 0, from: null, until: null, error: 'crm: GET https://crm.example answered 403' }, 'not read'],
    ['that broke off', { error: 'crm: the connection was reset' }, '1,204 entries from 2026-08-25 10:02 UTC until 2026-11-23 09:58 UTC'],
  ])('%s', (_, over, words) => {
    expect(logSize({ ...LOG, ...over })).toBe(words);
  });

  test.each([
    ['crm', 'app', 'crm'],
    ['corp-okta', 'corp-okta', 'corp-okta'],
    ['crm-siem', 'corp-okta', 'crm-siem (of corp-okta)'],
  ])('%s of %s is called %s', (name, of, words) => {
    expect(logName({ name, of })).toBe(words);
  });

  test('says why it proves nothing where that stands nowhere else', () => {
    const unproven = { ...LOG, completeness: { ...LOG.completeness, verdict: 'unproven' as const, reasons: ['page 3 was torn', 'b'] } };
    expect(logWords(unproven, true)).toMatch(/^log crm: 1,204 entries from .*, unproven: page 3 was torn; b$/);
    expect(logWords(unproven, false)).toMatch(/, unproven$/);
    expect(logWords({ ...unproven, error: 'crm: reset', failures: fails(2) }, true)).toMatch(
      /, failed: crm: reset; failures: "word 1" \(2\)$/,
    );
  });

  test.each([
    [fails(), undefined],
    [fails(2), '"word 1" (2)'],
    [[{ detail: '', count: 3 }], 'without a word (3)'],
    [fails(1200, 2, 1), '"word 1" (1,200), "word 2" (2), "word 3" (1)'],
    [fails(5, 4, 3, 2, 1), '"word 1" (5), "word 2" (4), "word 3" (3), and 2 more'],
  ])('tells of its failures: %#', (failures, words) => {
    expect(failureWords({ failures })).toBe(words);
  });
});

describe('hops', () => {
  test.each<[what: string, hops: readonly Hop[] | undefined, words: string | undefined]>([
    ['none', undefined, undefined],
    ['an empty list', [], undefined],
    ['a chain', [hop('left', 'pushed'), hop('pushed', 'app-off', { median: 30, p95: 72 })], 'left → pushed 1 h (2 h) → app-off 30 h (3 d)'],
    ['failures', [hop('left', 'pushed', { failed: 3 }), hop('pushed', 'app-off')], 'left → pushed 1 h (2 h), 3 failed → app-off 1 h (2 h)'],
    [
      'failures in its own words',
      [hop('left', 'pushed', { failed: 3, failures: fails(2, 1) })],
      'left → pushed 1 h (2 h), 3 failed: "word 1" (2), "word 2" (1)',
    ],
    [
      'a chain with a hole',
      [hop('left', 'pushed'), hop('acknowledged', 'app-off')],
      'left → pushed 1 h (2 h), acknowledged → app-off 1 h (2 h)',
    ],
    ['nobody', [hop('left', 'app-off', { median: null, p95: null, trials: 0, failed: 4 })], 'left → app-off nobody, 4 failed'],
    ['no median', [hop('left', 'app-off', { median: null, p95: null })], 'left → app-off not dated'],
    ['no 95th percentile', [hop('left', 'app-off', { p95: null })], 'left → app-off 1 h'],
    ['clocks that differ', [hop('pushed', 'app-off', { median: -0.01 })], 'pushed → app-off -1 min (2 h)'],
  ])('%s', (_, hops, words) => {
    expect(hopWords(hops === undefined ? {} : { hops }, '→')).toBe(words === undefined ? undefined : `median (95% within): ${words}`);
  });

  test('in a cell', () => {
    expect(hopFigures(hop('left', 'pushed', { failed: 2 }))).toBe('left -> pushed: median 1 h, 95% within 2 h, 9 people, 2 failed');
    expect(hopFigures(hop('left', 'pushed', { failed: 2, failures: fails(2) }))).toMatch(/, 2 failed: "word 1" \(2\)$/);
    expect(hopFigures(hop('left', 'pushed', { median: null, p95: null, trials: 1 }))).toBe(
      'left -> pushed: median not known, 95% within not known, 1 person, 0 failed',
    );
  });
});

test.each([
  [{ outcome: 'success', by: 'scim' }, '2026-10-01 18:04 UTC disable success by scim, log okta'],
  [{ outcome: 'unknown', by: 'unknown' }, '2026-10-01 18:04 UTC disable without an outcome, log okta'],
] as const)('an entry: %o', (over, words) => {
  expect(entryWords({ at: '2026-10-01T18:04:00.000Z', action: 'disable', log: 'okta', ...over })).toBe(words);
});
