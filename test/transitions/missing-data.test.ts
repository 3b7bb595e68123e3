import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppPast } from '../../src/model/past.js';
import type { AccountVersion, ListSeen, PersonVersion } from '../../src/model/timeline.js';
import { observe } from '../../src/transitions/observe.js';
import { DAY } from '../in-memory.js';
import { TODAY } from './today.js';

/** Somebody who leaves once, with an account that is on until then; what becomes of it, and which lists are there and whole. */
const story = fc
  .record({ audits: fc.integer({ min: 2, max: 9 }), fate: fc.constantFrom('off', 'gone', 'stays'), days: fc.integer({ min: 1, max: 9 }) })
  .chain(({ audits, fate, days }) =>
    fc.record({
      audits: fc.constant(audits),
      fate: fc.constant(fate),
      days: fc.constant(days),
      leave: fc.integer({ min: 1, max: audits - 1 }),
      after: fc.integer({ min: 0, max: audits }),
      lost: fc.array(fc.constantFrom('there', 'not whole', 'dropped'), { minLength: audits * 2, maxLength: audits * 2 }),
    }),
  );
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function past({ audits, fate, days, leave, after, lost }: Story, complete: boolean): AppPast {
  const lists = (from: number): ListSeen[] =>
    Array.from({ length: audits }, (_, at) => ({ at, loss: complete ? 'there' : (lost[from + at] as string) })).flatMap(({ at, loss }) =>
      loss === 'dropped' ? [] : [{ at, whole: loss === 'there', basis: 'x', exchanged: false }],
    );
  const values = new Map<string, string>();
  const people: PersonVersion[] = [
    { since: 0, until: leave, gone: false, state: 'active', values },
    { since: leave, until: undefined, gone: false, state: 'terminated', values },
  ];
  const apps = lists(audits);
  // A row goes when a whole list does not have it: with lists that are missing, that is later, or never.
  const effect = leave + after;
  const whole = apps.find((list) => list.at >= effect && (list.whole || fate === 'off'))?.at;
  const account = { id: 'a', came: false, values };
  const accounts: AccountVersion[] =
    fate === 'stays' || whole === undefined
      ? [{ ...account, since: 0, until: undefined, gone: false, status: 'active' }]
      : [
          { ...account, since: 0, until: whole, gone: fate === 'gone', status: 'active' },
          ...(fate === 'off' ? [{ ...account, since: whole, until: undefined, gone: false, status: 'deactivated' as const }] : []),
        ];
  return {
    audits: Array.from({ length: audits }, (_, at) => ({ asOf: at * days * DAY })),
    lists: apps,
    people: [{ person: { row: 0, source: 'hr', id: 'p', versions: people, lists: lists(0) }, accounts }],
    unchangedSince: () => NaN,
  };
}

describe('lists that are missing, or not whole', () => {
  /**
   * What history has not seen is never taken for a removal. (It can turn a failure into no trial: a failure that nobody saw is none. And a stay on leave
   * that nobody saw joins two events to one. Neither makes a success.)
   */
  it('make no success of a leaver whose account history otherwise saw stay, nor a success where there was none', () => {
    fc.assert(
      fc.property(story, (one) => {
        const full = observe(past(one, true), TODAY).map(({ outcome }) => outcome);
        const less = observe(past(one, false), TODAY).map(({ outcome }) => outcome);
        expect(less.length).toBeLessThanOrEqual(1);
        if (less[0] === 'followed') expect(full).toEqual(['followed']);
        if (one.fate === 'stays') expect(less).not.toContain('followed');
      }),
      { numRuns: 2_000 },
    );
  });
});
