import type { AppReport, Report } from '../../model/report.js';
import { STAGES } from '../../model/policy.js';

/**
 * Where two judgements of one audit differ, by what they count: the real one, and that of its pseudonymous rows. None is expected; where two records of one
 * human or two accounts of one person tie, the order of their ids chooses, and pseudonyms have an order of their own.
 */
export function differencesBetween(real: Report, redacted: Report): string[] {
  const found: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    const [before, after] = [JSON.stringify(a), JSON.stringify(b)];
    if (before !== after) found.push(`${what}: ${before} in the audit, ${after} in the pack`);
  };
  compare('exit code', real.run.exitCode, redacted.run.exitCode);
  compare('findings', real.summary, redacted.summary);
  const [before, after] = [counts(real), counts(redacted)];
  for (const words of [...new Set([...before.keys(), ...after.keys()])].sort())
    compare(words, before.get(words) ?? 0, after.get(words) ?? 0);
  real.directory.forEach(({ name, people, byState }, i) => {
    compare(`${name}: people`, [people, byState], [redacted.directory[i]?.people, redacted.directory[i]?.byState]);
  });
  compare('baseline', decided(real), decided(redacted));
  const apps = new Map(redacted.apps.map((app) => [app.name, app]));
  for (const app of real.apps) compareApps(app, apps.get(app.name), compare);
  return found;
}

function compareApps(real: AppReport, redacted: AppReport | undefined, compare: (what: string, a: unknown, b: unknown) => void): void {
  compare(`${real.name}: accounts`, real.reconciliation, redacted?.reconciliation);
  for (const stage of STAGES) {
    const of = (app: AppReport | undefined): unknown => {
      const { verdict, trials, successes } = app?.coverage[stage] ?? {};
      return [verdict, trials, successes];
    };
    compare(`${real.name}: coverage of ${stage}`, of(real), of(redacted));
  }
  compare(`${real.name}: mechanism`, real.mechanism.inferred, redacted?.mechanism.inferred);
}

function counts({ findings }: Report): ReadonlyMap<string, number> {
  const by = new Map<string, number>();
  for (const { app, class: cls, reason, severity } of findings) {
    const words = `${app}: ${cls} ${reason}, ${severity}`;
    by.set(words, (by.get(words) ?? 0) + 1);
  }
  return by;
}

function decided({ baseline, accepted }: Report): unknown {
  const { known, worsened, overdue, notProven, fixed } = baseline ?? {};
  return [
    baseline?.new,
    known,
    worsened,
    overdue,
    notProven,
    fixed?.length,
    accepted?.expired,
    accepted?.outgrown?.length,
    accepted?.unused.length,
  ];
}
