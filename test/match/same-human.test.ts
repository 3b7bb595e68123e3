import { describe, expect, it } from 'vitest';
import { bearsAnotherName } from '../../src/match/another-name.js';
import { beside } from '../../src/match/employments.js';
import { looseCandidates } from '../../src/match/loose-keys.js';
import { bearsLongerName, compareNames, isSameHuman, mayBeSameHuman } from '../../src/match/same-human.js';
import { spelled } from '../../src/match/spelling.js';
import type { Person, PersonState } from '../../src/model/person.js';
import { account, ago, DAY } from '../in-memory.js';
import { indexOf, knownOf } from './index-of.js';

type Some = Partial<Person>;
const called = (givenName: string, familyName: string): Person['attributes'] => ({ givenName, familyName });
const shown = (displayName: string): Person['attributes'] => ({ displayName });

describe('two names', () => {
  const compare = (a: Person['attributes'], b: Person['attributes']): string[] => {
    const index = indexOf([[{ attributes: a }, { attributes: b }]]);
    return [...new Set([compareNames(index, 0, 1), compareNames(index, 1, 0)])];
  };
  it.each<[a: Person['attributes'], b: Person['attributes'], word: string]>([
    [called('Ada', 'Low'), called('Ada', 'Low'), 'same'],
    [called('ADA', 'Low'), called('ada', 'low '), 'same'],
    [called('Jürgen', 'Möller'), called('Juergen', 'Moeller'), 'same'],
    [called('Jurgen', 'Moller'), called('Juergen', 'Moeller'), 'same'],
    [called('Ada', 'Low'), called('Bo', 'Quill'), 'different'],
    [called('Ada', 'Low'), called('Bo', 'Low'), 'alike'],
    [called('Ada', 'Low-Quill'), called('A', 'Quill'), 'alike'],
    [called('Ada', 'Low'), called('Ada', 'Quill'), 'unknown'],
    [called('', 'Low'), called('', 'Quill'), 'different'],
    [called('Ada', ''), called('Ada', 'Low'), 'unknown'],
    [called('Jane', 'Doe'), called('Jane', 'Doe (Admin)'), 'longer'],
    [called('Jane', 'Doe'), called('Jane Marie', 'Doe'), 'longer'],
    [called('', 'Doe'), called('Jane', 'Doe'), 'alike'],
    [called('X', 'Y Low'), called('Z', 'Y Quill'), 'different'],
    [shown('Jane Doe'), shown('jane doe'), 'same'],
    [shown('Jane Doe'), shown('Jane Doe (Admin)'), 'longer'],
    [shown('Doe'), shown('Jane Doe'), 'alike'],
    [shown('Jane Doe'), shown('Ben Two'), 'different'],
    [shown('Jane Doe'), shown('J Doe'), 'alike'],
    [{}, shown('Jane Doe'), 'unknown'],
    [{}, {}, 'unknown'],
    [{ ...called('Ada', 'Low'), ...shown('Ada Low') }, shown('Ada Low'), 'same'],
    [called('Ada', 'Low'), shown('Ada Low'), 'unknown'],
    [{ ...called('', 'Low'), ...shown('x') }, called('Ada', ''), 'different'],
  ])('%j and %j: %s', (a, b, word) => {
    expect(compare(a, b)).toEqual([word]);
  });

  it.each([
    ['Łukasz', 'lukasz'],
    ['Øre Æsir', 'ore asir'],
    ['Đœð', 'dod'],
    ['Müller', 'muller'],
    ['Mueller', 'muller'],
    ['Goethe', 'gothe'],
    ['Baer', 'bar'],
  ])('%s is spelled %s', (name, plain) => {
    expect(spelled(name)).toBe(plain);
  });
});

describe('a name on an account that is not the name of its owner', () => {
  const another = (own: Record<string, string>, theirs: Person['attributes']): boolean =>
    bearsAnotherName(account('a', { attributes: own }), indexOf([[{ attributes: theirs }]]), 0);
  it.each<[own: Record<string, string>, theirs: Person['attributes'], another: boolean]>([
    [{ displayName: 'Zed Quill' }, called('Ada', 'Low'), true],
    [{ displayName: 'Zed Low' }, called('Ada', 'Low'), false],
    [{ displayName: 'LOW, A' }, shown('Ada Low'), false],
    [{ givenName: 'Ada', familyName: 'Married' }, called('Ada', 'Low'), false],
    [{ displayName: 'A B' }, called('Ada', 'Low'), false],
    [{ displayName: 'Zed A' }, called('A', 'Low'), true],
    [{}, called('Ada', 'Low'), false],
    [{ displayName: 'Zed' }, {}, false],
  ])('%j, %j: %s', (own, theirs, expected) => {
    expect(another(own, theirs)).toBe(expected);
  });
});

const N = { employeeId: '1001' };
const E = { emails: ['ada@corp.example'] };
const ADA = { attributes: called('Ada', 'Low') };
const ANN = { attributes: called('Ann', 'Low') };
const ZED = { attributes: called('Zed', 'Quill') };
const ADMIN = { attributes: called('Ada', 'Low (Admin)') };
const other = { emails: ['x@corp.example'] };

