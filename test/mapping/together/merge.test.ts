import { describe, expect, it } from 'vitest';
import { ACCOUNT_STATUSES, type Account } from '../../../src/model/account.js';
import type { Completeness } from '../../../src/model/completeness.js';
import { PERSON_STATES, type Person } from '../../../src/model/person.js';
import type { Page } from '../../../src/contract/source.js';
import { SourceError } from '../../../src/model/errors.js';
import { isGone, stateAt } from '../../../src/match/state-at.js';
import { mergeAccounts } from '../../../src/mapping/together/accounts.js';
import { joined } from '../../../src/mapping/together/joined.js';
import { mergePeople } from '../../../src/mapping/together/people.js';
import { Ledger } from '../../../src/contract/ledger.js';
import { account, at, NOW, person, WHOLE } from '../../in-memory.js';
import fc from '../../property.js';

const NAME = { givenName: 'Ada', familyName: 'One' };
const ada = (more: Partial<Person> = {}): Person => person('1001', { attributes: NAME, ...more });

/** The state today, in every order of the rows. */
function stands(...rows: Person[]): string {
  const found = new Set([rows, [...rows].reverse(), [...rows.slice(1), ...rows.slice(0, 1)]].map((order) => {
    const { state, startAt, endAt, createdAt } = mergePeople(order).row;
    return stateAt(state, startAt, endAt, NOW, createdAt?.at);
  })); // prettier-ignore
  return [...found].join(' ');
}

describe('employments under one number', () => {
  const first = ada({ state: 'terminated', startAt: at('2018-01-01'), endAt: at('2024-05-31') });

  it.each<[string, Person[], string]>([
    ['a rehire', [first, ada({ startAt: at('2025-02-01') })], 'active'],
    ['a rehire who is on leave', [first, ada({ state: 'leave', startAt: at('2025-02-01') })], 'leave'],
    ['a rehire that is to come', [first, ada({ startAt: at('2027-02-01') })], 'terminated'],
    ['the ended employment as active, by its dates alone', [{ ...first, state: 'active' }, ada({ startAt: at('2025-02-01') })], 'active'],
    ['a row made after the end', [first, ada({ createdAt: at('2025-02-01') })], 'active'],
    ['no day that tells the two apart', [first, ada()], 'unknown'],
    ['the same employment twice', [first, ada({ startAt: at('2018-01-01') })], 'unknown'],
    ['two that have ended', [first, ada({ state: 'terminated', startAt: at('2010-01-01'), endAt: at('2015-01-01') })], 'terminated'],
    ['a second job that has ended', [ada({ startAt: at('2018-01-01') }), ada({ state: 'terminated', startAt: at('2020-01-01'), endAt: at('2021-01-01') })], 'active'],
    ['two jobs', [ada({ startAt: at('2018-01-01') }), ada({ startAt: at('2022-01-01') })], 'active'],
    ['a job on leave and an active one', [ada({ state: 'leave', startAt: at('2018-01-01') }), ada({ startAt: at('2018-01-01') })], 'active'],
    ['a job that is off beside one that is on', [ada({ state: 'suspended' }), ada()], 'unknown'],
    ['a contract that follows the one that ends this year', [ada({ startAt: at('2018-01-01'), endAt: at('2026-12-31') }), ada({ startAt: at('2027-01-01') })], 'active'],
    ['three employments', [first, ada({ state: 'terminated', startAt: at('2025-01-01'), endAt: at('2025-06-30') }), ada({ startAt: at('2026-02-01') })], 'active'],
    ['three that have ended', [first, ada({ state: 'terminated', startAt: at('2025-01-01'), endAt: at('2025-06-30') })], 'terminated'],
    ['another given name', [first, ada({ startAt: at('2025-02-01'), attributes: { givenName: 'Bea', familyName: 'One' } })], 'unknown'],
  ])('%s', (_, rows, state) => {
    expect(stands(...rows)).toBe(state);
  }); // prettier-ignore

  it('keep the last day of the one before, and since when they are known', () => {
    const { row } = mergePeople([
      ada({ startAt: at('2025-02-01'), emails: ['new@corp.example'] }),
      { ...first, emails: ['old@corp.example'] },
    ]);
    expect(row).toMatchObject({ startAt: at('2025-02-01'), endAt: at('2024-05-31'), createdAt: at('2018-01-01'), emails: ['new@corp.example'], aliases: ['old@corp.example'] }); // prettier-ignore
  });

  it('the last to leave says when', () => {
    const second = ada({ state: 'terminated', startAt: at('2025-01-01'), endAt: at('2025-06-30'), attributes: { ...NAME, title: 'Lead' } });
    expect(mergePeople([second, first]).row).toMatchObject({ endAt: at('2025-06-30'), attributes: { title: 'Lead' } });
  });
});

