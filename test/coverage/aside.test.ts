import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { Stage } from '../../src/model/policy.js';
import { accountOf, ago, audit, DAY, HOUR, person, type Company } from '../in-memory.js';

const many = (n: number, id: string, make: (i: number) => Partial<Person>): Person[] =>
  Array.from({ length: n }, (_, i) => person(`${id}${i}`, make(i)));
const staff = many(30, 's', () => ({ startAt: ago(900 * DAY) }));
const joiners = many(12, 'j', (i) => ({ startAt: ago((40 + i) * DAY) }));
const leavers = many(12, 'x', (i) => ({ state: 'terminated', endAt: ago((20 + i) * DAY) }));
const movers = many(12, 'm', (i) => ({ startAt: ago(900 * DAY), changedAt: ago((20 + i) * DAY), attributes: { title: 'Lead' } }));
const accounts = (of: readonly Person[], more: (i: number, one: Person) => Partial<Account>): Account[] =>
  of.map((one, i) => accountOf(one, more(i, one)));
const plain = (of: readonly Person[]): Account[] => accounts(of, () => ({}));
const imported = { createdAt: { at: Date.parse('2026-11-01T10:00:00Z') } };

/** What the report must say first of a stage that is unproven, whatever else it says. */
const CASES: readonly (readonly [string, Stage, Company, string | RegExp])[] = [
  ['nobody joined', 'create', { people: staff, accounts: plain(staff) }, 'no joiner in the last 90 days'],
  [
    'joiners whose accounts date from an import',
    'create',
    { people: [...staff, ...joiners], accounts: accounts([...staff, ...joiners], () => imported) },
    '12 people joined in the last 90 days, and none of them counts: 12 got their accounts on 2026-11-01, when most accounts were made for people who were here before: an import',
  ],
  [
    'joiners with old accounts, and one within the grace',
    'create',
    {
      people: [...staff, ...joiners, person('new', { startAt: ago(3 * HOUR) })],
      accounts: [...plain(staff), ...accounts(joiners, (i) => ({ createdAt: ago((600 + i) * DAY) }))],
    },
    '13 people joined in the last 90 days, and none of them counts: 12 have accounts from long before the first day; 1 is within the grace',
  ],
  [
    'joiners with accounts that nothing dates',
    'create',
    { people: [...staff, ...joiners], accounts: plain([...staff, ...joiners]) },
    'what followed for 12 joiners cannot be seen: 12 have accounts that nothing dates',
  ],
  [
    'a directory without first days',
    'create',
    { people: many(30, 's', () => ({})), accounts: plain(many(30, 's', () => ({}))) },
    'no joiner is known in the last 90 days: the directory does not say when anybody joined',
  ],
  [
    'too few that count, and more that do not',
    'create',
    {
      people: [...staff, ...joiners],
      accounts: [
        ...plain(staff),
        ...accounts(joiners, (i, { startAt }) => ({ createdAt: i < 2 ? { at: (startAt?.at ?? 0) + HOUR } : ago((600 + i) * DAY) })),
      ],
    },
    /^2 of 2 joiners followed through; 10 more joined and do not count: 10 have accounts from long before the first day; fewer than 5/,
  ],
  ['nobody was changed', 'update', { people: many(9, 's', () => ({ changedAt: ago(400 * DAY) })), accounts: plain(many(9, 's', () => ({}))) }, 'no mover in the last 90 days'], // prettier-ignore
  [
    'a directory without change dates',
    'update',
    { people: staff, accounts: plain(staff) },
    'no mover is known in the last 90 days: the directory does not say when anybody was changed',
  ],
  [
    'change dates that are the stamp of an export',
    'update',
    { people: many(30, 's', () => ({ changedAt: ago(HOUR) })), accounts: plain(many(30, 's', () => ({}))), datedChanges: false },
    "no mover is known in the last 90 days: the directory's change dates are a stamp of the list, or lie ahead, and are not used",
  ],
  [
    'changes of one day',
    'update',
    { people: many(30, 's', () => ({ changedAt: ago(20 * DAY) })), accounts: plain(many(30, 's', () => ({}))) },
    '30 people were changed in the last 90 days, and none of them counts: 30 have the change date that more than half of the directory has, 2026-11-04: a stamp',
  ],
  [
    'accounts from after the change',
    'update',
    { people: [...staff, ...movers], accounts: [...plain(staff), ...accounts(movers, () => ({ createdAt: ago(2 * DAY) }))] },
    '12 people were changed in the last 90 days, and none of them counts: 12 have accounts from after the change',
  ],
  [
    'accounts that agree and were not touched',
    'update',
    {
      people: [...staff, ...movers],
      accounts: [
        ...plain(staff),
        ...accounts(movers, (i) => ({ createdAt: ago(800 * DAY), ...(i < 5 ? { updatedAt: ago(700 * DAY) } : {}) })),
      ],
    },
    'what followed for 12 movers cannot be seen: 7 agree, and nothing says when the accounts were touched; 5 agree and were not touched since: perhaps nothing that is compared changed',
  ],
  ['nobody left', 'delete', { people: staff, accounts: plain(staff) }, 'no leaver in the last 90 days'],
  [
    'leavers without an account in a list that shows them',
    'delete',
    { people: [...staff, ...leavers], accounts: plain(staff), leavers: 'listed' },
    '12 people left in the last 90 days, and none of them counts: 12 had no account here',
  ],
  [
    'leavers whose account was off long before',
    'delete',
    {
      people: [...staff, ...leavers],
      accounts: [...plain(staff), ...accounts(leavers, () => ({ status: 'deactivated', deactivatedAt: ago(500 * DAY) }))],
    },
    '12 people left in the last 90 days, and none of them counts: 12 had accounts that were off long before',
  ],
  [
    'a leaver within the grace',
    'delete',
    { people: [...staff, person('x', { state: 'terminated', endAt: ago(3 * HOUR) })], accounts: plain([...staff, person('x')]) },
    '1 person left in the last 90 days, and does not count: 1 is within the grace',
  ],
];

