import { type Company, DAY, HOUR, type Human, recordOf } from './lifecycle.js';
import { leaversAndOddities } from './leavers.js';
import { DEPARTMENTS, type Department, titleIn } from './names.js';
import { randomOf } from './random.js';
import { DOMAIN, Roster } from './roster.js';

/** Leads and staff who simply work here: everybody else is somebody to whom something happened. */
const STEADY: Readonly<Record<(typeof DEPARTMENTS)[number], readonly [leads: number, staff: number]>> = {
  Engineering: [6, 62],
  Sales: [5, 44],
  Support: [4, 36],
  Finance: [2, 16],
  Marketing: [2, 18],
  People: [2, 14],
  Operations: [2, 20],
  Legal: [1, 6],
};

/** Departments of the joiners of the last weeks, and of those before them. */
const JOINERS: readonly Department[] = [
  ...Array.from({ length: 11 }, (): Department => 'Engineering'),
  'Sales',
  'Sales',
  'Sales',
  'Support',
  'Support',
  'Marketing',
  'Finance',
];

/** [from, to] of those who changed departments: the first four lately, the others months ago. */
const TRANSFERS: readonly (readonly [Department, Department])[] = [
  ['Engineering', 'Sales'],
  ['Engineering', 'Operations'],
  ['Support', 'Engineering'],
  ['Support', 'Engineering'],
  ['Sales', 'Marketing'],
  ['Support', 'Sales'],
  ['Finance', 'Operations'],
  ['Engineering', 'Support'],
  ['Operations', 'Engineering'],
  ['Marketing', 'Sales'],
  ['Sales', 'Support'],
];
const RECENT_TRANSFERS = 7;

/** About four hundred people and what happened to them in the last year. Equal seed and instant give an equal company. */
export function buildCompany(seed: number, asOf: number): Company {
  const roster = new Roster(randomOf(seed), Math.floor(asOf / 1000) * 1000);
  const { random } = roster;
  const years = (): number => random.int(800, 3200);
  roster.lead({ department: 'Management', start: 3600, title: 'Chief Executive Officer' });
  for (const department of DEPARTMENTS) {
    const [leads, staff] = STEADY[department];
    for (let i = 0; i < leads; i++) roster.lead({ department, start: random.int(1400, 3400), title: 'Team Lead' });
    for (let i = 0; i < staff; i++) roster.employee({ department, start: years() });
  }
  for (const department of ['Sales', 'Support'] as const) {
    roster.employee({ department, start: years(), name: roster.names.named('Anna', 'Berg') });
  }
  JOINERS.forEach((department, i) => roster.employee({ department, start: 4 + i * 4 + random.int(0, 3) }));
  roster.employee({ department: 'Support', start: 0 });
  for (let i = 0; i < 18; i++) roster.employee({ department: random.pick(DEPARTMENTS), start: 100 + i * 13 + random.int(0, 9) });
  for (let i = 0; i < 4; i++) roster.employee({ department: random.pick(DEPARTMENTS), start: -random.int(3, 40) });
  movers(roster, years);
  const recycled = leaversAndOddities(roster, years);
  return roster.company(seed, recycled);
}

function movers(roster: Roster, years: () => number): void {
  const { random, names } = roster;
  TRANSFERS.forEach(([from, to], i) => {
    const human = roster.employee({ department: from, start: years() });
    const ago = i < RECENT_TRANSFERS ? 5 + i * 11 + random.int(0, 8) : 100 + (i - RECENT_TRANSFERS) * 40 + random.int(0, 20);
    roster.move(human, { ago, to: { department: to, title: titleIn(to, random), manager: roster.head(to) } });
  });
  for (let i = 0; i < 9; i++) {
    const human = roster.employee({ department: i < 5 ? 'Engineering' : random.pick(DEPARTMENTS), start: years() });
    const title = titleIn(profileOf(human).department, random, profileOf(human).title);
    roster.move(human, { ago: i < 5 ? 4 + i * 15 + random.int(0, 9) : 100 + i * 15, to: { title } });
  }
  for (let i = 0; i < 6; i++) {
    const human = roster.employee({ department: random.pick(DEPARTMENTS), start: years() });
    const { givenName, familyName, email } = profileOf(human);
    const married = names.named(givenName, names.newFamily(familyName));
    const to = { familyName: married.familyName, email: `${married.local}@${DOMAIN}` };
    roster.move(human, { ago: i < 3 ? 12 + i * 22 + random.int(0, 9) : 110 + i * 20, to, alias: email });
  }
  // Five hours ago: within every grace, so nobody may call it stale yet.
  const fresh = roster.employee({ department: 'Sales', start: years() });
  roster.move(fresh, { ago: 0, to: { title: 'Regional Sales Lead' } }, roster.asOf - 5 * HOUR);
  managerLeaves(roster);
}

/** A team lead of Engineering leaves, and the team gets another lead the next day. */
function managerLeaves(roster: Roster): void {
  const lead = roster.employee({ department: 'Engineering', start: 1900, title: 'Team Lead' });
  const ago = roster.random.int(25, 45);
  for (let i = 0; i < 5; i++) {
    const human = roster.employee({ department: 'Engineering', start: roster.random.int(700, 1800) }, lead.key);
    roster.move(human, { ago, to: { manager: roster.head('Engineering') } }, roster.day(ago) + DAY + (9 + i) * HOUR);
  }
  roster.leave(lead, ago);
}

export function profileOf(human: Human): Human['records'][number]['profile'] {
  return recordOf(human).profile;
}
