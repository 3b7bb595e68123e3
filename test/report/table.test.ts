import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { table } from '../../src/report/table.js';
import { displayWidth } from '../../src/report/width.js';
import { hostileTexts } from './hostile.js';
import { infected } from './infect.js';
import { shuffled, text } from './medium.js';
import { decidedReport, sampleReport } from './sample.js';

const GOLDEN = '../../fixtures/report';

describe('golden', () => {
  test.each([80, 120, 200])('%i columns', async (width) => {
    await expect(text(table, sampleReport(), { width })).toMatchFileSnapshot(`${GOLDEN}/table-${width}.golden`);
  });

  test('ASCII only', async () => {
    await expect(text(table, sampleReport(), { width: 120, unicode: false })).toMatchFileSnapshot(`${GOLDEN}/table-ascii.golden`);
  });

  test('beside a baseline and accepted findings', async () => {
    await expect(text(table, decidedReport(), { width: 120 })).toMatchFileSnapshot(`${GOLDEN}/table-decided.golden`);
  });

  test('verbose', async () => {
    await expect(text(table, sampleReport(), { width: 120, verbose: true })).toMatchFileSnapshot(`${GOLDEN}/table-verbose.golden`);
  });
});

describe('layout', () => {
  test.each([20, 40, 60, 80, 100, 120, 160, 200, 400])('no line is wider than %i columns', (width) => {
    for (const unicode of [true, false]) {
      const widths = text(table, sampleReport(), { width, unicode, limit: 1 }).split('\n').map(displayWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(Math.max(width, 40));
    }
  });

  test('verdicts stand under their stage, wide names or not', () => {
    const lines = matrixOf(text(table, sampleReport()));
    const at = (lines[0] ?? '').indexOf('create');
    const signs = lines.slice(2).filter((line) => !line.startsWith(' ')).map((line) => atColumn(line, at)); // prettier-ignore
    expect(signs).toEqual(['?', '?', '✓', '✓', '✓', '?', '✓']);
  });

  test('numbers end where their head ends', () => {
    const lines = matrixOf(text(table, sampleReport(), { width: 200 }));
    const end = (lines[0] ?? '').indexOf('orphaned') + 'orphaned'.length;
    expect(lines.slice(2).map((line) => atColumn(line, end - 1) + atColumn(line, end))).toEqual(['? ', '+ ', '1 ', '+ ', '0 ', '1 ', '? ']);
  });

  test('colour adds nothing but colour', () => {
    const coloured = text(table, sampleReport(), { colorLevel: 1 });
    expect(coloured).toContain('\u001b[');

    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(text(table, sampleReport()));
  });

  test('no more than the limit of a group is shown, and the rest is counted', () => {
    const out = text(table, sampleReport(), { limit: 1 });
    expect(out).toContain('… and 3 more: --limit 4, or --format csv=findings.csv');
    expect(out).toContain('owner-terminated');
    expect(out).not.toContain('not-entitled');
  });
});

describe('what was cut', () => {
  const command = 'lifegap audit -c it/lifegap.yaml';

  test('the command that shows every row stands at the end, once, and only where something was cut', () => {
    const cut = text(table, sampleReport(), { limit: 1, command });
    expect(cut.split(`To see every row: ${command} --limit 4\n`)).toHaveLength(2);
    expect(text(table, sampleReport(), { limit: 4, command })).not.toMatch(/… and|every row/);
    expect(text(table, sampleReport(), { limit: 3, command })).toMatch(/every row: .* --limit 4\n/);
  });

  test('no more rows are asked for than --limit takes', () => {
    const sample = sampleReport();
    const [one] = sample.findings;
    if (one === undefined) throw new Error('the sample has findings');
    const out = text(table, { ...sample, findings: Array.from({ length: 2001 }, () => one) }, { command });
    expect(out).toContain('… and 1,981 more: --format csv=findings.csv\n');
    expect(out).toContain(`To see every row: ${command} --format csv=findings.csv\n`);
  });

  test('fixed entries of a baseline count too, and are in the JSON', () => {
    const sample = decidedReport();
    const { baseline } = sample;
    const [entry] = baseline?.fixed ?? [];
    if (baseline === undefined || entry === undefined) throw new Error('the sample has a fixed entry');
    const many = (n: number): Report => ({ ...sample, baseline: { ...baseline, fixed: Array.from({ length: n }, () => entry) } });
    const out = text(table, many(30), { command });
    expect(out).toContain('… and 10 more fixed: --limit 30, or --format json=report.json\n');
    expect(out).toContain(`${command} --limit 30\n`);
    expect(text(table, many(3000), { command })).toContain(`${command} --format json=report.json\n`);
  });
});

describe('what is said', () => {
  test.each([
    [400, '0.4 s'], [9_940, '9.9 s'], [9_960, '10 s'], [59_700, '1 min 0 s'], [3_725_000, '62 min 5 s'], [-5000, '0.0 s'],
  ])('of a run of %i ms it says %s', (ms, words) => {
    const sample = sampleReport();
    const finishedAt = new Date(Date.parse(sample.run.startedAt) + ms).toISOString();
    expect(text(table, { ...sample, run: { ...sample.run, finishedAt } })).toContain(` accounts in ${words}; `);
  }); // prettier-ignore

  test('lists that prove nothing are named, some of many', () => {
    const sample = sampleReport();
    const [app] = sample.apps;
    if (app === undefined) throw new Error('the sample has apps');
    const completeness = { ...app.completeness, verdict: 'unproven' as const, reasons: ['short'] };
    const apps = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ ...app, name, completeness, error: null }));
    expect(text(table, { ...sample, apps }, { width: 200 })).toContain(
      '1 of 8 lists proven whole, 1 consistent, 6 unproven (a, b, c, d, and 2 more)',
    );
    const whole = { directory: sample.directory.slice(0, 1), apps: sample.apps.filter(({ name }) => name === 'vpn') };
    expect(text(table, { ...sample, ...whole })).toMatch(/; all 2 lists proven whole\n/);
  });

  test('nothing is called clean that was not read whole', () => {
    const report: Report = { ...sampleReport(), findings: [] };
    expect(text(table, report)).toContain('None in what could be judged. That is not "clean": see below.');
    expect(text(table, report)).not.toContain('None: every list was read whole.');
  });

  test('a whole audit without findings says so', () => {
    const sample = sampleReport();
    const report: Report = { ...sample, findings: [], apps: sample.apps.filter((app) => app.name === 'vpn') };
    expect(text(table, report)).toContain('None: every list was read whole.');
  });

  test('a failed app has no zeros, only question marks', () => {
    const badge = matrixOf(text(table, sampleReport(), { width: 200 })).find((line) => line.startsWith('badge')) ?? '';
    expect(badge).not.toMatch(/\b0\b/);
  });

  test('an unproven directory takes the zeros away from every app', () => {
    const sample = sampleReport();
    const directory = sample.directory.map((d) => ({
      ...d,
      completeness: { ...d.completeness, verdict: 'unproven' as const, reasons: ['page 3 failed'] },
    }));
    const out = text(table, { ...sample, directory }, { width: 200 });
    expect(matrixOf(out).find((line) => line.startsWith('vpn'))).toMatch(/\? +\? +0 /);
    expect(out).toMatch(/corp-ad +\? list unproven +page 3 failed; so no account is called ownerless/);
  });

  test('a log stands among the notes, and one that proves nothing among what could not be judged', () => {
    const out = text(table, sampleReport(), { width: 200 });
    expect(out).toContain(
      'slack: log slack: 1,204 entries from 2026-08-25 10:02 UTC until 2026-11-23 09:58 UTC, 12 unmatched, consistent\n',
    );
    expect(out).toContain('UTC, consistent; failures: "User not found" (2), "Quota of 10,000 seats is used up" (1)\n');
    expect(out).toMatch(/crm +\? log crm-siem unproven +the last record has no end; so no verdict is surer by it\n/);
    expect(out).toMatch(/wiki +✗ log wiki failed +wiki: GET https:\/\/wiki\.example\/api\/audit answered 403: .*; so no verdict/);
    expect(out).not.toContain('log slack consistent');
  });

  test('the way of a leaver stands with the reasons of the stage', () => {
    const out = text(table, sampleReport(), { width: 400 });
    expect(out).toContain(
      ' hops             median (95% within): left → directory-off 12 min (3.1 h) → pushed 6 min (24 min) → acknowledged 3 min (6 min), 3 failed: "User not found" (2), without a word (1) → app-off 26 h (2 d), 4 failed\n',
    );
    expect(text(table, sampleReport(), { width: 400, unicode: false })).toContain('left -> directory-off 12 min (3.1 h) -> pushed');
  });

  test('what waits and what is protected is told, though neither is a finding', () => {
    const out = text(table, sampleReport(), { width: 200 });
    expect(out).toMatch(/vpn +\? not yet +3 accounts are within the grace; 7 joiners are within the grace\n/);
    expect(out).toMatch(/ \? not yet +1 expected person has yet to log in for the first time\n/);
    expect(out).toContain('slack: 6 accounts are protected: ');
  });

  test('the order of apps and findings in the report changes nothing', () => {
    const sample = sampleReport();
    const mixed = { ...sample, apps: shuffled(sample.apps, 7), findings: shuffled(sample.findings, 11) };
    expect(text(table, mixed)).toBe(text(table, sample));
  });
});

describe('hostile text', () => {
  test.each(hostileTexts())('moves nothing: %s', (_, words) => {
    for (const width of [80, 200]) {
      const out = text(table, infected(words()), { width, verbose: true });
      expect(out).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
      expect(Math.max(...out.split('\n').map(displayWidth))).toBeLessThanOrEqual(width);
      expect(
        matrixOf(out).filter((line) => /[?✓✗~!] (covered|unproven|gap|partial|contradicted)/.test(line)).length,
      ).toBeGreaterThanOrEqual(7);
    }
  });
});

/** The lines of the matrix, head and rule first. */
function matrixOf(out: string): string[] {
  const lines = out.split('\n');
  const from = lines.indexOf('COVERAGE') + 1;
  return lines.slice(from, lines.indexOf('', from));
}

/** The character at a display column. */
function atColumn(line: string, column: number): string {
  for (let i = 0; i < line.length; i++) {
    if (displayWidth(line.slice(0, i)) === column) return line[i] ?? ' ';
  }
  return ' ';
}
