// What one audit makes of one joiner, mover or leaver by their dates; and of a few, where it takes more than one to show it.
import { describe, expect, it } from 'vitest';
import { snapshot } from '../../src/coverage/snapshot.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { Stage } from '../../src/model/policy.js';
import type { StageCoverage } from '../../src/model/report.js';
import { accountOf, ago, audit, DAY, HOUR, NOW, person, type Company } from '../in-memory.js';
import { diffOf } from './diff-of.js';

const MINUTE = 60_000;
const many = (n: number, id: string, make: (i: number) => Partial<Person> = () => ({})): Person[] =>
  Array.from({ length: n }, (_, i) => person(`${id}${i}`, make(i)));

async function stageOf(stage: Stage, company: Company): Promise<StageCoverage> {
  return (await audit({ trials: true, app: { compare: ['title', 'department'] }, ...company })).report.coverage[stage];
}

/** Somebody to whom nothing has happened for long, so that the list is not empty. */
const stays = person('z', { startAt: ago(900 * DAY), changedAt: ago(400 * DAY) });

const beside = (p: Person, account: Partial<Account> | null): Pick<Company, 'people' | 'accounts'> => ({
  people: [p, stays],
  accounts: [...(account === null ? [] : [accountOf(p, account)]), accountOf(stays)],
});

/** The one trial: what came of it, after how many hours, and why; or else why there is none. */
async function judge(stage: Stage, one: Partial<Person>, account: Partial<Account> | null, more: Partial<Company> = {}): Promise<string> {
  const p = person('p', one);
  const { evidence, reasons } = await stageOf(stage, { ...beside(p, account), ...more });
  const told = evidence?.map(({ event, outcome, lagHours, evidence: why }) => [event, outcome, lagHours ?? '-', why].join(', ')) ?? [];
  return told.length > 0 ? told.join(' | ') : (reasons[0] ?? '');
}
type Case = [what: string, expected: string | RegExp, one: Partial<Person>, account: Partial<Account> | null, more?: Partial<Company>];
const judged = (stage: Stage) => async (_: string, expected: string | RegExp, ...given: [Partial<Person>, Partial<Account> | null, Partial<Company>?]): Promise<void> => {
  const said = await judge(stage, ...given);
  if (typeof expected === 'string') expect(said).toBe(expected);
  else expect(said).toMatch(expected);
}; // prettier-ignore
const grace = (ms: number): Partial<Company> => ({ policy: { grace: { create: ms, update: ms, delete: ms } } });
const unread = (of: keyof Account): Partial<Account> => ({ unread: [of] });

