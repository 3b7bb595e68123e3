import { showMoment } from '../diff/finding.js';
import type { LogConfig } from '../model/config.js';
import type { LogEntry } from '../model/log.js';
import type { PersonApp, PersonMoment, PersonRecord } from '../model/person-report.js';

/** What the directory, the apps' lists and logs say of one person, in order of time: each with where it is from. */
export function timelineOf(
  people: readonly PersonRecord[],
  apps: readonly Pick<PersonApp, 'name' | 'accounts'>[],
  logged: readonly PersonMoment[],
): PersonMoment[] {
  const all = [...people.flatMap(ofRecord), ...apps.flatMap(ofAccounts), ...logged];
  // A day comes before its hours; what happened in one instant stays in the order of its sources.
  const order = all.map((moment) => [Date.parse(moment.at), moment] as const);
  order.sort(([a, one], [b, other]) => a - b || (one.source < other.source ? -1 : one.source > other.source ? 1 : 0));
  return order.map(([, moment]) => moment);
}

function ofRecord({ id, source, startAt, endAt, changedAt }: PersonRecord): PersonMoment[] {
  return [
    ...moment(startAt, `first day of ${id}`, source),
    ...moment(endAt, `last day of ${id}`, source),
    ...moment(changedAt, `${id} was changed last`, source),
  ];
}

function ofAccounts({ name, accounts }: Pick<PersonApp, 'name' | 'accounts'>): PersonMoment[] {
  return accounts.flatMap(({ id, createdAt, lastLoginAt, deactivatedAt }) => [
    ...moment(createdAt, `${id} was created`, name),
    ...moment(lastLoginAt, `${id} was logged in to last`, name),
    ...moment(deactivatedAt, `${id} was switched off`, name),
  ]);
}

function moment(at: string | undefined, what: string, source: string): PersonMoment[] {
  return at === undefined ? [] : [{ at, what, source }];
}

/** An entry of a log; nothing where it is not dated, or where no map has a word for what was done. `app`: whose log it is, undefined of a directory's. */
export function ofEntry(entry: LogEntry, { name }: Pick<LogConfig, 'name'>, app: string | undefined): PersonMoment[] {
  const { action, outcome, outcomeTold, changed = [], by, actor, detail } = entry;
  const at = showMoment(entry.at);
  if (at === undefined || action === 'other') return [];
  const who = [by === 'unknown' ? undefined : by, actor].filter((text) => text !== undefined).join(' ');
  const what = [
    `${action}${changed.length === 0 ? '' : ` of ${changed.join(', ')}`}`,
    ...(outcomeTold ? [outcome] : []),
    ...(who === '' ? [] : [`by ${who}`]),
  ].join(', ');
  return [
    {
      at,
      what: detail === undefined || detail === '' ? what : `${what}: ${detail}`,
      source: app === undefined || app === name ? `log of ${name}` : `${app}, log ${name}`,
    },
  ];
}
