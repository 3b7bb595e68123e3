import type { AuditOptions } from '../audit/options.js';
import type { Report } from '../model/report.js';
import { FORMATS } from '../report/formats.js';
import { commandLine } from './command-line.js';
import type { Given, ReportFlags } from './flags.js';
import type { Io } from './io.js';
import { checkOutputs, parseOutputs, writeOutputs, type Formats } from './output.js';
import { populationFor } from './population.js';
import { parseWhole } from './values.js';

export type ReportGiven = Given<ReportFlags>;

/** Where the report of an audit goes. */
export interface OpenReport {
  /** What the audit has to keep for it. */
  readonly wants: Pick<AuditOptions, 'trials' | 'census'>;
  /** It shows earlier audits. */
  readonly trend: boolean;
  /** The table is on standard output, where people read it. */
  readonly table: boolean;
  readonly write: (report: Report) => Promise<void>;
  readonly close: () => void;
}

/** Refuses what cannot be written before anything is read: an audit may take an hour. `pack`: the folder of the evidence. */
export async function openReport(given: ReportGiven, io: Io, formats: Formats = FORMATS, pack?: string): Promise<OpenReport> {
  const outputs = parseOutputs(given.format ?? [], formats);
  const limit = parseWhole('--limit', given.limit, 2000);
  await checkOutputs(outputs, io, pack);
  const population = await populationFor(outputs, io, formats);
  const look = {
    limit,
    verbose: given.verbose === true,
    csvBom: given.csvBom === true,
    command: commandLine(io.argv, io.cwd()),
    ...(given.color === undefined ? {} : { color: given.color }),
    formats,
  };
  const shows = (what: 'trials' | 'trend'): boolean => outputs.some(({ format }) => formats[format]?.[what] === true);
  return {
    wants: { trials: shows('trials'), ...(population === undefined ? {} : { census: population }) },
    trend: shows('trend'),
    table: outputs.some(({ format, file }) => format === 'table' && file === undefined),
    write: (report) => writeOutputs(population === undefined ? report : { ...report, population }, outputs, look, io),
    close: () => population?.close(),
  };
}
