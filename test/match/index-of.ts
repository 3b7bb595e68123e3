import type { Known } from '../../src/match/known.js';
import { PersonIndex } from '../../src/match/person-index.js';
import { Standing } from '../../src/match/standing.js';
import type { Person, PersonState } from '../../src/model/person.js';
import type { AddressRules } from '../../src/model/policy.js';
import { NOW, person, POLICY } from '../in-memory.js';

/** Lists of a directory, the first with precedence; people are named by the order in which they come. */
export function indexOf(lists: readonly (readonly Partial<Person>[])[], addresses?: AddressRules): PersonIndex {
  const index = new PersonIndex(['id', 'employeeId', 'email', 'userName', 'alias'], addresses);
  let n = 0;
  lists.forEach((people, i) => {
    const source = index.addSource(`dir-${i}`);
    for (const one of people) index.add(person(`r${n++}`, { emails: undefined, userName: undefined, ...one }), source);
  });
  return index;
}

/** What every record says by itself. */
export function knownOf(index: PersonIndex): Known {
  return { index, asOf: NOW, state: (row): PersonState => index.rawState(row), lastDay: (row) => index.date('endAt', row) };
}

export function standingOf(...lists: readonly (readonly Partial<Person>[])[]): Standing {
  return new Standing(indexOf(lists), NOW, POLICY.leavers);
}
