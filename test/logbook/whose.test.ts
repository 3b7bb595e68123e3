import { describe, expect, it } from 'vitest';
import { AppRows } from '../../src/diff/rows.js';
import { Whose } from '../../src/logbook/whose.js';
import { Matcher } from '../../src/match/match.js';
import { PersonIndex } from '../../src/match/person-index.js';
import { Standing } from '../../src/match/standing.js';
import type { LogEntry } from '../../src/model/log.js';
import type { Person } from '../../src/model/person.js';
import { accountOf, ago, DAY, NOW, person, POLICY, RULES } from '../in-memory.js';
import { entry } from './entry.js';

const PEOPLE: readonly Person[] = [
  person('ann', { employeeId: '1001' }),
  person('ben', { startAt: ago(20 * DAY) }),
  person('cat', { emails: ['shared@corp.example'] }),
  person('dan', { emails: ['shared@corp.example'] }),
];

/** Ann has the account a-ann; nobody else has one. */
function whose(people: readonly Person[] = PEOPLE): Whose {
  const index = new PersonIndex(RULES.map((rule) => rule.person));
  index.addSource('hr');
  index.addSource('partners');
  people.forEach((one) => index.add(one, 0));
  index.add(person('ann', { userName: 'other', emails: ['other@corp.example'] }), 1);
  const standing = new Standing(index, NOW, POLICY.leavers);
  const rows = new AppRows(index);
  rows.keep(0, accountOf(PEOPLE[0] as Person));
  return new Whose(
    standing,
    rows,
    new Matcher(standing, RULES, POLICY.preHireLead, POLICY.leavers),
    POLICY.preHireLead,
    new Set(['a-open']),
  );
}

const nobody = { row: -1 };

describe('whose an entry is', () => {
  it.each<[what: string, entry: Partial<LogEntry>, named: object, source?: number]>([
    ['is told by the id of an account in the list', { accountId: 'a-ann', email: 'ben@corp.example' }, { row: 0 }],
    ["is told by the person's id, in the directory whose log it is", { personId: 'ann' }, { row: 0 }, 0],
    ['and not in another one', { personId: 'ann' }, { row: 4 }, 1],
    ['is not told by an id that two directories have', { personId: 'ann' }, { row: -2 }],
    ["is told by the account's address", { email: 'Ben@Corp.example' }, { row: 1 }],
    ["is told by the person's user name", { personUserName: 'cat' }, { row: 2 }],
    ["is told by the person's number", { employeeId: '1001' }, { row: 0 }],
    ['is told by keys that agree', { personUserName: 'ann', email: 'ann@corp.example' }, { row: 0 }],
    ['is not told by keys that name two people', { personUserName: 'ann', email: 'ben@corp.example' }, { row: -2 }],
    ["is not told by the account's own keys either, where they name two", { userName: 'cat', email: 'ben@corp.example' }, { row: -2 }],
    ['nor where one names two others', { userName: 'ben', email: 'shared@corp.example' }, { row: -2 }],
    ['is told by the key that chooses among those of another', { userName: 'cat', email: 'shared@corp.example' }, { row: 2 }],
    ['is told by one key where the other is of nobody', { userName: 'c.cat', email: 'ben@corp.example' }, { row: 1 }],
    ['is nobody of an account in the list whose owner is a question', { accountId: 'a-open', email: 'ben@corp.example' }, nobody],
    ['is not told by an address that two people have', { email: 'shared@corp.example' }, { row: -2 }],
    ['is nobody of whom nothing is known', { email: 'x@elsewhere.example' }, nobody],
    ['is nobody where the entry says nothing', {}, nobody],
    ['is not the holder of the key today, where the entry is from before they came', { email: 'ben@corp.example', at: ago(60 * DAY) }, nobody],
    ['is not somebody with another account', { accountId: 'a-old', email: 'ann@corp.example' }, nobody],
    ['is whoever the entry names, of an account that is not in the list', { accountId: 'a-ben', email: 'ben@corp.example' }, { row: 1, account: 'a-ben' }],
    ['is left open where the entry has nothing but such an id', { accountId: 'a-ben' }, { row: -1, account: 'a-ben' }],
  ])('%s', (_, more, named, source) => {
    expect(whose().of(entry(DAY, 'update', more), source)).toEqual(named);
  }); // prettier-ignore
});