describe('a joiner', () => {
  const joined = (ms: number): Partial<Person> => ({ startAt: ago(ms) });
  it.each<Case>([
    ['on the first day of the window', 'joined, open, 2160, no account is in the list', joined(90 * DAY), null],
    ['before it', 'no joiner in the last 90 days', joined(90 * DAY + MINUTE), null],
    ['when the grace is over', 'joined, open, 24, no account is in the list', joined(DAY), null],
    ['within it', /^1 person joined .* 1 is within the grace$/, joined(DAY - MINUTE), null],
    ['with an account of a month before', /^joined, followed, 0, the account was made at 2026-10-15T12:00:00Z$/, joined(10 * DAY), { createdAt: ago(40 * DAY) }],
    ['with an older one', /1 has an account from long before the first day$/, joined(10 * DAY), { createdAt: ago(40 * DAY + MINUTE) }],
    ['with one that came later', /^joined, followed, 5, /, joined(10 * DAY), { createdAt: ago(10 * DAY - 5 * HOUR) }],
    ['with one whose status nobody knows', /^joined, undetermined, -, an account may be theirs/, joined(10 * DAY), { status: 'unknown' }],
    ['with one that is off', /^joined, followed, 5, /, joined(10 * DAY), { status: 'deactivated', createdAt: ago(10 * DAY - 5 * HOUR) }],
    ['who has yet to log in', /^joined, undetermined, -, no account yet, and JIT/, joined(10 * DAY), null, { app: { lifecycle: { create: { by: 'jit' } } } }],
    ['of a list that is not whole', /^joined, undetermined, -, no account is in what was read/, joined(10 * DAY), null, { list: { verdict: 'unproven' } }],
    ['known since a day by the record alone', 'joined, open, 240, no account is in the list', { createdAt: ago(10 * DAY) }, null],
    ['whose first day counts, and not the record', 'no joiner in the last 90 days', { createdAt: ago(10 * DAY), startAt: ago(900 * DAY) }, null],
  ])('%s', judged('create')); // prettier-ignore

  it('says nothing where an account that may be theirs is of nobody known', async () => {
    const [p, q] = [person('p', joined(10 * DAY)), person('q')];
    const unclear = accountOf(p, {
      id: 'x',
      externalId: undefined,
      emails: [...(p.emails ?? []), ...(q.emails ?? [])],
      userName: undefined,
    });
    const { evidence, interval } = await stageOf('create', { people: [p, q], accounts: [unclear] });
    expect(evidence).toMatchObject([{ person: { id: 'p' }, outcome: 'undetermined' }]);
    expect(interval).toBeNull();
  });

  it('before an import has an account by it, and since it by what makes accounts', async () => {
    const staff = many(20, 's', () => ({ startAt: ago(900 * DAY) }));
    const made = { createdAt: ago(20 * DAY) };
    const joiners = [person('a', joined(30 * DAY)), person('b', joined(20 * DAY)), person('c', joined(10 * DAY)), person('d', joined(30 * DAY)), person('e', joined(20 * DAY))]; // prettier-ignore
    const [a, b, c] = joiners as [Person, Person, Person];
    const accounts = [...[...staff, a, b].map((one) => accountOf(one, made)), accountOf(c, { createdAt: ago(10 * DAY - HOUR) })];
    const { evidence, trials, reasons } = await stageOf('create', { people: [...staff, ...joiners], accounts });
    expect(evidence?.map(({ person: { id }, outcome, evidence: why }) => [id, outcome, why])).toEqual([
      ['b', 'undetermined', 'the account was made on 2026-11-04, as most accounts were: an import'],
      ['c', 'followed', 'the account was made at 2026-11-14T13:00:00Z'],
      ['d', 'undetermined', 'no account is in the list; whether one was due before the import of 2026-11-04 is not known'],
      ['e', 'open', 'no account is in the list'],
    ]);
    expect(trials).toBe(2);
    expect(reasons.join()).toContain('1 more joined and does not count: 1 got the account on 2026-11-04');
  });
});

