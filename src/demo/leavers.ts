import { DAY, HOUR, type Company, type DirectoryRecord, type Human, type LifeEvent } from './lifecycle.js';
import { DEPARTMENTS, type Department } from './names.js';
import { DOMAIN, type Roster } from './roster.js';

const ENGINEERS_WHO_LEFT = 6;

/** Leavers of the last year, people on leave, and the cases that a naive diff gets wrong. */
export function leaversAndOddities(roster: Roster, years: () => number): Company['recycled'] {
  const { random, asOf } = roster;
  for (let i = 0; i < 12; i++) {
    const department: Department = i < ENGINEERS_WHO_LEFT ? 'Engineering' : random.pick(DEPARTMENTS);
    roster.leave(roster.employee({ department, start: years() }), 5 + i * 6 + random.int(0, 5));
  }
  for (let i = 0; i < 9; i++) {
    roster.leave(roster.employee({ department: random.pick(DEPARTMENTS), start: years() }), 100 + i * 26 + random.int(0, 12));
  }
  // Ten hours ago: what still stands open is within the grace. And two who have given notice.
  roster.leave(roster.employee({ department: 'Support', start: years() }), 0, asOf - 10 * HOUR);
  for (const inDays of [12, 26]) {
    const human = roster.employee({ department: 'Marketing', start: years() });
    roster.change(human, { endAt: roster.day(-inDays) + 17 * HOUR, changedAt: roster.workday(3 + inDays / 2) });
  }
  const suspended = roster.employee({ department: 'Finance', start: years() });
  const since = roster.workday(20);
  roster.change(suspended, { state: 'suspended', changedAt: since }, (record) => ({ kind: 'leave', at: since, record }));
  absences(roster, years);
  rehires(roster);
  contractors(roster);
  services(roster);
  return recycledAddress(roster);
}

function absences(roster: Roster, years: () => number): void {
  for (const ago of [15, 48, 140]) {
    const at = roster.workday(ago);
    const human = roster.employee({ department: roster.random.pick(DEPARTMENTS), start: years() });
    roster.change(human, { state: 'leave', changedAt: at }, () => ({ kind: 'absence', at }));
  }
  const returned = roster.employee({ department: 'People', start: years() });
  const from = roster.workday(160);
  const back = roster.workday(33);
  const away = roster.change(returned, { changedAt: back }, () => ({ kind: 'absence', at: from }));
  roster.change(away, {}, () => ({ kind: 'return', at: back }));
}

/** Two who left and came back under a new number, and a contractor who was hired: the old records stay in the directory. */
function rehires(roster: Roster): void {
  for (const [department, start, end, again] of [
    ['Support', 1500, 220, 64],
    ['Sales', 1200, 300, 150],
  ] as const) {
    const profile = roster.profile({ department, start }, roster.head(department));
    const endAt = roster.day(end) + 17 * HOUR;
    const old: DirectoryRecord = { ...roster.employment(profile, start), state: 'terminated', endAt, changedAt: endAt };
    roster.add([old, roster.employment(profile, again)], [{ kind: 'leave', at: endAt, record: old }]);
  }
  const profile = roster.profile({ department: 'Support', start: 400, title: 'Support Agent' }, undefined);
  const hired = roster.day(40);
  const contract: DirectoryRecord = { ...roster.contract(profile, 400), state: 'terminated', endAt: hired - DAY };
  const employment = roster.employment({ ...profile, manager: roster.head('Support') }, 40);
  // Both happen at midnight; the contract ends first.
  roster.add([contract, employment], [{ kind: 'leave', at: hired - 1000, record: contract }]);
}

function contractors(roster: Roster): void {
  const { random } = roster;
  for (let i = 0; i < 40; i++) {
    const department = random.pick(['Engineering', 'Engineering', 'Operations', 'Marketing', 'Support'] as const);
    const ended = i >= 3 && i < 6 ? 6 + (i - 3) * 24 : i >= 6 && i < 9 ? 100 + i * 20 : undefined;
    const start = i < 3 ? 20 + i * 20 : (ended ?? 0) + random.int(120, 800);
    const record = roster.contract(roster.profile({ department, start }, undefined), start);
    if (ended === undefined) {
      roster.add([{ ...record, endAt: roster.day(-random.int(20, 300)) }]);
      continue;
    }
    // One contract is over by its date, and nobody closed it.
    const over: DirectoryRecord = { ...record, state: i === 4 ? 'active' : 'terminated', endAt: roster.day(ended) };
    roster.add([over], [leaveEvent(over, roster.day(ended) + DAY)]);
  }
}

function leaveEvent(record: DirectoryRecord, at: number): LifeEvent {
  return { kind: 'leave', at, record };
}

/** Service identities that the directory itself keeps. */
function services(roster: Roster): void {
  for (const [name, department] of [
    ['svc-monitoring', 'Engineering'],
    ['svc-payroll-export', 'People'],
  ] as const) {
    const profile = roster.profile(
      { department, start: 900, title: 'Service identity', name: { givenName: '', familyName: name, local: name } },
      undefined,
    );
    roster.add([{ ...roster.employment(profile, 900), aliases: [] }], [], 'service');
  }
}

/** An address that went to somebody new two months after its first owner had left. */
function recycledAddress(roster: Roster): Company['recycled'] {
  const email = `m.ortega@${DOMAIN}`;
  const hire = (given: string, start: number): Human =>
    roster.employee({ department: 'Finance', start, email, name: { givenName: given, familyName: 'Ortega', local: 'm.ortega' } });
  const before = roster.leave(hire('Miguel', 1300), 190);
  const now = hire('Marisol', 124);
  return { before: before.key, now: now.key };
}
