import type { Changes, RowChange } from '../../../history/queries.js';
import { visible } from '../../../report/escape.js';
import { columns } from '../../columns.js';

/** What `lifegap history diff` shows: one section for each kind of change. */
export function renderChanges({ from, to, findings, people, accounts, lists }: Changes, limit: number): string {
  const parts = [`audit ${from.id} (${minute(from.asOf)}) to audit ${to.id} (${minute(to.asOf)})\n`];
  for (const name of lists.first) parts.push(`${visible(name)}: first read whole in between, so its rows are not counted as come\n`);
  for (const name of lists.anew) parts.push(`${visible(name)}: read in another way since, so what came or went need not have happened\n`);
  const section = (title: string, rows: readonly string[][]): void => {
    parts.push(`\n${title}: ${rows.length}\n`);
    parts.push(columns(rows.slice(0, limit).map((row) => ['', ...row])));
    if (rows.length > limit) parts.push(`  and ${rows.length - limit} more (--limit, or --format json)\n`);
  };
  for (const [title, list] of [
    ['new findings', findings.new],
    ['resolved findings', findings.resolved],
  ] as const)
    section(
      title,
      list.map(({ app, class: name, reason, severity, account, person }) => [
        app,
        `${name}: ${reason}`,
        severity,
        account ?? '',
        person ?? '',
      ]),
    );
  const moved = (before: string, now: string): string => (before === now ? now : `${before} -> ${now}`);
  section(
    'changed findings',
    findings.changed.map(({ app, class: name, reason, severity, before, account, person }) => [
      app,
      `${name}: ${moved(before.reason, reason)}`,
      moved(before.severity, severity),
      account ?? '',
      person ?? '',
    ]),
  );
  const row = ({ list, id, userName, what }: RowChange): string[] => [list, id, userName ?? '', what?.join(', ') ?? ''];
  for (const [noun, group] of [
    ['people', people],
    ['accounts', accounts],
  ] as const) {
    for (const how of ['came', 'changed', 'went'] as const) section(`${noun} that ${how}`, group[how].map(row));
  }
  return parts.join('');
}

/** An instant of the history, short. */
export const minute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