describe('a mover', () => {
  const old = { createdAt: ago(900 * DAY) };
  const lead = (ms: number): Partial<Person> => ({ changedAt: ago(ms), attributes: { title: 'Lead', department: 'A' } });
  const at10 = (later: number): Partial<Account> => ({ ...old, updatedAt: ago(10 * DAY - later) });
  const stale = { ...old, attributes: { title: 'Member', department: 'B' } };
  const both = 'department is "A" in the directory and "B" here, title is "Lead" in the directory and "Member" here';
  it.each<Case>([
    ['on the first day of the window', `department, title changed, open, 2160, ${both}`, lead(90 * DAY), stale],
    ['before it', 'no mover in the last 90 days', lead(90 * DAY + MINUTE), stale],
    ['when the grace is over', `department, title changed, open, 24, ${both}`, lead(DAY), stale],
    ['within it', /^1 person was changed .* 1 is within the grace$/, lead(DAY - MINUTE), stale],
    ['with an account of that moment', /1 has an account from after the change$/, lead(10 * DAY), { ...stale, createdAt: ago(10 * DAY) }],
    ['with an older one', /^department, title changed, open, 240, /, lead(10 * DAY), { ...stale, createdAt: ago(10 * DAY + 1) }],
    ['touched at that moment', 'directory record changed, followed, 0, in sync, and touched at 2026-11-14T12:00:00Z', lead(10 * DAY), at10(0)],
    ['touched a day later', /^directory record changed, followed, 24, /, lead(10 * DAY), at10(DAY)],
    ['touched later than that', /^directory record changed, undetermined, -, in sync, but touched only at 2026-11-15T12:01:00Z, which any later event/, lead(10 * DAY), at10(DAY + MINUTE)],
    ['touched within a longer grace', /^directory record changed, followed, 48, /, lead(10 * DAY), at10(2 * DAY), grace(3 * DAY)],
    ['touched within a day, with a shorter grace', /^directory record changed, followed, 20, /, lead(10 * DAY), at10(20 * HOUR), grace(HOUR)],
    ['touched before', /but not touched since the change/, lead(10 * DAY), at10(-MINUTE)],
    ['touched by a login', /but the touch at 2026-11-14T13:00:00Z was a login$/, lead(10 * DAY), { ...at10(HOUR), lastLoginAt: ago(10 * DAY - HOUR - 59_999) }],
    ['touched a minute beside a login', /^directory record changed, followed, 1, /, lead(10 * DAY), { ...at10(HOUR), lastLoginAt: ago(10 * DAY - HOUR - MINUTE) }],
    ['never touched, as far as is known', /but nothing says when it was last touched$/, lead(10 * DAY), old],
    ['with an account that nothing dates', /but nothing says that the account is older/, lead(10 * DAY), { updatedAt: ago(10 * DAY - HOUR) }],
    ['whom nothing dates', `department, title changed, undetermined, -, ${both}; when the directory changed it is not known`, { attributes: { title: 'Lead', department: 'A' } }, stale],
    ['of whom nothing is compared', 'no compared attribute is given by both sides', { changedAt: ago(10 * DAY) }, at10(HOUR)],
  ])('%s', judged('update')); // prettier-ignore

  it('has two accounts, or none that was compared, and is no trial', async () => {
    const [p, q] = [person('p', lead(10 * DAY)), person('q', lead(11 * DAY))];
    const accounts = [
      accountOf(p, at10(HOUR)),
      accountOf(p, { ...at10(HOUR), id: 'b' }),
      accountOf(q, { ...at10(HOUR), status: 'deactivated' }),
    ];
    expect((await stageOf('update', { people: [p, q], accounts })).evidence).toEqual([]);
  });

  it('has a touch such as comes by chance, where the others are touched as well', async () => {
    const movers = many(6, 'm', () => lead(10 * DAY));
    const others = many(30, 'o', () => ({ changedAt: ago(400 * DAY), attributes: { title: 'Lead' } }));
    const accounts = [...movers.map((one) => accountOf(one, at10(HOUR))), ...others.map((one) => accountOf(one, at10(2 * HOUR)))];
    const { evidence, reasons } = await stageOf('update', { people: [...movers, ...others], accounts });
    expect(evidence?.map(({ person: { id }, evidence: why }) => `${id}: ${why}`)).toEqual(
      movers.map(({ id }) => `${id}: in sync, but a touch such as the one at 2026-11-14T13:00:00Z comes by chance too`),
    );
    expect(reasons[0]).toContain('6 have touches such as come by chance, too');
    // Stale accounts are no measure of chance, and nor are those that nothing dates.
    const apart = [
      ...movers.map((one) => accountOf(one, at10(HOUR))),
      ...others.map((one, i) => accountOf(one, i % 2 === 0 ? { ...stale, ...at10(2 * HOUR), attributes: { title: 'Member' } } : old)),
    ];
    expect((await stageOf('update', { people: [...movers, ...others], accounts: apart })).successes).toBe(6);
  });

  it('is named in the order of the people, whichever of several touches chance is given', async () => {
    const movers = many(6, 'm', () => lead(10 * DAY));
    const others = many(11, 'o', () => ({ changedAt: ago(400 * DAY), attributes: { title: 'Lead' } }));
    const accounts = [
      ...movers.map((one) => accountOf(one, at10(HOUR))),
      ...others.map((one, i) => accountOf(one, at10(i === 0 ? 2 * HOUR : -30 * DAY))),
    ];
    const followed = async (people: Person[]): Promise<unknown> =>
      (await stageOf('update', { people, accounts })).evidence?.filter(({ outcome }) => outcome === 'followed').map((one) => one.person.id);
    const inOrder = await followed([...movers, ...others]);
    expect(inOrder).toEqual(['m0', 'm1', 'm2']);
    expect(await followed([...movers, ...others].reverse())).toEqual(inOrder);
  });

  it('has the date that most of the directory has', async () => {
    const all = many(12, 's', (i) => lead(i < 10 ? 10 * DAY : 20 * DAY));
    const accounts = all.map((one) => accountOf(one, stale));
    const { trials, reasons } = await stageOf('update', { people: all, accounts });
    expect(trials).toBe(2);
    expect(reasons.join()).toContain('10 more were changed and do not count: 10 have the change date that more than half of the directory has, 2026-11-14: a stamp'); // prettier-ignore
  });

  describe('of whom history knows that nothing that is compared has changed', () => {
    const people = [person('p', lead(10 * DAY)), person('q', lead(10 * DAY))];
    const seen = async (since: number, accounts: Partial<Account>[]) => {
      const diff = await diffOf({ app: { compare: ['title', 'department'] }, people, accounts: people.map((one, i) => accountOf(one, accounts[i])) });
      const judged = { create: new Set<number>(), update: new Set<number>(), delete: new Set<number>(), unchangedSince: () => since };
      const { update, staleBefore, undatedStale } = snapshot({ diff, listed: diff.rows, listsLeavers: false, isWhole: true, keepsTrials: true, judged });
      return { update, staleBefore, undatedStale };
    }; // prettier-ignore

    it('is none: a stale account was so before', async () => {
      const { update, staleBefore, undatedStale } = await seen(NOW - 30 * DAY, [stale, at10(HOUR)]);
      expect({ staleBefore, undatedStale, doubtful: update.doubtful, trials: update.trials }).toEqual({
        staleBefore: 1,
        undatedStale: 0,
        doubtful: 1,
        trials: 0,
      });
      expect([...update.aside]).toEqual([['not-compared', 2]]);
      expect(update.list).toMatchObject([{ outcome: 'undetermined', evidence: `${both}; the audits on record show that it was so before this change` }]); // prettier-ignore
      expect(update.idle).toEqual([HOUR]);
    });

    it('is one where the audit on record may have been reading just then', async () => {
      expect((await seen(NOW - 11 * DAY, [stale, at10(HOUR)])).update.trials).toBe(2);
      expect((await seen(NOW - 11 * DAY - MINUTE, [stale, at10(HOUR)])).update.trials).toBe(0);
      expect((await seen(NaN, [stale, at10(HOUR)])).update.trials).toBe(2);
    });
  });
});

