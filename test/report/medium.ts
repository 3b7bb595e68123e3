import type { Medium, Reporter } from '../../src/report/reporter.js';
import type { Report } from '../../src/model/report.js';

export function medium(over: Partial<Medium> = {}): Medium {
  return { width: 120, colorLevel: 0, limit: 20, verbose: false, ...over };
}

export function text(reporter: Reporter, report: Report, over: Partial<Medium> = {}): string {
  return [...reporter(report, medium(over))].join('');
}

/** A fixed shuffle: the same for every run. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const out = [...items];
  let state = seed;
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}
