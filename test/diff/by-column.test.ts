import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import type { Census } from '../../src/audit/census.js';
import { AS_ROW, ByColumn } from '../../src/diff/by-column.js';
import { ChangeDates } from '../../src/diff/dates.js';
import { SEEN } from '../../src/diff/rows.js';
import { Docket } from '../../src/diff/docket.js';
import type { AppSpec } from '../../src/diff/app-case.js';
import type { Ruling } from '../../src/diff/ruling.js';
import { foldKey } from '../../src/match/keys.js';
import { PersonIndex } from '../../src/match/person-index.js';
import { Standing } from '../../src/match/standing.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../../src/model/account.js';
import { Columns } from '../../src/store/columns.js';
import { hashText } from '../../src/store/hash.js';
import { PERSON_STATES, type Moment, type Person } from '../../src/model/person.js';
import { plainHash } from '../../src/store/plain-key.js';
import type { MatchRule, Policy } from '../../src/model/policy.js';
import { ColumnBuilder } from '../../src/store/column-builder.js';
import { accountOf, at, audit, DAY, NOW, person, POLICY, RULES } from '../in-memory.js';
import { cases } from '../night.js';

const key = fc.oneof(
  fc.nat(12).map((n) => `u${n}`),
  fc.nat(6).map((n) => `U${n}`),
  fc.constantFrom('n/a', '000', 'a-long-key-without-digits', 'Zoë', 'ﬁ1', ' u3 ', 'x1'),
);
const address = fc.oneof(
  fc.nat(12).map((n) => `m${n}@corp.example`),
  fc.constantFrom('M3@Corp.example', 'noreply@corp.example', 'noreply1@corp.example', 'mailto:m4@corp.example', '@corp.example', 'm5+x@corp.example', 'a@b'),
); // prettier-ignore
const addresses = fc.option(fc.array(address, { minLength: 1, maxLength: 3 }), { nil: undefined });
const moment = fc.option(fc.integer({ min: -200, max: 20 }).map((days): Moment => ({ at: NOW + days * DAY })), { nil: undefined }); // prettier-ignore
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const attributes = fc.record({ department: maybe(fc.constantFrom('Sales', 'sales ', 'R&D', 'Zoë', '')), title: maybe(fc.string({ maxLength: 3 })), manager: maybe(key) }); // prettier-ignore
const both = { userName: maybe(key), employeeId: maybe(key), externalId: maybe(key), emails: addresses, aliases: addresses, attributes, createdAt: moment }; // prettier-ignore
const someone = fc.record({ id: key, ...both, state: fc.constantFrom(...PERSON_STATES, 'active', 'active', 'active'), kind: fc.constant('human'), groups: maybe(fc.array(fc.constantFrom('a', 'b'))), startAt: moment, endAt: moment, changedAt: moment }) as fc.Arbitrary<Person>; // prettier-ignore
const anAccount = fc.record({ id: key, ...both, status: fc.constantFrom(...ACCOUNT_STATUSES, 'active', 'active', 'active'), kind: fc.constantFrom(...ACCOUNT_KINDS, 'human', 'human'), roles: maybe(fc.array(fc.constantFrom('r', 'r', 'r', 's'), { maxLength: 3 })), admin: maybe(fc.boolean()), updatedAt: moment, lastLoginAt: moment, deactivatedAt: moment }) as fc.Arbitrary<Account>; // prettier-ignore

const byId = <T extends { readonly id: string }>(rows: T[]): T[] => [...new Map(rows.map((row) => [row.id, row])).values()];
const rule = (account: string, own = account): MatchRule => ({ name: `${account}=${own}`, account, person: own });
const rules = fc.constantFrom<readonly MatchRule[]>(RULES, [rule('email')], [rule('userName'), rule('email')], [rule('externalId', 'id'), rule('alias')], [rule('id', 'employeeId')], [rule('department')]); // prettier-ignore
const policy = fc.constantFrom<Partial<Policy>>({}, { addresses: { plus: new Set(['corp.example']), dots: new Set(), same: new Map() } }, { leavers: [] }); // prettier-ignore

