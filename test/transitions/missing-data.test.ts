import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { STAGES, type Stage } from '../../src/model/policy.js';
import { observe } from '../../src/transitions/observe.js';
import type { Observed } from '../../src/transitions/observed.js';
import { app, audits, days, HIDDEN, life, losses } from './life.js';
import { naivePast, type AuditOfOne } from './naive-past.js';
import { TODAY } from './today.js';
import { cases } from '../night.js';

const trial = fc.record({ one: life, works: app, at: days }).chain(({ one, works, at }) =>
  fc.record({
    one: fc.constant(one),
    works: fc.constant(works),
    at: fc.constant(at),
    lost: losses(at.length),
    hidden: fc.subarray([...HIDDEN]),
  }),
);

type Trial = typeof trial extends fc.Arbitrary<infer T> ? T : never;

/** Without the audits that read nothing: those were not recorded. */
const recorded = (all: readonly AuditOfOne[]): AuditOfOne[] =>
  all.filter(({ person, accounts }) => person !== undefined || accounts !== undefined);
const seen = (all: readonly AuditOfOne[]): Observed[] => observe(naivePast(recorded(all)), TODAY);
const outcomes = (observed: readonly Observed[], stage: Stage): string[] =>
  observed.filter((one) => one.stage === stage).map(({ outcome }) => outcome);

/** What showed a fault once: an account that came and went with its owner while a list was not read; one made anew for somebody who was back. */
const SHOWN: [Trial][] = [
  [
    {
      one: { joined: 4.25, moves: [], preHire: true, vanishes: true, left: 19.25, back: 34.25 },
      works: { create: true, update: false, delete: true, lag: 6, removes: true },
      at: [0, 15, 30, 30.5],
      lost: [{}, { accounts: 'the list' }, { person: 'the list' }, { person: 'the list' }],
      hidden: [],
    },
  ],
  [
    {
      one: { joined: -400, moves: [22.25, 39.25], preHire: false, vanishes: true, left: 8.25, back: 17.25 },
      works: { create: true, update: false, delete: true, lag: 3, removes: true },
      at: [0, 0.5, 15.5, 20.5, 22.5, 24.5, 39.5, 41.5],
      lost: [{}, {}, { accounts: 'the list' }, { person: 'the rows' }, {}, {}, {}, {}],
      hidden: [],
    },
  ],
];

/** Lists that were not read, rows and proofs that are missing, dates that a system does not give. */
describe('whatever audits have missed of a joiner, a mover and a leaver', () => {
  it('a stage that does nothing has no success, and one that always works no failure', () => {
    const counts = { followed: 0, open: 0 };
    fc.assert(
      fc.property(trial, ({ one, works, at, lost, hidden }) => {
        for (const all of [audits(one, works, at), audits(one, works, at, lost, hidden)]) {
          const observed = seen(all);
          for (const stage of STAGES) {
            const said = outcomes(observed, stage);
            expect(said.includes(works[stage] ? 'open' : 'followed'), `${stage}: ${said.join()}`).toBe(false);
            for (const word of said) counts[word as keyof typeof counts]++;
          }
        }
      }),
      { numRuns: cases(3_000, 600), examples: SHOWN },
    );
    // A property of nothing proves nothing.
    expect(Math.min(counts.followed, counts.open)).toBeGreaterThan(cases(300, 60));
  });

  it('nobody joins, moves or leaves more often than in truth', () => {
    fc.assert(
      fc.property(trial, ({ one, works, at, lost, hidden }) => {
        const last = at.at(-1) as number;
        const happened = (...when: readonly number[]): number => when.filter((day) => day > 0 && day <= last).length;
        const events = { create: happened(one.joined, one.back), update: happened(...one.moves), delete: happened(one.left) };
        const observed = seen(audits(one, works, at, lost, hidden));
        for (const stage of STAGES) expect(outcomes(observed, stage).length).toBeLessThanOrEqual(events[stage]);
      }),
      { numRuns: cases(3_000, 600) },
    );
  });
});
