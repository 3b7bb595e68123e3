import type { Stage } from '../model/policy.js';
import type { AssetReader, Reporter } from './reporter.js';

export interface Format {
  /** One line, for help texts and docs. */
  readonly describe: string;
  /** Of the file it is written to, without the dot. */
  readonly extension: string;
  /** It shows every trial by name (`StageCoverage.evidence`), so the audit has to keep them. */
  readonly trials?: true;
  /** It shows earlier audits (`Report.trend`), where a history is kept. */
  readonly trend?: true;
  /** It lists every account, or every person (`Report.population`), so the audit has to keep them on disk. */
  readonly population?: { readonly accounts?: true; readonly people?: true };
  /** Its code is loaded when it is asked for: start-up stays light. */
  readonly load: (asset: AssetReader) => Promise<Reporter>;
}

/** Every report format. A new one is one file and one line here; help texts and validation read this table. */
export const FORMATS: Readonly<Record<string, Format>> = {
  table: { describe: 'for people, at a terminal', extension: 'txt', load: async () => (await import('./table.js')).table },
  json: { describe: 'everything, for programs and as evidence', extension: 'json', load: async () => (await import('./json.js')).json },
  csv: { describe: 'the findings, one a row', extension: 'csv', load: async () => (await import('./csv.js')).csv },
  'csv-coverage': {
    describe: 'the coverage, one row for each app and stage',
    extension: 'csv',
    load: async () => (await import('./csv.js')).csvCoverage,
  },
  'csv-accounts': {
    describe: 'every account with its verdict, one a row',
    extension: 'csv',
    population: { accounts: true },
    load: async () => (await import('./population-csv.js')).csvAccounts,
  },
  'csv-people': {
    describe: 'every person in every app, one row for each of both',
    extension: 'csv',
    population: { people: true },
    load: async () => (await import('./population-csv.js')).csvPeople,
  },
  'csv-exclusions': {
    describe: 'what a rule left out or protected, with the rule',
    extension: 'csv',
    population: { accounts: true, people: true },
    load: async () => (await import('./exclusions-csv.js')).csvExclusions,
  },
  sarif: {
    describe: 'code scanning: findings at their line of the config',
    extension: 'sarif',
    load: async () => (await import('./sarif.js')).sarif,
  },
  junit: { describe: 'test results: a suite for each app', extension: 'xml', load: async () => (await import('./junit.js')).junit },
  github: { describe: 'GitHub annotations, counts only', extension: 'txt', load: async () => (await import('./github.js')).github },
  markdown: {
    describe: 'a summary for step summaries and wikis',
    extension: 'md',
    load: async () => (await import('./markdown.js')).markdown,
  },
  gitlab: { describe: 'GitLab code quality', extension: 'json', load: async () => (await import('./gitlab.js')).gitlab },
  html: {
    describe: 'one page to look through, without a network',
    extension: 'html',
    trials: true,
    trend: true,
    load: async (asset) => (await import('./html.js')).htmlReporter(asset),
  },
};

/** The formats of `lifegap coverage`: the coverage alone. */
export const COVERAGE_FORMATS = {
  table: { describe: 'the matrix, for people', extension: 'txt', load: async () => (await import('./coverage/matrix.js')).coverageTable },
  csv: { describe: 'one row for each app and stage', extension: 'csv', load: async () => (await import('./csv.js')).csvCoverage },
  markdown: {
    describe: 'the matrix, for wikis and pull requests',
    extension: 'md',
    load: async () => (await import('./coverage/markdown.js')).coverageMarkdown,
  },
  json: {
    describe: 'the coverage of every app, for programs',
    extension: 'json',
    load: async () => (await import('./coverage/json.js')).coverageJson,
  },
} as const satisfies Readonly<Record<string, Format>>;

/** The formats of `lifegap coverage --explain`: the trials of one app by name. */
export function explainFormats(stages: readonly Stage[]): Readonly<Record<keyof typeof COVERAGE_FORMATS, Format>> {
  return {
    table: { ...COVERAGE_FORMATS.table, trials: true, load: async () => (await import('./coverage/explain.js')).explainTable(stages) },
    csv: { ...COVERAGE_FORMATS.csv, trials: true, load: async () => (await import('./coverage/explain-rows.js')).explainCsv(stages) },
    markdown: {
      ...COVERAGE_FORMATS.markdown,
      trials: true,
      load: async () => (await import('./coverage/explain-rows.js')).explainMarkdown(stages),
    },
    json: { ...COVERAGE_FORMATS.json, trials: true, load: async () => (await import('./coverage/json.js')).explainJson(stages) },
  };
}
