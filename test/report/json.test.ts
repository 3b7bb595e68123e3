import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import type { Report } from '../../src/model/report.js';
import { json } from '../../src/report/json.js';
import { compareFindings } from '../../src/report/sort.js';
import { HOSTILE, hostileTexts } from './hostile.js';
import { infected } from './infect.js';
import { MANY } from './ci-format.js';
import { medium, shuffled, text } from './medium.js';
import { sampleReport } from './sample.js';

/** The report as its consumers should get it: sorted, and nothing lost. */
function sorted(report: Report): Report {
  return {
    ...report,
    apps: [...report.apps].sort((a, b) => (a.name < b.name ? -1 : 1)),
    findings: [...report.findings].sort(compareFindings),
  };
}

test('golden', async () => {
  await expect(text(json, sampleReport())).toMatchFileSnapshot('../../fixtures/report/report.json.golden');
});

test('says everything that the report says', () => {
  expect(JSON.parse(text(json, sampleReport()))).toEqual(sorted(sampleReport()));
});

test('keys stand in the order of the contract', () => {
  const parsed = JSON.parse(text(json, sampleReport())) as { apps: object[]; findings: object[] };
  expect(Object.keys(parsed)).toEqual(['schemaVersion', 'run', 'asOf', 'directory', 'apps', 'findings', 'summary']);
  expect(Object.keys(parsed.apps[0] ?? {})).toEqual([
    'name', 'connector', 'accounts', 'completeness', 'error', 'reconciliation', 'coverage', 'mechanism', 'offboarding', 'notes',
  ]); // prettier-ignore
  expect(Object.keys(parsed.findings[0] ?? {})).toEqual([
    'id', 'class', 'reason', 'severity', 'app', 'account', 'person', 'match', 'attributes', 'summary', 'hints', 'controls', 'accepted',
  ]); // prettier-ignore
});

test('one finding is one line', () => {
  const lines = text(json, sampleReport()).split('\n');
  const findings = lines.filter((line) => line.startsWith('    {"id":'));
  expect(findings).toHaveLength(sampleReport().findings.length);
  expect(JSON.parse((findings[0] ?? '').replace(/,$/, ''))).toMatchObject({ app: 'billing', class: 'orphaned' });
});

test('a report without findings is whole JSON', () => {
  expect(JSON.parse(text(json, { ...sampleReport(), findings: [], apps: [] }))).toMatchObject({ findings: [], apps: [] });
});

test('the order of apps, findings and keys in the report changes nothing', () => {
  const sample = sampleReport();
  const reversedKeys = (finding: Finding): Finding => Object.fromEntries(Object.entries(finding).reverse()) as unknown as Finding;
  const mixed = { ...sample, apps: shuffled(sample.apps, 3), findings: shuffled(sample.findings, 5).map(reversedKeys) };
  expect(text(json, mixed)).toBe(text(json, sample));
});

describe('hostile text', () => {
  test.each(hostileTexts(HOSTILE.filter(({ length }) => length < 100_000)))('is inert and comes back equal: %s', (_, words) => {
    const report = infected(words());
    const out = text(json, report);
    expect(out).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(out)).toEqual(sorted(report));
  });
});

test(`${MANY} findings are written as they are asked for`, () => {
  let rendered = 0;
  const base = sampleReport();
  const one = base.findings[0] as Finding;
  const findings = Array.from({ length: MANY }, (_, i): Finding => {
    const id = `a-${String(i).padStart(7, '0')}`;
    return Object.defineProperty({ ...one, account: { id, status: 'active', kind: 'human' } }, 'summary', {
      enumerable: true,
      get: () => (rendered++, 'seen'),
    });
  });
  const pieces = json({ ...base, findings }, medium())[Symbol.iterator]();
  const first = pieces.next();
  expect((first.value as string).length).toBeLessThan(200_000);
  expect(rendered).toBeLessThan(2000);
  let longest = 0;
  let lines = 0;
  for (let piece = pieces.next(); piece.done !== true; piece = pieces.next()) {
    longest = Math.max(longest, piece.value.length);
    lines += piece.value.split('\n').length - 1;
  }
  expect(rendered).toBe(MANY);
  expect(lines).toBeGreaterThan(MANY - 1000);
  expect(longest).toBeLessThan(200_000);
});