/** What was said of every account, in its order. */
function rulingsOf(): { readonly census: Census; readonly all: (readonly [id: string, ruling: Ruling])[] } {
  const all: (readonly [string, Ruling])[] = [];
  const read: Census['read'] = (_, rows, rulings) => rows.forEach(({ id }, i) => all.push([id, rulings[i] as Ruling]));
  return { all, census: { directory: () => undefined, read, settled: () => undefined } };
}

const docketOf = (spec: AppSpec, index: PersonIndex): Docket => {
  const standing = new Standing(index, NOW);
  return new Docket({ spec, standing, policy: POLICY, dates: new ChangeDates(standing, POLICY, true), directoryProven: true });
};

describe('accounts judged by column', () => {
  it('come to what they come to as rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ people: fc.array(someone, { maxLength: 30 }).map(byId), others: fc.array(anAccount, { maxLength: 20 }), policy, match: rules, size: fc.integer({ min: 1, max: 20 }), registered: fc.boolean() }),
        fc.array(fc.tuple(fc.nat(), anAccount, fc.constantFrom('plain', 'plain', 'bare', 'other')), { maxLength: 25 }),
        async ({ people, others, policy: own, match, size, registered }, owned) => {
          // Many accounts that agree with somebody, as in life; the rest as chance has it.
          const theirs = people.length === 0 ? [] : owned.map(([n, more, as], i) => accountOf(people[n % people.length] as Person, { ...(as === 'other' ? more : as === 'bare' ? { externalId: undefined, userName: undefined } : {}), id: `a${i}` }));
          const accounts = byId([...theirs, ...others]);
          const app = { match, compare: ['department', 'title', 'manager', 'email', 'userName'], accounts: registered ? [{ match: 'userName eq "u1"', kind: 'service' as const, line: 1 }] : [] };
          const company = { people, accounts, app: app as never, policy: own };
          const [ruledRows, ruledColumns] = [rulingsOf(), rulingsOf()];
          const [rows, columns] = [await audit({ ...company, census: ruledRows.census }), await audit({ ...company, columns: size, census: ruledColumns.census })];
          expect(JSON.stringify(columns)).toBe(JSON.stringify(rows));
          expect(ruledColumns.all).toEqual(ruledRows.all);
        },
      ), // prettier-ignore
      { numRuns: cases(200, 80) },
    );
  });

  it('are few where nothing is to be said: the others need a row', () => {
    const people = [person('u1', { attributes: { department: 'Sales' } }), person('u2'), person('u3', { state: 'terminated' })];
    const index = new PersonIndex(['id', 'email']);
    const source = index.addSource('hr');
    for (const one of people) index.add(one, source);
    const spec = { name: 'app', match: RULES.slice(0, 1), compare: ['department'], lifecycle: {}, accounts: [], expected: () => true, allowed: () => true, undecided: () => false }; // prettier-ignore
    const docket = docketOf(spec, index);
    const [u1, u2, u3] = people as [Person, Person, Person];
    const builder = new ColumnBuilder('account');
    const given = [
      accountOf(u1),
      accountOf(u1, { id: 'second' }),
      accountOf(u2, { status: 'deactivated' }),
      accountOf(u2, { externalId: 'U2' }),
      accountOf(u2, { attributes: { department: 'IT' } }),
      accountOf(u3),
      accountOf(u2, { externalId: 'nobody1', createdAt: at('2020-01-01') }),
    ];
    for (const one of given) builder.add(one);
    const page = new Columns(builder.take(), []);
    const byColumn = new ByColumn(docket);
    expect(given.map((_, i) => byColumn.add(page, i))).toEqual([0, AS_ROW, AS_ROW, AS_ROW, 1, AS_ROW, AS_ROW]);
    // u2 has no department to compare with: there the row agrees in all that can be compared.
    expect(docket.ruling.last).toEqual({ verdict: 'compared', why: '', row: 1, rule: 'externalId=id', until: NaN });
    expect([docket.accounts, docket.activeHumans, docket.rows.get(0).id, docket.rows.get(1).userName]).toEqual([2, 2, 'a-u1', 'u2']);
  });
});

