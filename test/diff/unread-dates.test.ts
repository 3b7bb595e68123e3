import { describe, expect, it } from 'vitest';
import type { AppResult } from '../../src/audit/app.js';
import { undated } from '../../src/diff/unread.js';
import { PersonIndex } from '../../src/match/person-index.js';
import { Standing } from '../../src/match/standing.js';
import type { Account } from '../../src/model/account.js';
import type { UnreadDates } from '../../src/model/completeness.js';
import { exchanged, type Moment, type Person } from '../../src/model/person.js';
import { STAGES } from '../../src/model/policy.js';
import type { StageCoverage } from '../../src/model/report.js';
import { account, accountOf, at, audit, DAY, NOW, person, POLICY, reasons, RULES, type Company } from '../in-memory.js';
import fc from '../property.js';
import { company } from '../random-company.js';
import { cases } from '../night.js';

const unread = (...names: string[]): { unread: readonly string[] } => ({ unread: names });
const LOGIN: UnreadDates = { field: 'lastLoginAt', place: 'Last Login', cause: 'unreadable', values: 3, sample: '"yesterday"' };

/** By rows and by columns: both say the same. */
async function both(company: Company): Promise<AppResult> {
  const result = await audit(company);
  expect(await audit({ ...company, columns: 2 })).toEqual(result);
  return result;
}

function standingOf(...lists: readonly (readonly Person[])[]): Standing {
  const index = new PersonIndex(RULES.map((r) => r.person));
  lists.forEach((people, i) => {
    const source = index.addSource(`dir-${i}`);
    index.unreadDates[source] = [{ field: 'endAt', place: 'Termination Date', cause: 'two-ways', values: 1, sample: '"10/11/2026"' }];
    for (const one of people) index.add(one, source);
  });
  return new Standing(index, NOW, POLICY.leavers);
}

describe('a last day that could not be read', () => {
  it('leaves an active account open, and says why', async () => {
    const ben = person('ben', unread('endAt'));
    const result = await both({ people: [person('ada'), ben], accounts: [accountOf(person('ada')), accountOf(ben)] });
    expect(reasons(result)).toEqual(['inconclusive:unknown-status']);
    expect(result.inconclusive).toBe(true);
    expect(result.findings[0]?.summary).toBe(
      'whether the owner of ben is still here, or here yet, is not known: the last day in dir-0 could not be read',
    );
  });

  it('makes nobody missing, and nobody an orphan', async () => {
    const result = await both({
      people: [person('ben', unread('endAt')), person('cy', unread('startAt'))],
      accounts: [account('x', { status: 'deactivated' })],
    });
    expect(reasons(result)).toEqual([]);
  });

  it('takes nothing back of who has left by the directory’s own word, and grants no grace', async () => {
    const ben = person('ben', { state: 'terminated', ...unread('endAt'), changedAt: { at: NOW - 3_600_000 } });
    expect(reasons(await both({ people: [ben], accounts: [accountOf(ben)] }))).toEqual(['orphaned:owner-terminated']);
  });

  it('is said of its directory, with its column and one of its values', () => {
    const [told, ...more] = undated(
      standingOf([person('ada'), person('ben', unread('endAt')), person('mailbox', { kind: 'shared', ...unread('endAt') })]),
    );
    expect(more).toEqual([]);
    expect(told).toMatchObject({ class: 'inconclusive', app: 'dir-0' });
    expect(told?.summary).toBe(
      'whether 1 person is still here, or here yet, is not known: endAt ("Termination Date"): 1 value could be two dates: set `dates: dmy`, `mdy` or `ymd` beside the connector (such as "10/11/2026")',
    );
  });

  it('does not matter where an active record of the same person says that they are here', () => {
    expect(
      undated(
        standingOf(
          [person('ada', { employeeId: '7' })],
          [person('ada-2', { employeeId: '7', emails: ['ada@corp.example'], ...unread('endAt') })],
        ),
      ),
    ).toEqual([]);
  });

  it('of a leaver’s other record leaves open whether they are gone', async () => {
    const old = person('old', { employeeId: '7', emails: ['ada@corp.example'], state: 'terminated', endAt: at('2026-09-30') });
    const again = person('new', { employeeId: '7', emails: ['ada@corp.example'], ...unread('endAt') });
    const result = await both({ people: [old, again], accounts: [accountOf(old)] });
    expect(reasons(result)).toEqual(['inconclusive:unknown-status']);
  });
});

