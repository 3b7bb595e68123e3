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

  it('keeps the severity of what may weigh less only because something could not be read, and no other', () => {
    const written = (was: Severity, now: Finding, isGone: () => boolean): readonly string[] =>
      parseBaseline(writeBaseline([now], baselineOf(one('U1', { severity: was })), isGone, '2026-11-23'), 'b').entries.map(
        ({ severity }) => severity,
      );
    expect(written('critical', one('U1', { severity: 'low' }), never)).toEqual(['critical']);
    expect(written('critical', one('U1', { severity: 'low' }), always)).toEqual(['low']);
    expect(written('medium', one('U1', { severity: 'high' }), never)).toEqual(['high']);
    expect(written('high', one('U1', { severity: 'high' }), never)).toEqual(['high']);
    // The same account for another reason, or in another class, is another thing.
    const id = one('U1').id;
    expect(written('critical', { ...one('U1', { severity: 'low' }, { reason: 'owner-terminated' }), id }, never)).toEqual(['low']);
    expect(written('critical', { ...one('U1', { severity: 'low' }, { class: 'stale', reason: 'unknown' }), id }, never)).toEqual(['low']);
  });

  it('drops what is accepted now, though nothing proves it gone', () => {
    const accepted = { reason: 'r', owner: 'o', until: '2027-01-01' };
    const text = writeBaseline([one('U1', { accepted })], baselineOf(one('U1'), one('U2')), never, '2026-11-23');
    expect(parseBaseline(text, 'b').entries.map(({ id }) => id)).toEqual([one('U2').id]);
  });

  it('is sorted by app, class and reason, and by id where these are the same', () => {
    const all = ['crm', 'slack'].flatMap((app) =>
      (['no-owner', 'owner-terminated'] as const).flatMap((reason) =>
        ['U1', 'U2', 'U3'].map((id) => one(`${reason} ${id}`, {}, { app, reason })),
      ),
    );
    const missing = one('U1', {}, { class: 'missing', reason: 'never-created', app: 'crm' });
    const { entries } = baselineOf(...[...all, missing].reverse());
    const keys = entries.map(({ app, class: cls, reason, id }) => [app, cls, reason, id].join(' '));
    expect(keys).toHaveLength(13);
    expect(keys).toEqual([...keys].sort());
    expect(keys[0]).toMatch(/^crm missing /);
  });

  it('names its first five mistakes, and how to write it', () => {
    const text = JSON.stringify({ version: 1, findings: Array.from({ length: 7 }, () => ({})) });
    const said = (): unknown => parseBaseline(text, 'b.json');
    expect(said).toThrow(/^the baseline b\.json is not valid: findings\.0\.id: .*; write it with `lifegap baseline write`, not by hand$/);
    expect(said).toThrow(/^(?:[^;]*;){5}[^;]*$/);
  });

  it('holds nothing that is inconclusive', () => {
    const text = writeBaseline([one('U1')], undefined, always, '2026-11-23');
    const unsure = text.replace('"orphaned"', '"inconclusive"').replace('no-owner', 'unknown-status');
    expect(() => parseBaseline(unsure, 'b')).toThrow('expected a class and one of its reasons');
  });

  it('remembers that an account may be a leaver’s', () => {
    const may = one('U1', { mayBeOrphaned: true }, { class: 'conflict', reason: 'ambiguous' });
    const text = writeBaseline([may], undefined, always, '2026-11-23');
    expect(text).toContain('"may_be_orphaned":true');
    expect(parseBaseline(text, 'b').entries).toMatchObject([{ mayBeOrphaned: true }]);
    expect(parseBaseline(writeBaseline([one('U1')], undefined, always, '2026-11-23'), 'b').entries[0]).not.toHaveProperty('mayBeOrphaned');
    expect(() => parseBaseline(text.replace('true', 'false'), 'b')).toThrow('may_be_orphaned');
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
    // From the first of October to noon of the 23rd of November: to the hour, it is not over yet.
    expect(state('high', 'high', { high: 53.5 * day })).toBe('known');
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
    expect(gone({ findings: [{ ...whole, ofCredentials: true }] }, { app: 'vpn' })).toBe(true);
    const account = { id: 'U1', status: 'active', kind: 'human' } as const;
    const person = { id: 'p1', source: 'corp-ad', state: 'active' } as const;
    expect(gone({ findings: [{ ...whole, account }] }, { app: 'vpn' })).toBe(true);
    expect(gone({ findings: [{ ...whole, person }] }, { app: 'vpn' })).toBe(true);
    expect(gone({ findings: [{ ...whole, class: 'missing', reason: 'never-created' }] }, { app: 'vpn' })).toBe(true);
  });

  it('is told of the accounts of a directory as of those of an app, where every directory is whole', () => {
    const [{ name }] = sample.directory as [(typeof sample.directory)[number]];
    expect(gone({}, { app: name })).toBe(true);
    const failed = sample.directory.map((d, i) => (i === 0 ? d : { ...d, error: 'answered 403' }));
    expect(failed.length).toBeGreaterThan(1);
    expect(gone({ directory: failed }, { app: name })).toBe(false);
  });

  it('no orphan is gone from an app whose keys were not read: an account that is off is one as long as they live', () => {
    const apps = sample.apps.map((app) => ({ ...app, completeness: { ...app.completeness, ...(app.name === 'vpn' ? { credentials: ['keys: answered 403'] } : {}) } })) as unknown as typeof sample.apps; // prettier-ignore
    const sought = (cls?: Finding['class'], app?: string): boolean => absenceTest({ ...sample, apps }, ['vpn', 'crm'], () => [])({ ...(cls === undefined ? {} : { class: cls }), ...(app === undefined ? {} : { app }) }); // prettier-ignore
    expect([sought('orphaned', 'vpn'), sought(undefined, 'vpn'), sought('stale', 'vpn')]).toEqual([false, false, true]);
    expect([sought('orphaned', 'crm'), sought('orphaned'), sought('missing')]).toEqual([true, false, true]);
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
