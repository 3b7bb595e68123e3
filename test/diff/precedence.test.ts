// The directory that is listed first says whether the employment has ended; a live record of a later one, or beside it, holds only with an employment of its own.
import { describe, expect, it } from 'vitest';
import type { Person } from '../../src/model/person.js';
import { account, at, audit, person, reasons, type Company } from '../in-memory.js';

const BEN = { employeeId: '1002', emails: ['ben@corp.example'], attributes: { givenName: 'Ben', familyName: 'Two' } };
const ben = (id: string, more: Partial<Person> = {}): Person => person(id, { ...BEN, userName: id, ...more });
const ended = ben('h2', { state: 'terminated', startAt: at('2018-01-01'), endAt: at('2026-09-30') });
const made = account('a2', { emails: BEN.emails, createdAt: at('2018-01-02') });

/** The verdicts on the account, with every order of the rows of each list, and whichever record names it. */
async function verdicts(people: readonly (readonly Person[])[], company: Partial<Company> = {}): Promise<string[]> {
  const found = new Set<string>();
  const ids = people.flatMap((list) => list.filter(({ emails }) => emails?.[0] === BEN.emails[0]).map(({ id }) => id));
  for (const lists of [people, people.map((list) => [...list].reverse())])
    for (const one of [made, { ...made, employeeId: '1002' }, ...ids.map((id) => ({ ...made, emails: [], externalId: id }))])
      found.add(reasons(await audit({ people: lists, accounts: [one], ...company })).filter((r) => !r.startsWith('missing')).join(' ')); // prettier-ignore
  return [...found].sort();
}

const LEFT = ['orphaned:owner-terminated'];
const OPEN = ['inconclusive:unknown-status'];

