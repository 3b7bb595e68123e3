// What is said of the directories themselves: records that contradict each other, leaves that a list was not told of, days that could not be read.
import { describe, expect, it } from 'vitest';
import { ChangeDates } from '../../src/diff/dates.js';
import { contradictions, contradictory, overruled, unknownDraft } from '../../src/diff/unknowns.js';
import { isOldInvitation, undated, unreadDay, unreadUse } from '../../src/diff/unread.js';
import { untold } from '../../src/diff/untold.js';
import type { Standing } from '../../src/match/standing.js';
import type { Account } from '../../src/model/account.js';
import type { UnreadDates } from '../../src/model/completeness.js';
import type { Person } from '../../src/model/person.js';
import type { Policy } from '../../src/model/policy.js';
import { account, ago, at, DAY, HOUR, NOW, POLICY } from '../in-memory.js';
import { standingOf } from '../match/index-of.js';

const BEN: Partial<Person> = { employeeId: '1002', emails: ['ben@corp.example'], attributes: { givenName: 'Ben', familyName: 'Two' } };
const ben = (id: string, more: Partial<Person> = {}): Partial<Person> => ({ ...BEN, id, userName: id, ...more });
const ended = ben('h2', { state: 'terminated', startAt: at('2018-01-01'), endAt: at('2026-09-30') });

describe('a directory that was not told of a leave', () => {
  const said = (standing: Standing, policy: Partial<Policy> = {}) => {
    const own = { ...POLICY, ...policy };
    return untold(standing, own, new ChangeDates(standing, own, true));
  };

  it('lets somebody in who has left', () => {
    const [found, ...more] = said(standingOf([ended], [ben('o2')]));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ class: 'orphaned', reason: 'owner-terminated', severity: 'critical', app: 'dir-1', person: { id: 'h2', source: 'dir-0' } });
    expect(found?.account).toStrictEqual({ id: 'o2', userName: 'o2', email: 'ben@corp.example', status: 'active', kind: 'human' });
    expect(found?.summary).toBe('h2 left on 2026-09-30 by dir-0, yet is active in dir-1: nobody told it, and whatever trusts it lets them in');
  }); // prettier-ignore

  it('says no more of its account than there is, and no day where none is given', () => {
    const bare = { emails: undefined, userName: undefined };
    const [found] = said(standingOf([{ ...ended, state: 'deleted', endAt: undefined, changedAt: ago(9 * DAY) }], [ben('o2', bare)]));
    expect(found?.account).toStrictEqual({ id: 'o2', status: 'active', kind: 'human' });
    expect(found?.summary).toMatch(/^h2 is deleted by dir-0, yet is active in dir-1/);
    const dated = { ...ended, endAt: at('2026-09-30T08:00:00Z') };
    expect(said(standingOf([dated], [ben('o2')]))[0]?.summary).toMatch(/^h2 left on 2026-09-30 by dir-0/);
  });

  it('is no finding within the grace, of who does not leave by policy, or where both know', () => {
    const standing = standingOf([{ ...ended, endAt: { at: NOW - HOUR } }], [ben('o2')]);
    expect([standing.untold.size, said(standing).length]).toEqual([1, 0]);
    const kept = standingOf([ended], [ben('o2')]);
    expect([kept.untold.size, said(kept, { leavers: ['suspended'] }).length]).toEqual([1, 0]);
    expect(said(standingOf([ended], [ben('o2', { state: 'terminated' })]))).toEqual([]);
    expect(said(standingOf([ended]))).toEqual([]);
  });
});

