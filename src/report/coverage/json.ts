import type { Stage } from '../../model/policy.js';
import type { AppReport, Report } from '../../model/report.js';
import { jsonText } from '../escape.js';
import type { Reporter } from '../reporter.js';
import { byName, inOrder } from '../sort.js';
import { appCoverage, stage as stageOf } from './keys.js';

/** What the whole report's JSON says of coverage, under the same keys. */
export const coverageJson: Reporter = (report) => text(report, (app) => ({ name: app.name, ...appCoverage(app) }));

/** The stages of one app with every trial by name. */
export function explainJson(stages: readonly Stage[]): Reporter {
  return (report) =>
    text(report, (app) => ({
      name: app.name,
      coverage: Object.fromEntries(stages.map((name) => [name, stageOf(app.coverage[name])])),
      mechanism: appCoverage(app).mechanism,
    }));
}

function text({ schemaVersion, asOf, apps }: Report, app: (app: AppReport) => unknown): string[] {
  return [`${jsonText({ schemaVersion, asOf, apps: inOrder(apps, byName).map(app) }, 2)}\n`];
}
