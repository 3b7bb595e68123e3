// Registered accounts: whether a registration holds today, which accounts it covers, and what is said of one that covers too many or none.
import { describe, expect, it } from 'vitest';
import { covering, registrationNote, registrations } from '../../src/diff/registrations.js';
import type { Match } from '../../src/match/match.js';
import type { Person } from '../../src/model/person.js';
import type { RegisteredAccount } from '../../src/model/policy.js';
import { account, ago, at, NOW, person, POLICY } from '../in-memory.js';
import { standingOf } from '../match/index-of.js';

const svc = (more: Partial<RegisteredAccount> = {}): RegisteredAccount => ({ match: 'userName eq "svc"', kind: 'service', ...more });
const gone = { state: 'terminated', endAt: at('2026-10-01') } as const;

describe('whether a registration holds', () => {
  const here = person('sam', { employeeId: '1001', userName: 'sammy', emails: ['sam@corp.example'] });
  const holds = (more: Partial<RegisteredAccount>, people: readonly Partial<Person>[], proven = true): string => {
    const [one] = registrations([svc(more)], standingOf(people), POLICY, proven);
    return one?.undecided === true ? `undecided ${one.lapse ?? ''}`.trim() : (one?.lapse ?? 'holds');
  };
  it.each<[what: string, expected: string, more: Partial<RegisteredAccount>, people: Partial<Person>[], proven?: boolean]>([
    ['of an owner by id', 'holds', { owner: 'sam' }, [here]],
    ['of an owner by number', 'holds', { owner: '1001' }, [here]],
    ['of an owner by user name', 'holds', { owner: 'SAMMY' }, [here]],
    ['of an owner by address', 'holds', { owner: 'sam@corp.example' }, [here]],
    ['of an owner in a list that is not whole', 'holds', { owner: 'sam' }, [here], false],
    ['of nobody', 'it is registered without an owner', {}, [here]],
    ['of a blank', 'it is registered without an owner', { owner: ' ' }, [here]],
    ['of nobody in a list that is not whole', 'it is registered without an owner', {}, [here], false],
    ['of somebody who is not there', 'its owner bo is not in the directory', { owner: 'bo' }, [here]],
    ['of what is no key', 'its owner n/a is not in the directory', { owner: 'n/a' }, [here]],
    ['of somebody who is not in a list that is not whole', 'undecided', { owner: 'bo' }, [here], false],
    ['of what is no key, in a list that is not whole', 'undecided', { owner: 'n/a' }, [here], false],
    ['of a leaver', 'its owner sam has left', { owner: 'sam' }, [{ ...here, ...gone }]],
    ['of somebody who is off', 'its owner sam has left', { owner: 'sam' }, [{ ...here, state: 'suspended' }]],
    ['of a mailbox that is off', 'holds', { owner: 'sam' }, [{ ...here, state: 'suspended', kind: 'shared' }]],
    ['of a leaver who is back under another record', 'holds', { owner: 'old' }, [{ id: 'old', employeeId: '1001', ...gone }, { ...here, startAt: at('2026-11-01') }]],
    ['of two who are here', 'holds', { owner: 'pat' }, [{ userName: 'pat' }, { userName: 'pat' }]],
    ['of two who left', 'its owner pat has left', { owner: 'pat' }, [{ userName: 'pat', ...gone }, { userName: 'pat', ...gone }]],
    ['of two, one of whom left', 'its owner pat is several people, one of whom has left', { owner: 'pat' }, [{ userName: 'pat' }, { userName: 'pat', ...gone }]],
    ['of the one whose id it is', 'holds', { owner: 'sam' }, [here, { userName: 'sam', ...gone }]],
    ['whose review is due now', 'holds', { owner: 'sam', reviewBy: NOW }, [here]],
    ['whose review was due', 'its review was due on 2026-11-24', { owner: 'sam', reviewBy: NOW - 1 }, [here]],
    ['whose review was due, and whose owner may be there', 'its review was due on 2026-11-24', { owner: 'bo', reviewBy: NOW - 1 }, [here], false],
  ])('%s: %s', (_, expected, ...given) => {
    expect(holds(...given)).toBe(expected);
  }); // prettier-ignore
});