describe('records that contradict each other', () => {
  const [off, on] = [ben('g3', { employeeId: undefined, state: 'suspended' }), ben('g4', { employeeId: undefined })];

  it('are said in the order of their directories, then of their ids', () => {
    const SAYS = 'they are suspended in dir-0 (g3) and active in dir-0 (g4), and no date and no number says which of the two holds';
    for (const list of [[off, on], [on, off]]) {
      const standing = standingOf(list);
      expect([0, 1].map((row) => contradictory(standing, row))).toEqual([SAYS, SAYS]);
    }
    const bare = { userName: undefined };
    for (const [first, second, expected] of [
      [ben('z', { ...off, ...bare, id: 'z' }), ben('b', { ...on, ...bare, id: 'b' }), 'they are suspended in dir-0 (z) and active in dir-1 (b), '],
      [ben('b', { ...off, ...bare, id: 'b' }), ben('z', { ...on, ...bare, id: 'z' }), 'they are suspended in dir-0 (b) and active in dir-1 (z), '],
    ] as const) expect(contradictory(standingOf([first], [second]), 1)).toContain(expected);
    expect(contradictory(standingOf([on]), 0)).toBeUndefined();
  }); // prettier-ignore

  it('are counted in each directory', () => {
    const standing = standingOf([off], [on, { id: 'other' }], [{ id: 'third' }]);
    expect([0, 1, 2].map((source) => contradictions(standing, source).records)).toEqual([1, 1, 0]);
    expect(contradictions(standing, 2).notes).toEqual([]);
    expect(contradictions(standing, 0).notes).toEqual([
      '1 record contradicts another one of the same person, so nobody can say whether they are here: give each employment its own number, or its first and last day',
    ]);
    expect(contradictions(standingOf([off, on]), 0).records).toBe(2);
  });

  it('of somebody who has left by a later directory are none: the first holds, and it is asked', () => {
    const gone = { state: 'terminated', endAt: at('2026-10-01') } as const;
    const standing = standingOf([ben('a1')], [ben('b1', gone)], [{ id: 'z' }]);
    expect([0, 1, 2].map((source) => overruled(standing, source))).toEqual([
      [],
      ['1 person has left by this directory and is active in dir-0, which holds: list first the directory that knows who has left'],
      [],
    ]);
    const cy: Partial<Person> = { employeeId: '1003', emails: ['cy@corp.example'], attributes: { givenName: 'Cy', familyName: 'Three' } };
    const two = standingOf([{ id: 'z' }], [{ ...cy, id: 'c1' }], [ben('b1')], [ben('b2', gone), { ...cy, id: 'c2', ...gone }]);
    expect(overruled(two, 3)).toEqual([
      '2 people have left by this directory and are active in dir-1, dir-2, which holds: list first the directory that knows who has left',
    ]);
  });
});

describe('an account of which nothing can be said', () => {
  const spec = { name: 'app' } as Parameters<typeof unknownDraft>[0]['spec'];
  const cause = (standing: Standing, held: Partial<Account>, row?: number, why?: Parameters<typeof unknownDraft>[3]): string => {
    const { cause: found, draft } = unknownDraft({ standing, spec } as Parameters<typeof unknownDraft>[0], account('a', held), row, why);
    return `${found} ${draft.person?.id ?? 'nobody'}`;
  };
  const contrary = standingOf([ben('g3', { employeeId: undefined, state: 'suspended' }), ben('g4', { employeeId: undefined })]);
  it('says why: its own status first, then the records, the dates or the state of its owner', () => {
    expect(cause(contrary, {}, 0)).toBe('records g3');
    expect(cause(contrary, { status: 'unknown' }, 0)).toBe('status g3');
    expect(cause(contrary, { status: 'unknown' })).toBe('status nobody');
    expect(cause(contrary, {}, 0, 'registered')).toBe('registered g3');
    expect(cause(contrary, { status: 'unknown' }, 0, 'registered')).toBe('registered g3');
    expect(cause(standingOf([{ id: 'u', state: 'unknown' }]), {}, 0)).toBe('owner u');
    expect(cause(standingOf([{ id: 'u', unread: ['endAt'] }]), {}, 0)).toBe('dates u');
    const { draft } = unknownDraft({ standing: contrary, spec } as Parameters<typeof unknownDraft>[0], account('a'), undefined, 'status');
    expect(draft).not.toHaveProperty('person');
    const other = unknownDraft({ standing: contrary, spec } as Parameters<typeof unknownDraft>[0], account('a'), 0, 'registered');
    expect(other.draft.summary).not.toContain('they are');
  });
});