describe('one of two dates', () => {
  const two = (field: string, day: string): Partial<Person & Account> => ({ unread: [field], either: { [field]: at(day) } });

  it.each<[string, Partial<Person>, string[]]>([
    ['a last day that is over either way: they left', two('endAt', '2026-10-11'), ['orphaned:owner-terminated']],
    ['a last day that may be to come: not known', two('endAt', '2026-11-12'), ['inconclusive:unknown-status']],
    ['a last day that is to come either way: they are here', two('endAt', '2027-02-01'), []],
    ['a first day that is long over either way: they are here', two('startAt', '2015-03-04'), []],
    ['a first day that may be to come: not known', two('startAt', '2026-11-12'), ['inconclusive:unknown-status']],
  ])('%s', async (_, more, expected) => {
    const ben = person('ben', more);
    expect(reasons(await both({ people: [ben], accounts: [accountOf(ben)] }))).toEqual(expected);
  });

  it('of an account that is younger than the employment by both is nobody else’s', async () => {
    const ada = person('ada', { startAt: at('2019-03-25') });
    const of = (day: string): Company => ({
      people: [ada],
      accounts: [accountOf(ada, { externalId: undefined, ...two('createdAt', day) })],
    });
    expect(reasons(await both(of('2020-03-04')))).toEqual([]);
    expect(reasons(await both(of('2018-03-04')))).toEqual(['conflict:recycled-identifier']);
    expect(reasons(await both(of('2019-01-12')))).toEqual(['inconclusive:field-absent']);
    const begins = person('ada', two('startAt', '2019-01-12'));
    const born = (day: string): Company => ({
      people: [begins],
      accounts: [accountOf(begins, { externalId: undefined, createdAt: at(day) })],
    });
    expect(reasons(await both(born('2020-01-01')))).toEqual([]);
    expect(reasons(await both(born('2018-01-01')))).toEqual(['conflict:recycled-identifier']);
    expect(reasons(await both(born('2019-03-01')))).toEqual(['inconclusive:field-absent']);
  });

  it('of an invitation says how old it is where both are old, or young', async () => {
    const ada = person('ada');
    const of = (day: string): Company => ({ people: [ada], accounts: [accountOf(ada, { status: 'pending', ...two('createdAt', day) })] });
    expect(reasons(await both(of('2026-02-03')))).toEqual(['missing:invitation-pending']);
    expect(reasons(await both(of('2026-11-12')))).toEqual([]);
    expect(reasons(await both(of('2026-11-01')))).toEqual(['missing:invitation-pending']);
    expect(reasons(await both(of('2026-11-10')))).toEqual(['missing:invitation-pending']);
  });
});

describe('a date of an account that could not be read', () => {
  it('leaves its use open', async () => {
    const ada = person('ada');
    const result = await both({ people: [ada], accounts: [accountOf(ada, unread('lastLoginAt'))], list: { unread: [LOGIN] } });
    expect(reasons(result)).toEqual(['inconclusive:field-absent']);
    expect(result.findings[0]?.summary).toBe(
      'whether accounts were used, and when, is not known: lastLoginAt ("Last Login"): 3 values could not be read as a date (such as "yesterday")',
    );
    expect(result.report.reconciliation.accounts.inSync).toBe(1);
  });

  it('is no sign that nobody ever logged in', async () => {
    const people = Array.from({ length: 20 }, (_, i) => person(`p${i}`, { createdAt: at('2020-01-01') }));
    const logins = (more: (i: number) => Partial<Account>): Company => ({
      people,
      accounts: people.map((one, i) => accountOf(one, { externalId: undefined, createdAt: { at: NOW - (400 + i) * DAY }, ...more(i) })),
      app: { lifecycle: { create: { by: 'jit' } } },
    });
    const known = (i: number): Partial<Account> => ({ lastLoginAt: { at: NOW - (400 + i) * DAY + 60_000 } });
    const jit = await both(logins(known));
    const never = await both(logins((i) => (i < 3 ? {} : known(i))));
    const garbled = await both(logins((i) => (i < 3 ? unread('lastLoginAt') : known(i))));
    expect(jit.report.mechanism.inferred).toBe('jit');
    expect(never.report.mechanism.inferred).not.toBe('jit');
    expect(garbled.report.mechanism.inferred).toBe('jit');
    expect(garbled.report.mechanism.traces.join()).toContain('0 of 17 accounts never logged in');
  });

  it('leaves the age of an invitation open', async () => {
    const ada = person('ada');
    const result = await both({ people: [ada], accounts: [accountOf(ada, { status: 'pending', ...unread('createdAt') })] });
    expect(reasons(result)).toContain('inconclusive:unknown-status');
    expect(result.report.reconciliation.people.notDeterminable).toBe(1);
  });

  it('leaves open whether an address was somebody else’s', async () => {
    const ada = person('ada', { startAt: at('2026-01-05') });
    const born: UnreadDates = { ...LOGIN, field: 'createdAt', place: 'Created', values: 1 };
    const accounts = [accountOf(ada, { externalId: undefined, ...unread('createdAt') })];
    expect(reasons(await both({ people: [ada], accounts, list: { unread: [born] } }))).toEqual(['inconclusive:field-absent']);
    // The directory's own id is nobody else's, whatever the age.
    expect(reasons(await both({ people: [ada], accounts: [accountOf(ada, unread('createdAt'))], list: { unread: [born] } }))).toEqual([]);
  });

  it('of its deactivation dates no removal', async () => {
    const people = Array.from({ length: 8 }, (_, i) => person(`p${i}`, { state: 'terminated', endAt: at('2026-11-02') }));
    const off = (more: Partial<Account>): Company => ({ people, leavers: 'listed', accounts: people.map((one) => accountOf(one, { status: 'deactivated', updatedAt: at('2026-11-20'), ...more })) }); // prettier-ignore
    expect((await both(off({ deactivatedAt: at('2026-11-04') }))).report.coverage.delete.successes).toBe(8);
    expect((await both(off(unread('deactivatedAt')))).report.coverage.delete.successes).toBe(0);
  });
});