describe('a leaver', () => {
  const left = (ms: number): Partial<Person> => ({ state: 'terminated', endAt: ago(ms) });
  const off = (more: Partial<Account> = {}): Partial<Account> => ({ status: 'deactivated', ...more });
  it.each<Case>([
    ['on the first day of the window', 'left, open, 2160, the account is active', left(90 * DAY), {}],
    ['before it', 'no leaver in the last 90 days', left(90 * DAY + MINUTE), {}],
    ['when the grace is over', 'left, open, 24, the account is active', left(DAY), {}],
    ['within it', /^1 person left .* 1 is within the grace$/, left(DAY - MINUTE), {}],
    ['within it, and the account is off', /^1 person left .* 1 is within the grace$/, left(DAY - MINUTE), off()],
    ['whose account is off since a month before', /^left, followed, 0, the account is deactivated, switched off/, left(10 * DAY), off({ deactivatedAt: ago(40 * DAY) })],
    ['or for longer', /1 had an account that was off long before$/, left(10 * DAY), off({ deactivatedAt: ago(40 * DAY + MINUTE) })],
    ['whose account is off and was touched since', /^left, followed, -, the account is deactivated, last touched at 2026-11-14T15/, left(10 * DAY), off({ updatedAt: ago(10 * DAY - 3 * HOUR) })],
    ['whose account is off, and a date is not understood', /^left, undetermined, -, the account is off, and nothing says/, left(10 * DAY), off({ updatedAt: ago(9 * DAY), ...unread('deactivatedAt') })],
    ['whom nothing dates', 'left, open, -, the account is active', { state: 'terminated' }, {}],
    ['whom nothing dates, and the account is off', /^left, undetermined, -, the account is off/, { state: 'terminated' }, off({ deactivatedAt: ago(9 * DAY) })],
    ['whose account has a status that nobody knows', /^left, undetermined, -, an account may be theirs/, left(10 * DAY), { status: 'unknown' }],
    ['who has none', /^left, undetermined, -, not in the app's list: gone, hidden/, left(10 * DAY), null],
    ['who has none in a list that shows them', /1 had no account here$/, left(10 * DAY), null, { leavers: 'listed' }],
    ['who is a mailbox', 'no leaver in the last 90 days', { ...left(10 * DAY), kind: 'shared' }, {}],
  ])('%s', judged('delete')); // prettier-ignore

  it('without a date is said to be so, and one whose status nobody knows stands against a pass', async () => {
    const [p, q] = [person('p', { state: 'terminated' }), person('q', left(10 * DAY))];
    const { reasons, interval } = await stageOf('delete', {
      people: [p, q],
      accounts: [accountOf(p), accountOf(q, { status: 'unknown' })],
    });
    expect(reasons).toContain('1 leaver carries no leave date: only an account that is still on counts for them');
    const twelve = many(12, 'x', (i) => left((10 + i) * DAY));
    const followed = twelve.map((one) => accountOf(one, off({ deactivatedAt: { at: (one.endAt?.at ?? 0) + HOUR } })));
    const sure = await stageOf('delete', { people: twelve, accounts: followed });
    const doubted = await stageOf('delete', { people: [...twelve, q], accounts: [...followed, accountOf(q, { status: 'unknown' })] });
    expect([sure.verdict, doubted.verdict]).toEqual(['undeclared', 'unproven']);
    expect(interval?.[0]).toBe(0);
    expect(doubted.interval?.[0]).toBeLessThan(sure.interval?.[0] ?? 0);
  });

  it('followed in time, where half of the time that the touches leave possible is within the grace', async () => {
    const twelve = many(12, 'x', (i) => left((10 + i) * DAY));
    const touched = (hours: number) => ({
      people: twelve,
      accounts: twelve.map((one) => accountOf(one, off({ updatedAt: { at: (one.endAt?.at ?? 0) + hours * HOUR } }))),
      app: { lifecycle: { delete: { by: 'scim' } } } as const,
    });
    expect((await stageOf('delete', touched(48))).verdict).toBe('covered');
    expect((await stageOf('delete', touched(49))).verdict).toBe('unproven');
    expect((await stageOf('delete', touched(-48))).verdict).toBe('covered');
  });

  it('who is out of sight counts as far as the app reaches', async () => {
    const staff = many(20, 's', () => ({ startAt: ago(900 * DAY) }));
    const gone = many(12, 'x', () => left(10 * DAY));
    const on = many(4, 'y', () => left(10 * DAY));
    const undated = many(2, 'z', () => ({ state: 'terminated' }));
    const seen = async (present: number, more: readonly Person[] = []): Promise<string> => {
      const accounts = [
        ...staff.slice(0, present).map((one) => accountOf(one)),
        ...more.map((one) => accountOf(one, one.id.startsWith('z') ? off() : {})),
      ];
      return (await stageOf('delete', { people: [...staff, ...gone, ...more], accounts })).reasons.join('; ');
    };
    expect(await seen(20)).toContain('what followed for 12 leavers cannot be seen');
    // Of twelve so many as the interval's upper end of ten in twenty allows.
    expect(await seen(10)).toMatch(/for 9 leavers cannot be seen; 3 more left and do not count: 3 are not in the app's list/);
    expect(await seen(10, on)).toMatch(/8 more cannot be judged; 4 more left and do not count: 4 are not in/);
    expect(await seen(10, [...on, ...undated])).toMatch(/9 more cannot be judged; 5 more left and do not count: 5 are not in/);
  });
});

describe('a date of the directory that could not be read', () => {
  const hidden = (of: keyof Person, more: Partial<Person> = {}): Partial<Person> => ({ unread: [of], ...more });
  const seen = async (one: Partial<Person>, account: Partial<Account> | null, more: Partial<Company> = {}): Promise<string[]> => {
    const p = person('p', { attributes: { title: 'Lead' }, ...one });
    const diff = await diffOf({ app: { compare: ['title'] }, ...beside(p, account), ...more });
    const judged = { create: new Set<number>(), update: new Set<number>(), delete: new Set<number>() };
    const shown = snapshot({ diff, listed: diff.rows, listsLeavers: false, isWhole: true, keepsTrials: true, judged });
    return (['create', 'update', 'delete'] as const).flatMap((stage) => {
      const doubts = shown[stage].unseen.get('unread-date');
      return doubts === undefined ? [] : [`${stage}: ${shown[stage].list?.at(-1)?.event}${shown[stage].doubtful > 0 ? ', a failure' : ''}`];
    });
  }; // prettier-ignore
  const LEFT = 'delete: may have left';
  const MOVED = 'update: may have been changed, a failure';
  it.each<[what: string, expected: string[], one: Partial<Person>, account: Partial<Account> | null, more?: Partial<Company>]>([
    ['the last day, and the account is on', [`create: may have joined`, MOVED, `${LEFT}, a failure`], hidden('endAt'), {}],
    ['the last day, and it is off', [LEFT], hidden('endAt'), { status: 'deactivated' }],
    ['the last day, and there is none', ['create: may have joined, a failure'], hidden('endAt'), null],
    ['the first day, and there is none', ['create: may have joined, a failure'], hidden('startAt'), null],
    ['the last day of somebody whom the app does not expect', [MOVED, `${LEFT}, a failure`], hidden('endAt'), {}, { app: { compare: ['title'], expected: 'userName eq "nobody"' } }],
    ['when the record was made, and there is an account', ['create: may have joined'], hidden('createdAt'), {}],
    ['when the record was made, and there is none', ['create: may have joined, a failure'], hidden('createdAt'), null],
    ['when the record was made, and there is a first day', [], hidden('createdAt', { startAt: ago(900 * DAY) }), null],
    ['of a mailbox', [], hidden('endAt', { kind: 'shared' }), {}],
  ])('%s', async (_, expected, one, account, more) => {
    expect(await seen(one, account, more)).toEqual(expected);
  }); // prettier-ignore
});
