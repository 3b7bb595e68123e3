import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextColumn } from '../../src/model/text-column.js';

describe('a text column', () => {
  it('gives back exactly what was put in, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: fc.nat(0xffff).map((c) => String.fromCharCode(c)) }), { nil: undefined })), (texts) => {
        const column = new TextColumn();
        texts.forEach((text, row) => column.set(row, text));
        expect(texts.map((_, row) => column.get(row))).toEqual(texts);
      }),
    );
  });

  it('keeps absent and empty apart, in any order of rows', () => {
    const column = new TextColumn();
    column.set(5, '');
    column.set(2, undefined);
    expect([column.get(5), column.get(2), column.get(4), column.get(1e6)]).toEqual(['', undefined, undefined, undefined]);
  });

  it('holds more distinct values than its dictionary', () => {
    const column = new TextColumn();
    for (let row = 0; row < 20_000; row++) column.set(row, `value ${row % 15_000} é`);
    expect([0, 4095, 4096, 14_999, 19_999].map((row) => column.get(row))).toEqual([0, 4095, 4096, 14_999, 4_999].map((n) => `value ${n} é`));
  });
});
