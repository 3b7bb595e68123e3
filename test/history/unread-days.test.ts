import { expect, it } from 'vitest';
import { KeyedHash } from '../../src/history/keyed-hash.js';
import { RowWriter } from '../../src/history/rows.js';
import { daysOf, personRow } from '../../src/history/versions.js';
import type { Person } from '../../src/model/person.js';
import type { PersonLine, PersonVersion } from '../../src/model/timeline.js';
import { personStations } from '../../src/transitions/stations.js';
import { at, NOW, person, POLICY } from '../in-memory.js';

const writer = new RowWriter(new KeyedHash(1, 2), () => 1, undefined);
const hashOf = (row: Person): string => {
  const { high, low } = writer.personHash(row, []);
  return `${high} ${low}`;
};

it('a day that could not be read is kept apart from one that is not there', () => {
  const rows = [
    person('ada'),
    person('ada', { endAt: at('2026-10-16') }),
    person('ada', { endAt: at('2026-10-16T00:00:00Z') }),
    person('ada', { unread: ['endAt'] }),
    person('ada', { unread: ['startAt'] }),
    person('ada', { startAt: at('2020-01-01'), unread: ['endAt'] }),
  ];
  expect(new Set(rows.map(hashOf)).size).toBe(rows.length);
  const kept = rows.map((row) => daysOf(personRow(row, writer, [], { id: 1, person: 1, since: 1 })));
  expect(kept).toEqual([
    {},
    { endAt: at('2026-10-16') },
    { endAt: at('2026-10-16T00:00:00Z') },
    { unread: ['endAt'] },
    { unread: ['startAt'] },
    { startAt: at('2020-01-01'), unread: ['endAt'] },
  ]);
});

it('of an audit that could not read the day nobody says where the person stood', () => {
  const stands = (more: Partial<PersonVersion>): unknown[] => {
    const version: PersonVersion = { since: 0, until: undefined, gone: false, values: new Map(), state: 'active', ...more };
    const line: PersonLine = {
      id: 'ada',
      source: 'hr',
      versions: [version],
      lists: [{ at: 0, whole: true, basis: 'b', exchanged: false }],
    } as unknown as PersonLine;
    return personStations(line, [{ asOf: NOW }], POLICY.leavers).map((station) => station.stands);
  };
  expect(stands({})).toEqual(['in']);
  expect(stands({ endAt: at('2026-10-16') })).toEqual(['out']);
  expect(stands({ unread: ['endAt'] })).toEqual([]);
  expect(stands({ state: 'terminated', unread: ['endAt'] })).toEqual(['out']);
});
