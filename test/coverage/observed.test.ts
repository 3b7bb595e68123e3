import { describe, expect, it } from 'vitest';
import { Evidence } from '../../src/coverage/evidence.js';
import { addObserved, judgedBy } from '../../src/coverage/observed.js';
import { PersonIndex } from '../../src/match/person-index.js';
import type { AppPast } from '../../src/model/past.js';
import type { Observed } from '../../src/transitions/observed.js';
import { DAY, HOUR, person } from '../in-memory.js';

const seen = (more: Partial<Observed>): Observed => ({
  stage: 'delete',
  row: 0,
  person: { id: 'p', source: 'hr' },
  account: { id: 'a' },
  event: 'left',
  seen: [0, DAY],
  when: [0, DAY],
  outcome: 'followed',
  then: [DAY, 2 * DAY],
  evidence: 'it was gone',
  ...more,
});

describe('whom history has judged', () => {
  it('is not asked again, stage by stage', () => {
    const judged = judgedBy([seen({}), seen({ row: 3 }), seen({ row: undefined }), seen({ stage: 'create', row: 7 })]);
    expect(judged).toEqual({ create: new Set([7]), update: new Set(), delete: new Set([0, 3]) });
  });

  it('has values since a time that the past tells', () => {
    const past = { unchangedSince: () => 42 } as unknown as AppPast;
    expect(judgedBy([], past).unchangedSince?.(0, [])).toBe(42);
  });
});

describe('what history saw, as trials', () => {
  const index = new PersonIndex(['id'], undefined);
  index.add(person('p', { userName: 'ada' }), index.addSource('hr'));
  const add = (...observed: Observed[]): Evidence => {
    const evidence = new Evidence('snapshot', true);
    addObserved(evidence, observed, 'delete', index);
    return evidence;
  };

  it('counts those of the stage', () => {
    const evidence = add(seen({}), seen({ stage: 'update' }), seen({ outcome: 'open', then: [9 * DAY, 9 * DAY] }), seen({ written: 5 }));
    expect(evidence).toMatchObject({ observed: 3, successes: 2, failures: 1, written: [5], open: [8 * 24] });
  });

  it('keeps the middle of what audits leave possible, and the lag where they are near', () => {
    expect(add(seen({}))).toMatchObject({ ended: [24], middles: [24] });
    expect(add(seen({ then: [DAY, 9 * DAY] }))).toMatchObject({ ended: [], middles: [108] });
    expect(add(seen({ then: [4 * DAY, 9 * DAY] }))).toMatchObject({ ended: [72], middles: [144] });
  });

  it.each<[what: string, observed: Partial<Observed>, expected: object]>([
    [
      'dated by the audits alone',
      {},
      {
        person: { id: 'p', source: 'hr', userName: 'ada' },
        account: { id: 'a' },
        event: 'left',
        at: null,
        between: ['1970-01-01T00:00:00Z', '1970-01-02T00:00:00Z'],
        outcome: 'followed',
        followedAt: null,
        lagHours: 24,
        evidence: 'it was gone',
      },
    ],
    [
      'dated by both systems',
      { when: [HOUR, HOUR], then: [2.25 * HOUR, 2.25 * HOUR] },
      { at: '1970-01-01T01:00:00Z', followedAt: '1970-01-01T02:15:00Z', lagHours: 1.3 },
    ],
    ['open', { outcome: 'open', when: [0, 0], then: [9 * DAY, 9 * DAY] }, { outcome: 'open', followedAt: null, lagHours: 216 }],
    ['far apart', { then: [DAY, 9 * DAY] }, { lagHours: null }],
    ['of nobody in the directory', { row: undefined }, { person: { id: 'p', source: 'hr' } }],
  ])('names it: %s', (_, observed, expected) => {
    const [told] = add(seen(observed)).list ?? [];
    expect(told).toMatchObject(expected);
    if (observed.row === undefined && 'row' in observed) expect(told?.person).toEqual({ id: 'p', source: 'hr' });
  });
});
