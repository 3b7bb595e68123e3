import fc from '../../property.js';
import { expect, test } from 'vitest';
import { Flags, readAccount, redactFilter } from '../../../src/evidence/redact/filters.js';
import { Pseudonyms } from '../../../src/evidence/redact/pseudonyms.js';
import { redactAccount } from '../../../src/evidence/redact/rows.js';
import { compileFilter } from '../../../src/filter/filter.js';
import { accountTest } from '../../../src/match/person-filter.js';
import type { Account } from '../../../src/model/account.js';
import { account } from '../../in-memory.js';
import { cases } from '../../night.js';

const names = new Pseudonyms(Buffer.from('a key of thirty-two bytes, or so'));

/** The same filter over the row as it was read, and over what a pack keeps of it. */
function both(filter: string, row: Account): readonly [boolean, boolean, string] {
  let flags = 0;
  const answers = new Flags(readAccount, () => ++flags);
  const redacted = redactFilter(filter, names, answers);
  return [accountTest(compileFilter(filter))(row), accountTest(compileFilter(redacted))(redactAccount(row, names, answers)), redacted];
}

const text = fc.constantFrom('Ada', 'ada', 'ADA ', 'ad', 'a', 'ada@corp.example', 'ada@old.example', '12', '012', '2026-11-01', '2026-11-01T00:00:00Z', '', 'n/a', 'true', 'Sales'); // prettier-ignore
const literal = fc.oneof(text.map((value) => JSON.stringify(value)), fc.constantFrom('12', 'null')); // prettier-ignore
const path = fc.constantFrom('userName', 'username', 'emails', 'emails.value', 'employeeId', 'title', 'phone', 'department', 'name.givenName', 'urn:ietf:params:scim:schemas:core:2.0:User:title', 'status', 'roles', 'nickName'); // prettier-ignore
const leaf = fc.oneof(
  fc.tuple(path, fc.constantFrom('eq', 'ne'), literal),
  fc.tuple(path, fc.constantFrom('co', 'sw', 'ew', 'gt', 'le'), text.map((value) => JSON.stringify(value))), // prettier-ignore
  fc.tuple(path, fc.constant('pr'), fc.constant('')),
  fc.tuple(fc.constant('emails'), fc.constantFrom('[value eq', '[value ew', '[not (value sw'), text.map((value) => JSON.stringify(value))), // prettier-ignore
).map(([name, operator, value]) => (operator.startsWith('[') ? `${name}${operator} ${value}${operator.includes('(') ? ')' : ''}]` : `${name} ${operator} ${value}`)); // prettier-ignore
const filters = fc.oneof(leaf, fc.tuple(leaf, fc.constantFrom('and', 'or'), leaf).map((all) => all.join(' ')), leaf.map((one) => `not (${one})`)); // prettier-ignore
const rows = fc
  .record({ userName: text, emails: fc.array(text, { maxLength: 2 }), employeeId: text, title: text, phone: text, department: text, givenName: text }, { requiredKeys: [] })
  .map(({ title, phone, department, givenName, ...keys }) => account('a1', { ...keys, roles: ['Ada'], attributes: { title, phone, department, givenName } })); // prettier-ignore

test('a filter says the same of a row and of what a pack keeps of it', () => {
  let decided = 0;
  fc.assert(
    fc.property(filters, rows, (filter, row) => {
      const [before, after, redacted] = both(filter, row);
      if (before) decided++;
      expect([filter, redacted, after]).toEqual([filter, redacted, before]);
    }),
    { numRuns: cases(5000, 1000) },
  );
  expect(decided).toBeGreaterThan(cases(500, 100));
});

test('what is equal to a text is equal to its pseudonym; what looks into one becomes a flag; what names nobody stays', () => {
  const row = account('a1', { userName: 'svc-deploy', attributes: { title: 'Ada', department: 'Sales' } });
  expect(both('userName eq "svc-deploy" and department sw "Sal"', row)).toEqual([
    true,
    true,
    `userName eq "${names.value('svc-deploy')}" and department sw "Sal"`,
  ]);
  expect(both('userName sw "svc" and not (title co "x") and roles pr', row)[2]).toBe(
    'redacted.filter1 eq "true" and not (redacted.filter2 eq "true") and roles pr',
  );
  expect(both('emails[value ew "@corp.example"]', row)[2]).toBe('redacted.filter1 eq "true"');
  expect(both('manager ne "2026-11-01"', row)[2]).toBe('not (redacted.filter1 eq "true")');
});

test('a filter that pseudonyms make too long is one flag', () => {
  const filter = Array.from({ length: 400 }, (_, i) => `id eq "a${i}"`).join(' or ');
  const [before, after, redacted] = both(filter, account('a399'));
  expect([before, after, redacted]).toEqual([true, true, 'redacted.filter1 eq "true"']);
});

test('where a row does not have what a part reads, its flag is absent too', () => {
  const flags = new Flags(readAccount, () => 1);
  redactFilter('title sw "A"', names, flags);
  expect(flags.answers(account('a1'))).toEqual({});
  expect(flags.answers(account('a1', { attributes: { title: '' } }))).toEqual({ 'redacted.filter1': 'false' });
});
