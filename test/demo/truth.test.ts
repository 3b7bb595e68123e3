import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appsOf } from '../../src/demo/apps/index.js';
import { buildCompany } from '../../src/demo/company.js';
import { keptFiles, writeFiles } from '../../src/demo/files.js';
import { HOUR } from '../../src/demo/lifecycle.js';
import { setUp, type Stage } from '../../src/demo/stage.js';
import { json } from '../../src/report/json.js';
import type { Report } from '../../src/model/report.js';
import { AS_OF, auditOf, found, truth, verdicts } from './audit.js';
import { NIGHT } from '../night.js';

describe.each(NIGHT ? [1, 2, 3, 4, 5] : [1])('the audit of the demo company drawn from seed %i', (seed) => {
  let stage: Stage;
  let report: Report;
  beforeAll(async () => {
    stage = await setUp(seed, AS_OF);
    report = await auditOf(stage.configPath, stage.env);
  });
  afterAll(() => stage.close());

  it('reads everything whole but for the list that lies', () => {
    const lists = [...report.directory, ...report.apps].map(({ name, completeness, error }) => [name, error ?? completeness.verdict]);
    expect(Object.fromEntries(lists)).toEqual({
      hr: 'proven', contractors: 'consistent', chat: 'proven', tickets: 'proven', wiki: 'consistent', expenses: 'consistent',
      learning: 'unproven', devhub: 'proven', drive: 'proven', planner: 'consistent',
    }); // prettier-ignore
  });

  it.each(['chat', 'tickets', 'wiki', 'expenses', 'learning', 'devhub', 'drive', 'planner'])(
    'finds in %s exactly what happened',
    (name) => {
      const app = stage.apps.find((one) => one.name === name)!;
      expect(found(report, name)).toEqual(truth(app, stage.company));
      expect(verdicts(report, name)).toEqual(app.verdicts);
    },
  );

  it('calls it critical exactly where a leaver went on working', () => {
    const tickets = stage.apps.find(({ name }) => name === 'tickets')!;
    const used = tickets.accounts.filter(({ human, lastLoginAt }) => {
      const leave = stage.company.byKey.get(human ?? '')?.events.findLast(({ kind }) => kind === 'leave');
      const gone = leave?.kind === 'leave' && leave.record.state !== 'suspended' && leave.at < AS_OF - 24 * HOUR;
      const back = stage.company.byKey.get(human ?? '')?.events.at(-1)?.kind === 'join';
      return gone && !back && (lastLoginAt ?? 0) > leave.at + 36 * HOUR;
    });
    const critical = report.findings.filter(({ severity }) => severity === 'critical');
    expect(used.length).toBeGreaterThan(3);
    expect(critical.map(({ account }) => account?.id).sort()).toEqual(used.map(({ id }) => id).sort());
  });

  it('is the same bytes when it is drawn again, but for the run', async () => {
    const again = await setUp(seed, AS_OF);
    try {
      const text = (one: Report): string => {
        // The config stands in a new folder each time, and holds the ports of its servers.
        const run = { ...one.run, configSha256: '', config: { ...one.run.config, path: 'lifegap.yaml' } };
        return [...json({ ...one, run }, { width: 80, colorLevel: 0, limit: 20, verbose: false })].join('');
      };
      expect(text(await auditOf(again.configPath, again.env))).toBe(text(report));
    } finally {
      await again.close();
    }
  });
});

describe('an audit of the demo company', () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  it('finds more than nothing wherever something is wrong', async () => {
    const company = buildCompany(1, AS_OF);
    const counts = appsOf(company).map((app): [string, number] => [app.name, truth(app, company).length]);
    expect(Object.fromEntries(counts)).toMatchObject({ chat: 0, tickets: 31, learning: 5, devhub: 11, drive: 1, planner: 34 });
    expect(Object.fromEntries(counts).wiki).toBeGreaterThan(40);
    expect(Object.fromEntries(counts).expenses).toBeGreaterThan(35);
  });

  it.each(['2026-01-01T00:00:00Z', '2028-02-29T23:59:59Z', '2027-03-28T01:30:00.250Z'])(
    'agrees with what happened as of %s',
    async (text) => {
      const stage = await setUp(11, Date.parse(text));
      try {
        const report = await auditOf(stage.configPath, stage.env, stage.company.asOf);
        for (const app of stage.apps) {
          expect(found(report, app.name)).toEqual(truth(app, stage.company));
          expect([app.name, verdicts(report, app.name)]).toEqual([app.name, app.verdicts]);
        }
      } finally {
        await stage.close();
      }
    },
  );

  it.each(NIGHT ? [1, 2] : [1])('comes to the same on the files that --keep leaves (seed %i)', async (seed) => {
    const company = buildCompany(seed, AS_OF);
    const apps = appsOf(company);
    const folder = await mkdtemp(path.join(tmpdir(), 'lifegap-kept-'));
    folders.push(folder);
    await writeFiles(folder, keptFiles(company, apps));
    const report = await auditOf(path.join(folder, 'lifegap.yaml'), {});
    for (const app of apps) {
      // The file of the list that was cut off holds all of it.
      const whole = app.unproven === true;
      expect(found(report, app.name)).toEqual(truth(app, company, whole));
      if (!whole) expect([app.name, verdicts(report, app.name)]).toEqual([app.name, app.verdicts]);
    }
  });
});
