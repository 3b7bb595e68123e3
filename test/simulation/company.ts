import type { Person } from '../../src/model/person.js';
import { random } from './random.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The last audit. */
export const NOW = Date.UTC(2026, 10, 24, 12);

/** A change of the directory: which attributes, and to what. */
export interface Change {
  readonly at: number;
  readonly set: Readonly<Record<string, string>>;
}

/** The truth about one human. */
export interface Life {
  readonly n: number;
  readonly joined: number;
  readonly changes: readonly Change[];
  readonly left: number;
  readonly back: number;
  /** Comes back under a new record with a new id; the old one stays. */
  readonly newRecord: boolean;
  readonly leave: readonly [from: number, to: number] | undefined;
  /** A touch of the directory's record that changes nothing which is compared; NaN: none. */
  readonly touched: number;
  /** A job writes every record every night, whatever changed, and dates that as a change. */
  readonly nightly: boolean;
}

export interface CompanySim {
  readonly seed: number;
  readonly lives: readonly Life[];
}

const DEPARTMENTS = ['Sales', 'Support', 'Finance', 'Engineering', 'Legal'];
const PERIOD = 3 * 365 * DAY;

/**
 * A company over three years, a quarter of it leaving and as many joining every year, a third moving; 3 % marry, 5 % take leave,
 * one leaver in ten comes back. `size` is the headcount; whoever left before the last year is not in the directory any more.
 */
export function company(seed: number, size: number): CompanySim {
  const next = random(seed * 7919 + size);
  const noise = [0, 0.3, 0.9][seed % 3] as number;
  const nightly = seed % 7 === 3;
  const at = (from: number, to: number): number => Math.floor((from + next() * (to - from)) / MINUTE) * MINUTE;
  /** A working hour of that day. */
  const morning = (time: number): number => Math.floor(time / DAY) * DAY + 8 * HOUR + Math.floor(next() * 480) * MINUTE;
  const lives: Life[] = [];
  const yearly = 0.25;
  for (let n = 0; n < Math.round(size * (1 + yearly)); n++) {
    const old = next() < 0.55;
    const joined = morning(old ? NOW - PERIOD * (1 + next()) : at(NOW - PERIOD, NOW + 10 * DAY));
    // The constant hazard of leaving, over the last year alone.
    const until = Math.max(joined + 5 * DAY, NOW - 365 * DAY);
    const gone = -Math.log(1 - next()) * (365 / yearly) * DAY;
    const left = until + gone < NOW + 20 * DAY ? morning(until + gone) : NaN;
    const back = !Number.isNaN(left) && next() < 0.1 ? morning(left + at(10 * DAY, 120 * DAY)) : NaN;
    const changes: Change[] = [];
    let department = n % DEPARTMENTS.length;
    for (let time = Math.max(joined, NOW - 400 * DAY); ;) {
      time += -Math.log(1 - next()) * 3 * 365 * DAY;
      if (time > NOW || time > left) break;
      department = (department + 1) % DEPARTMENTS.length;
      changes.push({ at: morning(time), set: { department: DEPARTMENTS[department] as string, title: `Level ${changes.length + 2}` } });
    }
    if (next() < 0.03) {
      const time = morning(at(Math.max(joined + DAY, NOW - 300 * DAY), NOW));
      if (!(time > left)) changes.push({ at: time, set: { familyName: `Married${n}` } });
    }
    const from = next() < 0.05 ? at(NOW - 200 * DAY, NOW) : NaN;
    const leave =
      Number.isNaN(from) || !Number.isNaN(left) || from < joined ? undefined : ([from, from + at(20 * DAY, 120 * DAY)] as const);
    const touched = next() < noise ? at(NOW - 14 * DAY, NOW - DAY) : NaN;
    changes.sort((a, b) => a.at - b.at);
    lives.push({ n, joined, changes, left, back, newRecord: next() < 0.5, leave, touched, nightly });
  }
  return { seed, lives };
}

/** What the directory says of the attributes at that time. */
export function attributesAt({ n, changes }: Life, time: number): Record<string, string> {
  const start = {
    givenName: `Given${n}`,
    familyName: `Family${n}`,
    department: DEPARTMENTS[n % DEPARTMENTS.length] as string,
    title: 'Level 1',
  };
  return Object.assign(start, ...changes.filter((change) => change.at <= time).map((change) => change.set)) as Record<string, string>;
}

/** The directory as it reads at that time. */
export function peopleAt({ lives }: CompanySim, time: number): Person[] {
  return lives.flatMap((life) => records(life, time));
}

function records(life: Life, time: number): Person[] {
  const { n, joined, left, back, newRecord, leave, changes, touched, nightly } = life;
  // A hire is put in two weeks ahead.
  if (time < joined - 14 * DAY) return [];
  const gone = left <= time;
  const returned = back <= time;
  const away = leave !== undefined && leave[0] <= time && time < leave[1];
  const night = nightly ? Math.floor((time - 2 * HOUR) / DAY) * DAY + 2 * HOUR + (n % 60) * 1000 : NaN;
  const happened = [
    joined - 14 * DAY,
    night,
    touched,
    left,
    ...(newRecord ? [] : [back]),
    ...(leave ?? []),
    ...changes.map((c) => c.at),
  ].filter((at) => at <= time);
  const base = {
    kind: 'human' as const,
    userName: `user${n}`,
    emails: [`user${n}@corp.example`],
    employeeId: `E${n}`,
    attributes: attributesAt(life, time),
  };
  const again = returned && !newRecord;
  const first: Person = {
    ...base,
    id: `p-${n}`,
    state: gone && !again ? 'terminated' : away ? 'leave' : 'active',
    startAt: { at: again ? back : joined },
    createdAt: { at: joined - 14 * DAY },
    changedAt: { at: Math.max(...happened) },
    ...(gone && !again ? { endAt: { at: left } } : {}),
  };
  if (!returned || !newRecord) return [first];
  return [
    first,
    {
      ...base,
      id: `p-${n}-b`,
      state: 'active',
      startAt: { at: back },
      createdAt: { at: back },
      changedAt: { at: Math.max(back, nightly ? night : back) },
    },
  ];
}

/** The directory's id of a life at that time. */
export function idAt({ n, back, newRecord }: Life, time: number): string {
  return newRecord && back <= time ? `p-${n}-b` : `p-${n}`;
}
