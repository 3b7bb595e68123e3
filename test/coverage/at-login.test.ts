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

type Kind = readonly [n: number, outcome: Observed['outcome'] | 'waited', loggedIn: LoggedIn | undefined, lagHours?: number];

interface Else {
  readonly by?: DeclaredMechanism;
  readonly inferred?: InferredMechanism;
  /** Hours from a touch of the record that changed nothing to the last write of the account. */
  readonly idle?: readonly number[];
}

/** Movers of one day, each kind so many times; without a lag nothing dates the write. */
function judge(kinds: readonly Kind[], { by = 'scim', inferred = 'unknown', idle = [] }: Else = {}): StageCoverage {
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
        seen: [0, 15 * DAY], when: [0, 0], then, outcome: outcome === 'open' ? 'open' : 'followed', evidence: '',
        ...(lag === undefined ? {} : { written: lag * HOUR }), ...(loggedIn === undefined ? {} : { loggedIn }), ...(outcome === 'waited' ? { waited: true } : {}),
      }; // prettier-ignore
    }),
  );
  const loginsKnown = kinds.some(([, , loggedIn]) => loggedIn !== undefined);
  const evidence = new Evidence('snapshot');
  evidence.idle.push(...idle.map((hours) => hours * HOUR));
  addObserved(evidence, observed, 'update', new PersonIndex(['id'], undefined));
  const withheld = refreshAtLogin(observed, evidence, by, inferred, loginsKnown);
  return judgeStage({ stage: 'update', evidence, declared: { by }, policy: POLICY, withheld });
}

describe('an update that waits for a login', () => {
  it.each<[what: string, verdict: StageCoverage['verdict'], kinds: Kind[], more?: Else]>([
    ['is not covered where all who followed had logged in, and nothing dates the lag', 'unproven', [[30, 'followed', 'since']]],
    ['nor where the account was touched last by that login', 'unproven', [[30, 'followed', 'touch', 9]]],
    ['nor where that login came soon', 'unproven', [[30, 'followed', 'touch', 1]]],
    ['nor where those who had not logged in kept the old value', 'partial', [[60, 'followed', 'since', 9], [2, 'open', 'not since']]],
    ['nor where one in forty was mended by hand', 'partial', [[60, 'followed', 'since'], [1, 'followed', 'not since'], [2, 'open', 'not since']]],
    ['nor where one was, and nobody else went without a login', 'unproven', [[30, 'followed', 'since'], [1, 'followed', 'not since']]],
    ['nor where JIT is declared to carry it', 'partial', [[30, 'followed', undefined, 1]], { by: 'jit' }],
    ['nor where accounts look as if made by JIT', 'partial', [[30, 'followed', 'since', 1]], { inferred: 'jit' }],
    ['is none where those who had not logged in have the new value', 'covered', [[30, 'followed', 'since'], [8, 'followed', 'not since']]],
    ['three of them are enough', 'covered', [[60, 'followed', 'since'], [3, 'followed', 'not since']]],
    ['though not of whom only the date of the change says so', 'unproven', [[30, 'followed', 'since'], [3, 'followed', 'hardly']]],
    ['a tenth of all are', 'covered', [[30, 'followed', 'since'], [4, 'followed', 'hardly']]],
    ['nor is it ruled out by those of whom the app does not say it', 'unproven', [[30, 'followed', 'since'], [20, 'followed', 'unknown']]],
    ['whose logins may have come since, as those of the others', 'unproven', [[40, 'followed', 'unknown'], [4, 'followed', 'hardly']]],
    ['nor where people waited for it beyond the grace', 'partial', [[20, 'followed', 'since'], [8, 'followed', 'not since'], [2, 'waited', 'since']]],
    ['whenever they had logged in', 'partial', [[20, 'followed', 'since'], [8, 'followed', 'not since'], [2, 'waited', 'not since']]],
    ['nor by one who followed, where another one did not', 'partial', [[30, 'followed', 'since', 1], [8, 'followed', 'not since'], [1, 'open', 'not since']]],
    ['nor by lags of a day', 'unproven', [[30, 'followed', 'since', 20]]],
    ['whatever is declared', 'covered', [[30, 'followed', 'since'], [8, 'followed', 'not since']], { by: 'jit' }],
    ['and whatever accounts look like', 'covered', [[30, 'followed', 'since'], [8, 'followed', 'not since']], { inferred: 'jit' }],
    ['is not ruled out where the app does not say who logged in', 'unproven', [[30, 'followed', undefined]]],
    ['nor there by lags of a day', 'unproven', [[30, 'followed', undefined, 20]]],
    ['nor there where some waited for it beyond the grace', 'partial', [[27, 'followed', undefined, 1], [3, 'waited', undefined, 60]]],
    ['but by lags of an hour, sooner than people log in', 'covered', [[30, 'followed', undefined, 1]]],
    ['not by writes that came before the change', 'unproven', [[30, 'followed', undefined, -30]]],
    ['nor where most have no date', 'unproven', [[10, 'followed', undefined, 1], [20, 'followed', undefined]]],
    ['nor where accounts are written as soon after a touch that changed nothing', 'unproven', [[30, 'followed', undefined, 1]], { idle: [0.1, 0.1, 0.1, NaN, 90] }],
    ['though they may be written at other times', 'covered', [[30, 'followed', undefined, 1]], { idle: [0.1, 0.1, 90, 90, -90] }],
    ['is not what a write at another time than the login shows', 'covered', [[30, 'followed', 'since', 1]]],
    ['and what the app does not say of some is none against it', 'covered', [[15, 'followed', 'since', 1], [15, 'followed', 'unknown', 1]]],
  ])('%s', (_, verdict, kinds, more) => {
    expect(judge(kinds, more).verdict).toBe(verdict);
  }); // prettier-ignore

  it('is given as the reason, with the counts', () => {
    expect(judge([[60, 'followed', 'since', 9], [2, 'open', 'not since']]).reasons).toContain(
      'of the movers who had logged in since the change, or may have, 60 followed through; of those who had not, as far as the app says, 0 of 2: an update that waits for a login is not covered',
    ); // prettier-ignore
    expect(judge([[30, 'followed', 'since']]).reasons).toContain(
      '30 movers who followed had logged in since the change, or may have, and none had not: that the update waits for a login cannot be ruled out',
    );
  });

  it('never makes a verdict better', () => {
    const gap: Kind[] = [[1, 'followed', 'since'], [20, 'open', 'not since']]; // prettier-ignore
    expect(judge(gap, { by: 'none' }).verdict).toBe('gap');
    expect(judge([[3, 'followed', 'since']]).verdict).toBe('unproven');
  });
});