describe('two records of one human', () => {
  const are = (a: Some, b: Some, more: readonly Some[] = [], second: readonly Some[] = []): boolean[] => {
    const known = knownOf(indexOf([[a, ...(second.length > 0 ? [] : [b]), ...more], ...(second.length > 0 ? [[b]] : [])]));
    const at = second.length > 0 ? more.length + 1 : 1;
    return [isSameHuman(known, 0, at), mayBeSameHuman(known, 0, at)];
  };
  it.each<[what: string, same: boolean, maybe: boolean, a: Some, b: Some, more?: Some[]]>([
    ['number and name', true, false, { ...N, ...ADA }, { ...N, ...ADA }],
    ['address and name', true, true, { ...E, ...ADA }, { ...E, ...ADA }],
    ['a name alone', false, false, ADA, ADA],
    ['number, and another name', false, false, { ...N, ...ADA }, { ...N, ...ZED }],
    ['address, and another name', false, false, { ...E, ...ADA }, { ...E, ...ZED }],
    ['both, and another name', false, true, { ...N, ...E, ...ADA }, { ...N, ...E, ...ZED }],
    ['both, and a name that is like it', true, true, { ...N, ...E, ...ADA }, { ...N, ...E, ...ANN }],
    ['number, and a name that is like it', false, true, { ...N, ...ADA }, { ...N, ...ANN }],
    ['address, and a name that is like it', false, true, { ...E, ...ADA }, { ...E, ...ANN }],
    ['number without names', true, false, N, N],
    ['address without names', false, true, E, E],
    ['address without names, and numbers of their own', false, false, { ...E, ...N }, { ...E, employeeId: '7' }],
    ['address without names, and one number', false, true, { ...E, ...N }, E],
    ['a number that another name has, too', false, false, N, N, [{ ...N, ...ADA }, { ...N, ...ZED }]],
    ['a number that live records with addresses of their own have', false, false, { ...N, ...E }, { ...N, ...other }],
    ['the same, and one of them has left', true, false, { ...N, ...E }, { ...N, ...other, state: 'terminated' }],
    ['the same, and one has no address', true, false, { ...N, ...E }, N],
    ['a number of two who are alike, and of a third', false, false, { ...N, ...ADA }, { ...N, ...ANN }, [{ ...N, ...ZED }]],
    ['nothing', false, false, {}, {}],
  ])('%s', (_, same, maybe, a, b, more) => {
    expect(are(a, b, more)).toEqual([same, maybe]);
  }); // prettier-ignore

  it('are not those of two lists that count from one', () => {
    const two = (a: Some, b: Some): boolean => isSameHuman(knownOf(indexOf([[{ ...N, ...a }], [{ ...N, ...b }]])), 0, 1);
    const [early, late] = [{ startAt: ago(900 * DAY), endAt: ago(100 * DAY) }, { startAt: ago(400 * DAY) }];
    expect(two(early, late)).toBe(false);
    expect(two(late, early)).toBe(false);
    expect(two(early, { startAt: ago(130 * DAY) })).toBe(true);
    expect(two(early, { startAt: ago(131 * DAY) })).toBe(false);
    expect(two(early, { startAt: ago(90 * DAY) })).toBe(true);
    expect(two(early, { startAt: ago(930 * DAY) })).toBe(true);
    expect(two(early, { startAt: ago(931 * DAY) })).toBe(false);
    expect(two({ startAt: ago(900 * DAY) }, late)).toBe(true);
    expect(two({ ...early, ...E }, { ...late, ...E })).toBe(true);
    const known = knownOf(
      indexOf([
        [
          { ...N, ...early },
          { ...N, ...late },
        ],
      ]),
    );
    expect([isSameHuman(known, 0, 1), isSameHuman(known, 0, 0)]).toEqual([true, true]);
  });

  it('may be one for administration, with the same address', () => {
    const longer = (a: Some, b: Some): boolean => bearsLongerName(knownOf(indexOf([[a, b]])), 0, 1);
    expect(longer({ ...E, ...ADA }, { ...E, ...ADMIN })).toBe(true);
    expect(longer({ ...E, ...ADA }, ADMIN)).toBe(false);
    expect(longer({ ...E, ...ADA }, { ...E, ...ADA })).toBe(false);
    expect(longer(ADA, ADMIN)).toBe(false);
  });
});