describe('an account with a row for each role', () => {
  const row = (more: Partial<Account> = {}): Account => account('u1', { emails: ['ada@corp.example'], ...more });

  it.each<[Account['status'][], Account['status']]>([
    [['deactivated', 'active'], 'active'],
    [['deactivated', 'unknown'], 'unknown'],
    [['unknown', 'active'], 'active'],
    [['deactivated', 'pending'], 'pending'],
    [['deactivated', 'suspended'], 'suspended'],
    [['deleted', 'deactivated'], 'deactivated'],
  ])('%j lets in as %s', (statuses, status) => {
    for (const order of [statuses, [...statuses].reverse()])
      expect(mergeAccounts(order.map((one) => row({ status: one }))).row.status).toBe(status);
  });

  it('has all its roles, the latest login and the first day; and no attribute in which the rows differ', () => {
    const rows = [
      row({ roles: ['b'], admin: false, lastLoginAt: at('2026-01-01'), createdAt: at('2020-01-01'), attributes: { title: 'x', department: 'd' } }),
      row({ roles: ['a', 'b'], admin: true, lastLoginAt: at('2026-02-01'), createdAt: at('2019-01-01'), attributes: { title: 'y', department: 'd' } }),
    ]; // prettier-ignore
    expect(mergeAccounts(rows).row).toMatchObject({
      roles: ['a', 'b'],
      admin: true,
      lastLoginAt: at('2026-02-01'),
      createdAt: at('2019-01-01'),
      attributes: { title: undefined, department: 'd' },
    });
  });

  it.each<[string, Partial<Account>]>([
    ['user names', { userName: 'ben' }],
    ['numbers', { employeeId: '2' }],
    ['ids of the directory', { externalId: '2' }],
    ['addresses', { emails: ['ben@corp.example'] }],
  ])('is neither on nor off with different %s', (_, more) => {
    const one = row({ userName: 'ada', employeeId: '1', externalId: '1' });
    for (const rows of [[one, { ...one, ...more }], [{ ...one, ...more }, one]]) expect(mergeAccounts(rows)).toMatchObject({ contrary: true, row: { status: 'unknown' } }); // prettier-ignore
  });
});

const days = fc.option(fc.constantFrom('2018-01-01', '2020-06-01', '2024-05-31', '2025-02-01', '2026-12-15', '2027-03-01').map(at), { nil: undefined }); // prettier-ignore
const people = fc.array(
  fc.record({ state: fc.constantFrom(...PERSON_STATES), startAt: days, endAt: days, createdAt: days, userName: fc.constantFrom('a', 'b') }).map(ada),
  { minLength: 1, maxLength: 5 },
); // prettier-ignore

const accounts = fc.array(
  fc.record({
    status: fc.constantFrom(...ACCOUNT_STATUSES),
    roles: fc.option(fc.subarray(['a', 'b']), { nil: undefined }),
    lastLoginAt: days,
    userName: fc.constantFrom('ada', 'ADA', 'ben', undefined),
    emails: fc.option(fc.subarray(['a@corp.example', 'b@corp.example']), { nil: undefined }),
    attributes: fc.record({ title: fc.constantFrom('x', 'y', undefined) }),
  }),
  { minLength: 1, maxLength: 5 },
);
const shuffled = <T>(rows: readonly T[]): fc.Arbitrary<readonly [readonly T[], readonly T[]]> =>
  fc.shuffledSubarray([...rows], { minLength: rows.length }).map((other) => [rows, other] as const);

