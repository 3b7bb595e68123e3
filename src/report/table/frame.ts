import { CLASSES } from '../../model/finding.js';
import type { Report } from '../../model/report.js';
import { pack } from '../columns.js';
import { byName, inOrder } from '../sort.js';
import { wrap } from '../width.js';
import { count, counted, shown, when, type Look } from './look.js';

/** One line: what was read, and how whole it is. */
export function opening(report: Report, look: Look): string[] {
  const directories = report.directory.map((directory) => {
    const list = look.list(directory.error === null ? directory.completeness.verdict : 'failed');
    return `${shown(directory.name, 80)} ${counted(directory.people, 'person', 'people')} ${list.text}`;
  });
  const read = report.apps.filter((app) => app.error === null).length;
  const accounts = report.apps.reduce((sum, app) => sum + app.accounts, 0);
  const apps = `${read === report.apps.length ? '' : `${count(read)} of `}${counted(report.apps.length, 'app')} read, ${counted(accounts, 'account')}`;
  return facts([...directories, apps, `as of ${when(report.asOf)}`], look);
}

/** The last words: the counts, and why the exit code is what it is. */
export function closing({ summary, run }: Report, look: Look): string[] {
  const counts = CLASSES.map((cls) => `${count(summary[cls])} ${cls}`);
  const exit = paragraph(`Exit code ${run.exitCode}: ${shown(run.exitReason)}`, look);
  const paint = look.exit(run.exitCode);
  return [
    ...facts([...counts, `${count(summary.accepted)} accepted`, `${count(summary.failing)} failing`], look),
    ...exit.map((line) => paint(line)),
  ];
}

/** What the reader should know of the data: registered accounts, dropped keys, absent fields, remarks on how a list was read. */
export function notes(report: Report, look: Look): string[] {
  const directories = report.directory.map((list) => ({ list, registered: 0 }));
  const apps = inOrder(report.apps, byName).map((list) => ({ list, registered: list.reconciliation.accounts.protected }));
  return [...directories, ...apps].flatMap(({ list, registered }) => {
    const told =
      registered === 0 ? [] : [`${counted(registered, 'account is', 'accounts are')} protected: registered, or a guest that policy allows`];
    const remarks = look.verbose && list.completeness.verdict !== 'unproven' ? list.completeness.reasons : [];
    return [...told, ...list.notes, ...remarks].flatMap((note) => paragraph(`${shown(list.name, 80)}: ${shown(note)}`, look));
  });
}

function facts(list: readonly string[], look: Look): string[] {
  return pack(list, look.style.width - 2, look.style).map((line, i) => (i === 0 ? line : `  ${line}`));
}

/** Further lines stand two columns in. */
export function paragraph(text: string, look: Look): string[] {
  const [first, ...rest] = wrap(text, look.style.width - 2, 20, look.style.ellipsis);
  return [first ?? '', ...rest.map((line) => `  ${line}`)];
}
