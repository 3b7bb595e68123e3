import { describe, expect, it } from 'vitest';
import { refreshAtLogin } from '../../src/coverage/at-login.js';
import { Evidence } from '../../src/coverage/evidence.js';
import { addObserved } from '../../src/coverage/observed.js';
import { judgeStage } from '../../src/coverage/verdict.js';
import { PersonIndex } from '../../src/match/person-index.js';
import type { DeclaredMechanism } from '../../src/model/policy.js';
import type { InferredMechanism, StageCoverage } from '../../src/model/report.js';
import type { LoggedIn, Observed } from '../../src/transitions/observed.js';
import { DAY, HOUR, POLICY } from '../in-memory.js';

type Kind = readonly [n: number, outcome: Observed['outcome'], loggedIn: LoggedIn | undefined, lagHours?: number];

/** Movers of one day, each kind so many times; a lag of null is one that nothing dates. */
function judge(kinds: readonly Kind[], by: DeclaredMechanism = 'scim', inferred: InferredMechanism = 'unknown'): StageCoverage {
  const observed = kinds.flatMap(([n, outcome, loggedIn, lag], kind) =>
    Array.from({ length: n }, (_, i): Observed => {
      const then =
        outcome === 'open'
          ? ([20 * DAY, 20 * DAY] as const)
          : lag === undefined
            ? ([0, 15 * DAY] as const)
            : ([lag * HOUR, lag * HOUR] as const);
      return {
        stage: 'update', row: undefined, person: { id: `p${kind}-${i}`, source: 'hr' }, account: null, event: 'department changed',
        seen: [0, 15 * DAY], when: [0, 0], then, outcome, evidence: '', ...(loggedIn === undefined ? {} : { loggedIn }),
      }; // prettier-ignore
    }),
  );
  const loginsKnown = kinds.some(([, , loggedIn]) => loggedIn !== undefined);
  const evidence = new Evidence('snapshot');
  addObserved(evidence, observed, 'update', new PersonIndex(['id'], undefined));
  return judgeStage('update', evidence, { by }, POLICY, [], [], undefined, refreshAtLogin(observed, evidence, by, inferred, loginsKnown));
}

describe('an update that waits for a login', () => {
  it.each<[what: string, verdict: StageCoverage['verdict'], kinds: Kind[], by?: DeclaredMechanism, inferred?: InferredMechanism]>([
    ['is not covered where all who followed had logged in, and nothing dates the lag', 'unproven', [[30, 'followed', 'since']]],
    ['nor where the account was touched last by that login', 'unproven', [[30, 'followed', 'touch', 9]]],
    ['nor where those who had not logged in kept the old value', 'partial', [[60, 'followed', 'since', 9], [2, 'open', 'not since']]],
    ['nor where one in forty was mended by hand', 'partial', [[60, 'followed', 'since'], [1, 'followed', 'not since'], [2, 'open', 'not since']]],
    ['nor where one was, and nobody else went without a login', 'unproven', [[30, 'followed', 'since'], [1, 'followed', 'not since']]],
    ['nor where JIT is declared to carry it', 'partial', [[30, 'followed', undefined, 1]], 'jit'],
    ['nor where accounts look as if made by JIT', 'partial', [[30, 'followed', 'since', 1]], 'scim', 'jit'],
    ['is none where those who had not logged in have the new value', 'covered', [[30, 'followed', 'since'], [8, 'followed', 'not since']]],
    ['is not ruled out by a few whose change date was moved', 'unproven', [[30, 'followed', 'since'], [4, 'followed', 'not since']]],
    ['nor by one who followed, where another one did not', 'partial', [[30, 'followed', 'since', 1], [8, 'followed', 'not since'], [1, 'open', 'not since']]],
    ['nor by lags of a day', 'unproven', [[30, 'followed', 'since', 20]]],
    ['whatever is declared', 'covered', [[30, 'followed', 'since'], [8, 'followed', 'not since']], 'jit'],
    ['and whatever accounts look like', 'covered', [[30, 'followed', 'since'], [8, 'followed', 'not since']], 'scim', 'jit'],
    ['is not ruled out where the app does not say who logged in', 'unproven', [[30, 'followed', undefined]]],
    ['nor there by lags of a day', 'unproven', [[30, 'followed', undefined, 20]]],
    ['but by lags of an hour, sooner than people log in', 'covered', [[30, 'followed', undefined, 1]]],
    ['is not what a write at another time than the login shows', 'covered', [[30, 'followed', 'since', 1]]],
  ])('%s', (_, verdict, kinds, by, inferred) => {
    expect(judge(kinds, by, inferred).verdict).toBe(verdict);
  }); // prettier-ignore

  it('is given as the reason, with the counts', () => {
    expect(judge([[60, 'followed', 'since', 9], [2, 'open', 'not since']]).reasons).toContain(
      'of the movers who had logged in since the change 60 followed through; of those who had not, 0 of 2: an update that waits for a login is not covered',
    ); // prettier-ignore
    expect(judge([[30, 'followed', 'since']]).reasons).toContain(
      '30 movers who followed had logged in since the change, and none had not: that the update waits for a login cannot be ruled out',
    );
  });

  it('never makes a verdict better', () => {
    const gap: Kind[] = [[1, 'followed', 'since'], [20, 'open', 'not since']]; // prettier-ignore
    expect(judge(gap, 'none').verdict).toBe('gap');
    expect(judge([[3, 'followed', 'since']]).verdict).toBe('unproven');
  });
});