describe('the rule that finds an account by column', () => {
  const [u1, u2] = [person('u1'), person('u2')] as const;
  const index = new PersonIndex(['id', 'employeeId', 'email']);
  const source = index.addSource('hr');
  for (const one of [u1, u2]) index.add(one, source);
  const judged = (given: Account, links?: ReadonlyMap<string, number>): { owner: number; rule: string } => {
    const spec = { name: 'app', match: RULES.slice(0, 3), compare: [], lifecycle: {}, accounts: [], expected: () => true, allowed: () => true, undecided: () => false, ...(links === undefined ? {} : { links }) }; // prettier-ignore
    const docket = docketOf(spec, index);
    const builder = new ColumnBuilder('account');
    builder.add(given);
    const owner = new ByColumn(docket).add(new Columns(builder.take(), []), 0);
    return { owner, rule: docket.foundBy.rule(Math.max(0, owner)) };
  };

  it('is the first whose key the account has', () => {
    expect(judged({ ...accountOf(u2), externalId: undefined })).toEqual({ owner: 1, rule: 'email' });
    expect(judged({ ...accountOf(u2), employeeId: 'nobody1' })).toEqual({ owner: 1, rule: 'externalId=id' });
    expect(judged({ ...accountOf(u2), externalId: undefined, employeeId: 'nobody1' }).owner).toBe(AS_ROW);
  });

  it("is none where an identity provider's own links come first", () => {
    expect(judged(accountOf(u2), new Map([['a-u2', 0]])).owner).toBe(AS_ROW);
  });
});

