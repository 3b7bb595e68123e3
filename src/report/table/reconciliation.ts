import type { AppReport } from '../../model/report.js';
import { head, plan, row, type Cell, type Column } from '../columns.js';
import { count, shown, type Look } from './look.js';

/** Of accounts, then of people: each row adds up to its first number. */
const ACCOUNTS = ['inSync', 'stale', 'orphaned', 'conflict', 'pending', 'protected', 'inactive', 'inconclusive'] as const;
const PEOPLE = ['present', 'missing', 'pending', 'awaitingLogin', 'notDeterminable'] as const;

/** The two sums that an auditor adds up. */
export function reconciliation(apps: readonly AppReport[], look: Look): string[] {
  const accounts = apps.map((app) => ({ app, total: app.accounts, parts: ACCOUNTS.map((word) => app.reconciliation.accounts[word]) }));
  const people = apps.map((app) => ({
    app,
    total: app.reconciliation.people.expected,
    parts: PEOPLE.map((word) => app.reconciliation.people[word]),
  }));
  return [...sums(['accounts', ...ACCOUNTS], accounts, look), '', ...sums(['expected', ...PEOPLE], people, look)];
}

interface Sum {
  readonly app: AppReport;
  readonly total: number;
  readonly parts: readonly number[];
}

function sums(words: readonly string[], rows: readonly Sum[], look: Look): string[] {
  const columns: Column[] = [
    { head: 'app', max: 28 },
    ...words.map((word, i) => ({ head: word, align: 'right' as const, ...(i === 0 ? {} : { fold: words.length - i }) })),
  ];
  const cells = rows.map(({ app, total, parts }): Cell[] => [
    { text: shown(app.name) },
    ...[total, ...parts].map((n, i) => ({ text: count(n), folded: `${count(n)} ${words[i]}` })),
  ]);
  const widths = plan(columns, cells, look.style);
  return [...head(columns, widths, look.style), ...cells.flatMap((line) => row(columns, line, widths, look.style))];
}
