import { mostly } from '../exports/columns/look.js';
import { pathsOf } from '../model/places.js';
import { fold } from '../model/fold.js';
import type { Plan } from './plan.js';

/** Rows of both lists that must agree before a user name is taken for a number of the other list. */
const ENOUGH = 5;

/** What accounts find their people by. */
interface Keys {
  /** In order of trust. Empty: there is none. */
  readonly by: readonly string[];
  /** Numbers that both lists have, and that name other people than the addresses do. */
  readonly contradicted: readonly string[];
}

/** By which keys the accounts of an app find their people: those that both lists have. */
export function keysOf(people: Plan, app: Plan): Keys {
  const has = (plan: Plan, field: string): boolean => pathsOf(plan.reading.fields[field]).length > 0;
  const both = (field: string): boolean => has(people, field) && has(app, field);
  const addresses = (plan: Plan): boolean => has(plan, 'emails') || has(plan, 'aliases');
  const numbers = [
    ...(has(app, 'externalId') ? [['externalId=id', 'externalId', 'id'] as const] : []),
    ...(both('employeeId') ? [['employeeId', 'employeeId', 'employeeId'] as const] : []),
  ].map(([key, ofAccount, ofPerson]) => ({ key, isOther: contradicted(app, ofAccount, people, ofPerson) }));
  const keys = [
    ...numbers.flatMap(({ key, isOther }) => (isOther ? [] : [key])),
    ...(both('emails') ? ['email'] : []),
    ...(both('userName') ? ['userName'] : []),
    ...(has(people, 'employeeId') && valuesAgree(app, 'userName', people, 'employeeId') ? ['userName=employeeId'] : []),
    ...(addresses(people) && addresses(app) ? ['alias'] : []),
  ];
  const others = numbers.flatMap(({ key, isOther }) => (isOther ? [key] : []));
  if (keys.length > 0) return { by: keys, contradicted: others };
  // The audit takes a user name that is an address for one; a rule has to stand there all the same.
  const isAddress = (plan: Plan): boolean =>
    pathsOf(plan.reading.fields.userName).some((column) =>
      plan.rows.looks.some((look) => look.name === column && mostly(look.emails, look)),
    );
  const isMet = (isAddress(app) && addresses(people)) || (isAddress(people) && addresses(app));
  return { by: isMet ? ['userName'] : [], contradicted: others };
}

/** Are the user names of the app the numbers of the people? Most of those that were seen must be. */
function valuesAgree(app: Plan, ofAccount: string, people: Plan, ofPerson: string): boolean {
  const [accounts, persons] = [valuesOf(app, ofAccount), valuesOf(people, ofPerson)];
  const found = [...accounts].filter((value) => persons.has(value)).length;
  return found >= ENOUGH && found >= accounts.size / 2;
}

function valuesOf({ rows, reading }: Plan, field: string): ReadonlySet<string> {
  const [column] = pathsOf(reading.fields[field]);
  const index = rows.looks.findIndex(({ name }) => name === column);
  return new Set(index < 0 ? [] : rows.cells.flatMap((row) => (row[index]?.trim() ? [fold(row[index])] : [])));
}

/** Do the addresses name other people than these numbers, more often than the same? Then they are numbers of something else. */
function contradicted(app: Plan, ofAccount: string, people: Plan, ofPerson: string): boolean {
  const persons = pairsOf(people, ofPerson);
  const byNumber = new Map<string, Set<string>>();
  for (const [number, address] of persons) byNumber.set(number, (byNumber.get(number) ?? new Set()).add(address));
  const addresses = new Set(persons.map(([, address]) => address));
  let balance = 0;
  for (const [number, address] of pairsOf(app, ofAccount)) {
    const own = byNumber.get(number);
    if (own !== undefined && addresses.has(address)) balance += own.has(address) ? 1 : -1;
  }
  return balance < 0;
}

/** The number and the address of each row that has both. */
function pairsOf({ rows, reading }: Plan, field: string): readonly (readonly [string, string])[] {
  const at = (name: string): number => rows.looks.findIndex((look) => look.name === pathsOf(reading.fields[name])[0]);
  const [number, address] = [at(field), at('emails')];
  if (number < 0 || address < 0) return [];
  return rows.cells.flatMap((row): readonly (readonly [string, string])[] => {
    const pair = [fold((row[number] ?? '').trim()), fold((row[address] ?? '').trim())] as const;
    return pair.includes('') ? [] : [pair];
  });
}