describe('which accounts it covers', () => {
  const covered = (match: Match, people: readonly Partial<Person>[] | readonly Partial<Person>[][], filter = svc().match): string => {
    const standing = Array.isArray(people[0]) ? standingOf(...(people as Partial<Person>[][])) : standingOf(people as Partial<Person>[]);
    const all = registrations([svc({ match: 'userName eq "other"' }), svc({ match: filter })], standing, POLICY, true);
    const found = covering({ registrations: all, standing, policy: POLICY }, account('a', { userName: 'svc', attributes: { title: 'x' } }), match);
    if (found !== undefined) expect([found.registration, 'is' in found]).toEqual([all[1], found.is !== undefined]);
    const refused = all.map((one) => one.refused).join();
    return `${found === undefined ? 'no' : (found.is ?? 'yes')} ${refused}`;
  }; // prettier-ignore
  const one: Match = { kind: 'one', row: 0, record: 0, rule: 'userName' };
  const several: Match = { kind: 'ambiguous', rows: [0, 1], rule: 'userName' };
  const BROAD = 'userName sw "sv"';
  const off: Partial<Person> = { state: 'suspended', kind: 'unknown' };
  const named: Partial<Person> = { attributes: { givenName: 'Zed' } };

  it.each<[what: string, expected: string, match: Match, people: Partial<Person>[] | Partial<Person>[][], filter?: string]>([
    ['of nobody', 'yes 0,0', { kind: 'none' }, [{}]],
    ['that it does not name', 'no 0,0', { kind: 'none' }, [{}], 'userName eq "x"'],
    ['of somebody who is here', 'yes 0,0', one, [{}], BROAD],
    ['of a leaver', 'no 0,1', one, [gone]],
    ['of a leaver among several, by a broad filter', 'no 0,1', several, [{}, gone], BROAD],
    ['of a leaver among several, by name', 'yes 0,0', several, [{}, gone]],
    ['of several who are here', 'yes 0,0', several, [{}, {}], BROAD],
    ['of a leaver whose address it was', 'no 0,1', { ...several, kind: 'recycled', rows: [0] }, [gone], BROAD],
    ['of a mailbox that the directory calls one, and which is off', 'yes 0,0', one, [{ state: 'suspended', kind: 'shared' }], BROAD],
    ['of a mailbox that the directory has deleted', 'no 0,1', one, [{ state: 'deleted', kind: 'shared' }]],
    ['of a record that is off, beside people with names', 'mailbox 0,0', one, [off, named]],
    ['of a record that is off, beside people with family names', 'mailbox 0,0', one, [off, { attributes: { familyName: 'Quill' } }]],
    ['of a record that is off, beside people without names', 'doubtful 0,0', one, [off, { attributes: { givenName: '', displayName: 'Zed' } }]],
    ['of a record that is off, beside a list of people with names', 'doubtful 0,0', one, [[off], [named]]],
    ['of a record that is off, by a broad filter', 'no 0,1', one, [off, named], BROAD],
    ['of somebody whose records contradict each other', 'no 0,1', one, [{ ...off, kind: 'human', emails: ['p@corp.example'] }, { emails: ['p@corp.example'] }], BROAD],
    ['of a human who is off', 'no 0,1', one, [{ ...off, kind: 'human' }, named]],
    ['of a guest who is off', 'no 0,1', one, [{ ...off, kind: 'guest' }, named]],
    ['of a record that has ended', 'no 0,1', one, [{ ...off, state: 'terminated' }, named]],
    ['of a record that is off and has a number', 'no 0,1', one, [{ ...off, employeeId: '1001' }, named]],
    ['of a record that is off and has no number', 'mailbox 0,0', one, [{ ...off, employeeId: 'n/a' }, named]],
    ['of a record that is off and has a first day', 'no 0,1', one, [{ ...off, startAt: at('2020-01-01') }, named]],
    ['of a record that is off and has a last day', 'no 0,1', one, [{ ...off, endAt: at('2027-01-01') }, named]],
    ['of a record that is off and has a given name', 'no 0,1', one, [{ ...off, ...named }]],
    ['of a record that is off and has a family name', 'no 0,1', one, [{ ...off, attributes: { familyName: 'Quill' } }]],
    ['of a record that is off and has a manager', 'no 0,1', one, [{ ...off, attributes: { manager: 'bo' } }, named]],
    ['of a record that is off and has a blank name', 'mailbox 0,0', one, [{ ...off, attributes: { givenName: '', manager: '' } }, named]],
    ['of a leaver, by one of several names', 'yes 0,0', several, [{}, gone], 'userName eq "x" or userName eq "svc"'],
    ['of a leaver, by a name or more', 'no 0,1', several, [{}, gone], 'userName eq "svc" or title pr'],
    ['of a leaver, by a name and more', 'yes 0,0', several, [{}, gone], 'title pr and USERNAME eq "svc"'],
    ['of a leaver, by two things that are no names', 'no 0,1', several, [{}, gone], 'title pr and title eq "x"'],
    ['of a leaver, by what is no name', 'no 0,1', several, [{}, gone], 'title eq "x"'],
    ['of a leaver, by what it is not called', 'no 0,1', several, [{}, gone], 'userName ne "x"'],
  ])('%s', (_, expected, ...given) => {
    expect(covered(...given)).toBe(expected);
  }); // prettier-ignore

  it('is decided by the first that may cover it', () => {
    const standing = standingOf([{}, { ...gone, endAt: ago(0) }]);
    const all = registrations([svc({ match: BROAD }), svc(), svc()], standing, POLICY, true);
    const found = covering({ registrations: all, standing, policy: POLICY }, account('a', { userName: 'svc' }), { ...several, rows: [0, 1] });
    expect([found?.registration === all[1], all.map(({ refused }) => refused)]).toEqual([true, [1, 0, 0]]);
  }); // prettier-ignore
});

describe('what is said of a registration', () => {
  const said = (used: number, accounts: number, match = 'userName sw "svc"', refused = 0): string =>
    /does not cover \d+ account|covers nothing|too broad/.exec(registrationNote({ ...registration(match), used, refused }, accounts) ?? '')?.[0] ?? ''; // prettier-ignore
  const registration = (match: string) => registrations([svc({ match })], standingOf([{}]), POLICY, true)[0] as NonNullable<ReturnType<typeof registrations>[0]>; // prettier-ignore
  it.each<[what: string, expected: string, ...given: Parameters<typeof said>]>([
    ['that covers none', 'covers nothing', 0, 100],
    ['that covers none but those of leavers', 'does not cover 2 account', 0, 100, 'userName sw "svc"', 2],
    ['that covers some, and others of leavers', '', 1, 100, 'userName sw "svc"', 2],
    ['of nine in ten', '', 9, 10],
    ['of ten in forty-nine', 'too broad', 10, 49],
    ['of ten in fifty', '', 10, 50],
    ['of ten in eleven, each by name', '', 10, 11, 'userName eq "svc"'],
  ])('%s', (_, expected, ...given) => {
    expect(said(...given)).toBe(expected);
  });
});
