import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { TextTable } from '../../src/store/text-table.js';

describe('a text column', () => {
  it('gives back exactly what was put in, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.string({ unit: fc.nat(0xffff).map((c) => String.fromCharCode(c)) }), { nil: undefined })),
        (texts) => {
          const column = new TextTable().column();
          texts.forEach((text, row) => column.set(row, text));
          expect(texts.map((_, row) => column.get(row))).toEqual(texts);
        },
      ),
    );
  });

  it('keeps absent and empty apart, in any order of rows', () => {
    const column = new TextTable().column();
    column.set(5, '');
    column.set(2, undefined);
    expect([column.get(5), column.get(2), column.get(4), column.get(1e6)]).toEqual(['', undefined, undefined, undefined]);
  });

  it('keeps its columns apart, however many there are, and tells equal from similar', () => {
    const table = new TextTable();
    const columns = Array.from({ length: 40 }, () => table.column());
    columns.forEach((column, i) =>
      [0, 5000].forEach((row) => column.set(row, i % 3 === 0 ? undefined : `${i}/${row}/${i % 2 === 0 ? '\u6587' : '\u00e9'}`)),
    );
    columns.forEach((column, i) => {
      const value = i % 3 === 0 ? undefined : `${i}/5000/${i % 2 === 0 ? '\u6587' : '\u00e9'}`;
      expect(column.get(5000)).toBe(value);
      expect([column.is(5000, value ?? ''), column.is(5000, `${value}x`), column.is(4999, value ?? '')]).toEqual([
        value !== undefined,
        false,
        false,
      ]);
    });
  });

  it('holds more distinct values than its dictionary', () => {
    const column = new TextTable().column();
    for (let row = 0; row < 20_000; row++) column.set(row, `value ${row % 15_000} é`);
    expect([0, 4095, 4096, 14_999, 19_999].map((row) => column.get(row))).toEqual(
      [0, 4095, 4096, 14_999, 4_999].map((n) => `value ${n} é`),
    );
  });

  it('keeps what it has when rows and columns come in turn', () => {
    const table = new TextTable();
    const columns = [table.column()];
    const rows = [70, 3, 64, 63, 700, 4095, 4096, 9000, 0];
    for (const row of rows) {
      columns.forEach((column, i) => column.set(row, `${row}/${i}`));
      for (let i = 0; i < 4; i++) columns.push(table.column());
    }
    rows.forEach((row, turn) =>
      columns.forEach((column, i) => expect([row, i, column.get(row)]).toEqual([row, i, i <= turn * 4 ? `${row}/${i}` : undefined])),
    );
    expect(columns.map((column) => [column.get(1), column.get(65), column.get(5000)]).flat()).toEqual(columns.flatMap(() => [undefined, undefined, undefined])); // prettier-ignore
  });

  it('knows a word again, however many came in between', () => {
    const column = new TextTable().column();
    const letters = 'abcdefghijklmnopqrst'.split('');
    const words = letters.flatMap((first) => letters.map((last) => `${first} team ${last}`));
    const refs = words.map((word) => column.refer(word));
    // A few have one fingerprint, and the later of them is kept.
    expect(words.filter((word, i) => column.refer(word) === refs[i]).length).toBeGreaterThan(300);
  });
});
