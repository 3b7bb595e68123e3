import type { UnreadDates } from './completeness.js';

/** What people call the dates of the normal form. */
const CALLED: Readonly<Record<string, string>> = {
  startAt: 'the first day',
  endAt: 'the last day',
  createdAt: 'the day of creation',
  changedAt: 'the day of the last change',
  updatedAt: 'the day of the last change',
  lastLoginAt: 'the last login',
  deactivatedAt: 'the day of deactivation',
};

export function calledDate(field: string): string {
  return CALLED[field] ?? field;
}

/** `endAt ("Termination Date"): 12 values could not be read as a date (such as "soon")`. */
export function unreadSentence({ field, place, cause, values, sample }: UnreadDates): string {
  const where = place === field || place === '' ? field : `${field} (${JSON.stringify(place)})`;
  return `${where}: ${values} ${values === 1 ? 'value' : 'values'} ${WHY[cause]} (such as ${sample})`;
}

/** The same of one value among them, which may be any of these: `"Termination Date", where "10/11/2026" could be two dates ...`. */
export function unreadPlace(dates: readonly [UnreadDates, ...UnreadDates[]]): string {
  const [{ field, place, cause, sample }] = dates;
  const where = place === '' ? field : JSON.stringify(place);
  if (dates.length > 1) return `${where}, where there are ${dates.map((one) => one.sample).join(' and ')}`;
  return `${where}, where values such as ${sample} ${WHY[cause]}`;
}

const WHY: Readonly<Record<UnreadDates['cause'], string>> = {
  'two-ways': 'could be two dates: set `dates: dmy`, `mdy` or `ymd` beside the connector',
  contradicts: 'contradict the order that `dates` gives',
  unreadable: 'could not be read as a date',
};
