import { STAGES, type Stage } from '../../model/policy.js';
import type { AppReport, Mechanism } from '../../model/report.js';
import { head, plan, row, type Cell, type Column } from '../columns.js';
import { byName, inOrder } from '../sort.js';
import { count, counted, shown, type Look } from './look.js';

const COLUMNS: readonly Column[] = [
  { head: 'app', max: 28 },
  { head: 'accounts', align: 'right', fold: 3 },
  { head: 'list', fold: 4 },
  { head: 'create' },
  { head: 'update' },
  { head: 'delete' },
  { head: 'mechanism', fold: 1 },
  { head: 'orphaned', align: 'right', fold: 5 },
  { head: 'stale', align: 'right', fold: 6 },
  { head: 'missing', align: 'right', fold: 7 },
];

/** The answer first: which stage does each app really cover? */
export function matrix(apps: readonly AppReport[], look: Look): string[] {
  if (apps.length === 0) return ['No app is configured.'];
  const rows = inOrder(apps, byName).map((app) => cells(app, look));
  const widths = plan(COLUMNS, rows, look.style);
  return [...head(COLUMNS, widths, look.style), ...rows.flatMap((cellsOfRow) => row(COLUMNS, cellsOfRow, widths, look.style))];
}

function cells(app: AppReport, look: Look): Cell[] {
  const list = look.list(app.error === null ? app.completeness.verdict : 'failed');
  const { accounts, people } = app.reconciliation;
  return [
    { text: shown(app.name), paint: look.bold },
    { text: count(app.accounts), folded: counted(app.accounts, 'account') },
    { text: list.text, paint: list.paint, folded: `list ${list.text}` },
    ...STAGES.map((stage) => stageCell(app, stage, look)),
    mechanismCell(app.mechanism),
    tally(accounts.orphaned, 'orphaned', look),
    tally(accounts.stale, 'stale', look),
    tally(people.missing, 'missing', look),
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

function tally(n: number, word: string, look: Look): Cell {
  return { text: n === 0 ? look.dash : count(n), folded: n === 0 ? '' : `${count(n)} ${word}` };
}
