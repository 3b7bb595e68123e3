import { UsageError } from '../model/errors.js';
import { STAGES, type Stage } from '../model/policy.js';
import { COVERAGE_FORMATS, explainFormats } from '../report/formats.js';
import { runFromFlags } from './audit.js';
import type { CoverageFlags } from './commands/coverage.js';
import type { Io } from './io.js';

/** The work of `lifegap coverage`: an audit that shows the coverage alone, or the trials of one app. */
export async function coverageFromFlags({ explain, stage, ...flags }: CoverageFlags, io: Io): Promise<number> {
  if (explain === undefined) {
    if (stage !== undefined) throw new UsageError('--stage goes with --explain APP: name the app whose trials you want to see');
    return runFromFlags(flags, io, COVERAGE_FORMATS);
  }
  if (flags.app !== undefined) throw new UsageError('--explain reads the one app that it names: leave --app away');
  return runFromFlags({ ...flags, app: [explain] }, io, explainFormats(stage === undefined ? STAGES : [parseStage(stage)]));
}

function parseStage(text: string): Stage {
  const stage = STAGES.find((name) => name === text);
  if (stage === undefined) throw new UsageError(`--stage ${text}: expected one of ${STAGES.join(', ')}`);
  return stage;
}