describe('people without an account', () => {
  it('may have joined just now, where the day on which the directory made the record could not be read', async () => {
    const result = await both({ people: [person('ada', unread('createdAt'))], accounts: [account('x', { status: 'deactivated' })] });
    expect(reasons(result)).toEqual(['inconclusive:field-absent']);
    expect(result.report.reconciliation.people).toMatchObject({ missing: 0, notDeterminable: 1 });
  });
});

const PERSON_DATES = ['startAt', 'endAt', 'createdAt', 'changedAt'] as const;
const ACCOUNT_DATES = ['createdAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt'] as const;
/** `unproven` is never a pass. */
const WORTH: Record<StageCoverage['verdict'], number> = { unproven: 0, gap: 0, contradicted: 0, partial: 1, covered: 2, undeclared: 2 };

/** The row with one of its dates garbled; undefined where it has none. */
function garbled<Row extends Person | Account>(row: Row, names: readonly string[], pick: number): Row | undefined {
  const given = names.filter((name) => (row as unknown as Record<string, unknown>)[name] !== undefined);
  const name = given[pick % Math.max(1, given.length)];
  if (name === undefined) return undefined;
  const date = (row as unknown as Record<string, Moment>)[name] as Moment;
  // One of two, where it can be: the truth is the one or the other.
  const isEither = pick % 3 > 0 && new Date(date.at).getUTCDate() <= 12;
  const either = isEither ? { either: { [name]: pick % 3 === 1 ? date : exchanged(date) } } : {};
  return { ...row, [name]: undefined, unread: [name], ...either };
}

it('a date that can no longer be read never makes anything better', async () => {
  await fc.assert(
    fc.asyncProperty(company, fc.nat(1000), fc.nat(11), fc.boolean(), async (c, which, pick, ofPerson) => {
      const people = c.people as readonly Person[];
      const rows: readonly (Person | Account)[] = ofPerson ? people : c.accounts;
      const index = which % rows.length;
      const row = garbled(rows[index] as Person | Account, ofPerson ? PERSON_DATES : ACCOUNT_DATES, pick);
      fc.pre(row !== undefined);
      const changed = rows.map((one, i) => (i === index ? row : one));
      const field = row.unread?.[0] as string;
      const dates: UnreadDates = { field, place: field, cause: 'unreadable', values: 1, sample: '"soon"' };
      const worse: Company = ofPerson
        ? { ...c, people: changed as Person[] }
        : { ...c, accounts: changed as Account[], list: { unread: [dates] } };
      const [before, after] = [await audit(c), await audit(worse)];
      const open = (result: AppResult, of: Company): boolean =>
        result.findings.length > 0 || undated(standingOf(of.people as Person[])).length > 0;
      if (open(before, c)) expect(open(after, worse)).toBe(true);
      // Somebody who has to have lost access does not pass for fine.
      for (const { account: orphan } of before.findings.filter(({ class: cls }) => cls === 'orphaned'))
        expect(
          after.findings.some(({ account: found, class: cls }) => found?.id === orphan?.id && cls !== 'stale' && cls !== 'missing'),
        ).toBe(true);
      for (const stage of STAGES)
        expect(WORTH[after.report.coverage[stage].verdict]).toBeLessThanOrEqual(WORTH[before.report.coverage[stage].verdict]);
    }),
    { numRuns: cases(150, 60) },
  );
});
