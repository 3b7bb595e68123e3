// One story for each condition that decides what is a trial, and what its dates are.
import { describe, expect, it } from 'vitest';
import { observe } from '../../src/transitions/observe.js';
import { middleOf, type Observed } from '../../src/transitions/observed.js';
import type { Today } from '../../src/transitions/scene.js';
import { DAY } from '../in-memory.js';
import { naivePast, type AccountRow, type AuditOfOne, type PersonRow } from './naive-past.js';
import { TODAY } from './today.js';

type Someone = Partial<PersonRow>;
type How = Partial<Omit<NonNullable<AuditOfOne['person']>, 'row'> & Omit<NonNullable<AuditOfOne['accounts']>, 'rows'>>;
/** One audit. Null: not in a whole directory, undefined: the list was not read. */
type Audit = readonly [
  day: number,
  person: Someone | null | undefined,
  accounts: readonly Partial<AccountRow>[] | undefined,
  how?: { readonly people?: How; readonly list?: How },
];

function watch(audits: readonly Audit[], today: Partial<Today> = {}): Observed[] {
  const past = naivePast(
    audits.map(([day, person, accounts, { people, list } = {}]) => ({
      asOf: day * DAY,
      ...(person === undefined
        ? {}
        : { person: { whole: true, ...people, row: person && { state: 'active', department: 'Sales', ...person } } }),
      ...(accounts === undefined
        ? {}
        : {
            accounts: {
              whole: true,
              ...list,
              rows: accounts.map((one) => ({ id: 'a', status: 'active', department: 'Sales', ...one })),
            },
          }),
    })),
  );
  return observe(past, { ...TODAY, ...today });
}

/** In days: `a-b` is after a and not after b. */
const days = ([from, to]: readonly [number, number]): string => (from === to ? `${from / DAY}` : `${from / DAY}-${to / DAY}`);
const told = (observed: readonly Observed[]): string[] =>
  observed.map(({ event, when, outcome, then, cameBack }) =>
    [`${event} ${days(when)}`, outcome, days(then), ...(cameBack === undefined ? [] : [cameBack])].join(', '),
  );

const here: Someone = {};
const hire: Someone = { state: 'pre-hire' };
const away: Someone = { state: 'leave' };
const left: Someone = { state: 'terminated' };
const lead: Someone = { department: 'Support' };
const on: Partial<AccountRow> = {};
const off: Partial<AccountRow> = { status: 'deactivated' };
const moved: Partial<AccountRow> = { department: 'Support' };
const another = { list: { basis: 'another way' }, people: {} };
const exchanged = { list: { exchanged: true } };
const notWhole = { list: { whole: false } };

type Story = [what: string, expected: readonly string[], audits: readonly Audit[], today?: Partial<Today>];
const tell = (_: string, expected: readonly string[], audits: readonly Audit[], today?: Partial<Today>): void => {
  expect(told(watch(audits, today))).toEqual(expected);
};

