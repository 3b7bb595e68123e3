// What is said of a whole app when its last account is judged: doubts, notes, and whether it is inconclusive.
import { describe, expect, it } from 'vitest';
import { worth } from '../../src/diff/residual.js';
import { SEEN } from '../../src/diff/rows.js';
import { diffOf } from '../coverage/diff-of.js';
import { account, accountOf, ago, audit, DAY, person, type Company } from '../in-memory.js';

const [u, v] = [person('u'), person('v')];
const plain: Company = { people: [u], accounts: [accountOf(u)] };
const stranger = account('s', { emails: ['s@else.example'] });
const strangers = (n: number) => Array.from({ length: n }, (_, i) => account(`s${i}`, { emails: [`s${i}@else.example`] }));
const ofList = async (company: Company): Promise<string[]> =>
  (await audit(company)).findings.flatMap((one) => (one.account === null && one.class === 'inconclusive' ? [one.summary] : []));

describe('an app of which all is known', () => {
  it('has no notes and no doubts', async () => {
    const { notes, inconclusive, findings } = await diffOf({ ...plain, app: { compare: ['email'] } });
    expect([notes, inconclusive, findings]).toEqual([[], false, []]);
    expect(await diffOf({ ...plain, people: [] })).toMatchObject({ notes: ['no account matches anybody: check `match` against the fields that the app gives'], inconclusive: false });
  }); // prettier-ignore

  it('is not inconclusive for an orphan, and is for one account of which nothing can be said', async () => {
    const open = accountOf(v, { status: 'unknown' });
    expect((await diffOf({ ...plain, accounts: [accountOf(u), stranger] })).inconclusive).toBe(false);
    expect((await diffOf({ people: [u, v], accounts: [accountOf(u), stranger, open] })).inconclusive).toBe(true);
  });

  it('notes guests that policy lets be, and registrations of a whole list only', async () => {
    const accounts = [{ match: 'userName eq "none"', kind: 'service', owner: 'u' }];
    expect((await diffOf({ ...plain, policy: { guests: 'allow' } })).notes).toEqual([
      'guests without an owner are counted as protected (policy.guests: allow)',
    ]);
    expect((await diffOf({ ...plain, app: { accounts } })).notes).toEqual([
      'the registered account `userName eq "none"` covers nothing any more: remove it',
    ]);
    expect((await diffOf({ ...plain, app: { accounts }, list: { verdict: 'unproven' } })).notes).toEqual([]);
  });
});

describe('what could not be judged', () => {
  it('is that too many match nobody, and by which keys', async () => {
    expect(await ofList({ people: [u], accounts: strangers(6) })).toEqual([
      '6 of 6 active accounts match nobody by externalId=id, employeeId, email, userName, alias: wrong keys are likelier than that many orphans. Correct `match`, or raise policy.guard.unmatched (50 %)',
    ]);
    expect((await diffOf({ people: [u], accounts: strangers(6) })).notes).toEqual([]);
  });

  it('is whose registered account it is, where a directory is not whole', async () => {
    const registered = { match: 'userName sw "svc"', kind: 'service', owner: 'nobody' };
    const accounts = [accountOf(u), account('a', { userName: 'svc-a' }), account('b', { userName: 'svc-b' })];
    const company = { people: [u], accounts, app: { accounts: [registered] } };
    expect(await ofList({ ...company, directoryProven: false })).toEqual([
      '2 registered accounts have an owner who was not in a directory list that is not proven whole',
    ]);
    expect((await audit(company)).findings.map((one) => [one.reason, one.severity])).toEqual([
      ['unowned-service', 'medium'],
      ['unowned-service', 'medium'],
    ]);
  });

  it('is how old invitations are, and who has just joined', async () => {
    const invited = accountOf(u, { status: 'pending', unread: ['createdAt'] });
    const joined = (id: string) => person(id, { unread: ['createdAt'] });
    const [births, ...more] = await ofList({ people: [u], accounts: [invited] });
    expect([births, more]).toEqual([expect.stringMatching(/^whether 1 account is older than/), []]);
    expect(await ofList({ people: [u, joined('x'), joined('y')], accounts: [accountOf(u)] })).toEqual([
      expect.stringMatching(/^whether 2 people have just joined is not known/),
    ]);
  });
});

describe('who may not have an account', () => {
  it('is seen with one, and is no leaver', async () => {
    const { rows } = await diffOf({ ...plain, app: { allowed: 'userName eq "z"' } });
    expect([rows.saw(0, SEEN.orphaned), rows.saw(0, SEEN.invited)]).toEqual([false, true]);
    const gone = person('u', { state: 'terminated', endAt: ago(9 * DAY) });
    const left = await diffOf({ people: [gone], accounts: [accountOf(gone)] });
    expect([left.rows.saw(0, SEEN.orphaned), left.rows.saw(0, SEEN.invited)]).toEqual([true, false]);
  });

  it('and is off is none who may have one', async () => {
    const off = person('u', { state: 'suspended' });
    expect((await audit({ people: [off], accounts: [accountOf(off)], app: { allowed: 'userName eq "z"' } })).findings).toMatchObject([
      { reason: 'owner-disabled' },
    ]);
  });
});

describe('roles that every account has', () => {
  const base = new Map([['a', { role: 'a' }]]);
  it('are worth nothing, but to an administrator who has nothing else', () => {
    expect([worth(['a', 'b'], false, base), worth(['a'], false, base), worth([], true, base)]).toEqual([['b'], [], []]);
    expect([worth(['a'], true, base), worth(['a', 'b'], true, base), worth(['b'], false, new Map())]).toEqual([['a'], ['b'], ['b']]);
  });

  it('are named with why they are such, in order', async () => {
    const gone = person('g', { state: 'terminated', endAt: ago(9 * DAY) });
    const people = Array.from({ length: 12 }, (_, i) => person(`p${i}`));
    const held = { roles: ['user', 'Zoo', 'app'] };
    const { notes } = await diffOf({
      people: [gone, ...people],
      accounts: [accountOf(gone, { status: 'suspended', ...held }), ...people.map((one) => accountOf(one, held))],
      app: { baseRoles: ['zoo', 'other'] },
    });
    expect(notes).toEqual([
      "1 leaver's account that is off holds base roles alone, which are no access: Zoo (base_roles), app (held by 13 accounts, which is nearly all), user (held by 13 accounts, which is nearly all)",
    ]);
  });
});