describe('an unproven stage says why', () => {
  it.each(CASES)('%s', async (_, stage, company, said) => {
    const app = { compare: ['title', 'email'] };
    const { coverage } = (await audit({ ...company, app })).report;
    expect(coverage[stage].verdict).toBe('unproven');
    if (typeof said === 'string') expect(coverage[stage].reasons[0]).toBe(said);
    else expect(coverage[stage].reasons.join('; ')).toMatch(said);
  });
});

describe('what was not compared', () => {
  const notes = async (company: Company): Promise<readonly string[]> => (await audit(company)).report.notes;
  const titled = many(6, 's', () => ({ attributes: { title: 'Lead' } }));

  it('is what one side never gives, by whichever account', async () => {
    const none = accounts(titled, () => ({ attributes: {} }));
    expect(await notes({ people: titled, accounts: none, app: { compare: ['title', 'email'] } })).toEqual([
      'not compared, because one side never gives it: title',
    ]);
  });

  it.each<[string, Partial<Company>]>([
    ['row by row', {}],
    ['by column', { columns: 4 }],
  ])('is what both give, where nobody is left to compare, %s', async (_, how) => {
    const gone = many(6, 's', () => ({ state: 'terminated', endAt: ago(40 * DAY), attributes: { title: 'Lead' } }));
    const company = {
      people: gone,
      accounts: accounts(gone, () => ({ status: 'deactivated' })),
      app: { compare: ['title'] },
      ...how,
    } as Company;
    const { report } = await audit(company);
    expect(report.notes).toEqual([
      'not compared, because no account that is on and belongs to somebody who is here has it on both sides: title',
    ]);
    expect(report.coverage.update.reasons[0]).toBe(
      'nobody is there to compare: no account that is on and belongs to somebody who is here has an attribute that both sides give',
    );
  });

  it('is a manager whom nobody can tell', async () => {
    const led = many(6, 's', () => ({ attributes: { manager: 'cn=boss' } }));
    const company = {
      people: led,
      accounts: accounts(led, () => ({ attributes: { manager: 'The Boss' } })),
      app: { compare: ['manager'] },
    };
    expect(await notes(company)).toEqual(['not compared, because what one side gives names nobody in the other: manager']);
  });
});
