import { expect, it } from 'vitest';
import { looksOf } from '../../src/compare/looks.js';
import { readKnown } from '../../src/compare/known.js';
import { KNOWN_EXPORTS } from '../../src/exports/catalogue.js';
import { NOTHING_GIVEN } from '../../src/exports/columns/given.js';
import type { KnownExport } from '../../src/exports/known-export.js';
import { readingOf } from '../../src/exports/reading.js';

const columns = ['ID', 'First name', 'Last name', 'Email', 'Status', 'Hire date', 'Contract end date'];
const cells = [['1', 'Ada', 'One', 'ada.one@corp.example', 'Active', '2020-01-01', '']];
const personio = KNOWN_EXPORTS.find(({ name }) => name === 'personio-employees') as KnownExport;

/** The words of the state, as the config will have them. */
function wordsOf(isWhole: boolean, unverified: KnownExport['unverified']): unknown {
  const known = { ...personio, unverified };
  const reading = readingOf(known, 'person', columns);
  const rows = { looks: looksOf({ columns, cells, isWhole, defaults: [] }), cells, isWhole };
  const { reading: made, questions } = readKnown('person', columns, rows, known, reading ?? { fields: {} }, NOTHING_GIVEN);
  expect(questions).toEqual([]);
  return made.state;
}

it('leaves out words that nobody could verify and that may stand behind the rows that were seen', () => {
  const all = personio.person?.state;
  expect(wordsOf(true, ['header'])).toEqual(all);
  expect(wordsOf(false, [])).toEqual(all);
  // "Inactive" may be a leave: such a row is unknown, and was not asked for.
  expect(wordsOf(false, ['header'])).toEqual({ from: [{ from: 'Status', map: { Active: 'active', Aktiv: 'active', Leave: 'leave' } }] });
});
