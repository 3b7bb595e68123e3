import { loadConfig } from '../../src/config/load.js';
import type { Config } from '../../src/model/config.js';
import type { Report } from '../../src/model/report.js';
import { runAudit } from '../../src/audit/run.js';
import type { DemoApp, Expectation } from '../../src/demo/apps/account.js';
import type { Company } from '../../src/demo/lifecycle.js';
import { expectationsOf } from '../../src/demo/truth.js';

/** A Tuesday in the middle of a working day, and of the company's life. */
export const AS_OF = Date.parse('2026-11-24T12:34:56Z');

/** The audit as the command runs it: the real config, the real sources. */
export async function auditOf(path: string, env: Readonly<Record<string, string>>, asOf = AS_OF): Promise<Report> {
  const config: Config = await loadConfig({ path, cwd: '/', env });
  return runAudit(config, { asOf, now: () => asOf, env, signal: new AbortController().signal });
}

const line = (parts: readonly (string | undefined)[]): string => parts.map((part) => part ?? '-').join(' ');

/** What the simulation knows of one app, one line for each finding, sorted. */
export function truth(app: DemoApp, company: Company, everything = false): string[] {
  return expectationsOf(app, company, everything)
    .map((e: Expectation) => line([`${e.class}:${e.reason}`, e.account, e.person, e.attributes?.join(',')]))
    .sort();
}

/** What the report says of one app, in the same words. */
export function found(report: Report, app: string): string[] {
  return report.findings
    .filter((finding) => finding.app === app)
    .map(({ class: cls, reason, account, person, attributes }) => {
      const names = attributes.length === 0 ? undefined : attributes.map(({ name }) => name).sort().join(','); // prettier-ignore
      return line([`${cls}:${reason}`, account?.id, person?.id, names]);
    })
    .sort();
}

export function verdicts(report: Report, app: string): Record<string, string> {
  const coverage = report.apps.find(({ name }) => name === app)?.coverage;
  return Object.fromEntries(Object.entries(coverage ?? {}).map(([stage, { verdict }]) => [stage, verdict]));
}
