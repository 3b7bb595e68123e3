import { doubtsOf } from '../../model/completeness.js';
import { STAGES } from '../../model/policy.js';
import type { Finding } from '../../model/finding.js';
import type { AppReport, DirectoryReport, Report } from '../../model/report.js';
import { doubt } from '../fate.js';
import { logVerdict } from '../logs.js';
import { plan, row, type Cell, type Column } from '../columns.js';
import { byName, compareFindings, inOrder } from '../sort.js';
import { unreadLists } from '../unread.js';
import { accountWords, more } from './findings.js';
import { count, counted, namedOnce, shown, type Look } from './look.js';

const COLUMNS: readonly Column[] = [
  { head: '', max: 28 },
  { head: '', max: 36 },
  { head: '', fold: 1, wrapFrom: 48 },
];

/** Lists that are not proven whole, sources that failed, stages without enough evidence, people and accounts that stay open. */
export function unjudged(report: Report, look: Look): string[] {
  const apps = inOrder(report.apps, byName);
  const open = inOrder(
    report.findings.filter((finding) => finding.class === 'inconclusive'),
    compareFindings,
  );
  const dates = unreadLists(report);
  const block = (name: string, rows: Cell[][]): { rows: Cell[][]; left: number } => {
    const own = open.filter((finding) => finding.app === name);
    const shownOnes = own.slice(0, look.limit);
    const told = dates
      .filter((list) => list.name === name)
      .flatMap(({ sentences }) => sentences.filter((text) => !shownOnes.some(({ summary }) => summary.includes(text))));
    const unread = told.map((text): Cell[] => [{ text: shown(name) }, { text: '? dates' }, { text: shown(text) }]);
    return { rows: namedOnce([...rows, ...unread, ...shownOnes.map(findingRow)]), left: own.length - shownOnes.length };
  };
  const blocks = [
    ...report.directory.map((directory) => block(directory.name, directoryRows(directory, look))),
    ...apps.map((app) => block(app.name, appRows(app, look))),
  ];
  const style = { ...look.style, second: (text: string) => text };
  const widths = plan(
    COLUMNS,
    blocks.flatMap((block) => block.rows),
    style,
  );
  return blocks.flatMap(({ rows, left }) => [
    ...rows.flatMap((cells) => row(COLUMNS, cells, widths, style)),
    ...(left > 0 ? [more(left, look)] : []),
  ]);
}

function directoryRows(directory: DirectoryReport, look: Look): Cell[][] {
  return listRows(directory, 'so no account is called ownerless, and no stage is judged', look);
}

function appRows(app: AppReport, look: Look): Cell[][] {
  const { expected, notDeterminable } = app.reconciliation.people;
  const rows = [...listRows(app, 'so nobody is called missing here', look), ...logRows(app, look)];
  for (const [stages, reasons] of unprovenStages(app)) {
    const mark = look.coverage('unproven');
    rows.push([{ text: shown(app.name) }, { text: `${mark.sign} ${stages.join(', ')} unproven`, paint: mark.paint }, { text: reasons }]);
  }
  if (notDeterminable > 0) {
    const text = `whether ${count(notDeterminable)} of ${count(expected)} expected people have an account cannot be told`;
    rows.push([{ text: shown(app.name) }, { text: '? people' }, { text }]);
  }
  const later = notYet(app).join('; ');
  if (later !== '') rows.push([{ text: shown(app.name) }, { text: '? not yet' }, { text: later }]);
  return rows;
}

/** Neither fine nor a finding: the grace runs, or JIT waits for a first login. */
function notYet({ reconciliation: { accounts, people } }: AppReport): string[] {
  return [
    ...(accounts.pending > 0 ? [`${counted(accounts.pending, 'account is', 'accounts are')} within the grace`] : []),
    ...(people.pending > 0 ? [`${counted(people.pending, 'joiner is', 'joiners are')} within the grace`] : []),
    ...(people.awaitingLogin > 0
      ? [`${counted(people.awaitingLogin, 'expected person has', 'expected people have')} yet to log in for the first time`]
      : []),
  ];
}

function listRows(source: DirectoryReport | AppReport, then: string, look: Look): Cell[][] {
  const { verdict } = source.completeness;
  if (source.error === null && verdict !== 'unproven') return [];
  const mark = look.list(source.error === null ? 'unproven' : 'failed');
  const text = [
    ...(source.error === null ? [] : [shown(source.error)]),
    ...doubtsOf(source.completeness).map((reason) => shown(reason)),
    then,
  ].join('; ');
  return [
    [
      { text: shown(source.name) },
      { text: `${mark.sign} list ${source.error === null ? 'unproven' : 'failed'}`, paint: mark.paint },
      { text },
    ],
  ];
}

/** A log that was not read whole makes no verdict surer, and is told of as a list is. */
function logRows({ name, logs = [] }: AppReport, look: Look): Cell[][] {
  return logs.flatMap((log) => {
    const against = doubt(log);
    if (against === undefined) return [];
    const verdict = logVerdict(log);
    const { sign, paint } = look.list(verdict);
    const text = `${shown(against)}; so no verdict is surer by it`;
    return [[{ text: shown(name) }, { text: `${sign} log ${shown(log.name, 40)} ${verdict}`, paint }, { text }]];
  });
}

/** Stages with the same reasons stand on one line. */
function unprovenStages(app: AppReport): Map<string[], string> {
  const byReasons = new Map<string, string[]>();
  for (const stage of STAGES) {
    const { verdict, reasons } = app.coverage[stage];
    if (verdict !== 'unproven') continue;
    const text = reasons.map((reason) => shown(reason)).join('; ');
    byReasons.set(text, [...(byReasons.get(text) ?? []), stage]);
  }
  return new Map([...byReasons].map(([text, stages]) => [stages, text]));
}

function findingRow({ app, account, reason, summary, hints }: Finding): Cell[] {
  const told =
    account === null || [account.userName, account.email, account.id].some((name) => name !== undefined && summary.includes(name));
  const text = [...(told ? [] : [accountWords(account)]), ...[summary, ...hints].map((words) => shown(words))].join('; ');
  return [{ text: shown(app) }, { text: `? ${reason}` }, { text }];
}
