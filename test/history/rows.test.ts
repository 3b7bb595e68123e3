import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { KeyedHash } from '../../src/history/keyed-hash.js';
import { placesOf, RowWriter } from '../../src/history/rows.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../../src/model/account.js';
import { columnsOf } from './book.js';
import { cases } from '../night.js';

const text = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('', 'é', 'Ω', '\ud800', 'a'.repeat(70)));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const list = maybe(fc.array(text.filter((one) => one !== '' && !one.includes('\0')), { maxLength: 3 })); // prettier-ignore
const moment = maybe(fc.record({ at: fc.integer({ min: -1, max: 2 ** 42 }) }));
const accounts = fc.array(
  fc.record({
    id: text, userName: maybe(text), externalId: maybe(text), employeeId: maybe(text), emails: list, aliases: list, roles: list,
    attributes: fc.record({ department: maybe(text), title: maybe(text) }), status: fc.constantFrom(...ACCOUNT_STATUSES),
    kind: fc.constantFrom(...ACCOUNT_KINDS), admin: maybe(fc.boolean()), createdAt: moment, updatedAt: moment, lastLoginAt: moment, deactivatedAt: moment,
  }), { minLength: 1, maxLength: 5 },
); // prettier-ignore
const NAMES = ['department', 'title', 'cost centre', 'email', 'alias', 'userName', 'externalId', 'employeeId', 'id'];

describe('the hashes of an account', () => {
  it('are the same by column and by row: a list that grows must not look as if everybody had changed', () => {
    fc.assert(
      fc.property(accounts, fc.subarray(NAMES), fc.nat(), (rows, names, owner) => {
        const writer = new RowWriter(new KeyedHash(1234567, -89), () => 1, undefined);
        const page = columnsOf(rows);
        const places = placesOf(page, names);
        const of = ({ high, low }: KeyedHash): [number, number] => [high, low];
        const byRow = rows.map((row) => [of(writer.id(row.id)), of(writer.accountHash(row as Account, owner, names))]);
        const byColumn = rows.map((_, i) => [of(writer.idAt(page, i)), of(writer.accountHashAt(page, i, owner, places))]);
        expect(byColumn).toEqual(byRow);
      }),
      { numRuns: cases(500, 150) },
    );
  });
});
