import { STAGES, type Stage } from '../../src/model/policy.js';
import type { AppReport, CoverageVerdict, InferredMechanism, StageCoverage } from '../../src/model/report.js';
import { POLICY } from '../in-memory.js';
import type { Temper } from './apps.js';

/** What a stage does in truth. */
export type Truth = 'always' | 'late' | 'lossy' | 'never' | 'at login';

export function truthOf(temper: Temper, stage: Stage): Truth {
  if (stage === 'update' && temper.refreshes === true) return 'at login';
  if (temper.managedSince !== undefined && stage !== 'create') return 'lossy';
  if (temper.rate[stage] === 1) return isLate(temper, stage) ? 'late' : 'always';
  return temper.rate[stage] === 0 ? 'never' : 'lossy';
}

/** Always followed through, and half of them later than the grace allows: by hand, or by a sweep. */
function isLate({ lag, sweep = 0, makes }: Temper, stage: Stage): boolean {
  return (stage === 'delete' ? Math.max(lag, sweep) : makes === 'login' ? 0 : lag) / 2 > POLICY.grace[stage];
}

/** A company in which too few join and leave in three months to show much. */
export const SMALL = 150;

/** Counts of what was said, by what was true. */
export class Tally {
  readonly verdicts = new Map<string, Map<CoverageVerdict, number>>();
  readonly mechanisms = new Map<string, Map<InferredMechanism, number>>();
  /** Stages whose true rate is known, and how many intervals contain it. */
  intervals = 0;
  containing = 0;
  readonly misses = new Map<string, number>();
  /** Stages of small companies and of others, and those of them that stayed unproven. */
  readonly small = { all: 0, unproven: 0 };
  readonly large = { all: 0, unproven: 0 };

  add(temper: Temper, report: AppReport, people: number): void {
    const company = people < SMALL ? this.small : this.large;
    for (const stage of STAGES) {
      const said = report.coverage[stage];
      company.all++;
      if (said.verdict === 'unproven') company.unproven++;
      bump(this.verdicts, `${stage} ${truthOf(temper, stage)}`, said.verdict);
      bump(this.verdicts, `${temper.name} / ${stage}`, said.verdict);
      this.#interval(temper, stage, said);
    }
    bump(this.mechanisms, temper.name, report.mechanism.inferred);
  }

  #interval(temper: Temper, stage: Stage, { interval }: StageCoverage): void {
    const truth = truthOf(temper, stage);
    if (interval === null || truth === 'at login' || (temper.managedSince !== undefined && truth === 'lossy') || temper.makes === 'hand')
      return;
    const rate = temper.rate[stage];
    this.intervals++;
    if (interval[0] <= rate && rate <= interval[1]) this.containing++;
    else this.misses.set(`${temper.name} / ${stage}`, (this.misses.get(`${temper.name} / ${stage}`) ?? 0) + 1);
  }

  count(key: string, ...verdicts: readonly CoverageVerdict[]): number {
    return verdicts.reduce((sum, verdict) => sum + (this.verdicts.get(key)?.get(verdict) ?? 0), 0);
  }
}

function bump<K>(into: Map<string, Map<K, number>>, key: string, word: K): void {
  const row = into.get(key) ?? new Map<K, number>();
  row.set(word, (row.get(word) ?? 0) + 1);
  into.set(key, row);
}
