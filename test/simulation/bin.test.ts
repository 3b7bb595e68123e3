// Simulated companies as files on disk, audited by the real bin with a real history: it must say what the same audits say in this process.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { AppReport, Report } from '../../src/model/report.js';
import { builtBin, lifegap } from '../build.js';
import { accountAt, TEMPERS } from './apps.js';
import { auditSeries, SERIES } from './audit.js';
import { company, peopleAt, type CompanySim } from './company.js';
import { NIGHT } from '../night.js';

let folder: string;
beforeAll(async () => {
  await builtBin();
  folder = mkdtempSync(path.join(tmpdir(), 'lifegap-simulated-'));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

const ndjson = (rows: readonly (Person | Account)[]): string => rows.map((row) => `${JSON.stringify(flat(row))}\n`).join('');

/** As an export has it: dates as text, attributes beside the rest, one address. */
function flat({ attributes, emails, ...row }: Person | Account): object {
  const dated = Object.entries(row).map(([name, value]) => [name, isMoment(value) ? new Date(value.at).toISOString() : value] as const);
  return { ...Object.fromEntries(dated), ...attributes, email: emails?.[0] };
}

function isMoment(value: unknown): value is { readonly at: number } {
  return typeof value === 'object' && value !== null && 'at' in value;
}

const slug = (name: string): string => name.replace(/[^a-z0-9]+/g, '-').replace(/-$/, '');

function config(): string {
  const apps = TEMPERS.map(({ name, declared }) => {
    const lifecycle = Object.entries(declared).map(([stage, by]) => `${stage}: { by: ${by} }`);
    return `  ${slug(name)}: { connector: file, path: ${slug(name)}.ndjson, fields: { emails: [email] }, status: { from: status }, match: [externalId=id, employeeId, email, userName, alias], compare: [givenName, familyName, email, department, title], lifecycle: { ${lifecycle.join(', ')} } }`;
  });
  return `version: 1
directory: { name: corp, connector: file, path: people.ndjson, fields: { emails: [email] }, state: { from: state } }
apps:
${apps.join('\n')}
`;
}

async function audited(sim: CompanySim, dir: string): Promise<ReadonlyMap<string, AppReport>> {
  writeFileSync(path.join(dir, 'lifegap.yaml'), config());
  let report: Report | undefined;
  for (const time of SERIES) {
    writeFileSync(path.join(dir, 'people.ndjson'), ndjson(peopleAt(sim, time)));
    TEMPERS.forEach((temper, app) => {
      const rows = sim.lives.flatMap((life) => accountAt(sim, temper, app, life, time) ?? []);
      writeFileSync(path.join(dir, `${slug(temper.name)}.ndjson`), ndjson(rows));
    });
    const args = ['audit', '--history', '--as-of', new Date(time).toISOString(), '--format', 'json', '--quiet'];
    // Apps that hide accounts, and the one that is set up last month, change by more than the guard lets pass.
    const { stdout, stderr } = await lifegap([...args, ...TEMPERS.flatMap(({ name }) => ['--accept-shrink', slug(name)])], { cwd: dir });
    expect(stderr).not.toContain('not recorded');
    report = JSON.parse(stdout) as Report;
  }
  return new Map((report as Report).apps.map((app) => [app.name, app]));
}

describe('the real bin over files, six times', () => {
  it.each([...(NIGHT ? [[6001, 150] as const] : []), [6002, 60] as const])(
    'says of company %i of %i people what the audits in memory say',
    async (seed, size) => {
      const sim = company(seed, size);
      const dir = mkdtempSync(path.join(folder, 'files-'));
      const inMemory = await auditSeries(sim, SERIES, mkdtempSync(path.join(folder, 'memory-')), {
        leavers: () => 'unknown',
        delay: () => 0,
      });
      const onDisk = await audited(sim, dir);
      const grades = [...onDisk.values()].flatMap(({ coverage }) => Object.values(coverage).map(({ grade }) => grade));
      expect(grades).toContain('observed');
      for (const { name } of TEMPERS) {
        const [there, here] = [onDisk.get(slug(name)), inMemory.get(name)];
        expect(here, name).toBeDefined();
        expect(there?.coverage, name).toEqual(here?.coverage);
        expect(there?.mechanism, name).toEqual(here?.mechanism);
        expect(there?.reconciliation, name).toEqual(here?.reconciliation);
        expect(there?.offboarding, name).toEqual(here?.offboarding);
      }
    },
    240_000,
  );
});
