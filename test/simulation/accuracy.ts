import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STAGES } from '../../src/model/policy.js';
import { TEMPERS } from './apps.js';
import { auditSeries, SERIES, type Manner } from './audit.js';
import { company } from './company.js';
import { random } from './random.js';
import { Tally, truthOf } from './tally.js';

/** From 30 to 5,000 people, as many companies between 30 and 300 as between 500 and 5,000. */
export function sizeOf(seed: number): number {
  return Math.round(30 * Math.exp(random(seed * 31)() * Math.log(5000 / 30)));
}

/** Audits one company for each seed, once or in a series of six with a history, and tallies what was said by what is true. */
export async function tally(seeds: readonly number[], size: (seed: number) => number, audits: 1 | 6, manner: Manner = {}): Promise<Tally> {
  const sums = new Tally();
  for (const seed of seeds) {
    const folder = audits === 1 ? undefined : mkdtempSync(path.join(tmpdir(), 'lifegap-simulation-'));
    try {
      const times = audits === 1 ? SERIES.slice(-1) : SERIES;
      const reports = await auditSeries(company(seed, size(seed)), times, folder, manner);
      for (const temper of TEMPERS) {
        const report = reports.get(temper.name);
        if (report === undefined) throw new Error(`${temper.name} was not audited`);
        sums.add(temper, report, size(seed));
      }
    } finally {
      if (folder !== undefined) rmSync(folder, { recursive: true });
    }
  }
  return sums;
}

/** Stages that do nothing, or wait for a login, and were called covered, or always work and were called a gap. Each of them is a fault. */
export function faults(sums: Tally): string[] {
  return TEMPERS.flatMap((temper) =>
    STAGES.flatMap((stage) => {
      const truth = truthOf(temper, stage);
      const wrong =
        truth === 'never' || truth === 'at login'
          ? (['covered', 'undeclared'] as const)
          : truth === 'always' || truth === 'late'
            ? (['gap', 'contradicted'] as const)
            : [];
      const n = sums.count(`${temper.name} / ${stage}`, ...wrong);
      return n === 0 ? [] : [`${temper.name} / ${stage}: ${truth}, called ${wrong.join(' or ')} ${n} times`];
    }),
  );
}

/** Share of all stages that stayed unproven. */
export function unprovenShare(sums: Tally): number {
  let unproven = 0;
  let all = 0;
  for (const temper of TEMPERS) {
    for (const stage of STAGES) {
      unproven += sums.count(`${temper.name} / ${stage}`, 'unproven');
      all += [...(sums.verdicts.get(`${temper.name} / ${stage}`)?.values() ?? [])].reduce((a, b) => a + b, 0);
    }
  }
  return unproven / all;
}
