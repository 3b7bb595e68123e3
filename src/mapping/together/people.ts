import { fold } from '../../model/fold.js';
import type { Person, PersonState } from '../../model/person.js';
import { agreed, attributesOf, earliest, latest, unionOf, type Merged } from './parts.js';

/** The longest break between two contracts of one human that is not a leave. */
const BREAK = 30 * 86_400_000;
/** Of several positions that somebody has, the one that says most of whether they are here. */
const HERE: readonly PersonState[] = ['active', 'leave', 'pre-hire'];

/** What several employments under one number come to: a state with its dates, and the rows that speak of who it is today. */
interface Employment {
  readonly state: PersonState;
  readonly of: readonly Person[];
  readonly startAt?: Person['startAt'];
  readonly endAt?: Person['endAt'];
}

/** A person who has a row for each employment, position or year. Rows with different names are of different people, and nobody's state. */
export function mergePeople(given: readonly Person[]): Merged<Person> {
  const rows = given
    .map((row) => [JSON.stringify(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
  const [first] = rows as [Person];
  if (rows.length === 1) return { row: first, contrary: false };
  const contrary = rows.some((row) => bearsAnotherName(first, row));
  const { state, of, startAt, endAt } = contrary ? { state: 'unknown' as const, of: rows } : employment(rows);
  const address = agreed(of.map(({ emails }) => emails?.[0])) ?? of.flatMap(({ emails = [] }) => emails).sort()[0];
  const further = unionOf([...rows.map(({ emails }) => emails), ...rows.map(({ aliases }) => aliases)])?.filter((one) => one !== address);
  const text = (key: 'userName' | 'employeeId' | 'externalId'): string | undefined => agreed(of.map((row) => row[key]));
  return {
    contrary,
    undecided: !contrary && state === 'unknown' && rows.some((row) => row.state !== 'unknown'),
    row: {
      id: first.id,
      userName: text('userName'),
      employeeId: text('employeeId'),
      externalId: text('externalId'),
      emails: address === undefined ? agreed(rows.map(({ emails }) => emails)) : [address],
      aliases: further === undefined || further.length === 0 ? undefined : further,
      state,
      kind: agreed(rows.map(({ kind }) => kind)) ?? 'unknown',
      attributes: attributesOf(of.map(({ attributes }) => attributes)),
      groups: unionOf(of.map(({ groups }) => groups)),
      startAt,
      endAt,
      // Who has an earlier employment was known from its first day on.
      createdAt: earliest(rows.flatMap((row) => [row.createdAt, row.startAt])),
      changedAt: latest(rows.map(({ changedAt }) => changedAt)),
      unread: unionOf(rows.map(({ unread }) => unread)),
    },
  };
}

function employment(rows: readonly Person[]): Employment {
  // A day that could not be read may be any.
  if (rows.some(({ unread = [] }) => unread.includes('startAt') || unread.includes('endAt'))) return { state: 'unknown', of: rows };
  const ended = rows.filter(({ state }) => state === 'terminated' || state === 'deleted');
  const live = rows.filter((row) => !ended.includes(row));
  if (live.length === 0) return lastToEnd(ended);
  const valid = live.filter((row) => ended.every((one) => isAnother(one, row)));
  // One row says that it has ended, one that it has not, and nothing tells two employments.
  if (valid.length === 0) return { state: 'unknown', of: rows };
  const begins = Math.max(...valid.map(startOf));
  const before = valid.filter((row) => endOf(row) < begins - BREAK);
  const now = valid.filter((row) => !before.includes(row));
  const state = stateOf(now);
  if (state === 'unknown') return { state, of: now };
  const startAt = earliest(now.map((row) => row.startAt));
  const end = now.every(({ endAt }) => endAt !== undefined) ? latest(now.map(({ endAt }) => endAt)) : undefined;
  // The end of the employment before this one stays beside its first day: a rehire.
  const past = latest(
    [...before, ...ended].map(({ endAt }) => endAt).filter((one) => one !== undefined && startAt !== undefined && one.at < startAt.at),
  );
  const last = now.filter((row) => startOf(row) === Math.max(...now.map(startOf)));
  return { state, of: last, startAt, endAt: end ?? past };
}

function lastToEnd(ended: readonly Person[]): Employment {
  const end = Math.max(...ended.map(endOf).filter((at) => at !== Infinity));
  const last = ended.filter((row) => endOf(row) === end);
  const of = last.length === 0 ? ended : last;
  const state = ended.every((row) => row.state === 'deleted') ? 'deleted' : 'terminated';
  return { state, of, startAt: earliest(of.map(({ startAt }) => startAt)), endAt: latest(of.map(({ endAt }) => endAt)) };
}

/** Of positions that somebody has at one time: one that is active is enough; one that is off beside one that is on is not understood. */
function stateOf(now: readonly Person[]): PersonState {
  const one = agreed(now.map(({ state }) => state));
  if (one !== undefined) return one;
  return now.every(({ state }) => HERE.includes(state))
    ? (HERE.find((word) => now.some(({ state }) => state === word)) ?? 'unknown')
    : 'unknown';
}

/** Is the live row of another employment than the one that has ended, by a first day of its own or by when it was made? */
function isAnother(ended: Person, live: Person): boolean {
  if (live.startAt !== undefined && ended.startAt !== undefined && Math.abs(live.startAt.at - ended.startAt.at) > BREAK) return true;
  const left = ended.endAt ?? ended.changedAt;
  if (left === undefined) return false;
  if (live.startAt === undefined) return live.createdAt !== undefined && live.createdAt.at > left.at;
  const fromEnd = Math.abs(live.startAt.at - left.at);
  return live.startAt.at >= left.at - BREAK && (ended.startAt === undefined || fromEnd < Math.abs(live.startAt.at - ended.startAt.at));
}

const startOf = ({ startAt }: Person): number => startAt?.at ?? -Infinity;
const endOf = ({ endAt }: Person): number => endAt?.at ?? Infinity;

/** Relatives have a family name in common, a marriage changes it: another given name is another person. */
function bearsAnotherName(a: Person, b: Person): boolean {
  const name = (row: Person, attribute: string): string => fold(row.attributes[attribute] ?? '');
  const differ = (attribute: string): boolean => {
    const [one, other] = [name(a, attribute), name(b, attribute)];
    return one !== '' && other !== '' && one !== other;
  };
  const named = ['givenName', 'familyName'].some((attribute) => name(a, attribute) !== '' && name(b, attribute) !== '');
  return named ? differ('givenName') || (differ('familyName') && name(a, 'givenName') === '') : differ('displayName');
}
