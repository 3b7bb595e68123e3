import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_STATUSES, type Account } from '../../src/model/account.js';
import { PERSON_STATES, type Person } from '../../src/model/person.js';
import { account, person } from '../in-memory.js';
import { audit, newBook, query, type Seen } from './book.js';

/** What a history is, in the fewest words: the rows as last seen; a whole list takes out what it does not show. */
class Naive {
  readonly views: Map<string, string>[] = [];
  #now = new Map<string, string>();

  add(rows: ReadonlyMap<string, string>, whole: boolean): void {
    const next = new Map(whole ? [] : this.#now);
    for (const [id, row] of rows) next.set(id, row);
    this.#now = next;
    this.views.push(next);
  }
}

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'ä', 'A'), { maxLength: 8 });
const departments = fc.constantFrom('Sales', 'Support', undefined, '');
const step = fc.record({
  people: ids.chain((list) => fc.tuple(...list.map((id) => fc.tuple(fc.constant(id), fc.constantFrom(...PERSON_STATES), departments)))),
  accounts: ids.chain((list) =>
    fc.tuple(
      ...list.map((id) => fc.tuple(fc.constant(id), fc.constantFrom(...ACCOUNT_STATUSES), departments, fc.constantFrom('a', 'b', 'z'))),
    ),
  ),
  peopleWhole: fc.boolean(),
  whole: fc.boolean(),
  touched: fc.integer({ min: 0, max: 3 }),
});

describe('the store', () => {
  it('gives back what every audit saw, as a naive history has it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const book = newBook();
        const people = new Naive();
        const accounts = new Naive();
        const owners = new Map<string, string>();
        for (const [day, one] of steps.entries()) {
          const seenPeople: Person[] = one.people.map(([id, state, department]) => person(id, { state, attributes: { department } }));
          const seenAccounts: Account[] = one.accounts.map(([id, status, department, externalId]) =>
            account(id, { status, externalId, attributes: { department }, updatedAt: { at: day + one.touched }, lastLoginAt: { at: day } }),
          );
          const seen: Seen = {
            day,
            people: seenPeople,
            peopleWhole: one.peopleWhole,
            apps: { crm: { accounts: seenAccounts, whole: one.whole } },
          };
          await audit(book, seen);
          people.add(new Map(seenPeople.map((p) => [p.id, p.state])), one.peopleWhole);
          const here = new Set(seenPeople.map((p) => p.id));
          const ever = new Set(people.views.flatMap((view) => [...view.keys()]));
          const rows = new Map<string, string>();
          for (const a of seenAccounts) {
            const before = accounts.views.at(-1)?.has(a.id) === true ? owners.get(a.id) : undefined;
            // Whom the directory does not show keeps the accounts that match nobody else.
            const owner = here.has(a.externalId as string)
              ? (a.externalId as string)
              : before !== undefined && ever.has(before) && !here.has(before)
                ? before
                : '';
            owners.set(a.id, owner);
            rows.set(a.id, `${a.status} of ${owner}`);
          }
          accounts.add(rows, one.whole);
        }
        for (const [day] of steps.entries()) {
          const n = day + 1;
          const valid = 'since <= ?1 AND (until IS NULL OR until > ?1)';
          const dbPeople = query(book, `SELECT p.key, v.state FROM person_versions v JOIN people p ON p.id = v.person WHERE ${valid}`, [n]);
          expect(new Map(dbPeople.map((r) => [r['key'], PERSON_STATES[Number(r['state'])]]))).toEqual(people.views[day]);
          const sql = `SELECT v.key, v.status, coalesce(p.key, '') AS owner FROM account_versions v LEFT JOIN people p ON p.id = v.owner WHERE ${valid.replaceAll('until', 'v.until')}`;
          const dbAccounts = query(book, sql, [n]);
          expect(new Map(dbAccounts.map((r) => [r['key'], `${ACCOUNT_STATUSES[Number(r['status'])]} of ${r['owner'] as string}`]))).toEqual(
            accounts.views[day],
          );
          expect(dbAccounts).toHaveLength(accounts.views[day]?.size ?? -1);
        }
        // The heads are what is open, one for one.
        const open = Number(query(book, 'SELECT count(*) AS n FROM account_versions WHERE until IS NULL')[0]?.['n']);
        const heads = query(book, "SELECT coalesce(length(heads), 0) AS n FROM sources WHERE role = 'app'")[0]?.['n'];
        expect(Number(heads)).toBe(open * 24);
      }),
      { numRuns: 30 },
    );
  });

  it('writes nothing for people and accounts that did not change, whatever their logins and touches', async () => {
    const book = newBook();
    const seen = (day: number): Seen => ({
      day,
      people: [person('a', { changedAt: { at: day } })],
      apps: { crm: { accounts: [account('1', { externalId: 'a', lastLoginAt: { at: day }, updatedAt: { at: day } })] } },
    });
    for (let day = 0; day < 5; day++) await audit(book, seen(day));
    expect(query(book, 'SELECT count(*) AS n FROM account_versions')).toEqual([{ n: 1 }]);
    expect(query(book, 'SELECT count(*) AS n FROM person_versions')).toEqual([{ n: 1 }]);
    expect(query(book, 'SELECT count(*) AS n FROM audits')).toEqual([{ n: 5 }]);
  });
});
