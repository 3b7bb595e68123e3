import { describe, expect, it } from 'vitest';
import { accounts, people } from './files.js';

const status = { from: 'off_at', dated: 'deactivated', absent: 'active' };

/** What stands in the column, and what it means. A date in two readings is a date all the same. */
const CELLS: readonly (readonly [cell: string, is: string])[] = [
  ['', 'active'],
  ['-', 'active'],
  ['N/A', 'active'],
  ['never', 'active'],
  ['1970-01-01T00:00:00.000Z', 'active'],
  ['0000-00-00', 'active'],
  ['2026-09-30', 'deactivated'],
  ['2026-09-30T17:01:12Z', 'deactivated'],
  ['10/11/2026', 'deactivated'],
  ['Sep 30, 2026', 'deactivated'],
  ['1790787600000', 'deactivated'],
  ['2027-09-30', 'deactivated'],
  ['1', 'unknown'],
  ['true', 'unknown'],
  ['gone', 'unknown'],
];

describe('dated', () => {
  it('says in CSV what a date means', async () => {
    const text = `id,off_at\n${CELLS.map(([cell], i) => `${i},"${cell}"\n`).join('')}`;
    const { rows, completeness } = await accounts('a.csv', text, { state: status });
    expect(rows.map((row, i) => [CELLS[i]?.[0], row.status])).toEqual(CELLS.map(([cell, is]) => [cell, is]));
    expect(completeness.reasons).toEqual([
      'status: 3 values could not be matched with active, pending, suspended, deactivated, deleted, unknown: they count as unknown (first: "1")',
    ]);
  });

  it.each(['json', 'ndjson'])('says in %s what a date means', async (format) => {
    const values: (readonly [unknown, string])[] = [
      ...CELLS,
      [0, 'active'],
      [null, 'active'],
      [1790787600000, 'deactivated'],
      [false, 'active'],
    ];
    const records = values.map(([off_at], id) => JSON.stringify({ id: String(id), off_at }));
    const text = format === 'json' ? `[${records.join(',\n')}]` : `${records.join('\n')}\n`;
    const { rows } = await accounts(`a.${format}`, text, { state: status });
    expect(rows.map((row, i) => [values[i]?.[0], row.status])).toEqual(values.map(([value, is]) => [value, is]));
  });

  it('is below what the map says, and of its own place', async () => {
    const state = {
      from: [
        { from: 'gone', map: { '2026-01-01': 'active' }, dated: 'deleted' },
        { from: 'off', map: { yes: 'suspended', no: 'active' } },
      ],
      prefer: ['deleted', 'suspended', 'active'],
    };
    const text = 'id,gone,off\n1,2026-01-01,no\n2,2026-01-02,no\n3,,yes\n4,2026-01-02,yes\n5,,2026-01-02\n';
    const { rows } = await accounts('a.csv', text, { state });
    expect(rows.map((row) => row.status)).toEqual(['active', 'deleted', 'suspended', 'deleted', 'unknown']);
  });

  it('is of people, too', async () => {
    const { rows } = await people('a.csv', 'id,left\n1,\n2,2026-09-30\n', {
      state: { from: 'left', dated: 'terminated', absent: 'active' },
    });
    expect(rows.map((row) => row.state)).toEqual(['active', 'terminated']);
  });
});