describe('a key under another name or in another spelling', () => {
  const loose = (row: Some, before: Some): number => looseCandidates(indexOf([[before], [row]]), 1).length;
  it.each<[what: string, found: number, row: Some, before: Some]>([
    ['a user name that is their address', 1, { userName: 'ada@corp.example' }, E],
    ['a user name that is no address', 0, { userName: 'ada' }, { emails: ['ada'] }],
    ['the same with another name', 0, { userName: 'ada@corp.example', ...ZED }, { ...E, ...ADA }],
    ['the same with a name that is alike', 0, { userName: 'ada@corp.example', ...ANN }, { ...E, ...ADA }],
    ['the same with a longer name', 1, { userName: 'ada@corp.example', ...ADMIN }, { ...E, ...ADA }],
    ['a further address that is theirs, and the name', 1, { emails: [...other.emails, ...E.emails], ...ADA }, { ...E, ...ADA }],
    ['a further address alone', 0, { emails: [...other.emails, ...E.emails] }, E],
    ['an address that is a further one of theirs, and the name', 1, { ...E, ...ADA }, { emails: [...other.emails, ...E.emails], ...ADA }],
    ['an address that is a further one of theirs', 0, E, { emails: [...other.emails, ...E.emails] }],
    ['an address that is their user name', 1, E, { userName: 'ADA@corp.example' }],
    ['an external id that is their id', 1, { externalId: 'R0' }, {}],
    ['a number without its zeros', 1, { employeeId: '1001' }, { employeeId: '001001' }],
    ['a number with zeros', 1, { employeeId: '001001' }, { employeeId: '1001' }],
    ['a number with letters before it', 1, { employeeId: 'E001001' }, { employeeId: '1001' }],
    ['a number with many letters', 0, { employeeId: 'EXTN1001' }, { employeeId: '1001' }],
    ['a number with as many zeros as there are', 1, { employeeId: '1001' }, { employeeId: '0000001001' }],
    ['a number with more', 0, { employeeId: '1001' }, { employeeId: '00000001001' }],
    ['the same number', 0, { employeeId: '1001' }, { employeeId: '1001' }],
    ['zeros', 0, { employeeId: '0' }, { employeeId: '00' }],
    ['nothing', 0, {}, {}],
  ])('%s: %i', (_, found, row, before) => {
    expect(loose(row, before)).toBe(found);
  }); // prettier-ignore
});

describe('a live record beside one that has ended', () => {
  const says = (ended: Some, live: Some, sameList = false, state: PersonState = 'terminated'): string =>
    beside(indexOf(sameList ? [[ended, live]] : [[ended], [live]]), 0, state, 1);
  const end = { endAt: ago(100 * DAY) };
  const from = (days: number): Some => ({ startAt: ago(days * DAY) });
  it.each<[what: string, word: string, ended: Some, live: Some, sameList?: boolean, state?: PersonState]>([
    ['of the same number', 'same', { ...N, ...end }, N],
    ['of the same number, which is off', 'unclear', { ...N, ...end }, N, false, 'suspended'],
    ['without numbers', 'unclear', end, {}],
    ['with a number of its own', 'another', { ...N, ...end }, { employeeId: 'C-77' }],
    ['with the same number, written otherwise', 'unclear', { ...N, ...end }, { employeeId: 'E001001' }],
    ['with a number where there was none', 'unclear', end, N],
    ['with a number where there was none, in one list', 'another', end, N, true],
    ['without a number where there was one', 'unclear', { ...N, ...end }, {}],
    ['in one list', 'unclear', { ...N, ...end }, N, true],
    ['in one list, made after the end', 'another', { ...N, ...end }, { ...N, createdAt: ago(99 * DAY) }, true],
    ['in one list, made before the end', 'unclear', { ...N, ...end }, { ...N, createdAt: ago(101 * DAY) }, true],
    ['in one list, made after the last change', 'another', { ...N, changedAt: ago(100 * DAY) }, { ...N, createdAt: ago(99 * DAY) }, true],
    ['in one list, with another first day', 'another', { ...N, ...end, ...from(900) }, { ...N, ...from(869) }, true],
    ['in one list, with a first day that is hardly another', 'unclear', { ...N, ...end, ...from(900) }, { ...N, ...from(870) }, true],
    ['that begins when it ends', 'another', { ...N, ...end, ...from(900) }, { ...N, ...from(100) }],
    ['that begins a month before', 'another', { ...N, ...end, ...from(900) }, { ...N, ...from(130) }],
    ['that begins earlier', 'unclear', { ...N, ...end, ...from(900) }, { ...N, ...from(131) }],
    ['that begins as it began', 'same', { ...N, ...end, ...from(900) }, { ...N, ...from(890) }],
    ['that is nearer to the beginning of a short one', 'same', { ...N, ...end, ...from(110) }, { ...N, ...from(106) }],
    ['that is nearer to the end of a short one', 'another', { ...N, ...end, ...from(110) }, { ...N, ...from(104) }],
    ['with a first day that nobody can read', 'unclear', { ...N, ...end, ...from(900) }, { ...N, unread: ['startAt'] }],
    ['of which the last day cannot be read', 'same', { ...N, unread: ['endAt'], changedAt: ago(100 * DAY), ...from(900) }, { ...N, ...from(890) }],
    ['after a rehire, whose last day is that of before', 'another', { ...N, ...end, ...from(50), changedAt: ago(20 * DAY) }, { ...N, ...from(15) }],
  ])('%s: %s', (_, word, ...given) => {
    expect(says(...given)).toBe(word);
  }); // prettier-ignore
});
