import type { Attribute, Company, DirectoryRecord, Human, LifeEvent, Profile } from './lifecycle.js';
import { DAY, HOUR, recordOf } from './lifecycle.js';
import { type Department, NameDesk, type PersonName, titleIn } from './names.js';
import type { Random } from './random.js';

export const DOMAIN = 'meridian.example';

export interface Hire {
  readonly department: Department;
  /** Days ago; negative for a day to come. */
  readonly start: number;
  readonly title?: string;
  readonly name?: PersonName;
  readonly email?: string;
}

/** What changed, and how many days ago. */
export interface Move {
  readonly ago: number;
  readonly to: Partial<Profile>;
  readonly alias?: string;
}

/** The personnel office: hires people, and writes down what becomes of them. */
export class Roster {
  readonly people: Human[] = [];
  readonly names: NameDesk;
  readonly #heads = new Map<Department, string[]>();
  readonly #today: number;
  #number = 4100;
  #contract = 1000;

  constructor(
    readonly random: Random,
    readonly asOf: number,
  ) {
    this.names = new NameDesk(random);
    this.#today = Math.floor(asOf / DAY) * DAY;
  }

  /** 00:00 UTC of a day. */
  day(ago: number): number {
    return this.#today - ago * DAY;
  }

  /** Some time in the working hours of a day that is over. */
  workday(ago: number): number {
    return this.day(ago) + this.random.int(7 * 60, 16 * 60) * 60_000;
  }

  head(department: Department): string | undefined {
    const heads = this.#heads.get(department);
    return heads === undefined ? undefined : this.random.pick(heads);
  }

  /** Hires somebody who leads others; people who are hired later may get them as a manager. */
  lead(hire: Hire): Human {
    const human = this.employee(hire);
    this.appoint(hire.department, human.key);
    return human;
  }

  appoint(department: Department, key: string): void {
    this.#heads.set(department, [...(this.#heads.get(department) ?? []), key]);
  }

  profile(hire: Hire, manager: string | undefined): Profile {
    const name = hire.name ?? this.names.draw();
    return {
      givenName: name.givenName,
      familyName: name.familyName,
      email: hire.email ?? `${name.local}@${DOMAIN}`,
      department: hire.department,
      title: hire.title ?? titleIn(hire.department, this.random),
      manager,
    };
  }

  /** An employment record, as it stands before anything changes. */
  employment(profile: Profile, start: number): DirectoryRecord {
    const number = (this.#number += this.random.int(1, 9));
    const startAt = this.day(start);
    const createdAt = startAt - this.random.int(9, 14) * DAY + this.random.int(8 * 60, 16 * 60) * 60_000;
    return {
      id: `P${number}`,
      source: 'hr',
      employeeId: String(number).padStart(6, '0'),
      state: 'active',
      createdAt: Math.min(createdAt, this.asOf - 3 * DAY),
      changedAt: Math.min(createdAt, this.asOf - 3 * DAY),
      startAt,
      profile,
      aliases: [],
    };
  }

  contract(profile: Profile, start: number): DirectoryRecord {
    const startAt = this.day(start);
    const id = `C-${(this.#contract += this.random.int(1, 7))}`;
    return { id, source: 'contractors', state: 'active', createdAt: startAt, changedAt: startAt, startAt, profile, aliases: [] };
  }

  employee(hire: Hire, manager = this.head(hire.department) ?? this.head('Management')): Human {
    const profile = this.profile(hire, manager);
    return this.add([this.employment(profile, hire.start)]);
  }

  /** Enters somebody whose records and later events are known; joining is what the records say. */
  add(records: readonly DirectoryRecord[], later: readonly LifeEvent[] = [], kind: Human['kind'] = 'human'): Human {
    const joins = records.map((record): LifeEvent => ({ kind: 'join', at: record.startAt, record, profile: record.profile }));
    const events = [...joins, ...later].sort((a, b) => a.at - b.at);
    const human: Human = { key: `h${this.people.length}`, kind, records, events };
    this.people.push(human);
    return human;
  }

  /** Replaces somebody by the same person with one more thing that happened. */
  change(human: Human, record: Partial<DirectoryRecord>, event?: (record: DirectoryRecord) => LifeEvent): Human {
    const before = recordOf(human);
    const after: DirectoryRecord = { ...before, ...record };
    const events = human.events.map((e) => (e.kind === 'join' && e.record === before ? { ...e, record: after } : e));
    const changed: Human = {
      ...human,
      records: [...human.records.slice(0, -1), after],
      events: [...events, ...(event === undefined ? [] : [event(after)])].sort((a, b) => a.at - b.at),
    };
    this.people[this.people.findIndex((one) => one.key === human.key)] = changed;
    return changed;
  }

  move(human: Human, { ago, to, alias }: Move, at = this.workday(ago)): Human {
    const before = recordOf(human).profile;
    const profile: Profile = { ...before, ...to };
    const changed = (Object.keys(to) as Attribute[]).filter((name) => before[name] !== profile[name]);
    const aliases = alias === undefined ? [] : [alias];
    return this.change(human, { profile, changedAt: at, aliases }, () => ({ kind: 'move', at, profile, changed }));
  }

  leave(human: Human, ago: number, at = this.day(ago) + 17 * HOUR): Human {
    return this.change(human, { state: 'terminated', endAt: at, changedAt: at }, (record) => ({ kind: 'leave', at, record }));
  }

  company(seed: number, recycled: Company['recycled']): Company {
    const people = this.random.shuffle(this.people);
    return { seed, asOf: this.asOf, domain: DOMAIN, people, byKey: new Map(people.map((human) => [human.key, human])), recycled };
  }
}
