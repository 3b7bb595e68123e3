import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { lexer, type Token, type Tokens } from 'marked';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import type { Report } from '../../src/model/report.js';
import { github } from '../../src/report/github.js';
import { gitlab } from '../../src/report/gitlab.js';
import { junit } from '../../src/report/junit.js';
import { markdown } from '../../src/report/markdown.js';
import type { Reporter } from '../../src/report/reporter.js';
import { sarif } from '../../src/report/sarif.js';
import { HOSTILE } from './hostile.js';
import { infected } from './infect.js';
import { medium, shuffled, text } from './medium.js';
import { decidedReport, sampleReport } from './sample.js';

const FORMATS: readonly (readonly [string, Reporter])[] = [
  ['sarif', sarif],
  ['junit', junit],
  ['github', github],
  ['markdown', markdown],
  ['gitlab', gitlab],
];

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

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: string;
  text: string;
}

/** Parsed strictly, as XML 1.0: what is no character of it is an error. */
function xmlOf(out: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, inside: open.at(-1)?.attributes['name'] ?? '', text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += piece;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(out).close();
  return elements;
}

const outcomes = (report: Report): Record<string, string> => {
  const all = xmlOf(text(junit, report));
  return Object.fromEntries(
    all.flatMap((element, i) => {
      if (element.name !== 'testcase') return [];
      const next = all[i + 1];
      const kind = next !== undefined && ['failure', 'error', 'skipped'].includes(next.name) ? next.name : 'passed';
      return [[`${element.attributes['classname']} ${element.attributes['name']}`, kind]];
    }),
  );
};

const tokensOf = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) => {
    const below = 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
    const table = token as Tokens.Table;
    const cells = token.type === 'table' ? [...table.header, ...table.rows.flat()].flatMap((cell) => cell.tokens) : [];
    const items = token.type === 'list' ? (token.items as Token[]) : [];
    return [token, ...tokensOf([...below, ...cells, ...items])];
  });

const PARSE: Readonly<Record<string, (out: string) => void>> = {
  sarif: (out) => expect(sarifMistakes(JSON.parse(out))).toEqual([]),
  junit: (out) => expect(xmlOf(out).filter(({ name }) => name === 'testsuite')).toHaveLength(9),
  github: (out) => {
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning) file=[^,:]*,line=\d+,title=[^,:]+::[^\r\n]*$/);
    expect(out).not.toContain('##[');
  },
  markdown: (out) => {
    const kinds = new Set(tokensOf(lexer(out)).map(({ type }) => type));
    for (const kind of ['html', 'link', 'image', 'def', 'code', 'em', 'del']) expect([...kinds]).not.toContain(kind);
    for (const token of lexer(out)) {
      if (token.type !== 'table') continue;
      const { header, rows } = token as Tokens.Table;
      for (const row of rows) expect(row).toHaveLength(header.length);
    }
  },
  gitlab: (out) => {
    const entries = JSON.parse(out) as { fingerprint: string; severity: string; location: { lines: { begin: number } } }[];
    for (const entry of entries) expect(['blocker', 'critical', 'major', 'minor', 'info']).toContain(entry.severity);
    expect(entries.length).toBeGreaterThan(19);
  },
};

describe.each(FORMATS)('%s', (name, reporter) => {
  test('golden', async () => {
    await expect(text(reporter, sampleReport())).toMatchFileSnapshot(`../../fixtures/report/${name}.golden`);
    await expect(text(reporter, decidedReport())).toMatchFileSnapshot(`../../fixtures/report/${name}-decided.golden`);
  });

  test('parses', () => PARSE[name]!(text(reporter, sampleReport())));

  test('the order of apps and findings changes nothing', () => {
    const sample = decidedReport();
    expect(text(reporter, { ...sample, apps: shuffled(sample.apps, 3), findings: shuffled(sample.findings, 7) })).toBe(
      text(reporter, sample),
    );
  });

  test('accepted findings stay counted, and one that ran out says so', () => {
    expect(text(reporter, decidedReport())).toMatch(/accepted/);
    expect(text(reporter, decidedReport())).toMatch(/which is over|no longer accepted/);
  });

  test.each(HOSTILE.map((hostile) => [hostile.slice(0, 40), hostile]))('hostile text %j is inert', (_, hostile) => {
    const report = infected(hostile);
    // The clock's words are lifegap's own, and SARIF asks for dates.
    const { startedAt, finishedAt } = sampleReport().run;
    const out = text(reporter, { ...report, run: { ...report.run, startedAt, finishedAt } });
    expect(out).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
    PARSE[name]!(out);
  });

  test('200,000 findings come in small pieces, within the bounds of the format', () => {
    const base = sampleReport();
    const one = base.findings[0] as Finding;
    const findings = Array.from({ length: 200_000 }, (_, i): Finding => ({
      ...one,
      id: `f-${String(i).padStart(20, '0')}`,
      account: { id: `a-${String(i).padStart(7, '0')}`, status: 'active', kind: 'human' },
    }));
    let size = 0;
    let longest = 0;
    let out = '';
    for (const piece of reporter({ ...base, findings }, medium({ limit: 2000 }))) {
      size += Buffer.byteLength(piece);
      longest = Math.max(longest, piece.length);
      if (name === 'sarif') out += piece;
    }
    expect(longest).toBeLessThan(200_000);
    expect(size).toBeLessThan({ sarif: 5_000_000, junit: 50_000, github: 20_000, markdown: 900_200, gitlab: 80_000_000 }[name] ?? 0);
    if (name === 'sarif') {
      const { results } = (JSON.parse(out) as Sarif).runs[0];
      expect(results).toHaveLength(5000);
      expect(results.filter((result) => result.occurrenceCount === 200_000)).toHaveLength(1);
    }
  });
});

