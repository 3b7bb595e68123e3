import type { Reporter } from './reporter.js';

export interface Format {
  /** One line, for help texts and docs. */
  readonly describe: string;
  /** Of the file it is written to, without the dot. */
  readonly extension: string;
  /** It shows every trial by name (`StageCoverage.evidence`), so the audit has to keep them. */
  readonly trials?: true;
  /** Its code is loaded when it is asked for: start-up stays light. */
  readonly load: () => Promise<Reporter>;
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
};
