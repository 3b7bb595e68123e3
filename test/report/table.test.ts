import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { table } from '../../src/report/table.js';
import { displayWidth } from '../../src/report/width.js';
import { HOSTILE } from './hostile.js';
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

describe('what is said', () => {
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

  test('what waits and what is protected is told, though neither is a finding', () => {
    const out = text(table, sampleReport(), { width: 200 });
    expect(out).toMatch(/vpn +\? not yet +3 accounts are within the grace; 7 joiners are within the grace\n/);
    expect(out).toMatch(/crm +\? not yet +1 expected person has yet to log in for the first time\n/);
    expect(out).toContain('slack: 6 accounts are protected: ');
  });

  test('the order of apps and findings in the report changes nothing', () => {
    const sample = sampleReport();
    const mixed = { ...sample, apps: shuffled(sample.apps, 7), findings: shuffled(sample.findings, 11) };
    expect(text(table, mixed)).toBe(text(table, sample));
  });
});

describe('hostile text', () => {
  test.each(HOSTILE.map((hostile) => [hostile.slice(0, 40), hostile]))('%j moves nothing', (_, hostile) => {
    for (const width of [80, 200]) {
      const out = text(table, infected(hostile), { width, verbose: true });
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