describe('who joined', () => {
  const came = (then: string, when = '0-1'): string[] => [`joined ${when}, followed, ${then}`];
  const waits = (then: number, when = '0-1'): string[] => [`joined ${when}, open, ${then}`];
  it.each<Story>([
    ['came back from leave', [], [[0, away, []], [1, here, []], [3, here, []]]],
    ['is in a directory that was read in another way', [], [[0, null, []], [1, here, [], { people: { basis: 'another' } }], [3, here, []]]],
    ['is in a directory that was exchanged', [], [[0, null, []], [1, here, [], { people: { exchanged: true } }], [3, here, []]]],
    ['on the first day of the window', waits(91), [[0, null, []], [1, here, []], [91, here, []]]],
    ['before the window', [], [[0, null, []], [1, here, []], [91.5, here, []]]],
    ['has an account since before they came back', [], [[1, left, [on]], [2, here, [on]]]],
    ['an account was made while they were on leave', [], [[0, hire, []], [1, away, [on]], [2, hire, [on]], [3, here, [on]]]],
    ['it was off on the last day, on before they came back, and that is no hire', [], [[0, null, []], [1, here, [off]], [2, hire, [on]], [3, here, [on]]]],
    ['had one before the first day, and has none now', came('0-1', '1-2'), [[0, hire, []], [1, hire, [on]], [2, here, [on]], [3, here, [off]]]],
    ['before the first day, one of two is new', came('0-1', '1-2'), [[0, hire, [off]], [1, hire, [off, { id: 'b' }]], [2, here, [off, { id: 'b' }]]]],
    ['before the first day, one that is not new is on beside a new one that is off', [], [[0, hire, [{ elsewhere: true }]], [1, hire, [on, { id: 'b', ...off }]], [2, here, [on, { id: 'b', ...off }]]]],
    ['before the first day, dated by the app', came('0.5', '1-2'), [[0, hire, []], [1, hire, [{ createdAt: DAY / 2 }]], [2, here, [on]]]],
    ['a first day that the directory dates', came('1-2', '0.5'), [[0, null, []], [1, { startAt: { at: DAY / 2 } }, []], [2, { startAt: { at: DAY / 2 } }, [on]]]],
    ['a status is not known', [], [[0, null, []], [1, here, [{ status: 'unknown' }]], [3, here, [on]]]],
    ['had one whose status was not known', [], [[0, null, [{ status: 'unknown' }]], [1, here, []], [3, here, []]]],
    ['matched an account that is of somebody else now', [], [[0, null, []], [1, here, [off]], [2, here, [{ elsewhere: true }]], [3, here, [{ elsewhere: true }, { id: 'b' }]]]],
    ['an account came in a list that was read in another way', [], [[0, null, []], [1, here, []], [2, here, [on], another]]],
    ['an account came in a list that was exchanged', [], [[0, null, []], [1, here, []], [2, here, [on], exchanged]]],
    ['two came at once', came('1-2'), [[0, null, []], [1, here, []], [2, here, [on, { id: 'b' }]]]],
    ['one came that had been of nobody, beside a new one that is off', [], [[0, null, [{ elsewhere: true }]], [1, here, [{ elsewhere: true }]], [2, here, [on, { id: 'b', ...off }]]]],
    ['one was off and is on', came('1-2'), [[0, null, []], [1, here, [off]], [2, here, [on]]]],
    ['made a month before they came is as early as an account is made', came('1-2'), [[0, null, []], [1, here, []], [2, here, [{ createdAt: -30 * DAY }]]]],
    ['one that was made long before them', [], [[0, null, []], [1, here, []], [2, here, [{ createdAt: -30.5 * DAY }]]]],
    ['one that is on again was made long before them', came('1-2'), [[0, null, []], [1, here, [off]], [2, here, [{ createdAt: -300 * DAY }]]]],
    ['nobody came, and the app was read before the day alone', [], [[-1, null, []], [0, null, []], [1, here, undefined], [9, here, undefined]]],
    ['an account is off, which somebody decided', [], [[0, null, []], [1, here, [off]], [5, here, [off]]]],
    ['waits for as long as the grace', waits(2), [[0, null, []], [1, here, []], [2, here, []]]],
    ['still has a day of grace', [], [[0, null, []], [1, here, []], [1.9, here, []]]],
    ['is expected by a filter, as of today', waits(3), [[0, null, []], [1, here, []], [3, here, []]], { isFiltered: true }],
    ['is expected by a filter, and was another before', [], [[0, null, []], [1, here, []], [3, lead, []]], { isFiltered: true }],
    ['was another before, and everybody is expected', waits(3), [[0, null, []], [1, here, []], [3, lead, []]]],
    ['was another before, and has an account', came('1-3'), [[0, null, []], [1, here, []], [3, lead, [on]]], { isFiltered: true }],
    ['may have an account that could be of two', [], [[0, null, []], [1, here, []], [3, here, []]], { isUnclear: () => true }],
    ['is another record of somebody', [], [[0, null, []], [1, here, []], [3, here, []]], { isSucceeded: () => true }],
    ['an account is on in a list that is not whole', came('1-2'), [[0, null, []], [1, here, []], [2, here, [on], notWhole]]],
    ['nobody knew their state for a while', waits(3, '0-2'), [[0, null, []], [1, { state: 'unknown' }, []], [2, here, []], [3, here, []]]],
    ['their first day could not be read', [], [[0, null, []], [1, { unread: ['startAt'] }, []], [3, { unread: ['startAt'] }, []]]],
    ['an account matched, and went to somebody else', came('1-2'), [[0, null, []], [1, here, []], [2, here, [on]], [3, here, [{ elsewhere: true }]]]],
    ['an account matched, matched nobody for a while, and again', came('1-2'), [[0, null, []], [1, here, []], [2, here, [on]], [3, here, [{ elsewhere: true }]], [4, here, [on]]]],
    ['they are not in the list that was read last, which is not whole', [], [[0, null, []], [1, here, []], [3, null, [], { people: { whole: false } }]]],
  ])('%s', tell); // prettier-ignore

  it('is named, with the account that came', () => {
    const [came] = watch([[0, null, []], [1, here, []], [2, here, [{ userName: 'ada' }]]]); // prettier-ignore
    expect(came).toMatchObject({ stage: 'create', row: 0, person: { id: 'p', source: 'hr' }, account: { id: 'a', userName: 'ada' } });
    const [nameless] = watch([[0, null, []], [1, here, []], [2, here, [on]]]); // prettier-ignore
    expect(nameless?.account).toEqual({ id: 'a' });
    const [waits] = watch([[0, null, []], [1, here, []], [3, here, []]]); // prettier-ignore
    expect(waits).toMatchObject({ person: { id: 'p', source: 'hr' }, account: null });
  });
});

