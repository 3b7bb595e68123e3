import type { Stage } from '../../model/policy.js';
import type { AppReport } from '../../model/report.js';
import type { Trial } from '../../model/trial.js';
import { head, plan, row, type Cell, type Column } from '../columns.js';
import type { Reporter } from '../reporter.js';
import { closing, opening } from '../table/frame.js';
import { duration, lookFor, shown, when, type Look } from '../table/look.js';
import { section } from '../table/section.js';
import { cut, wrap } from '../width.js';
import { facts } from '../table/why.js';
import { mechanismWords } from '../table/matrix.js';
import { logLines } from '../table/logs.js';
import { entryWords, hopWords } from '../logs.js';
import { itemAt } from '../../model/at.js';

const COLUMNS: readonly Column[] = [
  { head: 'outcome' },
  { head: 'person', max: 40 },
  { head: 'account', max: 28 },
  { head: 'event', max: 28, fold: 1 },
  { head: 'when', fold: 1 },
  { head: 'lag', align: 'right', fold: 1 },
  { head: 'evidence', fold: 2, wrapFrom: 40 },
];

/** All trials of one app by name, however many: this is the list that a person checks by hand. */
export function explainTable(stages: readonly Stage[]): Reporter {
  return (report, medium) => {
    const look = lookFor({ ...medium, verbose: true });
    const title = (app: AppReport, word: string): string =>
      `${cut(shown(app.name, 60), look.style.width - 14, look.style.ellipsis)}${look.style.dot}${word}`;
    const apps = report.apps.flatMap((app) => [
      ...stages.map((stage) => section(title(app, stage), stageLines(app, stage, look), look, false)),
      section(title(app, 'mechanism'), mechanismLines(app, look), look, false),
      ...(app.logs === undefined ? [] : [section(title(app, 'logs'), logLines([app], look), look, false)]),
    ]);
    return [section('', opening(report, look), look, true), ...apps, section('', closing(report, look), look, false)];
  };
}

function stageLines(app: AppReport, stage: Stage, look: Look): string[] {
  const coverage = app.coverage[stage];
  const { text, paint } = look.coverage(coverage.verdict);
  const hops = hopWords(coverage, look.arrow);
  const why = [facts(coverage).join('; '), ...(hops === undefined ? [] : [shown(hops)])].flatMap((words) => paragraph(words, look));
  const trials = coverage.evidence ?? [];
  const rows = trials.map((trial) => trialCells(trial, look));
  const style = { ...look.style, indent: 2, second: (line: string) => line };
  const widths = plan(COLUMNS, rows, style);
  const list = trials.flatMap((trial, i) => [...row(COLUMNS, itemAt(rows, i), widths, style), ...entryLines(trial, look)]);
  return [paint(text), ...why, ...(list.length === 0 ? [] : ['', ...head(COLUMNS, widths, style), ...list])];
}

/** What logs say of the trial, under it: a line an entry. */
function entryLines({ log = [] }: Trial, look: Look): string[] {
  const { width, ellipsis } = look.style;
  return log.map((entry) => `      ${look.faint(cut(shown(entryWords(entry)), width - 6, ellipsis))}`);
}

function trialCells({ outcome, person, account, event, at, between, lagHours, evidence }: Trial, look: Look): Cell[] {
  const paint = outcome === 'open' ? { paint: look.alarm } : {};
  const on = at !== null ? when(at) : between === undefined ? '' : `${when(between[0])} to ${when(between[1])}`;
  const lag = lagHours === null ? '' : `${outcome === 'open' ? '>= ' : ''}${duration(lagHours)}`;
  return [
    { text: outcome, ...paint },
    { text: shown(`${person.id}${person.userName === undefined ? '' : ` ${person.userName}`}`) },
    { text: account === null ? '' : shown(account.id) },
    { text: shown(event) },
    { text: on },
    { text: lag, folded: lag === '' ? '' : `lag ${lag}` },
    { text: shown(evidence) },
  ];
}

function mechanismLines({ mechanism }: AppReport, look: Look): string[] {
  const { confidence, traces, overturnedBy } = mechanism;
  return [
    `${mechanismWords(mechanism)}${confidence === 0 ? '' : `, confidence ${confidence}`}`,
    ...traces.flatMap((trace) => paragraph(shown(trace), look)),
    ...(overturnedBy === undefined ? [] : paragraph(`would be overturned by: ${shown(overturnedBy)}`, look)),
  ];
}

function paragraph(text: string, look: Look): string[] {
  return wrap(text, look.style.width - 2, 20, look.style.ellipsis).map((line) => `  ${line}`);
}