test('the corpus is large', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(50));

describe('sarif', () => {
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

  test('suppresses what is accepted, and tells the baseline', () => {
    const { results } = sarifOf(decidedReport());
    const suppressed = results.filter(({ suppressions }) => (suppressions?.length ?? 0) > 0);
    expect(suppressed.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual(['moves to workload identity (iam@corp.example, until 2027-01-31)']);
    expect(results.every(({ suppressions }) => suppressions !== undefined)).toBe(true);
    expect(new Set(results.map(({ baselineState }) => baselineState))).toEqual(new Set([undefined, 'new', 'unchanged', 'updated']));
  }); // prettier-ignore
});

describe('junit', () => {
  test('only what is proven clean passes', () => {
    expect(outcomes(sampleReport())).toMatchObject({
      'lifegap.contractors list': 'passed',
      'lifegap.badge list': 'error',
      'lifegap.badge orphaned': 'error',
      'lifegap.badge coverage.delete': 'error',
      'lifegap.billing orphaned': 'failure',
      'lifegap.billing missing': 'error',
      'lifegap.slack orphaned': 'failure',
      'lifegap.slack stale': 'error',
      'lifegap.slack coverage.create': 'passed',
      'lifegap.slack coverage.delete': 'skipped',
      'lifegap.vpn orphaned': 'passed',
      'lifegap.vpn coverage.delete': 'passed',
      'lifegap.wiki coverage.delete': 'skipped',
      'lifegap.crm missing': 'skipped',
    });
    const all = xmlOf(text(junit, sampleReport()));
    const count = (name: string): number => all.filter((element) => element.name === name).length;
    expect(all[0]?.attributes).toMatchObject({
      tests: String(count('testcase')),
      failures: String(count('failure')),
      errors: String(count('error')),
      skipped: String(count('skipped')),
    });
  });

  test('fails a stage that --fail-on names; one that is not proven is an error', () => {
    const sample = sampleReport();
    const report = { ...sample, run: { ...sample.run, failOn: ['coverage.delete!=covered'] } };
    expect(outcomes(report)).toMatchObject({
      'lifegap.slack coverage.delete': 'failure',
      'lifegap.wiki coverage.delete': 'error',
      'lifegap.vpn coverage.delete': 'passed',
      'lifegap.crm coverage.update': 'skipped',
    });
  });

  test('nothing passes under a directory that is not whole', () => {
    const sample = sampleReport();
    const directory = sample.directory.map((d) => ({
      ...d,
      completeness: { ...d.completeness, verdict: 'unproven' as const, reasons: ['torn'] },
    }));
    const found = outcomes({ ...sample, directory, findings: [] });
    expect(['orphaned', 'stale', 'missing', 'conflict'].map((cls) => found[`lifegap.vpn ${cls}`])).toEqual([
      'error',
      'error',
      'error',
      'error',
    ]);
  });

  test('the failing findings are as many as the report says', () => {
    for (const report of [sampleReport(), decidedReport()]) {
      const failing = [...text(junit, report).matchAll(/, (\d+) failing/g)].reduce((sum, [, n]) => sum + Number(n), 0);
      expect(failing).toBe(report.summary.failing);
    }
  });
});

test('annotations name no account, and count what has no room', () => {
  const sample = sampleReport();
  const out = text(github, sample);
  for (const { account } of sample.findings) {
    if (account?.email !== undefined) expect(out).not.toContain(account.email);
    if (account !== null) expect(out).not.toContain(account.id);
  }
  const [vpn] = sample.apps.filter(({ name }) => name === 'vpn');
  const apps = Array.from({ length: 30 }, (_, i) => ({ ...vpn!, name: `app ${i}`, error: 'answered 500' }));
  const lines = text(github, { ...sample, apps, findings: [] })
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(10);
  expect(lines[9]).toContain('title=lifegap%3A and 21 more::');
});

test('GitLab: fingerprints are unique, and what is accepted is only information', () => {
  const entries = JSON.parse(text(gitlab, sampleReport())) as { fingerprint: string; severity: string; description: string }[];
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  expect(entries.filter(({ description }) => description.includes('accepted until'))).toMatchObject([{ severity: 'info' }]);
});
