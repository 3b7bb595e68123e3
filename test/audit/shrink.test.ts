import { describe, expect, it } from 'vitest';
import { guardShrink } from '../../src/audit/shrink.js';
import { WHOLE } from '../in-memory.js';

const list = (unique: number): typeof WHOLE => ({ ...WHOLE, unique, received: unique });

describe('the guard against a list that shrank', () => {
  it.each([
    [100, 81, 'proven'],
    [100, 80, 'proven'],
    [100, 79, 'unproven'],
    [100, 130, 'proven'],
    [4, 2, 'proven'],
    [5, 2, 'unproven'],
  ])('%i rows before and %i now: %s', (before, now, verdict) => {
    expect(guardShrink(list(now), 'crm', before, 0.2, false).verdict).toBe(verdict);
  });

  it('says how to go on, and believes who accepts it, and a first list', () => {
    expect(guardShrink(list(50), 'crm', 100, 0.2, false).reasons).toEqual([
      'it shrank from 100 to 50 rows since the last audit, more than policy.guard.shrink (20 %) allows: if that is right, audit once with --accept-shrink crm',
    ]);
    expect(guardShrink(list(50), 'crm', 100, 0.2, true)).toEqual(list(50));
    expect(guardShrink(list(50), 'crm', undefined, 0.2, false)).toEqual(list(50));
  });
});
