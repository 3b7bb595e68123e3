import { STAGES, type Stage } from '../../model/policy.js';
import type { AppReport, Mechanism, Report } from '../../model/report.js';
import { head, plan, row, type Cell, type Column } from '../columns.js';
import { byName, inOrder } from '../sort.js';
import { count, counted, shown, type Look } from './look.js';

const COLUMNS: readonly Column[] = [
  { head: 'app', max: 28 },
  { head: 'accounts', align: 'right', fold: 2 },
  { head: 'list', fold: 2 },
  { head: 'create' },
  { head: 'update' },
  { head: 'delete' },
  { head: 'orphaned', align: 'right', fold: 3 },
  { head: 'stale', align: 'right', fold: 3 },
  { head: 'missing', align: 'right', fold: 3 },
  // Two words of it fit beside all others at 140 columns: the rest goes to a second line of the cell.
  { head: 'mechanism', fold: 1, wrapFrom: 17 },
];

/** The answer first: which stage does each app really cover? */
export function matrix({ apps, directory }: Report, look: Look): string[] {
  if (apps.length === 0) return ['No app is configured.'];
  const directoryWhole = directory.every((list) => list.error === null && list.completeness.verdict !== 'unproven');
  const rows = inOrder(apps, byName).map((app) => cells(app, directoryWhole, look));
  const widths = plan(COLUMNS, rows, look.style);
  return [...head(COLUMNS, widths, look.style), ...rows.flatMap((cellsOfRow) => row(COLUMNS, cellsOfRow, widths, look.style))];
}

/** Was everything read that shows an orphan? An account that is off is one as long as its keys are live. */
export function orphansKnown(app: AppReport): boolean {
  return isWhole(app) && app.completeness.credentials === undefined;
}

/** Was every account of this app read and judged? */
export function isWhole(app: AppReport): boolean {
  return app.error === null && app.completeness.verdict !== 'unproven' && app.reconciliation.accounts.inconclusive === 0;
}

function cells(app: AppReport, directoryWhole: boolean, look: Look): Cell[] {
  const list = look.list(app.error === null ? app.completeness.verdict : 'failed');
  const { accounts, people } = app.reconciliation;
  const whole = isWhole(app);
  return [
    { text: shown(app.name), paint: look.bold },
    app.accounts === 0 && !whole
      ? { text: '?', folded: '? accounts' }
      : { text: count(app.accounts), folded: counted(app.accounts, 'account') },
    { text: list.text, paint: list.paint, folded: `list ${list.text}` },
    ...STAGES.map((stage) => stageCell(app, stage, look)),
    tally(accounts.orphaned, 'orphaned', orphansKnown(app) && directoryWhole),
    tally(accounts.stale, 'stale', whole && directoryWhole),
    tally(people.missing, 'missing', whole && people.notDeterminable === 0),
    mechanismCell(app.mechanism),
  ];
}

/** The rate stands beside the verdict: `covered 41/41`. Without a trial there is no rate. */
function stageCell(app: AppReport, stage: Stage, look: Look): Cell {
  const { verdict, successes, trials } = app.coverage[stage];
  const { text, paint } = look.coverage(verdict);
  return { text: trials === 0 ? text : `${text} ${count(successes)}/${count(trials)}`, paint };
}

/** What the accounts show, and what the config says where that differs. */
export function mechanismWords({ inferred, declared }: Mechanism): string {
  if (declared === null) return inferred;
  return inferred.split('+').includes(declared) ? inferred : `${inferred}, declared ${declared}`;
}

function mechanismCell(mechanism: Mechanism): Cell {
  const text = mechanismWords(mechanism);
  return { text, folded: text === 'unknown' ? '' : `mechanism ${text}` };
}

function tally(n: number, word: string, known: boolean): Cell {
  const text = atLeast(n, known);
  return { text, folded: text === '0' ? '' : `${text} ${word}` };
}

/** Where something was not read or not judged, zero is not known, and a number is a lower bound. */
export function atLeast(n: number, known: boolean): string {
  if (known) return count(n);
  return n === 0 ? '?' : `${count(n)}+`;
}
