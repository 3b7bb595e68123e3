import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { finding, type Draft } from '../../src/diff/finding.js';
import { absenceTest } from '../../src/gate/absence.js';
import { compareBaseline, parseBaseline, writeBaseline } from '../../src/gate/baseline.js';
import type { Finding, Severity } from '../../src/model/finding.js';
import { sampleReport } from '../report/sample.js';

const one = (id: string, over: Partial<Finding> = {}, draft: Partial<Draft> = {}): Finding => ({
  ...finding({
    class: 'orphaned', reason: 'no-owner', app: 'slack', summary: `${id} is ada@corp.example`,
    account: { id, userName: 'ada', email: 'ada@corp.example', status: 'active', kind: 'human' }, ...draft,
  }),
  ...over,
}); // prettier-ignore
const AT = Date.parse('2026-11-23T12:00:00Z');
const always = (): boolean => true;
const never = (): boolean => false;
const baselineOf = (...findings: Finding[]) => parseBaseline(writeBaseline(findings, undefined, always, '2026-10-01'), 'b.json');

describe('the file', () => {
  it('is sorted, one entry a line, and names nobody', () => {
    const findings = [
      one('U2'),
      one('U1'),
      one('U1', {}, { app: 'crm' }),
      one('U9', { accepted: { reason: 'r', owner: 'o', until: '2027-01-01' } }),
    ];
    const text = writeBaseline(findings, undefined, always, '2026-11-23');
    expect(text).not.toMatch(/ada|U1|U2/);
    const lines = text.split('\n');
    expect(lines).toHaveLength(9);
    expect(lines[3]).toMatch(
      /^ {4}\{"id":"f-[0-9a-f]{20}","app":"crm","class":"orphaned","reason":"no-owner","severity":"high","first_seen":"2026-11-23"\},$/,
    );
    expect(writeBaseline([...findings].reverse(), undefined, always, '2026-11-23')).toBe(text);
    expect(Object.keys((JSON.parse(text) as { findings: object[] }).findings[0] ?? {})).toEqual([
      'id',
      'app',
      'class',
      'reason',
      'severity',
      'first_seen',
    ]);
  });

  it('keeps dates, and what is not proven to be gone', () => {
    const before = baselineOf(one('U1'), one('U2'));
    const kept = parseBaseline(writeBaseline([one('U1'), one('U3')], before, never, '2026-11-23'), 'b.json');
    expect(kept.entries.map((entry) => [entry.id, entry.firstSeen]).sort()).toEqual(
      [
        [one('U1').id, '2026-10-01'],
        [one('U2').id, '2026-10-01'],
        [one('U3').id, '2026-11-23'],
      ].sort(),
    );
    expect(parseBaseline(writeBaseline([one('U1')], before, always, '2026-11-23'), 'b.json').entries.map(({ id }) => id)).toEqual([
      one('U1').id,
    ]);
  });

  it('is the same when it is written again over itself', () => {
    const day = fc.constantFrom('2026-01-01', '2026-06-30');
    const some = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 });
    fc.assert(
      fc.property(some, day, day, (ids, first, second) => {
        const findings = ids.map((id) => one(id));
        const text = writeBaseline(findings, undefined, always, first);
        expect(writeBaseline(findings, parseBaseline(text, 'b'), always, second)).toBe(text);
      }),
    );
  });

  it.each([
    ['', 'is not JSON'],
    ['[]', 'is not valid: the file'],
    ['{"version":2,"findings":[]}', 'version'],
    ['{"version":1,"findings":[{"id":"f-*"}]}', 'expected the id of a finding'],
    ['{"version":1,"findings":[],"more":1}', 'the file'],
    [writeBaseline([one('U1')], undefined, always, '2026-02-30'), 'findings.0.first_seen'],
    [writeBaseline([one('U1')], undefined, always, '2026-01-01').replace('no-owner', 'nope'), 'expected a class and one of its reasons'],
    [writeBaseline([one('U1')], undefined, always, '2026-01-01').replace(/( {4}\{.*\})/, '$1,\n$1'), 'twice'],
  ])('is refused where it is broken: %j', (text, message) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(message);
    expect(() => parseBaseline(text, 'b.json')).toThrow(/^the baseline b\.json /);
  });
});

