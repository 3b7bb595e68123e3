// Whose account is it? One company of two or three records for each answer.
import { describe, expect, it } from 'vitest';
import { bornAt, Matcher, type Match } from '../../src/match/match.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { account, ago, at, DAY, POLICY, RULES } from '../in-memory.js';
import { standingOf } from './index-of.js';

type Some = Partial<Person>;

const matcherOf = (people: readonly Some[], more: readonly Some[] = [], links?: ReadonlyMap<string, number>): Matcher =>
  new Matcher(standingOf(people, ...(more.length > 0 ? [more] : [])), RULES, 30 * DAY, POLICY.leavers, links);
const said = (match: Match): string => {
  if (match.kind === 'none') return 'none';
  const rows = match.kind === 'one' ? `${match.record}${match.row === match.record ? '' : `>${match.row}`}` : match.rows.join();
  return `${match.kind} ${rows} by ${match.rule}${match.kind === 'recycled' && match.stranger === true ? ', a stranger' : ''}`;
};
const whose = (held: Partial<Account>, people: readonly Some[], more?: readonly Some[]): string =>
  said(matcherOf(people, more).match(account('a', held)));

const ada: Some = { emails: ['ada@corp.example'], userName: 'ada', employeeId: '1001' };
const bo: Some = { emails: ['bo@corp.example'], userName: 'bo', employeeId: '1002' };
const byAddress = { emails: ['ADA@corp.example'] };
const named = (displayName: string): Pick<Person, 'attributes'> => ({ attributes: { displayName } });
const left: Some = { state: 'terminated', endAt: ago(200 * DAY) };

describe('an account', () => {
  it.each<[what: string, expected: string, held: Partial<Account>, people: Some[], more?: Some[]]>([
    ['of an id', 'one 1 by externalId=id', { externalId: 'R1' }, [ada, bo]],
    ['of a number', 'one 1 by employeeId', { employeeId: '1002' }, [ada, bo]],
    ['of an address', 'one 0 by email', byAddress, [ada, bo]],
    ['of a user name', 'one 1 by userName', { userName: 'BO' }, [ada, bo]],
    ['of a further address', 'one 0 by alias', { emails: ['x@corp.example', 'ada@corp.example'] }, [ada, bo]],
    ['of nobody', 'none', { emails: ['zed@corp.example'], userName: 'zed' }, [ada, bo]],
    ['without keys', 'none', {}, [ada, bo]],
    ['by the first rule that finds anybody', 'one 1 by employeeId', { employeeId: '1002', ...byAddress }, [ada, bo]],
    ['whose first key names nobody', 'one 0 by email', { externalId: 'n/a', employeeId: '0', ...byAddress }, [ada, bo]],
    ['of two people', 'ambiguous 0,1 by email', byAddress, [{ ...ada, ...named('Ada Low') }, { ...bo, emails: ada.emails, ...named('Zed Quill') }]],
    ['of two, of whom a later rule names one', 'one 1 by userName', { ...byAddress, userName: 'bo' }, [{ ...ada, ...named('Ada Low') }, { ...bo, emails: ada.emails, ...named('Zed Quill') }]],
    ['of two, and a later rule names a third', 'ambiguous 0,1 by email', { ...byAddress, userName: 'cy' }, [{ ...ada, ...named('Ada Low') }, { ...bo, emails: ada.emails, ...named('Zed Quill') }, { userName: 'cy' }]],
    ['of a number that nine have', 'ambiguous  by employeeId', { employeeId: 'EXT' }, Array.from({ length: 9 }, () => ({ employeeId: 'EXT' }))],
    ['of a number that nine have, and an address', 'one 9 by email', { employeeId: 'EXT', ...byAddress }, [...Array.from({ length: 9 }, () => ({ employeeId: 'EXT' })), ada]],
    ['of an alias that nine have', 'ambiguous  by alias', { emails: ['x@corp.example', 'team@corp.example'] }, Array.from({ length: 9 }, () => ({ emails: ['team@corp.example'] }))],
    ['of one who left and came back', 'one 0>1 by externalId=id', { externalId: 'r0' }, [{ ...ada, ...left }, { ...ada, startAt: ago(50 * DAY) }]],
    ['of two records of one human', 'one 1 by employeeId', { employeeId: '1001' }, [{ ...ada, ...left }, { ...ada, startAt: ago(50 * DAY) }]],
    ['of two who left', 'one 1 by email', byAddress, [{ ...ada, ...left, ...named('Ada Low') }, { ...bo, emails: ada.emails, ...left, endAt: ago(9 * DAY), ...named('Zed Quill') }]],
    ['of two who left, and one is not dated', 'one 1 by email', byAddress, [{ ...ada, state: 'terminated', ...named('Ada Low') }, { ...bo, emails: ada.emails, ...left, ...named('Zed Quill') }]],
    ['of one who left, and one of an unknown state', 'ambiguous 0,1 by email', byAddress, [{ ...ada, ...left, ...named('Ada Low') }, { ...bo, emails: ada.emails, state: 'unknown', ...named('Zed Quill') }]],
    ['of two records that contradict each other', 'one 0 by employeeId', { employeeId: '1001' }, [{ ...ada, state: 'suspended' }, { ...ada, startAt: undefined }]],
    ['of one who left, and somebody who is here', 'ambiguous 0,1 by email', byAddress, [{ ...ada, ...left, ...named('Ada Low') }, { ...bo, emails: ada.emails, ...named('Zed Quill') }]],
    ['of a number of one who left, and somebody who is here', 'ambiguous 0,1 by employeeId', { employeeId: '1001', createdAt: ago(9 * DAY) }, [{ ...ada, ...left, ...named('Ada Low') }, { ...bo, employeeId: '1001', startAt: ago(50 * DAY), ...named('Zed Quill') }]],
  ])('%s: %s', (_, expected, ...given) => {
    expect(whose(...given)).toBe(expected);
  }); // prettier-ignore

  it('of the provider itself is whose it says, and of who speaks for them', () => {
    const matcher = matcherOf([{ ...ada, ...left }, { ...ada, startAt: ago(50 * DAY) }, bo], [], new Map([['a', 0]])); // prettier-ignore
    expect(said(matcher.match(account('a', { userName: 'bo' })))).toBe('one 0>1 by id=assigned.account');
    expect(said(matcher.match(account('b', { userName: 'bo' })))).toBe('one 2 by userName');
  });
});

