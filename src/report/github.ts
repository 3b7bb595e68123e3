import { CLASSES } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { visible } from './escape.js';
import { doubt, groups, isLacking, keysUnread, lineOf, stages, tally, type Group } from './fate.js';
import type { Reporter } from './reporter.js';
import { byName, compareText, inOrder } from './sort.js';
import { unreadLists } from './unread.js';

/** Of each level a step keeps ten and drops the rest without a word (GitHub Docs, workflow commands). */
const MOST = 10;

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly app: string | undefined;
  readonly title: string;
  readonly text: string;
}

/**
 * GitHub annotations: one for each list that proves nothing, each app with stages that are not covered, and each app and class. What ends
 * the run is an error, the rest a warning. They hold counts and no account: whoever may read the repository may read them.
 */
export const github: Reporter = (report) => {
  const all = [...lists(report), ...unread(report), ...coverage(report), ...findings(report)];
  return (['error', 'warning'] as const).flatMap((level) =>
    bounded(all.filter((one) => one.level === level)).map((one) => command(report, one)),
  );
};

function lists(report: Report): Annotation[] {
  return [...report.directory, ...inOrder(report.apps, byName)].flatMap((list) => {
    const why = doubt(list);
    const app = 'coverage' in list ? list.name : undefined;
    const keys = keysUnread(list);
    if (why === undefined && keys !== undefined)
      return { level: 'error' as const, app, title: `${list.name}: not all credentials could be read`, text: keys };
    if (why === undefined) return [];
    return {
      level: 'error' as const,
      app,
      title: `${list.name}: ${list.error === null ? 'list not proven whole' : 'could not be read'}`,
      text: why,
    };
  });
}

function unread(report: Report): Annotation[] {
  return unreadLists(report).map(({ name, app, sentences, isOpen }) => {
    return { level: isOpen ? 'error' : 'warning', app, title: `${name}: dates could not be read`, text: sentences.join('; ') };
  });
}

function coverage(report: Report): Annotation[] {
  return inOrder(report.apps, byName).flatMap((app) => {
    const fates = stages(report, [app]).filter(({ verdict, named }) => isLacking(verdict) || named);
    if (fates.length === 0) return [];
    const level = fates.some(({ named }) => named) ? ('error' as const) : ('warning' as const);
    const text = fates.map(({ stage, verdict }) => `${stage} is ${verdict} (${app.coverage[stage].reasons.join('; ')})`).join('; ');
    return { level, app: app.name, title: `${app.name}: lifecycle coverage`, text };
  });
}

/** Those with most to lose first. */
function findings(report: Report): Annotation[] {
  const heavier = (a: Group, b: Group): number =>
    b.failing.length - a.failing.length || CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) || compareText(a.app, b.app);
  return groups(report)
    .sort(heavier)
    .flatMap(({ app, class: cls, findings: all, failing, accepted, expired }) => {
      if (accepted === all.length) return [];
      const level = failing.length > 0 || cls === 'inconclusive' ? ('error' as const) : ('warning' as const);
      const parts = [
        tally(all, 'reason'),
        tally(all, 'severity'),
        `${failing.length} failing`,
        ...(accepted === 0 ? [] : [`${accepted} accepted`]),
        ...(expired === 0 ? [] : [`${expired} no longer accepted`]),
      ];
      return { level, app, title: `${app}: ${all.length} ${cls}`, text: parts.join('; ') };
    });
}

/** Ten at most; the last one counts what has no room. */
function bounded(all: readonly Annotation[]): readonly Annotation[] {
  const [first] = all;
  if (first === undefined || all.length <= MOST) return all;
  const left = all.length - MOST + 1;
  const rest = { level: first.level, app: undefined, title: `and ${left} more`, text: 'the table and the JSON report have them all' };
  return [...all.slice(0, MOST - 1), rest];
}

function command(report: Report, { level, app, title, text }: Annotation): string {
  const { path } = report.run.config;
  return `::${level} file=${property(path)},line=${lineOf(report, app)},title=${property(`lifegap: ${title}`)}::${data(text)}\n`;
}

/** What a workflow command decodes (actions/toolkit, command.ts). `##[` opens a command of the older form anywhere in a line. */
function data(text: string): string {
  return visible(text).replaceAll('##[', '## [').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text, 200)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
