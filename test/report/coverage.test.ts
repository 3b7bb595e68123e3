import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { STAGES } from '../../src/model/policy.js';
import type { Trial } from '../../src/model/trial.js';
import { COVERAGE_FORMATS, explainFormats } from '../../src/report/formats.js';
import type { Reporter } from '../../src/report/reporter.js';
import { displayWidth } from '../../src/report/width.js';
import { hostileTexts, type Words } from './hostile.js';
import { infected } from './infect.js';
import { inertMarkdown } from './markdown-tokens.js';
import { shuffled, text } from './medium.js';
import { asset } from '../../src/cli/asset.js';
import { sampleReport } from './sample.js';

/** The report with two leavers of every app by name; what `words` gives stands wherever a stranger's text can. */
function withTrials(report: Report, words: Words = () => ''): Report {
  const trial = (n: number): Trial => ({
    person: { id: `p${n}${words()}`, source: `corp${words()}`, userName: `ada${words()}` },
    account: n === 1 ? null : { id: `U${n}${words()}`, userName: `ada${words()}` },
    event: `left${words()}`,
    at: n === 1 ? null : '2026-10-01T00:00:00Z',
    ...(n === 1 ? { between: ['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z'] as const } : {}),
    outcome: n === 1 ? 'followed' : 'open',
    followedAt: null,
    lagHours: n === 1 ? null : 120,
    evidence: `the account is active${words()}`,
    ...(n === 1
      ? {}
      : {
          log: [
            { at: '2026-10-01T00:02:00.000Z', action: 'disable', outcome: 'failure', by: 'scim', log: `corp-okta${words()}` },
            { at: '2026-10-01T00:07:30.000Z', action: 'disable', outcome: 'unknown', by: 'unknown', log: 'siem' },
          ] as const,
        }),
  });
  const apps = report.apps.map((app) => ({
    ...app,
    coverage: { ...app.coverage, delete: { ...app.coverage.delete, evidence: [trial(1), trial(2)] } },
  }));
  return { ...report, apps };
}

const FORMATS = [
  ...Object.entries(COVERAGE_FORMATS).map(([name, format]) => [name, format] as const),
  ...Object.entries(explainFormats(STAGES)).map(([name, format]) => [`explain ${name}`, format] as const),
];

describe.each(FORMATS)('%s', (name, format) => {
  let reporter: Reporter;
  let calm: string;
  beforeAll(async () => {
    reporter = await format.load(asset);
    calm = text(reporter, withTrials(sampleReport()));
  });

  test('shows every app in an order of its own', () => {
    const report = withTrials(sampleReport());
    const out = text(reporter, report);
    if (!name.startsWith('explain')) for (const app of report.apps) expect(out).toContain(app.name);
    else expect(out.match(/p2/g)).toHaveLength(report.apps.length);
    if (!name.startsWith('explain')) expect(text(reporter, { ...report, apps: shuffled(report.apps, 3) })).toBe(out);
  });

  test.each(hostileTexts())('hostile text does not act: %s', (_, hostile) => {
    const words = hostile();
    const out = text(reporter, withTrials(infected(words), words));
    expect(out).not.toMatch(/[^\P{C}\r\n]|[\p{Zl}\p{Zp}]/u);
    if (name.endsWith('table')) for (const line of out.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(120);
    if (name.endsWith('json')) expect(Object.keys(JSON.parse(out) as object)).toEqual(['schemaVersion', 'asOf', 'apps']);
    if (name.endsWith('csv')) expect(Papa.parse<string[]>(out).data).toHaveLength(Papa.parse<string[]>(calm).data.length);
    if (name.endsWith('markdown')) {
      expect(out.split('\n')).toHaveLength(calm.split('\n').length);
      inertMarkdown(out);
    }
  });
});

test('a trial that history saw stands between its two audits', async () => {
  const table = text(await explainFormats(['delete']).table.load(asset), withTrials(sampleReport()), { width: 200 });
  expect(table).toMatch(/followed +p1 ada +left +2026-10-01 00:00 UTC to 2026-10-02 00:00 UTC +the account is active/);
  expect(table).toMatch(/open +p2 ada +U2 +left +2026-10-01 00:00 UTC +>= 5 d +the account is active/);
  expect(table).not.toContain('· create');
});

test('the entries of logs that a trial rests on stand under it', async () => {
  const table = text(await explainFormats(['delete']).table.load(asset), withTrials(sampleReport()), { width: 120 });
  expect(table).toContain('\n      2026-10-01 00:02 UTC disable failure by scim, log corp-okta\n      2026-10-01 00:07:30 UTC disable without an outcome, log siem\n'); // prettier-ignore
  const csv = Papa.parse<string[]>(text(await explainFormats(['delete']).csv.load(asset), withTrials(sampleReport()))).data;
  expect(csv[0]?.at(-1)).toBe('log');
  expect(csv[2]?.at(-1)).toBe(
    '2026-10-01 00:02 UTC disable failure by scim, log corp-okta; 2026-10-01 00:07:30 UTC disable without an outcome, log siem',
  );
});
