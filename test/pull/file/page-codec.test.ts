import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../../../src/model/account.js';
import { PERSON_KINDS, PERSON_STATES, type Person } from '../../../src/model/person.js';
import { decodePage, encodePage } from '../../../src/pull/file/page-codec.js';

const text = fc.oneof(fc.string(), fc.constantFrom('', '\u0001', '\u0001x', '\0', 'a\0b', '\ud800', 'é'));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const list = maybe(fc.array(text, { maxLength: 4 }));
const moment = maybe(fc.record({ at: fc.integer(), day: fc.boolean() }, { requiredKeys: ['at'] }));
const common = { id: text, userName: maybe(text), externalId: maybe(text), employeeId: maybe(text), emails: list, aliases: list, attributes: fc.dictionary(fc.constantFrom('department', 'title', 'cost centre'), maybe(text)) }; // prettier-ignore
const person = fc.record({ ...common, groups: list, state: fc.constantFrom(...PERSON_STATES), kind: fc.constantFrom(...PERSON_KINDS), startAt: moment, endAt: moment, createdAt: moment, changedAt: moment }); // prettier-ignore
const credential = fc.record({ id: text, expiresAt: fc.record({ at: fc.integer() }) });
const account = fc.record({ ...common, roles: list, admin: maybe(fc.boolean()), credentials: maybe(fc.array(credential)), status: fc.constantFrom(...ACCOUNT_STATUSES), kind: fc.constantFrom(...ACCOUNT_KINDS), createdAt: moment, updatedAt: moment, lastLoginAt: moment, deactivatedAt: moment }); // prettier-ignore

describe('a page that crosses threads', () => {
  // `toEqual` takes a key that is undefined for one that is not there, as the rows' types do.
  it('comes out as it went in: people', () => {
    fc.assert(
      fc.property(fc.array(person), (rows) => {
        expect(decodePage('person', structuredClone(encodePage('person', rows as Person[])))).toEqual(rows);
      }),
    );
  });

  it('comes out as it went in: accounts', () => {
    fc.assert(
      fc.property(fc.array(account), (rows) => {
        expect(decodePage('account', structuredClone(encodePage('account', rows as Account[])))).toEqual(rows);
      }),
    );
  });
});
