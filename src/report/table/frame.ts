import { factsOf } from '../../model/completeness.js';
import { CLASSES } from '../../model/finding.js';
import { inDirectories } from '../fate.js';
import type { CompletenessVerdict } from '../../model/completeness.js';
import type { AppReport, Report } from '../../model/report.js';
import { pack } from '../columns.js';
import { logWords } from '../logs.js';
import { byName, inOrder } from '../sort.js';
import { wrap } from '../width.js';
import { count, counted, lasted, shown, when, type Look } from './look.js';

/** The names of more lists than this are not read in a first line. */
const NAMED = 4;

/** What was read, how whole it is, and how long that took; then the directories, whose people everything is held against. */
export function opening(report: Report, look: Look): string[] {
  const directories = report.directory.map((directory) => {
    const list = look.list(wholeness(directory));
    return `${shown(directory.name, 80)} ${counted(directory.people, 'person', 'people')} ${list.text}`;
  });
  const first = inDirectories(report)
    .flatMap((text) => paragraph(shown(text), look))
    .map((line) => look.bold(line));
  return [...paragraph(whatWasRead(report), look), ...facts([...directories, `as of ${when(report.asOf)}`], look), ...first];
}

function whatWasRead({ directory, apps, run }: Report): string {
  const people = directory.reduce((sum, list) => sum + list.people, 0);
  const accounts = apps.reduce((sum, app) => sum + app.accounts, 0);
  const lists = [...directory, ...inOrder(apps, byName)];
  const of = (word: ReturnType<typeof wholeness>): string[] => lists.filter((list) => wholeness(list) === word).map(({ name }) => name);
  const proven = of('proven').length;
  const parts = [
    proven === lists.length
      ? `all ${count(proven)} lists proven whole`
      : `${count(proven)} of ${counted(lists.length, 'list')} proven whole`,
    ...(of('consistent').length === 0 ? [] : [`${count(of('consistent').length)} consistent`]),
    ...(['unproven', 'failed'] as const).flatMap((word) =>
      of(word).length === 0 ? [] : [`${count(of(word).length)} ${word} (${named(of(word))})`],
    ),
  ];
  return `read ${counted(people, 'person', 'people')} and ${counted(accounts, 'account')} in ${lasted(run)}; ${parts.join(', ')}`;
}

function wholeness({ error, completeness }: Pick<AppReport, 'error' | 'completeness'>): CompletenessVerdict | 'failed' {
  return error === null ? completeness.verdict : 'failed';
}

function named(names: readonly string[]): string {
  const left = names.length - NAMED;
  return [...names.slice(0, NAMED).map((name) => shown(name, 40)), ...(left > 0 ? [`and ${count(left)} more`] : [])].join(', ');
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
  const directories = report.directory.map((list) => ({ list, registered: 0, logs: [] }));
  const apps = inOrder(report.apps, byName).map((list) => {
    return { list, registered: list.reconciliation.accounts.protected, logs: (list.logs ?? []).map((log) => logWords(log, false)) };
  });
  return [...directories, ...apps].flatMap(({ list, registered, logs }) => {
    const told =
      registered === 0 ? [] : [`${counted(registered, 'account is', 'accounts are')} protected: registered, or a guest that policy allows`];
    // Of a list that is not whole its doubts stand elsewhere, and what is said besides stands here.
    const isTold = look.verbose || list.completeness.verdict === 'unproven';
    const remarks = isTold ? factsOf(list.completeness).flatMap(({ isDoubt, text }) => (isDoubt ? [] : [text])) : [];
    return [...told, ...logs, ...list.notes, ...remarks].flatMap((note) => paragraph(`${shown(list.name, 80)}: ${shown(note)}`, look));
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