describe('against a baseline', () => {
  const state = (was: Severity, is: Severity, sla: Partial<Record<Severity, number>> = {}): string | undefined =>
    compareBaseline([one('U1', { severity: is })], baselineOf(one('U1', { severity: was })), sla, AT, always).findings[0]?.baseline;

  it('a finding is new, known, worsened or past its time', () => {
    expect(compareBaseline([one('U2')], baselineOf(one('U1')), {}, AT, always).findings[0]?.baseline).toBe('new');
    expect(state('high', 'high')).toBe('known');
    expect(state('critical', 'low')).toBe('known');
    expect(state('medium', 'high')).toBe('worsened');
    const day = 86_400_000;
    expect(state('high', 'high', { high: 53 * day })).toBe('overdue');
    expect(state('high', 'high', { high: 54 * day })).toBe('known');
    expect(state('high', 'high', { critical: 1 })).toBe('known');
  });

  it('everything is counted, and gone is said only where it is proven', () => {
    const baseline = baselineOf(one('U1'), one('U2'), one('U3', {}, { app: 'crm' }));
    const { report } = compareBaseline([one('U1'), one('U4')], baseline, {}, AT, ({ app }) => app === 'slack');
    expect(report).toMatchObject({ new: 1, known: 1, worsened: 0, overdue: 0, notProven: 1 });
    expect(report.fixed.map(({ id }) => id)).toEqual([one('U2').id]);
  });

  it('what is inconclusive has no place in it', () => {
    const unsure = one('U1', {}, { class: 'inconclusive', reason: 'unknown-status' });
    const { findings, report } = compareBaseline([unsure], baselineOf(), {}, AT, always);
    expect(findings).toEqual([unsure]);
    expect(report.new).toBe(0);
    expect(writeBaseline([unsure], undefined, always, '2026-11-23')).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });
});

describe('gone', () => {
  const sample = sampleReport();
  const gone = (over: Partial<typeof sample>, sought: { id?: string; app?: string }, all = ['vpn']): boolean =>
    absenceTest({ ...sample, ...over }, all, (f) => [`hidden by ${f.id}`])(sought);

  it.each([
    ['vpn', true],
    ['crm', true],
    ['billing', false],
    ['badge', false],
    ['not audited', false],
  ])('in %s: %s', (app, is) => expect(gone({}, { app })).toBe(is));

  it('takes every app where none is named', () => {
    expect(gone({}, {}, ['vpn', 'crm'])).toBe(true);
    expect(gone({}, {}, ['vpn', 'badge'])).toBe(false);
    expect(gone({}, {}, ['vpn', 'left out with --app'])).toBe(false);
  });

  it('takes a whole directory, and no open verdict that may stand for it', () => {
    const directory = sample.directory.map((d) => ({ ...d, completeness: { ...d.completeness, verdict: 'unproven' as const } }));
    expect(gone({ directory }, { app: 'vpn' })).toBe(false);
    expect(gone({}, { app: 'slack', id: 'hidden by f-0ac2d3e4f506172877aa' })).toBe(false);
    expect(gone({}, { app: 'slack', id: 'another' })).toBe(true);
    const whole = { id: 'f-x', class: 'inconclusive', reason: 'field-absent', severity: 'info', app: 'vpn', account: null, person: null, match: null, attributes: [], summary: '', hints: [], controls: {}, accepted: null } as const; // prettier-ignore
    expect(gone({ findings: [whole] }, { app: 'vpn' })).toBe(false);
  });
});

describe('what the file knows for another reason', () => {
  const reasonOf = (reason: Finding['reason'], over: Partial<Finding> = {}): Finding => one('U1', over, { reason });
  const states = (before: Finding, now: Finding) =>
    compareBaseline([now], baselineOf(before), {}, AT, always).findings.map(({ baseline }) => baseline);

  it.each([
    ['not-entitled', 'owner-disabled', 'the owner has left'],
    ['not-entitled', 'owner-terminated', 'the owner has left'],
    ['unowned-service', 'owner-terminated', 'the owner has left'],
    ['residual-access', 'owner-terminated', 'the account is on again'],
    ['orphaned-credential', 'no-owner', 'the account is on again'],
  ] as const)('%s, and now %s, is new: %s', (before, now, _why) => {
    const same = { severity: 'high' } as const;
    expect(states(reasonOf(before, same), reasonOf(now, same))).toEqual(['new']);
    const file = writeBaseline([reasonOf(now, same)], baselineOf(reasonOf(before, same)), always, '2026-11-23');
    expect(parseBaseline(file, 'b.json').entries.map(({ firstSeen }) => firstSeen)).toEqual(['2026-11-23']);
  });

  it.each([
    ['no-owner', 'owner-terminated'],
    ['owner-terminated', 'owner-disabled'],
    ['owner-terminated', 'residual-access'],
    ['not-entitled', 'not-entitled'],
  ] as const)('%s, and now %s, is known', (before, now) => {
    const same = { severity: 'high' } as const;
    expect(states(reasonOf(before, same), reasonOf(now, same))).toEqual(['known']);
  });

  it('a conflict is new when somebody whose account it may be has left since, and known when that was known', () => {
    const conflict = (mayBeOrphaned: boolean): Finding => one('U1', {}, { class: 'conflict', reason: 'ambiguous', mayBeOrphaned });
    expect(states(conflict(false), conflict(true))).toEqual(['new']);
    expect(states(conflict(true), conflict(true))).toEqual(['known']);
    expect(states(conflict(true), conflict(false))).toEqual(['known']);
    expect(states(conflict(false), conflict(false))).toEqual(['known']);
  });
});