describe('a leave that a later directory was not told of', () => {
  const active = ben('o2');

  it('is a leave, whoever names the account', async () => {
    expect(await verdicts([[ended], [active]])).toEqual(LEFT);
    expect(await verdicts([[ended], [ben('o2', { state: 'leave' })]])).toEqual(LEFT);
    expect(await verdicts([[{ ...ended, state: 'deleted' }], [active]])).toEqual(LEFT);
    // The hire date in the provider is that of the employment that has ended.
    expect(await verdicts([[ended], [ben('o2', { startAt: at('2018-01-03') })]])).toEqual(LEFT);
  });

  it('is one in the third directory, too, and in both', async () => {
    expect(await verdicts([[ended], [], [active]])).toEqual(LEFT);
    expect(await verdicts([[ended], [active], [ben('e2')]])).toEqual(LEFT);
    expect(await verdicts([[ended], [ben('o2', { state: 'terminated' })], [ben('e2')]])).toEqual(LEFT);
    expect(await verdicts([[], [ended], [active]])).toEqual(LEFT);
  });

  it('of an employment of some days is no employment that follows it', async () => {
    const short = ben('h2', { state: 'terminated', startAt: at('2026-09-01'), endAt: at('2026-09-20') });
    expect(await verdicts([[short], [ben('o2', { startAt: at('2026-09-01') })]])).toEqual(LEFT);
  });

  it.each([
    ['the later record has no number', ben('o2', { employeeId: undefined })],
    ['the number is written in another way', ben('o2', { employeeId: 'E001002' })],
    ['it has a first day of its own, long before the end', ben('o2', { startAt: at('2022-05-01') })],
  ])('is not known to be one where %s', async (_, later) => {
    const [first] = await verdicts([[ended], [later]]);
    expect(['inconclusive:unknown-status', 'orphaned:owner-terminated']).toContain(first);
    for (const verdict of await verdicts([[ended], [later]])) expect(verdict).toMatch(/^(inconclusive|conflict|orphaned)/);
  });

  it('is not known to be one where the first says no more than suspended', async () => {
    expect(await verdicts([[{ ...ended, state: 'suspended', endAt: undefined }], [active]])).toEqual(OPEN);
  });

  it('is not known to be none where the state in the first is not known', async () => {
    const open = { ...ended, endAt: undefined };
    expect(await verdicts([[{ ...open, state: 'unknown' }], [active]])).toEqual(OPEN);
    expect(await verdicts([[{ ...open, state: 'unknown' }], [active], [ben('e2')]])).toEqual(OPEN);
    expect(await verdicts([[{ ...open, state: 'unknown' }], [ben('c2', { employeeId: 'C77' })]])).not.toContain(
      'orphaned:owner-terminated',
    );
  });

  it('is not known to be none where the last day in the first cannot be read', async () => {
    const open = { ...ended, state: 'active' as const, endAt: undefined, unread: ['endAt'] };
    for (const verdict of await verdicts([[open], [active]])) expect(verdict).toBe('inconclusive:unknown-status');
  });

  describe('of somebody whose name the later list writes in another way', () => {
    const called = (givenName: string, familyName: string, more: Partial<Person> = {}): Person =>
      ben('o2', { attributes: { givenName, familyName }, ...more });
    const nick = called('Benjamin', 'Two');
    const here: Person = { ...ended, state: 'active', endAt: undefined };

    it('is one, or not known to be none', async () => {
      for (const verdict of await verdicts([[ended], [nick]]))
        expect(verdict).toMatch(/^(inconclusive|conflict|orphaned:owner-terminated)/);
      for (const verdict of await verdicts([[ended], [nick], [ben('e2')]])) expect(verdict).toMatch(/^(inconclusive|conflict|orphaned)/);
    });

    it('is none of who is here by both, and no question either', async () => {
      expect(await verdicts([[here], [nick]])).toEqual(['']);
      expect(await verdicts([[here], [called('B.', 'Two')], [nick]])).toEqual(['']);
    });

    it.each([
      ['a nickname', 'Benjamin', 'Two'],
      ['an initial', 'B.', 'Two'],
      ['one of two family names', 'Benny', 'Two-Four'],
    ])('is not known to be none by the number alone, or by the address: %s', async (_, given, family) => {
      const own = { emails: ['b.two@corp.example'] };
      const byNumber = { people: [[ended], [called(given, family, own)]], accounts: [{ ...made, ...own }] };
      expect(reasons(await audit(byNumber))).toEqual(OPEN);
      const byAddress = { people: [[ended], [called(given, family, { employeeId: undefined })]], accounts: [made] };
      expect((await audit(byAddress)).findings).toMatchObject([{ class: 'conflict', reason: 'ambiguous', mayBeOrphaned: true }]);
    });

    it('is one where only accents are written in two ways', async () => {
      const own = { emails: ['juergen@corp.example'] };
      const left = { ...ended, attributes: { givenName: 'Jürgen', familyName: 'Möller' } };
      expect(reasons(await audit({ people: [[left], [called('Juergen', 'Moeller', own)]], accounts: [{ ...made, ...own }] }))).toEqual(
        LEFT,
      );
      expect(reasons(await audit({ people: [[left], [called('Jurgen', 'Moller', own)]], accounts: [{ ...made, ...own }] }))).toEqual(LEFT);
    });

    it('says nothing of a stranger with the same number, or of many who share one', async () => {
      const zoe = called('Zoe', 'Nine', { emails: ['zoe@corp.example'] });
      expect(reasons(await audit({ people: [[ended], [zoe]], accounts: [{ ...made, emails: zoe.emails }] }))).toEqual([]);
      const eva = { ...called('Eva', 'Two', { emails: ['eva@corp.example'] }), employeeId: 'EXT' };
      const others = ['x', 'y'].map((id) => person(id, { employeeId: 'EXT', attributes: { givenName: id, familyName: `of ${id}` } }));
      const many = { people: [[{ ...ended, employeeId: 'EXT' }], [eva, ...others]], accounts: [{ ...made, emails: eva.emails }] };
      expect(reasons(await audit(many)).filter((reason) => !reason.startsWith('missing'))).toEqual([]);
    });
  });

  describe('of somebody whom the later list names by another key', () => {
    const own = { emails: ['b.two@corp.example'], employeeId: undefined };
    const verdict = async (later: Person, more: Partial<Person> = {}, ...others: Person[][]) =>
      reasons(await audit({ people: [[{ ...ended, ...more }], [later], ...others], accounts: [account('a2', { externalId: later.id })] }));

    it.each<[string, Partial<Person>, Partial<Person>?]>([
      ['the number without its zeros', { ...own, employeeId: '0001002' }],
      ['the number with letters', { ...own, employeeId: 'E1002' }],
      ['a further address', { ...own, aliases: BEN.emails }],
      ['a further address in the first', own, { aliases: own.emails }],
      ['a user name that is the address', { ...own, userName: 'ben@corp.example' }],
      ['a user name that is the address, without a name', { ...own, userName: 'ben@corp.example', attributes: {} }],
      ['the address, that is a user name in the first', own, { userName: 'b.two@corp.example', emails: [] }],
      ['the id of the first', { ...own, externalId: 'h2' }],
    ])('is not known to be none: %s', async (_, more, first) => {
      expect(await verdict(ben('o2', more), first)).toEqual(OPEN);
      // A third list that has the same key as the second.
      const third = ben('e2', { ...more, userName: 'e2', attributes: BEN.attributes });
      expect(await verdict(ben('o2', more), first, [third])).toContain(OPEN[0]);
    });

    it.each<[string, Partial<Person>]>([
      ['another number', { ...own, aliases: BEN.emails, employeeId: 'C77' }],
      ['a first day after the end', { ...own, aliases: BEN.emails, startAt: at('2026-10-05') }],
      ['the name of somebody else, who took over the address', { ...own, aliases: BEN.emails, attributes: { givenName: 'Zoe', familyName: 'Nine' } }], // prettier-ignore
      ['no name, and took over the address', { ...own, aliases: BEN.emails, attributes: {} }],
      ['a mailbox', { ...own, aliases: BEN.emails, kind: 'shared' }],
    ])('is no question where the later one has %s', async (_, more) => {
      expect(await verdict(ben('o2', more))).toEqual([]);
    });
  });

  it('is one leave, however many directories tell of it', async () => {
    const people = [[ended], [ben('o2', { state: 'terminated' })], [ben('e2', { state: 'deleted' })]];
    const { report } = await audit({ people, accounts: [made], trials: true, leavers: 'listed' });
    expect(report.coverage.delete).toMatchObject({ trials: 1, successes: 0 });
    expect(report.coverage.delete.reasons.join()).not.toContain('no leave date');
    // The last to end says when: the contract, and not the employment before it.
    const contract = ben('c2', { employeeId: 'C77', state: 'terminated', startAt: at('2026-10-01'), endAt: at('2026-11-23') });
    expect(await verdicts([[ended], [contract]])).toEqual(['']);
  });

  it('says of both records what they say', async () => {
    const { findings } = await audit({ people: [[{ ...ended, state: 'suspended', endAt: undefined }], [active]], accounts: [made] });
    expect(findings[0]?.summary).toBe(
      'whether the owner of ben@corp.example is here cannot be said: they are suspended in dir-0 (h2) and active in dir-1 (o2), and no date and no number says which of the two holds',
    );
  });

  it('is known where neither list has names or numbers, by the address alone, as something that is open', async () => {
    const bare = { employeeId: undefined, attributes: {} };
    const first = ben('h2', { ...bare, state: 'terminated', endAt: at('2026-09-30') });
    const { findings } = await audit({ people: [[first], [ben('o2', bare)]], accounts: [account('a2', { externalId: 'o2' })] });
    expect(findings.map((f) => f.class)).toEqual(['inconclusive']);
  });
});