describe('an address that went from one to another', () => {
  const was = { ...ada, ...left, ...named('Ada Low') };
  const is = { ...bo, emails: ada.emails, startAt: ago(100 * DAY), ...named('Zed Quill') };
  const made = (days: number, ...people: Some[]): string => whose({ ...byAddress, createdAt: ago(days * DAY) }, people);
  it.each<[what: string, expected: string, days: number, ...Some[]]>([
    ['made for the second', 'one 1 by email', 99, was, is],
    ['made a month before the second came', 'one 1 by email', 130, was, is],
    ['made earlier', 'recycled 0,1 by email', 131, was, is],
    ['made while both were here', 'ambiguous 0,1 by email', 99, { ...was, endAt: ago(50 * DAY) }, is],
    ['made when the first had just left', 'one 1 by email', 99, { ...was, endAt: ago(99 * DAY) }, is],
    ['made, and the first one did not leave by any date', 'ambiguous 0,1 by email', 99, { ...ada, state: 'terminated', ...named('Ada Low') }, is],
    ['made, and the second has no first day', 'ambiguous 0,1 by email', 99, was, { ...is, startAt: undefined }],
    ['made, and the first is of an unknown state', 'ambiguous 0,1 by email', 99, { ...ada, state: 'unknown', ...named('Ada Low') }, is],
    ['made between two employments of the first', 'ambiguous 0,1 by email', 99, { ...was, endAt: ago(200 * DAY), startAt: ago(80 * DAY), state: 'suspended' }, is],
    ['made for the second alone, who came later', 'recycled 0 by email', 131, is],
    ['made for the second alone, whom the directory knew', 'one 0 by email', 131, { ...is, createdAt: ago(131 * DAY) }],
    ['made for the second alone, whom the directory got to know later', 'recycled 0 by email', 131, { ...is, createdAt: ago(130 * DAY) }],
    ['made for the second alone, who had been here before', 'one 0 by email', 131, { ...is, endAt: ago(400 * DAY) }],
    ['made for the second alone, in time', 'one 0 by email', 130, is],
  ])('%s: %s', (_, expected, days, ...people) => {
    expect(made(days, ...people)).toBe(expected);
  }); // prettier-ignore

  it('a number is never given to another', () => {
    expect(whose({ employeeId: '1001', createdAt: ago(900 * DAY) }, [{ ...ada, startAt: ago(100 * DAY) }])).toBe('one 0 by employeeId');
  });

  it('is in question where a date could not be read', () => {
    const asked = (held: Partial<Account>, one: Some): [string, number] => {
      const matcher = matcherOf([{ ...is, ...one }]);
      return [said(matcher.match(account('a', { ...byAddress, ...held }))), matcher.undatedBirths];
    };
    const unread = { unread: ['createdAt'] } as Partial<Account>;
    expect(asked(unread, {})).toEqual(['one 0 by email', 1]);
    expect(asked({}, {})).toEqual(['one 0 by email', 0]);
    expect(asked({ createdAt: ago(900 * DAY) }, { startAt: undefined, unread: ['startAt'] })).toEqual(['one 0 by email', 1]);
    expect(asked(unread, { startAt: undefined })).toEqual(['one 0 by email', 0]);
    const either = (day: string): Partial<Account> => ({ ...unread, either: { createdAt: at(day) } });
    expect(asked(either('2015-03-04'), {})).toEqual(['recycled 0 by email', 0]);
    expect(asked(either('2026-10-11'), {})).toEqual(['one 0 by email', 0]);
    expect(asked(either('2026-03-09'), {})).toEqual(['one 0 by email', 1]);
  });

  it('that may be of two days was made on one of them', () => {
    expect(bornAt(account('a', { createdAt: at('2026-11-12') }))).toEqual([at('2026-11-12').at]);
    expect(bornAt(account('a', { either: { createdAt: at('2026-11-12') } }))).toEqual([at('2026-11-12').at, at('2026-12-11').at]);
    expect(bornAt(account('a'))).toBeUndefined();
  });
});