describe('whatever the rows say', () => {
  it('their order changes nothing, and one row is left as it is', () => {
    fc.assert(
      fc.property(people.chain(shuffled), ([rows, other]) => {
        expect(mergePeople(other)).toEqual(mergePeople(rows));
        if (rows.length === 1) expect(mergePeople(rows).row).toBe(rows[0]);
      }),
    );
    fc.assert(
      fc.property(accounts.chain((all) => shuffled(all.map((more) => account('u1', more)))), ([rows, other]) => {
        expect(mergeAccounts(other)).toEqual(mergeAccounts(rows));
      }),
    ); // prettier-ignore
  });

  it('somebody of whom every row says that they have left is not here', () => {
    fc.assert(
      fc.property(people, (rows) => {
        const gone = rows.filter(({ state, startAt, endAt, createdAt }) => isGone(stateAt(state, startAt, endAt, NOW, createdAt?.at)));
        fc.pre(gone.length > 0);
        const { state, startAt, endAt, createdAt } = mergePeople(gone).row;
        expect(stateAt(state, startAt, endAt, NOW, createdAt?.at)).toMatch(/terminated|suspended|deleted|unknown/);
      }),
    );
  });

  it('an account of which one row lets somebody in is not off', () => {
    fc.assert(
      fc.property(accounts, (all) => {
        const rows = all.map((more) => account('u1', more));
        fc.pre(rows.some(({ status }) => status === 'active'));
        expect(mergeAccounts(rows).row.status).toMatch(/active|unknown/);
      }),
    );
  });
});

describe('a list whose ids may repeat', () => {
  const leaver = account('u2', { status: 'deactivated' });
  const rows = [account('u1'), leaver, account('u3')];
  async function read(
    size: number,
    again: readonly Account[],
    fails = false,
  ): Promise<{ pages: Page<Account>[]; end: Completeness | string }> {
    const pages: Page<Account>[] = [];
    const filler = Array.from({ length: size }, (_, i) => account(`f${i}`));
    const list = joined('account', async function* (tell) {
      await Promise.resolve();
      const ledger = new Ledger();
      yield { rows: ledger.take([...rows, ...filler]) };
      yield { rows: ledger.take(again, tell) };
      if (fails) throw new SourceError('app', 'network', 'the line went dead');
      return { ...WHOLE, verdict: 'unproven', reasons: ['ids repeat'] };
    });
    try {
      for (;;) {
        const step = await list.next();
        if (step.done === true) return { pages, end: step.value };
        pages.push(step.value);
      }
    } catch (error) {
      return { pages, end: (error as Error).message };
    }
  }
  const statuses = (pages: readonly Page<Account>[]): (string | undefined)[] => {
    const all = pages.flatMap((page) => page.rows);
    return ['u1', 'u2', 'u3'].map((id) => all.filter((row) => row.id === id).map(({ status }) => status).join()); // prettier-ignore
  };

  it('gives one row for each id, made of all of them', async () => {
    const { pages } = await read(10, [{ ...leaver, status: 'active' }]);
    expect(statuses(pages)).toEqual(['active', 'active', 'active']);
  });

  it('is left as it is where rows come twice', async () => {
    const { pages, end } = await read(10, [leaver]);
    expect(statuses(pages)).toEqual(['active', 'deactivated', 'active']);
    expect(end).toMatchObject({ verdict: 'unproven', reasons: ['ids repeat'] });
  });

  it('shows what came before a source failed', async () => {
    const { pages, end } = await read(10, [{ ...leaver, status: 'active' }], true);
    expect(statuses(pages)).toEqual(['active', 'active', 'active']);
    expect(end).toBe('the line went dead');
  });

  it('says so where it is too long to be held', async () => {
    const { pages, end } = await read(6000, [{ ...leaver, status: 'active' }]);
    expect(pages.flatMap((page) => page.rows)).toHaveLength(6003);
    expect(end).toMatchObject({ verdict: 'unproven', reasons: ['ids repeat', expect.stringContaining('the first was judged')] });
  });
});