describe('an employment of its own', () => {
  it.each<[string, Partial<Person>]>([
    ['begins after the end', { startAt: at('2026-10-01') }],
    ['begins shortly before the end', { startAt: at('2026-09-15') }],
    ['has a number of its own', { employeeId: 'C77' }],
    ['has both', { employeeId: 'C77', startAt: at('2026-10-01'), endAt: at('2027-03-31') }],
  ])('that %s keeps the account', async (_, more) => {
    const contractor = ben('c2', more);
    const by = async (...people: (readonly Person[])[]) => (await verdicts(people)).filter((v) => v !== '' && !v.includes('no-owner'));
    expect(await by([ended], [contractor])).toEqual([]);
    expect(await by([ended], [contractor], [ben('o2')])).toEqual([]);
    expect(await by([ended], [ben('o2')], [contractor])).toEqual([]);
    expect(await by([ended, contractor], [ben('o2')])).toEqual([]);
  });

  it('ends, too', async () => {
    const contractor = ben('c2', { employeeId: 'C77', startAt: at('2026-10-01'), endAt: at('2026-11-10') });
    expect((await verdicts([[ended], [contractor], [ben('o2')]])).filter((v) => !v.includes('no-owner'))).toEqual(LEFT);
  });

  it('is a second job in the same list', async () => {
    const second = ben('h9', { employeeId: '2002', startAt: at('2020-01-01') });
    expect((await verdicts([[ended, second]])).filter((v) => v !== '' && !v.includes('no-owner'))).toEqual([]);
    expect(await verdicts([[ended, { ...second, employeeId: '1002' }]])).toEqual(['']);
  });
});