describe('who left', () => {
  const gone = (then: string, when = '0-1'): string[] => [`left ${when}, followed, ${then}`];
  const stays = (then: number, when = '0-1'): string[] => [`left ${when}, open, ${then}`];
  const b = { id: 'b' };
  const end = { ...left, endAt: { at: -2 * DAY } };
  const lastDay = { endAt: { at: 2 * DAY, day: true } };
  const lastHour = { endAt: { at: 3.5 * DAY } };
  const late = { ...left, endAt: { at: 6.5 * DAY } };
  it.each<Story>([
    ['was on leave before', gone('0-1'), [[0, away, [on]], [1, left, [off]]]],
    ['is of a directory that was read in another way', [], [[0, here, [on]], [1, left, [off], { people: { basis: 'another' } }]]],
    ['is of a directory that was exchanged', [], [[0, here, [on]], [1, left, [off], { people: { exchanged: true } }]]],
    ['on the first day of the window', gone('0-1'), [[0, here, [on]], [1, left, [off]], [91, left, [off]]]],
    ['before the window', [], [[0, here, [on]], [1, left, [off]], [91.5, left, [off]]]],
    ['came back, and another record speaks for them', stays(3), [[0, here, [on]], [1, left, [on]], [3, left, [on]], [5, here, [on]]], { isSucceeded: () => true }],
    ['is not in the directory, of which nothing can be asked', ['left, and gone from the directory 0-1, followed, 0-1'], [[0, here, [on]], [1, null, [off]]], { isSucceeded: () => true }],
    ['got the account after the first audit', gone('1-2', '1-2'), [[0, here, []], [1, here, [on]], [2, left, [off]]]],
    ['whose account nobody could tell of', [], [[0, here, [], notWhole], [1, left, [], notWhole]]],
    ['is a service, which leaves nothing', [], [[0, { kind: 'service' }, [on]], [1, { ...left, kind: 'service' }, [off]]]],
    ['is seen to leave in a directory that is not whole', gone('0-1'), [[0, here, [on]], [1, left, [off], { people: { whole: false } }]]],
    ['nobody knew their state for a while', gone('1-2', '0-2'), [[0, here, [on]], [1, { state: 'unknown' }, [on]], [2, left, [off]]]],
    ['had a last day for a while that could not be read', gone('1-2', '0-2'), [[0, here, [on]], [1, { unread: ['endAt'] }, [on]], [2, left, [off]]]],
    ['a status was not known for a while', gone('0-2'), [[0, here, [on]], [1, left, [{ status: 'unknown' }]], [2, left, [off]]]],
    ['has one of two accounts', stays(2), [[0, here, [on, b]], [1, left, [on, { ...off, ...b }]], [2, left, [on, { ...off, ...b }]]]],
    ['one of two is of nobody now', [], [[0, here, [on, { ...off, ...b }]], [1, left, [{ elsewhere: true }, { ...off, ...b }]]]],
    ['it was of nobody for a while, and off when it came back', gone('0-2'), [[0, here, [on]], [1, left, [{ elsewhere: true }]], [2, left, [off]]]],
    ['it was of nobody for a while, and another was off', gone('0-2'), [[0, here, [on, { ...off, ...b }]], [1, left, [{ elsewhere: true }, { ...off, ...b }]], [2, left, [off, { ...off, ...b }]]]],
    ['is gone from a list that was exchanged', [], [[0, here, [on]], [1, left, [], exchanged]]],
    ['is off in a list that was exchanged', gone('0-1'), [[0, here, [on]], [1, left, [off], exchanged]]],
    ['was switched off a month before', gone('0-1', '0-1'), [[0, here, [on]], [1, left, [{ ...off, deactivatedAt: -30 * DAY }]]]],
    ['was switched off long before', [], [[0, here, [on]], [1, left, [{ ...off, deactivatedAt: -31 * DAY }]]]],
    ['one of two was switched off then, the other is not dated', gone('0.5'), [[0, here, [on, b]], [1, left, [{ ...off, deactivatedAt: DAY / 2 }, { ...off, ...b }]]]],
    ['the later of two counts', gone('0.75'), [[0, here, [on, b]], [1, left, [{ ...off, deactivatedAt: DAY / 2 }, { ...off, ...b, updatedAt: 0.75 * DAY }]]]],
    ['waits for as long as the grace', stays(2), [[0, here, [on]], [1, left, [on]], [2, left, [on]]]],
    ['still has a day of grace', [], [[0, here, [on]], [1, left, [on]], [1.9, left, [on]]]],
    ['the app was not read since', [], [[-9, here, [on]], [0, here, [on]], [1, left, undefined], [9, left, undefined]]],
    ['the app was read when it was first seen', stays(4, '1.5'), [[0, here, [on]], [4, { ...left, endAt: { at: 1.5 * DAY } }, [on]]]],
    ['it was removed, and made anew at once beside an old one', [`left 0-1, open, 3, made anew`], [[0, here, [on]], [1, left, []], [3, left, [b]]]],
    ['of two that were off, the old one is on again', ['left 0-1, open, 3, switched on again'], [[0, here, [on]], [1, left, [off]], [3, left, [on, { ...off, ...b }]]]],
    ['it came back, and is gone again', ['left 0-1, followed, 0-1, switched on again'], [[0, here, [on]], [1, left, [off]], [3, left, [on]], [4, left, []]]],
    ['it came back, and nobody knows now', ['left 0-1, open, 3, switched on again'], [[0, here, [on]], [1, left, [off]], [3, left, [on]], [4, left, [{ status: 'unknown' }]]]],
    ['it came back, and the list is read in another way', ['left 0-1, open, 3, switched on again'], [[0, here, [on]], [1, left, [off]], [3, left, [on]], [4, left, [off], another]]],
    ['had left, and was not in the directory first', gone('1-2', '-2'), [[0, null, undefined], [1, end, [on]], [2, end, []]]],
    ['had left as a service', [], [[0, { ...end, kind: 'service' }, [on]], [1, { ...end, kind: 'service' }, []]]],
    ['had left on the first day of the window', gone('0-1', '-2'), [[0, end, [on]], [1, end, []], [88, end, []]]],
    ['had left before the window', [], [[0, end, [on]], [1, end, []], [88.5, end, []]]],
    ['had left, as a date says that is yet to come', [], [[0, { ...left, changedAt: 0.5 * DAY }, [on]], [1, left, []]]],
    ['had left as the first audit ran', gone('0-1', '0'), [[0, { ...left, changedAt: 0 }, [on]], [1, left, []]]],
    ['had left, and another record speaks for them', [], [[0, end, [on]], [1, end, []]], { isSucceeded: () => true }],
    ['had left and came back, and another record speaks for them', gone('0-1', '-2'), [[0, end, [on]], [1, end, []], [2, here, []]], { isSucceeded: () => true }],
    ['had left, and whose account nobody could tell of', [], [[0, end, [], notWhole], [1, end, [], notWhole]]],
    ['had left, came back, and left again', [...gone('0-1', '-2'), ...gone('2-3', '2-3')], [[0, end, [on]], [1, end, []], [2, here, [b]], [3, left, []]]],
    ['the directory does not date its changes', [], [[0, { ...left, changedAt: -DAY }, [on]], [1, left, []]], { datedChanges: false }],
    ['was removed as the last day began on the other side of the world', gone('1-1.5', '3.5'), [[1, lastDay, [on]], [1.5, lastDay, [off]], [3, lastDay, [off]], [4, lastDay, [off]]]],
    ['was removed before the last day began anywhere', [], [[0, lastDay, [on]], [1.3, lastDay, [off]], [3, lastDay, [off]], [4, lastDay, [off]]]],
    ['was removed before the hour of the end, which is no day', [], [[2, lastHour, [on]], [3, lastHour, [off]], [4, lastHour, [off]]]],
    ['had left, and got the account before the window began', gone('7-8', '6.5'), [[0, undefined, []], [6, undefined, [on]], [7, late, [on]], [8, late, []], [96, late, []]]],
    ['had left, and got the account when the window had begun', [], [[0, undefined, []], [6.2, undefined, [on]], [7, late, [on]], [8, late, []], [96, late, []]]],
  ])('%s', tell); // prettier-ignore

  it('is named, with the account that was on', () => {
    const [gone] = watch([[0, here, [{ ...off, id: 'z' }, { userName: 'ada' }]], [1, left, []]]); // prettier-ignore
    expect(gone).toMatchObject({ stage: 'delete', row: 0, person: { id: 'p', source: 'hr' }, account: { id: 'a', userName: 'ada' } });
    const [absent] = watch([[0, here, [on]], [1, null, []]]); // prettier-ignore
    expect(absent).toMatchObject({ row: undefined, person: { id: 'p', source: 'hr' } });
  });

  describe('holds', () => {
    const holds = (...audits: Audit[]): unknown =>
      watch([[0, here, [{ roles: 2, credentials: 1 }]], ...audits]).find(({ stage }) => stage === 'delete')?.holds;
    const emptied: Partial<AccountRow> = { ...off, roles: 0, credentials: 0 };
    it.each<[what: string, expected: object | undefined, audits: Audit[]]>([
      ['nothing, once it is gone from a whole list', { memberships: false, credentials: false }, [[1, left, []]]],
      ['keys that outlive it, maybe, where not all were read', { memberships: false }, [[1, left, [], { list: { credentialsUnread: true } }]]],
      ['what the account says that is left', { memberships: true }, [[1, left, [{ ...off, roles: 1, credentials: 1 }]]]],
      ['what the one of two says that has most', { memberships: true, credentials: false }, [[1, left, [emptied, { ...emptied, id: 'b', roles: 1 }]]]],
      ['what the last audit says', { memberships: false, credentials: false }, [[1, left, [{ ...off, roles: 2 }]], [2, left, [emptied]]]],
      ['not what was before', {}, [[1, left, [off]]]],
      ['not what was seen after they came back', { memberships: false, credentials: false }, [[1, left, [emptied]], [2, here, [{ roles: 9 }]]]],
      ['nothing that a list says which is read in another way', { memberships: false, credentials: false }, [[1, left, [emptied]], [2, left, [{ ...off, roles: 9 }], another]]],
      ['nothing of an account whose status is not known', { memberships: false, credentials: false }, [[1, left, [emptied]], [2, left, [{ status: 'unknown', roles: 9 }]]]],
      ['nothing once it is of somebody else', { memberships: false, credentials: false }, [[1, left, [emptied]], [2, left, [{ elsewhere: true }]]]],
      ['nothing that an exchanged list does not show', undefined, [[1, left, [emptied]], [2, left, [], exchanged]]],
      ['what an exchanged list shows', { memberships: true }, [[1, left, [emptied]], [2, left, [{ ...off, roles: 1 }], exchanged]]],
    ])('%s', (_, expected, audits) => {
      expect(holds(...audits)).toEqual(expected);
    }); // prettier-ignore
  });
});

