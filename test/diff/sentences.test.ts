// What is said of an account in one sentence, and of attributes that no account could be compared by.
import { describe, expect, it } from 'vitest';
import type { Compared } from '../../src/diff/compare.js';
import { notCompared, nothingCompared } from '../../src/diff/not-compared.js';
import { mustNotBe, notKnown, residue, unclear } from '../../src/diff/sentences.js';
import type { FindingAccount, FindingPerson } from '../../src/model/finding.js';
import { standingOf } from '../match/index-of.js';

const shown: FindingAccount = {
  id: 'a',
  status: 'active',
  kind: 'human',
  createdAt: '2026-01-02T03:04:05Z',
  lastLoginAt: '2026-11-01T00:00:00Z',
};
const ada: FindingPerson = { id: 'ada', source: 'hr', state: 'active', endAt: '2026-10-01' };

describe('an account whose owner is not clear', () => {
  const [ambiguous, recycled] = [{ kind: 'ambiguous', rows: [], rule: 'email' }, { kind: 'recycled', rows: [], rule: 'email' }] as const;
  const of = (n: number): string[] => ['ada', 'bo', 'cy', 'dee', 'eve', 'flo'].slice(0, n);
  it.each<[said: string, ...given: [Parameters<typeof unclear>[0], string[]]]>([
    ['a fits more than eight people by email, so it names none of them', ambiguous, of(0)],
    ["a fits ada by email, and has another employee number: it may be somebody else's", ambiguous, of(1)],
    ['a fits 2 people by email: ada, bo', ambiguous, of(2)],
    ['a fits 6 people by email: ada, bo, cy, dee, eve', ambiguous, of(6)],
    ["a was made on 2026-01-02, before ada joined: the email may have been somebody else's", recycled, of(1)],
    ["a was made on 2026-01-02, before ada joined: the email may have been somebody else's", recycled, of(2)],
    ["a bears another name than ada, who has its address as a further one: it may have been somebody else's", { ...recycled, stranger: true }, of(1)],
  ])('%s', (said, match, people) => {
    expect(unclear(match, shown, people)).toBe(said);
  }); // prettier-ignore
}); // prettier-ignore

describe('an account that must not be', () => {
  it.each<[said: string, ...given: Parameters<typeof mustNotBe>]>([
    ['ada left on 2026-10-01, yet has an active account', 'owner-terminated', ada, shown, false],
    ['ada is active in the directory, yet has an active account', 'owner-disabled', ada, shown, false],
    ['ada is active and may not have an account here, yet has an open invitation', 'not-entitled', ada, { ...shown, status: 'pending' }, false],
    ['ada left on 2026-10-01, yet has an active account, and it was used on 2026-11-01, after that', 'owner-terminated', ada, shown, true],
  ])('%s', (said, ...given) => {
    expect(mustNotBe(...given)).toBe(said);
  }); // prettier-ignore

  it('says what it holds', () => {
    expect(residue(ada, 'suspended', true, [])).toBe('ada left and the account is suspended, yet it still holds a live credential');
    expect(residue(ada, 'deactivated', false, ['r', 's'])).toBe('ada left and the account is deactivated, yet it still holds 2 roles or groups (r, s)'); // prettier-ignore
  });
});

describe('what is not known', () => {
  it.each<[said: RegExp, ...given: Parameters<typeof notKnown>]>([
    [/^the status of a is not there, or not in the mapping/, 'status', 'a'],
    [/^the directory's state of a's owner is unknown: say under/, 'owner', 'a'],
    [/^whether the owner of a is here cannot be said: they are both$/, 'records', 'a', 'they are both'],
    [/^whether the owner of a is still here, or here yet, is not known: no day$/, 'dates', 'a', 'no day'],
    [/^how old the invitation of a is, is not known/, 'invitation', 'a'],
    [/^a is registered, and its record in the directory is switched off/, 'registered', 'a'],
  ])('%s', (said, ...given) => {
    expect(notKnown(...given)).toMatch(said);
  });
});

describe('what was not compared', () => {
  const standing = standingOf([{ emails: ['a@corp.example'] }, { attributes: { title: 'Lead', manager: 'bo', empty: undefined } }]);
  const WHOLE = { directory: true, list: true };
  const of = (compared: Record<string, Compared['given'] | number>) => ({
    standing,
    accounts: 1,
    comparison: { compared: new Map(Object.entries(compared).map(([name, one]) => [name, typeof one === 'number' ? { count: one, given: 'of one person' as const } : { count: 0, given: one }])) },
  }); // prettier-ignore
  const ONE_SIDED = 'not compared, because one side never gives it: ';
  const NOBODY = 'not compared, because no account that is on and belongs to somebody who is here has it on both sides: ';
  const NAMES = 'not compared, because what one side gives names nobody in the other: ';

  it.each<[said: string[], compared: Parameters<typeof of>[0], whole?: Partial<typeof WHOLE>]>([
    [[], { title: 1 }],
    [[`${NOBODY}title`], { title: 'by accounts' }],
    [[`${NAMES}manager`], { manager: 'of one person' }],
    [[`${ONE_SIDED}title`], { title: 'never' }],
    [[`${ONE_SIDED}city`], { city: 'by accounts' }],
    [[`${ONE_SIDED}empty`], { empty: 'by accounts' }],
    [[`${ONE_SIDED}city, userName`, `${NOBODY}title, email`, `${NAMES}manager`], { title: 'by accounts', city: 'never', email: 'by accounts', manager: 'of one person', userName: 'by accounts', x: 1 }],
    [[], { title: 'never' }, { list: false }],
    [[`${ONE_SIDED}title`], { title: 'never' }, { directory: false }],
    [[], { city: 'by accounts' }, { directory: false }],
    [[`${ONE_SIDED}city`], { city: 'by accounts' }, { list: false }],
    [[], { city: 'never' }, { directory: false }],
    [[], { city: 'never' }, { list: false }],
    [[`${NOBODY}title`], { title: 'by accounts' }, { directory: false, list: false }],
  ])('%j', (said, compared, whole = {}) => {
    expect(notCompared(of(compared), { ...WHOLE, ...whole })).toEqual(said);
  }); // prettier-ignore

  it('is not said of an app without accounts', () => {
    expect(notCompared({ ...of({ title: 'by accounts' }), accounts: 0 }, WHOLE)).toEqual([]);
    expect(notCompared({ ...of({ title: 'by accounts' }), standing: standingOf([]) }, WHOLE)).toEqual([`${ONE_SIDED}title`]);
  });

  it.each<[said: RegExp | undefined, compared: Parameters<typeof of>[0], whole?: Partial<typeof WHOLE>]>([
    [undefined, { title: 1, city: 'never' }],
    [/^nobody is there to compare/, { title: 'by accounts', city: 'never' }],
    [/names nobody in the other$/, { manager: 'of one person', title: 'by accounts' }],
    [/names nobody in the other$/, { manager: 'of one person' }],
    [/^no compared attribute is given by both sides$/, { city: 'never', title: 'never' }],
    [/^in what was read, no compared attribute is given by both sides$/, { city: 'never', title: 'never' }, { list: false }],
  ])('leaves the updates open: %s', (said, compared, whole = {}) => {
    const why = nothingCompared(of(compared), { ...WHOLE, ...whole });
    if (said === undefined) expect(why).toBeUndefined();
    else expect(why).toMatch(said);
  });
});
