import { describe, expect, it } from 'vitest';
import { appsOf } from '../../src/demo/apps/index.js';
import { buildCompany } from '../../src/demo/company.js';
import { contractorsCsv, hrNdjson, hrUsers } from '../../src/demo/directory.js';
import { keptFiles } from '../../src/demo/files.js';
import { DAY, isoDay, moversOf, recordOf, standingAt } from '../../src/demo/lifecycle.js';
import { latin } from '../../src/demo/names.js';
import { AS_OF } from './audit.js';

const company = buildCompany(1, AS_OF);
const standing = (of: string): number => company.people.filter((human) => standingAt(human, AS_OF) === of).length;

describe('the demo company', () => {
  it('is about four hundred people, in every state', () => {
    expect(company.people.length).toBeGreaterThan(380);
    expect(company.people.length).toBeLessThan(420);
    expect([standing('coming'), standing('away'), standing('disabled'), standing('gone')]).toEqual([4, 3, 1, 30]);
  });

  it('is the same for the same seed and instant, and another for another seed', () => {
    const text = (seed: number): string => {
      const drawn = buildCompany(seed, AS_OF);
      return JSON.stringify([keptFiles(drawn, appsOf(drawn)), hrUsers(drawn)]);
    };
    expect(text(7)).toBe(text(7));
    expect(text(8)).not.toBe(text(7));
  });

  it('moves with its instant: the same things happened equally long ago', () => {
    const ages = (asOf: number): number[] => buildCompany(3, asOf).people.flatMap((human) => human.events.map(({ at }) => asOf - at));
    expect(ages(AS_OF + 40 * DAY)).toEqual(ages(AS_OF));
  });

  it('has two people of one name, a rehire, a hired contractor, and an address with two owners', () => {
    const named = company.people.filter(
      (human) => recordOf(human).profile.familyName === 'Berg' && recordOf(human).profile.givenName === 'Anna',
    );
    expect(new Set(named.map((human) => recordOf(human).profile.email)).size).toBe(2);
    const again = company.people.filter(({ records }) => records.length === 2);
    expect(again.map(({ records }) => records.map(({ source }) => source).join()).sort()).toEqual(['contractors,hr', 'hr,hr', 'hr,hr']);
    const { before, now } = company.recycled;
    const email = (key: string): string | undefined => company.byKey.get(key)?.records[0]?.profile.email;
    expect(email(now)).toBe(email(before));
  });

  it('gives no two people one id, and only the recycled address and those who came back share an address', () => {
    const records = company.people.flatMap((human) => human.records);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    const emails = company.people.map((human) => recordOf(human).profile.email);
    expect(emails.length - new Set(emails).size).toBe(1);
    expect(emails.every((email) => /^[a-z0-9.-]+@meridian\.example$/.test(email))).toBe(true);
  });

  it('changes what it says it changes', () => {
    for (const { human, move } of moversOf(company)) {
      const before = human.events.find((event) => event.kind === 'join');
      expect(move.changed.length).toBeGreaterThan(0);
      for (const name of move.changed) {
        // The record, as the directory has it now, is the one after the change.
        expect(recordOf(human).profile[name]).toBe(move.profile[name]);
        expect(before?.profile[name]).not.toBe(move.profile[name]);
      }
    }
  });

  it('tells of nobody who has left but by a date that is over', () => {
    for (const line of hrNdjson(company).trim().split('\n')) {
      const person = JSON.parse(line) as { state: string; endAt?: string; startAt: string };
      if (person.state === 'terminated') expect(Date.parse(person.endAt ?? '')).toBeLessThan(AS_OF);
    }
    const rows = contractorsCsv(company).trim().split('\n').slice(1).map((row) => row.split(',')); // prettier-ignore
    const overdue = rows.filter((cells) => cells[7] === 'open' && (cells[6] ?? '') < isoDay(AS_OF));
    expect(overdue).toHaveLength(1);
    expect(rows.every((cells) => cells.length === 8)).toBe(true);
  });
});

it.each([
  ['Søren', 'soren'],
  ['Łukasik', 'lukasik'],
  ['Nguyễn', 'nguyen'],
  ['Strauß', 'strauss'],
  ['Yıldız', 'yildiz'],
])('writes %s as %s in an address', (name, address) => {
  expect(latin(name)).toBe(address);
});
