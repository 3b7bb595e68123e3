import { describe, expect, it } from 'vitest';
import { observe } from '../../src/transitions/observe.js';
import { lagOfObserved, type Observed } from '../../src/transitions/observed.js';
import type { Today } from '../../src/transitions/scene.js';
import { DAY, START } from '../history/book.js';
import { pastOf, type Line } from './past-of.js';
import { TODAY } from './today.js';

const on = { department: 'Sales' };
const off = { department: 'Sales', status: 'deactivated' as const };
const here = { department: 'Sales' };
const left = { department: 'Sales', state: 'terminated' as const };
const moved = { department: 'Support' };
const hadLeft = { ...left, endAt: { at: START - 3 * DAY } };
const longGone = { ...left, endAt: { at: START - 200 * DAY } };

async function watch(lines: readonly Line[], today: Partial<Today> = {}): Promise<Observed[]> {
  return observe(await pastOf(lines), { ...TODAY, ...today });
}

const told = (observed: readonly Observed[]): string[] => observed.map(({ stage, event, outcome }) => `${stage}: ${event}: ${outcome}`);

describe('leavers', () => {
  it.each<[what: string, expected: string[], ...Line[]]>([
    [
      'switched off after the leave',
      ['delete: left: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: on },
      { day: 2, person: left, account: off },
    ],
    [
      'switched off between the same two audits',
      ['delete: left: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: off },
    ],
    ['gone from a whole list', ['delete: left: followed'], { day: 0, person: here, account: on }, { day: 1, person: left, account: '-' }],
    [
      'missing from a list that is not whole',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: '-', whole: false },
    ],
    [
      'still on after the grace',
      ['delete: left: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: on },
      { day: 3, person: left, account: on },
    ],
    [
      'still on, within the grace',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: on },
      { day: 1.5, person: left, account: on },
    ],
    [
      'never had an account',
      [],
      { day: 0, person: here, account: '-' },
      { day: 1, person: left, account: '-' },
      { day: 3, person: left, account: '-' },
    ],
    [
      'was off before the leave',
      [],
      { day: 0, person: here, account: off },
      { day: 1, person: left, account: off },
      { day: 3, person: left, account: off },
    ],
    [
      'gone from the directory, and from the app',
      ['delete: left, and gone from the directory: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: '-', account: '-' },
    ],
    [
      'gone from the directory, and still on here',
      ['delete: left, and gone from the directory: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: '-', account: { ...on, owner: 'nobody' } },
      { day: 3, person: '-', account: { ...on, owner: 'nobody' } },
    ],
    [
      'not shown by a directory that is not whole',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: '-', account: on, peopleWhole: false },
      { day: 3, person: '-', account: on, peopleWhole: false },
    ],
    [
      "the account became somebody else's",
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: { ...on, owner: 'o1' } },
      { day: 3, person: left, account: { ...on, owner: 'o1' } },
    ],
    [
      'its list was read in another way',
      [],
      { day: 0, person: here, account: on, url: 'https://a' },
      { day: 1, person: left, account: '-', url: 'https://b' },
    ],
    [
      'an unknown status is no answer',
      ['delete: left: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: { ...on, status: 'unknown' } },
      { day: 2, person: left, account: off },
    ],
    [
      'came back while it was still on',
      ['delete: left: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: on },
      { day: 4, person: left, account: on },
      { day: 5, person: here, account: on },
    ],
    [
      'left, came back, and left again',
      ['delete: left: followed', 'delete: left: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: off },
      { day: 9, person: here, account: on },
      { day: 10, person: left, account: off },
    ],
    [
      'removed, and made anew while they were gone',
      ['delete: left: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: '-' },
      { day: 3, person: left, account: { ...on, id: 'b' } },
    ],
    [
      'switched off, on again while they were gone, and off again',
      ['delete: left: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: off },
      { day: 3, person: left, account: on },
      { day: 5, person: left, account: off },
    ],
    [
      'on in an audit after which they were back, and before which nothing was seen',
      [],
      { day: 0, person: here, account: on },
      { day: 8, person: left, account: '-', whole: false },
      { day: 12, person: '-', account: on, peopleWhole: false },
      { day: 14, person: here, account: on },
    ],
    [
      'a leave before the window',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: on },
      { day: 120, person: left, account: on },
    ],
    [
      'in the list and of nobody for a while, and on since',
      ['delete: left: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: { ...on, owner: 'nobody' } },
      { day: 3, person: left, account: on },
    ],
    [
      'removed, and on again in a list that is read in another way',
      ['delete: left: open'],
      { day: 0, person: here, account: on, url: 'https://a' },
      { day: 1, person: left, account: '-', url: 'https://a' },
      { day: 3, person: left, account: on, url: 'https://b' },
    ],
    [
      'switched off long before the leave',
      [],
      { day: 0, person: here, account: on },
      { day: 60, person: { ...left, endAt: { at: START + 59 * DAY } }, account: { ...off, deactivatedAt: { at: START + 2 * DAY } } },
    ],
    [
      'had left when the directory was first read, and the account was deleted since',
      ['delete: left: followed'],
      { day: 0, person: hadLeft, account: on },
      { day: 1, person: hadLeft, account: '-' },
    ],
    [
      'the same, dated by the record alone',
      ['delete: left: followed'],
      { day: 0, person: { ...left, changedAt: { at: START - 2 * DAY } }, account: on },
      { day: 1, person: { ...left, changedAt: { at: START - 2 * DAY } }, account: '-' },
    ],
    [
      'the same, and gone from the directory, too',
      ['delete: left: followed'],
      { day: 0, person: hadLeft, account: on },
      { day: 1, person: '-', account: '-' },
    ],
    [
      'the same, switched off, and dated by nothing',
      ['delete: left: followed'],
      { day: 0, person: hadLeft, account: on },
      { day: 5, person: hadLeft, account: off },
    ],
    ['had left, dated by nothing', [], { day: 0, person: left, account: on }, { day: 1, person: left, account: '-' }],
    ['had left before the window', [], { day: 0, person: longGone, account: on }, { day: 1, person: longGone, account: '-' }],
    [
      'had left, and the list that has it no more is not whole',
      [],
      { day: 0, person: hadLeft, account: on },
      { day: 1, person: hadLeft, account: '-', whole: false },
    ],
    [
      'had left, and their account is shown again by the next whole list',
      [],
      { day: 0, person: hadLeft, account: on },
      { day: 1, person: hadLeft, account: '-', whole: false },
      { day: 2, person: hadLeft, account: on },
    ],
    [
      'had left, and their account became somebody else',
      [],
      { day: 0, person: hadLeft, account: on },
      { day: 1, person: hadLeft, account: { ...on, owner: 'o1' } },
    ],
    [
      'had left, and their account matched nobody for a while',
      [],
      { day: 0, person: hadLeft, account: on },
      { day: 1, person: hadLeft, account: { ...on, owner: 'nobody' } },
      { day: 2, person: hadLeft, account: on },
    ],
    [
      'had left, and the list was read in another way since',
      [],
      { day: 0, person: hadLeft, account: on, url: 'https://a' },
      { day: 1, person: hadLeft, account: '-', url: 'https://b' },
    ],
    [
      'had left without an account, and one was made and deleted since',
      [],
      { day: 0, person: hadLeft, account: '-' },
      { day: 1, person: hadLeft, account: on },
      { day: 2, person: hadLeft, account: '-' },
    ],
    [
      'had left, was deleted and made anew',
      ['delete: left: open'],
      { day: 0, person: hadLeft, account: on },
      { day: 1, person: hadLeft, account: '-' },
      { day: 2, person: hadLeft, account: { ...on, id: 'b' } },
    ],
    [
      'had left, and is on still: the dates of the audit say so',
      [],
      { day: 0, person: hadLeft, account: on },
      { day: 5, person: hadLeft, account: on },
    ],
    [
      'had left and came back with the account on',
      [],
      { day: 0, person: hadLeft, account: on },
      { day: 5, person: here, account: on },
      { day: 6, person: here, account: '-' },
    ],
    [
      'left while the app was not read yet, and the account was deleted since',
      ['delete: left: followed'],
      { day: 0, person: here, account: on, unread: true },
      { day: 1, person: left, account: on },
      { day: 2, person: left, account: '-' },
    ],
  ])('%s', async (_, expected, ...lines) => {
    expect(told((await watch(lines)).filter(({ stage }) => stage === 'delete'))).toEqual(expected);
  });

  it('says how an account came back, and what it holds by the last audit that can say so', async () => {
    const has = { ...on, roles: ['sales', 'crm'], credentials: [{ id: 'k' }] };
    const lost = { ...off, roles: [], credentials: [{ id: 'k' }] };
    const before: Line = { day: 0, person: here, account: has };
    const gone: Line = { day: 2, person: left, account: '-' };
    const one = async (...lines: Line[]): Promise<Observed | undefined> => (await watch([before, ...lines]))[0];
    expect(await one(gone, { day: 4, person: left, account: { ...has, id: 'b' } })).toMatchObject({
      outcome: 'open',
      cameBack: 'made anew',
      holds: { memberships: true },
    });
    expect(await one({ day: 2, person: left, account: lost }, { day: 4, person: left, account: has })).toMatchObject({
      outcome: 'open',
      cameBack: 'switched on again',
      holds: { memberships: true },
    });
    const removed = await one(gone);
    expect(removed?.cameBack).toBeUndefined();
    expect(removed?.holds).toEqual({ memberships: false, credentials: false });
    expect((await one({ day: 2, person: left, account: lost }))?.holds).toEqual({ memberships: false });
    expect((await one({ day: 2, person: left, account: { ...lost, credentials: [] } }))?.holds).toEqual({
      memberships: false,
      credentials: false,
    });
    expect((await one({ day: 2, person: left, account: { ...off, roles: ['crm'] } }))?.holds).toEqual({ memberships: true });
    expect((await watch([{ day: 0, person: here, account: on }, gone]))[0]?.holds).toEqual({});
  });

  it('takes an account that matched nobody for a while for neither gone nor back', async () => {
    const [seen] = await watch([
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: { ...on, owner: 'nobody' } },
      { day: 3, person: left, account: on },
      { day: 20, person: left, account: off },
    ]);
    expect(seen).toMatchObject({ outcome: 'followed', then: [START + 3 * DAY, START + 20 * DAY] });
    expect(seen?.cameBack).toBeUndefined();
  });

  it('counts a removal on the last day, which is over everywhere only on the day after the next', async () => {
    // Audits are at 06:00 UTC; the last day is the second.
    const working = { ...here, endAt: { at: START + DAY - 6 * 3_600_000, day: true } };
    const day = (n: number, account: Line['account']): Line => ({ day: n, person: working, account });
    const [seen] = await watch([day(0, on), day(1, on), day(2, '-'), day(3, '-')]);
    expect(seen).toMatchObject({ outcome: 'followed', then: [START + DAY, START + 2 * DAY] });
    expect(lagOfObserved(seen as Observed)).toBe(0);
    // One that was off before that day began was not switched off for the leave.
    expect(await watch([day(-1, off), day(0, off), day(1, off), day(2, off), day(3, off)])).toEqual([]);
  });

  it('who another record speaks for is no leaver', async () => {
    const lines: Line[] = [
      { day: 0, person: here, account: on },
      { day: 1, person: left, account: on },
      { day: 3, person: left, account: on },
    ];
    expect(await watch(lines, { isSucceeded: () => true })).toEqual([]);
  });

  it('takes the dates of both systems where they lie between the audits, and no other', async () => {
    const [exact] = await watch([
      { day: 0, person: here, account: on },
      { day: 7, person: { ...left, endAt: { at: START + 3 * DAY } }, account: { ...off, deactivatedAt: { at: START + 3.5 * DAY } } },
    ]);
    expect(lagOfObserved(exact as Observed)).toBe(DAY / 2);
    const [coarse] = await watch([
      { day: 0, person: here, account: on },
      { day: 1, person: { ...left, endAt: { at: START + 30 * DAY } }, account: { ...off, deactivatedAt: { at: START - 3 * DAY } } },
    ]);
    expect(coarse).toBeUndefined();
    const [wide] = await watch([
      { day: 0, person: here, account: on },
      { day: 7, person: left, account: off },
    ]);
    expect(wide).toMatchObject({ when: [START, START + 7 * DAY], then: [START, START + 7 * DAY] });
    expect(lagOfObserved(wide as Observed)).toBeNaN();
  });
});

describe('movers', () => {
  it.each<[what: string, expected: string[], ...Line[]]>([
    [
      'took the new value',
      ['update: department changed: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: on },
      { day: 2, person: moved, account: moved },
    ],
    [
      'took it between the same audits',
      ['update: department changed: followed'],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: moved },
    ],
    [
      'kept the old one beyond the grace',
      ['update: department changed: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: on },
      { day: 3, person: moved, account: on },
    ],
    [
      'the grace still runs',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: on },
      { day: 1.5, person: moved, account: on },
    ],
    [
      'had another value before',
      [],
      { day: 0, person: here, account: { department: 'Legal' } },
      { day: 1, person: moved, account: { department: 'Legal' } },
      { day: 3, person: moved, account: moved },
    ],
    [
      'took a third value',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: { department: 'Legal' } },
      { day: 3, person: moved, account: { department: 'Legal' } },
    ],
    [
      'the app does not hold it',
      [],
      { day: 0, person: here, account: {} },
      { day: 1, person: moved, account: {} },
      { day: 3, person: moved, account: {} },
    ],
    [
      'changed case alone',
      [],
      { day: 0, person: { ...here, emails: ['P@corp.example'] }, account: on },
      { day: 1, person: { ...here, emails: ['p@corp.example'] }, account: on },
      { day: 3, person: here, account: on },
    ],
    [
      'another address',
      ['update: email changed: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: { ...here, emails: ['new@corp.example'] }, account: on },
      { day: 3, person: { ...here, emails: ['new@corp.example'] }, account: on },
    ],
    [
      'changed again before it followed',
      ['update: department changed: open'],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: on },
      { day: 4, person: moved, account: on },
      { day: 5, person: here, account: on },
    ],
    [
      'another account took its place',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: { ...moved, id: 'b' } },
      { day: 3, person: moved, account: { ...moved, id: 'b' } },
    ],
    [
      'left meanwhile',
      [],
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: on },
      { day: 1.2, person: { ...moved, state: 'leave' }, account: on },
      { day: 3, person: { ...moved, state: 'leave' }, account: on },
    ],
  ])('%s', async (_, expected, ...lines) => {
    expect(told((await watch(lines)).filter(({ stage }) => stage === 'update'))).toEqual(expected);
  });

  it('is no failure where a read by id agrees', async () => {
    const lines: Line[] = [
      { day: 0, person: here, account: on },
      { day: 1, person: moved, account: on },
      { day: 3, person: moved, account: on },
    ];
    expect(await watch(lines, { differs: () => false })).toEqual([]);
  });
});

describe('movers, and when they logged in', () => {
  const since = (day: number): { at: number } => ({ at: START + day * DAY });
  interface Night {
    /** Of the twenty others, whose records say nothing new. */
    readonly touched?: number;
    readonly changed?: number;
    readonly delay?: number;
    readonly now?: Partial<Today>;
  }
  const lines = (login: number | undefined, touched?: number, { touched: n = 0, changed = 5 }: Night = {}): Line[] => [
    { day: 0, person: here, account: on, touched: [n, -0.1] },
    {
      day: 15,
      person: { ...moved, changedAt: since(changed) },
      account: { ...moved, ...(login === undefined ? {} : { lastLoginAt: since(login) }), ...(touched === undefined ? {} : { updatedAt: since(touched) }) },
      touched: [n, 14.9],
    },
  ]; // prettier-ignore
  const logins = (last: number, delay = 0): Partial<Today> => ({ logins: { last: () => last, delay } });
  const told = async (login: number | undefined, touched?: number, night: Night = {}): Promise<unknown> =>
    (await watch(lines(login, touched, night), { ...logins(NaN, night.delay), ...night.now })).map(({ loggedIn }) => loggedIn);

  it('is what the audit says that first saw the new value', async () => {
    expect(await told(9, 5.1)).toEqual(['since']);
    expect(await told(9, 9)).toEqual(['touch']);
    expect(await told(2)).toEqual(['hardly']);
    expect(await told(-2)).toEqual(['not since']);
    // The clock of the app may be behind.
    expect(await told(4.9)).toEqual(['since']);
    expect(await told(-0.9)).toEqual(['hardly']);
  });

  it('is not known of whom the app does not say it', async () => {
    expect(await told(undefined)).toEqual(['unknown']);
    expect(await told(undefined, 5.1)).toEqual(['unknown']);
  });

  it('is not what a date says that a later touch may have moved', async () => {
    // One record in twenty that is touched for nothing is let pass, two are not.
    expect(await told(2, undefined, { touched: 1 })).toEqual(['hardly']);
    expect(await told(2, undefined, { touched: 2 })).toEqual(['since']);
    expect(await told(2, undefined, { touched: 20, changed: 14.9 })).toEqual(['since']);
    expect(await told(-2, undefined, { touched: 20, changed: 14.9 })).toEqual(['not since']);
    // Written by that login, two days before the change: so it was changed before that.
    expect(await told(2, 2)).toEqual(['touch']);
    expect(await told(2, 4.5)).toEqual(['hardly']);
  });

  it('by what the record says of the audit that saw the change, whatever a later one sees', async () => {
    const later = (touched: number): Line => ({
      day: 30,
      person: { ...moved, changedAt: since(5) },
      account: moved,
      touched: [touched, 29],
    });
    const after = async (then: number, later_: number): Promise<unknown> =>
      (await watch([...lines(2, undefined, { touched: then }), later(later_)], logins(NaN))).map(({ loggedIn }) => loggedIn);
    expect(await after(20, 0)).toEqual(['since']);
    expect(await after(0, 20)).toEqual(['hardly']);
  });

  it('nor is it where the directory gives no date, or stamps them all', async () => {
    const [one, two] = lines(2);
    const undated = { ...two, person: moved } as Line;
    expect((await watch([one as Line, undated], logins(NaN))).map(({ loggedIn }) => loggedIn)).toEqual(['since']);
    expect(await told(2, undefined, { now: { datedChanges: false } })).toEqual(['since']);
  });

  it('may be by so much later as the app is late', async () => {
    expect(await told(-2, undefined, { delay: 14 * DAY })).toEqual(['since']);
    expect(await told(-16, undefined, { delay: 14 * DAY })).toEqual(['not since']);
  });

  it('stays so when they log in later', async () => {
    const later: Line = { day: 30, person: { ...moved, changedAt: since(5) }, account: { ...moved, lastLoginAt: since(29) } };
    const [one] = await watch([...lines(-2), later], logins(since(29).at));
    expect(one).toMatchObject({ outcome: 'followed', loggedIn: 'not since' });
  });

  it('is what the audit that runs now says of those who still have the old value', async () => {
    const open: Line[] = [
      { day: 0, person: here, account: on },
      { day: 15, person: { ...moved, changedAt: since(5) }, account: on },
    ];
    const now = async (today: Partial<Today>): Promise<unknown> =>
      (await watch(open, today)).map(({ outcome, loggedIn }) => [outcome, loggedIn]);
    expect(await now(logins(since(9).at))).toEqual([['open', 'since']]);
    expect(await now(logins(since(4.9).at))).toEqual([['open', 'not since']]);
    expect(await now(logins(NaN))).toEqual([['open', 'not since']]);
    expect(await now({})).toEqual([['open', undefined]]);
  });

  it('the write is dated where both systems date it', async () => {
    const written = async (touched: number | undefined, night?: Night): Promise<unknown> =>
      (await watch(lines(9, touched, night), { ...logins(NaN), ...night?.now })).map((one) => [one.written, lagOfObserved(one)]);
    expect(await written(5.25)).toEqual([[0.25 * DAY, 0.125 * DAY]]);
    // A clock that is behind by some hours makes no lag.
    expect(await written(4.75)).toEqual([[-0.25 * DAY, 0]]);
    // Days before: another touch of the record has moved its date. It was changed at some time since the audit before.
    expect(await written(2)).toEqual([[-3 * DAY, DAY]]);
    expect(await written(undefined)).toEqual([[undefined, NaN]]);
    expect(await written(5.25, { now: { datedChanges: false } })).toEqual([[undefined, NaN]]);
  });

  it('who still had the old value after the grace waited', async () => {
    const waiting = (day: number): Line[] => [
      { day: 0, person: here, account: on },
      { day, person: { ...moved, changedAt: since(1) }, account: on },
      { day: 15, person: { ...moved, changedAt: since(1) }, account: moved },
    ];
    expect((await watch(waiting(1.5)))[0]).toMatchObject({ outcome: 'followed' });
    expect((await watch(waiting(1.5)))[0]).not.toHaveProperty('waited');
    expect((await watch(waiting(2)))[0]).toMatchObject({ outcome: 'followed', waited: true });
  });
});

describe('joiners', () => {
  it.each<[what: string, expected: string[], ...Line[]]>([
    [
      'an account came',
      ['create: joined: followed'],
      { day: 0, person: '-', account: '-' },
      { day: 1, person: here, account: '-' },
      { day: 2, person: here, account: on },
    ],
    [
      'none came',
      ['create: joined: open'],
      { day: 0, person: '-', account: '-' },
      { day: 1, person: here, account: '-' },
      { day: 3, person: here, account: '-' },
    ],
    ['the grace still runs', [], { day: 0, person: '-', account: '-' }, { day: 1, person: here, account: '-' }],
    ['from the first audit nobody joins', [], { day: 0, person: here, account: '-' }, { day: 3, person: here, account: '-' }],
    [
      'made before the first day',
      ['create: joined: followed'],
      { day: 0, person: { ...here, state: 'pre-hire' }, account: '-' },
      { day: 1, person: { ...here, state: 'pre-hire' }, account: on },
      { day: 2, person: here, account: on },
    ],
    [
      'there before the first day, and nobody saw it come',
      [],
      { day: 0, person: { ...here, state: 'pre-hire' }, account: on },
      { day: 1, person: here, account: on },
    ],
    [
      'in an app that was set up for all before the first day',
      [],
      { day: 0, person: { ...here, state: 'pre-hire' }, account: '-', empty: true },
      { day: 1, person: { ...here, state: 'pre-hire' }, account: on },
      { day: 2, person: here, account: on },
    ],
    [
      'an account that was there matches them before the first day',
      [],
      { day: 0, person: { ...here, state: 'pre-hire' }, account: { ...on, owner: 'nobody' } },
      { day: 1, person: { ...here, state: 'pre-hire' }, account: on },
      { day: 2, person: here, account: on },
    ],
    [
      'hired again, and nobody had removed the account of the last time',
      [],
      { day: 0, person: here, account: '-' },
      { day: 1, person: here, account: on },
      { day: 9, person: left, account: on },
      { day: 30, person: { ...here, state: 'pre-hire' }, account: on },
      { day: 40, person: here, account: on },
    ],
    [
      'hired again, and it was switched on before the first day',
      ['create: joined: followed'],
      { day: 0, person: here, account: on },
      { day: 9, person: left, account: off },
      { day: 30, person: { ...here, state: 'pre-hire' }, account: on },
      { day: 40, person: here, account: on },
    ],
    [
      'came back, and it was switched on again',
      ['create: came back: followed'],
      { day: 0, person: left, account: off },
      { day: 1, person: here, account: off },
      { day: 2, person: here, account: on },
    ],
    ['came back, and still had it', [], { day: 0, person: left, account: on }, { day: 1, person: here, account: on }],
    [
      'an account that was there matches now',
      [],
      { day: 0, person: '-', account: { ...on, owner: 'nobody' } },
      { day: 1, person: here, account: on },
      { day: 3, person: here, account: on },
    ],
    [
      'a directory that was not whole hid them',
      [],
      { day: 0, person: '-', account: '-', peopleWhole: false },
      { day: 1, person: here, account: on },
    ],
    [
      'an app that was empty, and was set up for all',
      [],
      { day: 0, person: '-', account: '-', empty: true },
      { day: 1, person: here, account: '-', empty: true },
      { day: 3, person: here, account: on },
    ],
    ['an app that was not whole hid it', [], { day: 0, person: '-', account: '-', whole: false }, { day: 1, person: here, account: on }],
    [
      'is gone again',
      [],
      { day: 0, person: '-', account: '-' },
      { day: 1, person: here, account: '-' },
      { day: 5, person: left, account: '-' },
    ],
  ])('%s', async (_, expected, ...lines) => {
    expect(told((await watch(lines)).filter(({ stage }) => stage === 'create'))).toEqual(expected);
  });

  it('waits for the first login where JIT is declared, and asks nothing of whom the app does not expect', async () => {
    const lines: Line[] = [
      { day: 0, person: '-', account: '-' },
      { day: 1, person: here, account: '-' },
      { day: 3, person: here, account: '-' },
    ];
    expect(await watch(lines, { isJit: true })).toEqual([]);
    expect(await watch(lines, { expects: () => false })).toEqual([]);
  });
});

it('who came back under a new record and has the account of the old one waits for none', async () => {
  const lines: Line[] = [
    { day: 0, person: '-', account: '-' },
    { day: 1, person: here, account: '-' },
    { day: 9, person: here, account: '-' },
  ];
  expect(told(await watch(lines))).toEqual(['create: joined: open']);
  expect(await watch(lines, { holds: () => true })).toEqual([]);
});

it('a touch after the update does not make the update late', async () => {
  const day = (n: number): { at: number } => ({ at: START + n * DAY });
  const lines = (touched: number): Line[] => [
    { day: 0, person: here, account: on },
    { day: 15, person: { ...moved, changedAt: day(2) }, account: { ...moved, updatedAt: day(touched) } },
  ];
  const lag = async (touched: number): Promise<number> => lagOfObserved((await watch(lines(touched)))[0] as Observed);
  expect(await lag(12)).toBeNaN();
  expect(await lag(2.5)).toBe(DAY / 4);
});

it('an account that an audit still saw with the old value waited for that long at least', async () => {
  const [one] = await watch([
    { day: 0, person: here, account: on },
    { day: 15, person: moved, account: on },
    { day: 30, person: moved, account: moved },
  ]);
  expect(lagOfObserved(one as Observed)).toBeNaN();
  const dated = { ...moved, changedAt: { at: START + 5 * DAY } };
  const [two] = await watch([
    { day: 0, person: here, account: on },
    { day: 15, person: dated, account: on },
    { day: 30, person: dated, account: moved },
  ]);
  expect(lagOfObserved(two as Observed)).toBe(10 * DAY);
});

it('knows since when the values of the directory have been what they are', async () => {
  const past = await pastOf([
    { day: 0, person: here, account: on },
    { day: 5, person: moved, account: on },
    { day: 9, person: { ...moved, state: 'leave' }, account: on },
  ]);
  expect(past.unchangedSince(0, ['department'])).toBe(START + 5 * DAY);
  expect(past.unchangedSince(0, ['email'])).toBe(START);
  // Of the others nothing is read: they have been there since the first audit.
  expect(past.unchangedSince(1, ['department'])).toBe(START);
  expect((await pastOf([{ day: 0, person: here, account: on }])).unchangedSince(0, ['department'])).toBeNaN();
});