describe('a day that could not be read', () => {
  const date = (field: string, more: Partial<UnreadDates> = {}): UnreadDates => ({
    field,
    place: field,
    cause: 'unreadable',
    values: 1,
    sample: '"soon"',
    ...more,
  });
  const of = (people: readonly Partial<Person>[], dates?: readonly UnreadDates[]): Standing => {
    const standing = standingOf(people);
    standing.index.unreadDates[0] = dates;
    return standing;
  };
  const open = { id: 'u', unread: ['endAt'] };

  it('is named with its directory, and its place where that is known', () => {
    expect(unreadDay(of([open]), 0)).toBe('the last day in dir-0 could not be read');
    expect(unreadDay(of([open], []), 0)).toBe('the last day in dir-0 could not be read');
    expect(unreadDay(of([open], [date('startAt')]), 0)).toBe('the last day in dir-0 could not be read');
    expect(unreadDay(of([open], [date('startAt', { sample: '"x"' }), date('endAt', { place: 'End' })]), 0)).toBe(
      'the last day in dir-0 could not be read ("End", where values such as "soon" could not be read as a date)',
    );
    expect(unreadDay(of([open], [date('endAt', { place: 'End' }), date('endAt', { sample: '"late"' })]), 0)).toBe(
      'the last day in dir-0 could not be read ("End", where there are "soon" and "late")',
    );
    expect(unreadDay(of([{}]), 0)).toBeUndefined();
  });

  it('is said of each directory, of the fields that leave somebody open', () => {
    const told = (people: readonly Partial<Person>[], dates?: readonly UnreadDates[]) => undated(of(people, dates)).map(({ summary }) => summary);
    expect(told([open])).toEqual(['whether 1 person is still here, or here yet, is not known: the last day could not be read']);
    expect(told([open, { id: 'v', unread: ['startAt', 'endAt'] }])).toEqual(['whether 2 people are still here, or here yet, is not known: the last day could not be read; the first day could not be read']);
    expect(told([open], [date('changedAt'), date('endAt')])).toEqual(['whether 1 person is still here, or here yet, is not known: endAt: 1 value could not be read as a date (such as "soon")']);
    expect(told([{ ...open, kind: 'shared' }, { id: 'v', unread: ['createdAt'] }], [date('endAt')])).toEqual([]);
    expect(told([])).toEqual([]);
  }); // prettier-ignore

  it('of an account leaves open what hangs on it', () => {
    const none = { undatedBirths: 0, undatedJoiners: 0 };
    expect(unreadUse({}, none)).toEqual([]);
    expect(unreadUse({ unread: [date('createdAt')] }, none)).toEqual([]);
    expect(unreadUse({ unread: [date('createdAt'), date('lastLoginAt')] }, none)).toEqual(['whether accounts were used, and when, is not known: lastLoginAt: 1 value could not be read as a date (such as "soon")']);
    expect(unreadUse({}, { undatedBirths: 2, undatedJoiners: 1 })).toEqual([
      "whether 2 accounts are older than its owner's employment, or an old invitation, is not known: the owner's first day, or the day of its creation, could not be read",
      'whether 1 person has just joined is not known: no first day is given, and the day on which the directory made the record could not be read',
    ]);
    expect(unreadUse({ unread: [date('createdAt')] }, { ...none, undatedBirths: 1 })).toEqual(["whether 1 account is older than its owner's employment, or an old invitation, is not known: createdAt: 1 value could not be read as a date (such as \"soon\")"]);
  }); // prettier-ignore

  it('of an invitation leaves its age open, unless both days that it may be are on one side', () => {
    const [day, before] = [at('2026-11-10'), at('2026-11-10').at];
    expect([isOldInvitation(account('a', { createdAt: day }), before + 1), isOldInvitation(account('a', { createdAt: day }), before)]).toEqual([true, false]); // prettier-ignore
    expect(isOldInvitation(account('a'), before)).toBe(false);
    expect(isOldInvitation(account('a', { unread: ['updatedAt'] }), before)).toBe(false);
    expect(isOldInvitation(account('a', { unread: ['createdAt'] }), before)).toBeUndefined();
  });
});
