import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { sarif } from '../../src/report/sarif.js';
import { describeCiFormat, MANY, manyFindings } from './ci-format.js';
import { text } from './medium.js';
import { decidedReport, sampleReport } from './sample.js';

/** The schema as it is published; its draft 4 asks for nothing that ajv's draft 7 reads otherwise, once the id is out of the way. */
function sarifSchema(): (value: unknown) => string[] {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif').replace(/lib[/\\]index\.js$/, 'lib/schemas/sarif-2.1.0-rtm.5.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  delete schema['$schema'];
  delete schema['id'];
  const formats = { uri: (s: string) => URL.canParse(s), 'uri-reference': (s: string) => URL.canParse(s, 'http://x/'), 'date-time': (s: string) => !Number.isNaN(Date.parse(s)) };
  const validate = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, formats }).compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`));
} // prettier-ignore
const sarifMistakes = sarifSchema();

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[] } };
      readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] }];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly baselineState?: string;
        readonly occurrenceCount?: number;
        readonly suppressions?: readonly { readonly justification: string }[];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
        readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } } }];
      }[];
    },
  ];
} // prettier-ignore
const sarifOf = (report: Report): Sarif['runs'][0] => (JSON.parse(text(sarif, report)) as Sarif).runs[0];

describeCiFormat('sarif', sarif, {
  most: 5_000_000,
  parse: (out) => {
    const log = JSON.parse(out) as Sarif;
    expect(sarifMistakes(log)).toEqual([]);
    for (const { message } of log.runs[0].results) expect(message.text).not.toMatch(/\]\(/);
  },
});

test('beyond 5,000 results one stands for the rest, with the true count', () => {
  const { results } = sarifOf(manyFindings());
  expect(results).toHaveLength(5000);
  expect(results.filter((result) => result.occurrenceCount === MANY)).toHaveLength(1);
});

test('stands at the line of the app, with our fingerprint, and with a rule that helps', () => {
  const { results, tool } = sarifOf(sampleReport());
  const ada = results.find((result) => result.partialFingerprints.primaryLocationLineHash === 'f-03c2d3e4f506172877aa');
  expect(ada).toMatchObject({ ruleId: 'orphaned/owner-terminated', level: 'error' });
  expect(ada?.locations[0].physicalLocation).toMatchObject({ artifactLocation: { uri: 'iam/lifegap.yaml' }, region: { startLine: 9 } });
  for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  for (const rule of tool.driver.rules) expect(rule.help.text.length).toBeGreaterThan(20);
  const prints = results.map((result) => result.partialFingerprints.primaryLocationLineHash);
  expect(new Set(prints).size).toBe(prints.length);
});

test('a list that proves nothing is no success', () => {
  const [invocation] = sarifOf(sampleReport()).invocations;
  expect(invocation.executionSuccessful).toBe(false);
  const texts = invocation.toolExecutionNotifications.map(({ message }) => message.text);
  expect(texts.filter((note) => /^b(?:adge|illing): (?!could)/.test(note))).toHaveLength(2);
  const sample = sampleReport();
  const fine = { ...sample, apps: sample.apps.filter(({ name }) => name === 'vpn'), findings: [] };
  expect(sarifOf(fine)).toMatchObject({ invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }], results: [] });
});

test('braces in messages are no placeholders: a viewer that follows the standard gives back what was said', () => {
  const sample = decidedReport();
  const odd = 'held {0} and }{ and {{1}} \u0009 end';
  const findings = sample.findings.map((finding) => ({ ...finding, summary: odd, ...(finding.accepted === null ? {} : { accepted: { ...finding.accepted, reason: odd } }) })); // prettier-ignore
  const apps = sample.apps.map((app) => ({ ...app, ...(app.error === null ? {} : { error: odd }) }));
  const { results, invocations } = sarifOf({ ...sample, findings, apps });
  const texts = [...results, ...invocations[0].toolExecutionNotifications].map((one) => one.message.text);
  const shown = texts.map(asShown).filter((text) => text.includes('held'));
  expect(shown.length).toBeGreaterThan(sample.findings.length / 2);
  for (const text of shown) expect(text).toContain('held {0} and }{ and {{1}} \\u{9} end');
  // What is no message is left alone.
  const reasons = results.flatMap(({ suppressions = [] }) => suppressions.map(({ justification }) => justification));
  expect(reasons).toContainEqual(expect.stringContaining('held {0} and }{'));
});

/** Section 3.11.5, without arguments. */
function asShown(text: string): string {
  return text.replace(/\{\{|\}\}|\{\d+\}|[{}]/g, (found) => {
    if (found === '{{' || found === '}}') return found.charAt(0);
    throw new Error(`${found} in ${text} is a placeholder, or half of one`);
  });
}

test('suppresses what is accepted, and tells the baseline', () => {
    const { results } = sarifOf(decidedReport());
    const suppressed = results.filter(({ suppressions }) => (suppressions?.length ?? 0) > 0);
    expect(suppressed.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual(['moves to workload identity (iam@corp.example, until 2027-01-31)']);
    expect(results.every(({ suppressions }) => suppressions !== undefined)).toBe(true);
    expect(new Set(results.map(({ baselineState }) => baselineState))).toEqual(new Set([undefined, 'new', 'unchanged', 'updated']));
  }); // prettier-ignore