describe('an account with another name on it', () => {
  const boss: Some = { ...bo, emails: ['bo@corp.example', 'ada@corp.example'], ...named('Bo Quill') };
  it.each<[what: string, expected: string, held: Partial<Account>, ...Some[]]>([
    ['found by a further address', 'recycled 0 by alias, a stranger', { ...byAddress, ...named('Ada Low') }, boss],
    ['found so, without a name', 'one 0 by alias', byAddress, boss],
    ['found so, with a word in common', 'one 0 by alias', { ...byAddress, ...named('Quill, B.') }, boss],
    ['found so, of one who has left', 'one 0 by alias', { ...byAddress, ...named('Ada Low') }, { ...boss, ...left }],
    ['found by the address', 'one 0 by email', { ...byAddress, ...named('Zed Quill') }, { ...ada, ...named('Ada Low') }],
  ])('%s: %s', (_, expected, held, ...people) => {
    expect(whose(held, people)).toBe(expected);
  }); // prettier-ignore
});

describe('a user name that is an address', () => {
  const mail = { userName: 'ada@corp.example' };
  it.each<[what: string, expected: string, held: Partial<Account>, people: Some[], more?: Some[]]>([
    ['of somebody', 'one 0 by userName=email', mail, [ada, bo]],
    ['of somebody, as a further one', 'one 0 by userName=alias', mail, [{ ...bo, emails: ['bo@corp.example', 'ada@corp.example'] }]],
    ['of the person', 'one 0 by email=userName', byAddress, [{ userName: 'ada@corp.example' }]],
    ['of the person, and a further address here', 'one 0 by alias=userName', { emails: ['x@corp.example', 'ada@corp.example'] }, [{ userName: 'ada@corp.example' }]],
    ['and is no address', 'none', { userName: 'ada@' }, [bo]],
    ['of two people', 'ambiguous 0,1 by userName=email', { userName: 'ada@corp.example', emails: ['bo@else.example'] }, [ada, { ...bo, userName: 'bo@else.example' }]],
    ['of two records of one human', 'one 1 by userName=email', mail, [{ ...ada, ...left }, { ...ada, startAt: ago(50 * DAY) }]],
    ['of nine people', 'ambiguous  by userName=email', { userName: 'team@corp.example' }, Array.from({ length: 9 }, () => ({ emails: ['team@corp.example'] }))],
    ['of somebody with another number', 'ambiguous 0 by userName=email', { ...mail, employeeId: '7' }, [ada]],
    ['of somebody with the same number', 'one 0 by employeeId', { ...mail, employeeId: '1001' }, [ada]],
    ['of somebody without a number', 'one 0 by userName=email', { ...mail, employeeId: '7' }, [{ emails: ada.emails }]],
    ['of somebody with another name', 'recycled 0 by userName=email, a stranger', { ...mail, ...named('Zed Quill') }, [{ ...ada, ...named('Ada Low') }]],
    ['of somebody with another name who has left', 'one 0 by userName=email', { ...mail, ...named('Zed Quill') }, [{ ...ada, ...left, ...named('Ada Low') }]],
    ['of somebody who came later', 'recycled 0 by userName=email', { ...mail, createdAt: ago(131 * DAY) }, [{ ...ada, startAt: ago(100 * DAY) }]],
    ['of one who left and one who is here', 'ambiguous 0,1 by userName=email', mail, [{ ...ada, ...left, ...named('Ada Low') }, { ...bo, emails: ada.emails, ...named('Zed Quill') }]],
    ['of one who left, and one who came later', 'recycled 0,1 by userName=email', { ...mail, createdAt: ago(900 * DAY) }, [{ ...ada, ...left, ...named('Ada Low') }, { ...bo, emails: ada.emails, startAt: ago(100 * DAY), ...named('Zed Quill') }]],
    ['does not count where a rule leaves it open', 'ambiguous 0,1 by email', { emails: ['team@corp.example'], userName: 'bo@corp.example' }, [{ emails: ['team@corp.example'], ...named('Ada Low') }, { emails: ['team@corp.example'], ...named('Zed Quill') }, bo]],
  ])('%s: %s', (_, expected, ...given) => {
    expect(whose(...given)).toBe(expected);
  }); // prettier-ignore
});