describe('who is on leave by the first directory', () => {
  const away = ben('h2', { state: 'leave', startAt: at('2018-01-01') });

  it('is here, on or off in the others', async () => {
    for (const state of ['suspended', 'active', 'terminated', 'leave'] as const)
      expect(await verdicts([[away], [ben('o2', { state })]])).toEqual(['']);
  });

  it('must not keep what policy takes from them, though the others say active', async () => {
    const strict = { policy: { leavers: ['terminated', 'deleted', 'suspended', 'leave'] } } as const;
    expect(await verdicts([[away], [ben('o2')]], strict)).toEqual(['orphaned:owner-disabled']);
  });
});

describe('two records of one list', () => {
  const off = ben('g3', { employeeId: undefined, state: 'suspended' });
  const admin = ben('g4', { employeeId: undefined });

  it('that disagree leave it open whether their owner is here', async () => {
    expect(await verdicts([[off, admin]])).toEqual(OPEN);
    expect(await verdicts([[{ ...off, employeeId: '1002' }, admin]])).toEqual(OPEN);
    expect(await verdicts([[off, ben('g4', { employeeId: undefined, createdAt: at('2020-01-01') })]])).toEqual(OPEN);
  });

  it('are not known to be two people where the name of the one has more to it', async () => {
    const shown = (displayName: string) => ({ employeeId: undefined, attributes: { displayName } });
    const second = ben('g4', shown('Ben Two (Admin)'));
    for (const verdict of await verdicts([[ben('g3', { ...shown('Ben Two'), state: 'suspended' }), second]]))
      expect(verdict).toMatch(/^(inconclusive|conflict|orphaned)/);
    // Another name is another person.
    const other = ben('g4', shown('Bea Three'));
    const byId = account('a4', { externalId: 'g4' });
    expect(reasons(await audit({ people: [ben('g3', { ...shown('Ben Two'), state: 'suspended' }), other], accounts: [byId] }))).toEqual([]);
  });

  it('that agree are one human who is here, or has left', async () => {
    expect(await verdicts([[{ ...off, state: 'active' }, admin]])).toEqual(['']);
    expect(await verdicts([[off, { ...admin, state: 'suspended' }]])).toEqual(['orphaned:owner-disabled']);
  });

  it('are told apart by the day of the one and the end of the other', async () => {
    const gone = ben('g3', { state: 'terminated', startAt: at('2018-01-01'), endAt: at('2024-05-31') });
    expect(await verdicts([[gone, ben('g4', { startAt: at('2025-02-01') })]])).toEqual(['']);
    expect(await verdicts([[gone, ben('g4', { createdAt: at('2025-02-01') })]])).toEqual(['']);
    expect(await verdicts([[gone, ben('g4')]])).toEqual(OPEN);
  });

  it('are those of somebody who is here where the one with a number is', async () => {
    expect((await verdicts([[off, ben('g4')]])).filter((v) => v !== '')).toEqual([]);
  });
});