describe('who moved', () => {
  const took = (then: string, what = 'department'): string[] => [`${what} changed 0-1, followed, ${then}`];
  const keeps = (then: number, what = 'department'): string[] => [`${what} changed 0-1, open, ${then}`];
  it.each<Story>([
    ['came back from leave with it', [], [[0, away, [on]], [1, lead, [moved]]]],
    ['went on leave with it', [], [[0, here, [on]], [1, { ...lead, ...away }, [moved]]]],
    ['is of a directory that was read in another way', [], [[0, here, [on]], [1, lead, [moved], { people: { basis: 'another' } }]]],
    ['on the first day of the window', took('0-1'), [[0, here, [on]], [1, lead, [moved]], [91, lead, [moved]]]],
    ['before the window', [], [[0, here, [on]], [1, lead, [moved]], [91.5, lead, [moved]]]],
    ['has no account that anybody saw', [], [[0, here, undefined], [1, lead, [moved]], [2, lead, [moved]]]],
    ['got a value that they had not before', [], [[0, here, [on]], [1, { title: 'Lead' }, [{ title: 'Lead' }]], [2, { title: 'Lead' }, [{ title: 'Lead' }]]]],
    ['in two ways, one of which followed', keeps(2, 'department, title'), [[0, { title: 'A' }, [{ title: 'A' }]], [1, { ...lead, title: 'B' }, [{ title: 'A' }]], [2, { ...lead, title: 'B' }, [{ ...moved, title: 'A' }]]]],
    ['in two ways, which both followed', took('1-2', 'department, title'), [[0, { title: 'A' }, [{ title: 'A' }]], [1, { ...lead, title: 'B' }, [{ title: 'A' }]], [2, { ...lead, title: 'B' }, [{ ...moved, title: 'B' }]]]],
    ['in two ways, one of which the app holds otherwise', [], [[0, { title: 'A' }, [{ title: 'A' }]], [1, { ...lead, title: 'B' }, [{ title: 'A' }]], [2, { ...lead, title: 'B' }, [{ ...moved, title: 'C' }]]]],
    ['and once more in another way', [...keeps(5), 'title changed 3-4, followed, 4-5'], [[0, { title: 'A' }, [{ title: 'A' }]], [1, { ...lead, title: 'A' }, [{ title: 'A' }]], [3, { ...lead, title: 'A' }, [{ title: 'A' }]], [4, { ...lead, title: 'B' }, [{ title: 'A' }]], [5, { ...lead, title: 'B' }, [{ title: 'B' }]]]],
    ['and back before it followed', keeps(3), [[0, here, [on]], [1, lead, [on]], [3, lead, [on]], [4, here, [on]]]],
    ['and followed in the audit that saw them move again', keeps(3), [[0, here, [on]], [1, lead, [on]], [3, lead, [on]], [4, { department: 'Legal' }, [moved]]]],
    ['waits for as long as the grace', keeps(2), [[0, here, [on]], [1, lead, [on]], [2, lead, [on]]]],
    ['still has a day of grace', [], [[0, here, [on]], [1, lead, [on]], [1.9, lead, [on]]]],
    ['the app was not read since', [], [[-9, here, [on]], [0, here, [on]], [1, lead, undefined], [9, lead, undefined]]],
    ['one of two agrees when it is read by id', keeps(3, 'department, title'), [[0, { title: 'A' }, [{ title: 'A' }]], [1, { ...lead, title: 'B' }, [{ title: 'A' }]], [3, { ...lead, title: 'B' }, [{ title: 'A' }]]], { differs: (_, name) => name === 'title' }],
    ['agrees when it is read by id, today, and an earlier list is the last', keeps(3), [[0, here, [on]], [1, lead, [on]], [3, lead, [on]], [4, lead, undefined]], { differs: () => false }],
    ['with two accounts', [], [[0, here, [on, { id: 'b' }]], [1, lead, [moved, { id: 'b', ...moved }]]]],
    ['with an account that is off', [], [[0, here, [off]], [1, lead, [{ ...off, ...moved }]]]],
    ['with an account that is off since', [], [[0, here, [on]], [1, lead, [{ ...off, ...moved }]]]],
    ['and got another account beside it', [], [[0, here, [on]], [1, lead, [moved, { id: 'b', ...off }]]]],
    ['is not in the list that was read last, which is not whole', [], [[0, here, [on]], [1, lead, [on]], [3, null, [on], { people: { whole: false } }]]],
    ['is read by an app whose list was exchanged', [], [[0, here, [on]], [1, lead, [moved], exchanged]]],
  ])('%s', tell); // prettier-ignore

  const idle = (share?: number): Audit[] => [
    [0, here, [on]],
    [
      15,
      { ...lead, changedAt: 5 * DAY },
      [{ ...moved, lastLoginAt: 2 * DAY }],
      { people: share === undefined ? {} : { idlyTouched: share } },
    ],
  ];
  const logins = { last: () => NaN, delay: 0 };
  it('hardly logged in before where a directory dates its changes well, and only there', () => {
    const loggedIn = (share?: number): unknown => watch(idle(share), { logins })[0]?.loggedIn;
    expect([undefined, 0, 0.05, 0.06].map(loggedIn)).toEqual(['since', 'hardly', 'hardly', 'since']);
  });

  it('waited, where an audit after the grace still saw the old value', () => {
    const waited = (...audits: Audit[]): unknown => watch([[0, here, [on]], ...audits])[0]?.waited;
    expect(waited([1, lead, [on]], [2, lead, [on]], [3, lead, [moved]])).toBe(true);
    expect(waited([1, lead, [on]], [1.9, lead, [on]], [3, lead, [moved]])).toBeUndefined();
    expect(waited([9, lead, [moved]])).toBeUndefined();
  });
});

it('one list shows no change', () => {
  expect(watch([[0, here, undefined], [1, left, [off]]])).toEqual([]); // prettier-ignore
});

it('the middle of what two audits leave possible', () => {
  const between = (when: [number, number], then: [number, number]): number => middleOf({ when, then });
  expect(between([0, 10], [20, 30])).toBe(20);
  expect(between([10, 10], [12, 16])).toBe(4);
  expect(between([10, 20], [5, 12])).toBe(1);
});
