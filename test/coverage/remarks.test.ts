import { describe, expect, it } from 'vitest';
import { asides, because, noTrial, type Aside, type Uncounted, type Unseen } from '../../src/coverage/aside.js';
import { Evidence } from '../../src/coverage/evidence.js';
import { offboarding } from '../../src/coverage/offboarding.js';
import { remarksOf } from '../../src/coverage/remarks.js';
import type { Snapshot } from '../../src/coverage/snapshot.js';
import type { Leavers } from '../../src/model/check.js';
import type { Lifecycle, Stage } from '../../src/model/policy.js';
import type { Observed } from '../../src/transitions/observed.js';
import { DAY, NOW } from '../in-memory.js';

const part = (trials: number, successes: number): Snapshot['credentials'] => ({ trials, successes });
const SEEN = {
  undatedLeavers: 0,
  undatedStale: 0,
  staleBefore: 0,
  undatedOff: 0,
  offBeyondLog: 0,
  credentials: part(0, 0),
  memberships: part(0, 0),
  absentLeavers: 0,
};
const remarks = (
  stage: Stage,
  more: Partial<Snapshot> & { waiting?: number },
  observed: Partial<Observed>[] = [],
  leavers: Leavers = 'unknown',
): readonly string[] => {
  const evidence = (): Evidence => new Evidence('snapshot');
  const create = Object.assign(evidence(), { waiting: more.waiting ?? 0 });
  const before = { create: evidence(), delete: evidence(), credentials: SEEN.credentials, memberships: SEEN.memberships };
  return remarksOf({ ...SEEN, before, create, update: evidence(), delete: evidence(), ...more }, observed as Observed[], leavers)[stage];
};
const back = (cameBack: Observed['cameBack'], outcome: Observed['outcome']): Partial<Observed> =>
  cameBack === undefined ? { outcome } : { outcome, cameBack };

describe('what goes along with a verdict', () => {
  it.each<[stage: Stage, seen: Parameters<typeof remarks>[1], expected: string[], observed?: Partial<Observed>[], leavers?: Leavers]>([
    ['create', {}, []],
    ['create', { waiting: 1 }, ['1 joiner has yet to log in for the first time']],
    ['update', {}, []],
    ['update', { undatedStale: 2 }, ['2 stale accounts count for no trial, only against a pass: the directory does not date the change']],
    ['update', { staleBefore: 1 }, ['1 stale account counts for no trial, only against a pass: nothing that is compared has changed in the directory since the first audit that has it']],
    ['delete', {}, []],
    ['delete', { undatedLeavers: 1 }, ['1 leaver carries no leave date: only an account that is still on counts for them']],
    ['delete', { undatedOff: 2 }, ["2 leavers' accounts are off, but nothing dates it, or nothing dates the leave: it may have been off before"]],
    ['delete', { absentLeavers: 2 }, []],
    ['delete', { absentLeavers: 2 }, ['the app does not list accounts that are off: absence means gone or hidden'], [], 'hidden'],
    ['delete', { absentLeavers: 2 }, ['the app removes accounts: 2 leavers who are not in its list had none, or theirs were removed; one audit alone cannot tell which'], [], 'gone'],
    ['delete', {}, [], [], 'gone'],
    ['delete', { credentials: part(3, 3), memberships: part(3, 1) }, ['2 of 3 leavers still hold groups or roles']],
    ['delete', { credentials: part(3, 2), memberships: part(3, 3) }, ['1 of 3 leavers still holds live keys or tokens']],
    ['delete', {}, ["1 leaver's account was removed and came back while its owner was gone (1 made anew, 0 switched on again), and 1 of 1 is on still"], [back('made anew', 'open'), back(undefined, 'open')]],
    ['delete', {}, ["3 leavers' accounts were removed and came back while their owners were gone (1 made anew, 2 switched on again), and 2 of 3 are on still"], [back('made anew', 'followed'), back('switched on again', 'open'), back('switched on again', 'open')]],
  ])('%s, %j', (stage, seen, expected, observed, leavers) => {
    expect(remarks(stage, seen, observed, leavers)).toEqual(expected);
  }); // prettier-ignore
});