describe('an account by column', () => {
  const LEAD = POLICY.preHireLead;
  interface Given {
    readonly more?: Partial<Account>;
    readonly owner?: Partial<Person>;
    readonly spec?: Partial<AppSpec>;
    readonly plus?: boolean;
  }
  const judged = ({ more = {}, owner = {}, spec = {}, plus = false }: Given): [owner: number, docket: Docket] => {
    const one = person('u1', { userName: 'ada.low-17', emails: ['ada.low1@corp.example'], employeeId: 'e1001', attributes: { title: 'Lead' }, ...owner });
    const addresses = plus ? { plus: new Set(['corp.example']), dots: new Set<string>(), same: new Map<string, string>() } : undefined;
    const index = new PersonIndex(['id', 'employeeId', 'email', 'userName'], addresses);
    index.add(one, index.addSource('hr'));
    const docket = docketOf({ name: 'app', match: RULES, compare: ['title'], lifecycle: {}, accounts: [], expected: () => true, allowed: () => true, undecided: () => false, ...spec }, index);
    const builder = new ColumnBuilder('account');
    builder.add({ ...accountOf(one), ...more });
    return [new ByColumn(docket).add(new Columns(builder.take(), []), 0), docket];
  }; // prettier-ignore
  const byAddress = { externalId: undefined, userName: undefined };
  const startAt = { at: NOW - 400 * DAY };

  it.each<[what: string, given: Given]>([
    ['of its owner', {}],
    ['by address', { more: byAddress }],
    ['by user name', { more: { externalId: undefined, emails: undefined } }],
    ['by number', { more: { externalId: undefined, employeeId: 'e1001' } }],
    ['without what is compared', { more: { attributes: {} } }],
    ['as old as the lead of the employment', { more: { ...byAddress, createdAt: { at: startAt.at - LEAD } }, owner: { startAt } }],
    ['older than the employment, by a key that is never given away', { more: { createdAt: at('2001-01-01') }, owner: { startAt } }],
    ['of somebody whose first day could not be read, by such a key', { owner: { unread: ['startAt'], either: { startAt: at('2015-03-04') } } }],
    ['of a service', { more: { kind: 'service' } }],
  ])('is judged at once: %s', (_, given) => {
    expect(judged(given)[0]).toBe(0);
  }); // prettier-ignore

  it.each<[what: string, given: Given]>([
    ['with two addresses', { more: { emails: ['ada.low1@corp.example', 'b1@corp.example'] } }],
    ['with a date that could not be read', { more: { unread: ['createdAt'] } }],
    ['without a key', { more: { externalId: undefined, userName: undefined, emails: undefined } }],
    ['with a key in capitals', { more: { externalId: 'U1' } }],
    ['of nobody', { more: { externalId: 'u2' } }],
    ['that differs', { more: { attributes: { title: 'Member' } } }],
    ['that is off', { more: { status: 'suspended' } }],
    ['that is invited', { more: { status: 'pending' } }],
    ['of a leaver', { owner: { state: 'terminated' } }],
    ['of somebody who may not have one', { spec: { allowed: () => false } }],
    ['older than the lead of the employment', { more: { ...byAddress, createdAt: { at: startAt.at - LEAD - 1 } }, owner: { startAt } }],
    ['by address, of somebody whose first day could not be read', { more: byAddress, owner: { unread: ['startAt'], either: { startAt: at('2015-03-04') } } }],
    ['of an app with registered accounts', { spec: { accounts: [{ match: 'userName eq "x"', kind: 'service' }] } }],
    ['of an app with links', { spec: { links: new Map([['x', 0]]) } }],
    ['where addresses have rules of their own', { plus: true }],
    ['by a rule that columns cannot tell', { spec: { match: [rule('alias'), ...RULES] } }],
    ['by a key of its own to one of columns', { spec: { match: [rule('badge', 'id'), ...RULES] } }],
  ])('is judged as a row: %s', (_, given) => {
    const [owner, docket] = judged(given);
    expect([owner, docket.accounts, docket.activeHumans, docket.rows.has(0)]).toEqual([AS_ROW, 0, 0, false]);
  }); // prettier-ignore

  it('is noted as a row would be', () => {
    const seen = (given: Given) => {
      const [, { rows, activeHumans, accounts, foundBy }] = judged(given);
      return [accounts, activeHumans, rows.saw(0, SEEN.active), rows.saw(0, SEEN.compared), rows.isLinked(0), foundBy.rule(0)];
    };
    expect(seen({})).toEqual([1, 1, true, true, true, 'externalId=id']);
    expect(seen({ more: { attributes: {}, ...byAddress } })).toEqual([1, 1, true, false, false, 'email']);
    expect(seen({ more: { kind: 'bot' } })).toEqual([1, 0, true, true, true, 'externalId=id']);
  });
});

describe('a person of the three-hundredth directory', () => {
  it('is found under its name', async () => {
    const people = Array.from({ length: 300 }, (_, i) => [person(`u${i}`, { state: i === 290 ? 'terminated' : 'active' })]);
    const { findings } = await audit({
      people,
      accounts: [accountOf((people[290] as Person[])[0] as Person)],
      app: { expected: 'id eq "u290"' },
    });
    expect(findings.map((f) => f.person?.source)).toEqual(['dir-290']);
  });
});

describe('a plain key', () => {
  it('is its own fold, and has the hash of its text', () => {
    fc.assert(
      fc.property(fc.oneof(key, address, fc.string({ unit: fc.constantFrom('a', 'A', '0', '1', '@', ':', ' ', 'é', '.') , maxLength: 18 }), fc.constantFrom('mailto:x1@y', 'none@x', 'none1@x', '0000000', '00000000000000')), (text) => {
        const bytes = Buffer.from(text, 'latin1');
        const hash = bytes.toString('latin1') === text ? plainHash(bytes, 0, bytes.length) : 0;
        if (hash === 0) return;
        expect([foldKey(text), hash]).toEqual([text, hashText(text)]);
      }), // prettier-ignore
      { numRuns: cases(2000, 500) },
    );
    expect(plainHash(Buffer.from('ada.lovelace@corp.example'), 0, 25)).toBe(0);
    expect(plainHash(Buffer.from('ada.lovelace-17@corp.example'), 0, 28)).toBe(hashText('ada.lovelace-17@corp.example'));
  });
});
