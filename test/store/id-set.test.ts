import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { IdSet } from '../../src/store/id-set.js';

describe('a set of ids', () => {
  it('agrees with the plain Set, whatever the ids', () => {
    const ids = fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: fc.nat(0xffff).map((c) => String.fromCharCode(c)) }), fc.constantFrom('__proto__', 'é', 'e\u0301', '\ud800'))); // prettier-ignore
    fc.assert(
      fc.property(ids, ids, (put, asked) => {
        const set = new IdSet();
        const plain = new Set<string>();
        for (const id of put) {
          expect(set.add(id)).toBe(!plain.has(id));
          plain.add(id);
        }
        expect(set.size).toBe(plain.size);
        for (const id of asked) expect(set.has(id)).toBe(plain.has(id));
      }),
    );
  });

  it('grows', () => {
    const set = new IdSet();
    for (let i = 0; i < 5000; i++) set.add(`id-${i}`);
    expect([set.size, set.add('id-17'), set.has('id-4999'), set.has('id-5000')]).toEqual([5000, false, true, false]);
  });
});