describe('who is no trial', () => {
  const DAY_OF_IMPORT = Math.floor(NOW / DAY);
  const uncounted = (more: { aside?: [Aside, number][]; unseen?: [Unseen, number][] } & Partial<Pick<Uncounted, 'day' | 'undated' | 'disbelieved'>>): Uncounted => ({
    day: NaN, undated: 0, disbelieved: 0, ...more, aside: new Map(more.aside), unseen: new Map(more.unseen),
  }); // prettier-ignore

  it.each<[stage: Stage, Parameters<typeof uncounted>[0], string]>([
    ['create', {}, 'no joiner in the last 90 days'],
    ['update', { undated: 3 }, 'no mover is known in the last 90 days: the directory does not say when anybody was changed'],
    ['create', { undated: 3 }, 'no joiner is known in the last 90 days: the directory does not say when anybody joined'],
    ['update', { undated: 3, disbelieved: 1 }, "no mover is known in the last 90 days: the directory's change dates are a stamp of the list, or lie ahead, and are not used"],
    ['delete', { aside: [['grace', 1]], undated: 3 }, '1 person left in the last 90 days, and does not count: 1 is within the grace'],
    ['delete', { aside: [['grace', 1], ['no-account', 2]] }, '3 people left in the last 90 days, and none of them counts: 2 had no account here; 1 is within the grace'],
    ['delete', { aside: [['off-before', 1], ['absent', 1], ['no-account', 1]] }, "3 people left in the last 90 days, and none of them counts: 1 is not in the app's list; 1 had no account here; 1 had an account that was off long before"],
    ['update', { aside: [['stamp', 2]], day: DAY_OF_IMPORT }, '2 people were changed in the last 90 days, and none of them counts: 2 have the change date that more than half of the directory has, 2026-11-24: a stamp'],
    ['create', { aside: [['import', 1]] }, '1 person joined in the last 90 days, and does not count: 1 got the account on one day, when most accounts were made for people who were here before: an import'],
  ])('%s, %j', (stage, given, expected) => {
    expect(noTrial(stage, uncounted(given), 90)).toBe(expected);
  }); // prettier-ignore

  it('is said beside those who are', () => {
    expect(asides('create', uncounted({}))).toEqual([]);
    expect(asides('create', uncounted({ aside: [['grace', 1]] }))).toEqual(['1 more joined and does not count: 1 is within the grace']);
    expect(asides('update', uncounted({ aside: [['grace', 2]] }))).toEqual([
      '2 more were changed and do not count: 2 are within the grace',
    ]);
    expect(asides('update', uncounted({ aside: [['younger-account', 1]] }))).toEqual([
      '1 more was changed and does not count: 1 has an account from after the change',
    ]);
    expect(because(uncounted({}))).toBe('');
    expect(because(uncounted({ unseen: [['late', 1], ['login', 2]] }))).toBe(': 2 agree and were touched by logins; 1 agrees and was touched long after the change'); // prettier-ignore
  });
});

describe('offboarding rests on something of its own', () => {
  it.each<[what: string, lifecycle: Lifecycle, independent: boolean, reasons: string[]]>([
    ['a system of its own', { create: { by: 'scim', system: 'a' }, delete: { by: 'scim', system: 'b' } }, true, []],
    ['by another mechanism', { create: { by: 'scim' }, delete: { by: 'manual' } }, true, []],
    ['by the same, and no system is named', { create: { by: 'manual' }, delete: { by: 'manual' } }, false, ['create and delete both rest on manual, and no system tells them apart']],
    ['by the same, and one system is named', { create: { by: 'manual', system: 'a' }, delete: { by: 'manual' } }, false, ['create and delete both rest on manual, and no system tells them apart']],
    ['by the same, and the other system is named', { create: { by: 'manual' }, delete: { by: 'manual', system: 'a' } }, false, ['create and delete both rest on manual, and no system tells them apart']],
    ['by another mechanism of one system', { create: { by: 'scim', system: 'a' }, delete: { by: 'manual', system: 'a' } }, false, ['create and delete are both owned by a']],
    ['nobody is declared to create', { delete: { by: 'manual' } }, false, ['nobody is declared to carry the create stage, so nothing shows that delete is apart from it']],
    ['a control stands in', { delete: { by: 'none', control: 'a sweep', owner: 'it' } }, false, ['nothing removes accounts; the compensating control is: a sweep']],
    ['a control that nobody owns', { create: { by: 'scim' }, delete: { by: 'manual', control: 'a sweep' } }, true, ['the compensating control has no owner']],
    ['its review is due', { create: { by: 'scim' }, delete: { by: 'manual', reviewBy: NOW } }, true, []],
    ['its review was due', { create: { by: 'scim' }, delete: { by: 'manual', reviewBy: NOW - 1 } }, true, ['the review of the delete stage was due on 2026-11-24']],
  ])('%s', (_, lifecycle, independent, reasons) => {
    expect(offboarding(lifecycle, NOW)).toEqual({ independent, reasons });
  }); // prettier-ignore

  it('unless the accounts say otherwise', () => {
    const accounts = { provisioned: { deactivated: 6, stillActive: 0 }, local: { deactivated: 0, stillActive: 6 } };
    const lifecycle: Lifecycle = { create: { by: 'scim' }, delete: { by: 'manual' } };
    expect(offboarding(lifecycle, NOW, accounts)).toMatchObject({ independent: false, accounts });
  });
});
