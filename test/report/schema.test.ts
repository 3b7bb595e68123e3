import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { json } from '../../src/report/json.js';
import { REPORT_SCHEMA } from '../../src/report/schema.js';
import { text } from './medium.js';
import { decidedReport, sampleReport } from './sample.js';

const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(
  REPORT_SCHEMA,
);
const SCENARIOS = path.resolve(import.meta.dirname, '../../fixtures/scenarios');
const stories = readdirSync(SCENARIOS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name); // prettier-ignore

/** The scenarios keep everything but `run`, which differs from run to run. */
const RUN = { tool: 'lifegap 0.1.0', startedAt: '2026-11-24T12:00:00.000Z', finishedAt: '2026-11-24T12:00:01.000Z', configSha256: '0'.repeat(64), config: { path: 'lifegap.yaml', lines: {} }, failOn: [], exitCode: 0, exitReason: 'clean' }; // prettier-ignore

function check(report: unknown): unknown {
  validate(report);
  return validate.errors;
}

test.each(stories)('the report of the scenario %s is valid', (name) => {
  const report = JSON.parse(readFileSync(path.join(SCENARIOS, name, 'report.json'), 'utf8')) as object;
  expect(check({ ...report, run: RUN })).toBeNull();
});

test('the samples are valid, the decided one too', () => {
  for (const report of [sampleReport(), decidedReport()]) expect(check(JSON.parse(text(json, report)))).toBeNull();
});

test('further keys are let through', () => {
  const report = JSON.parse(text(json, sampleReport())) as Report & Record<string, unknown>;
  expect(check({ ...report, later: 1, findings: report.findings.map((f) => ({ ...f, later: 1 })) })).toBeNull();
});

test.each<[what: string, from: string, to: string]>([
  ['a reason of another class', '"reason":"owner-terminated"', '"reason":"recycled-identifier"'],
  ['an unknown class', '"class":"orphaned"', '"class":"odd"'],
  ['an unknown verdict', '"verdict": "contradicted"', '"verdict": "fine"'],
  ['an unknown framework', '"nist-csf-2.0":["PR.AA-05"]', '"hipaa":["x"]'],
  ['a missing key', '"missing": 0,', ''],
  ['a count that is none', '"failing": ', '"failing": -'],
  ['another version', '"schemaVersion": 1', '"schemaVersion": 2'],
  ['an exit code that no report has', '"exitCode": 1', '"exitCode": 2'],
])('%s is refused', (_, from, to) => {
  const report = text(json, sampleReport());
  expect(report).toContain(from);
  expect(check(JSON.parse(report))).toBeNull();
  expect(check(JSON.parse(report.replace(from, to)))).not.toBeNull();
});
