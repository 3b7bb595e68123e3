// Random companies for properties.
import fc from './property.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../src/model/account.js';
import { PERSON_STATES, type Moment, type Person } from '../src/model/person.js';
import { account, DAY, HOUR, NOW, person, type Company } from './in-memory.js';

const moment = fc.option(fc.integer({ min: -200, max: 20 }).map((days): Moment => ({ at: NOW + days * DAY + 7 * HOUR })), { nil: undefined }); // prettier-ignore
const few = (prefix: string, n: number): fc.Arbitrary<string> => fc.nat(n).map((i) => `${prefix}${i}`);
const attributes = fc.record(
  { department: fc.constantFrom('Sales', 'IT', ''), title: fc.constantFrom('Lead', 'Member'), manager: few('u', 8) },
  { requiredKeys: [] },
);

const someone: fc.Arbitrary<Person> = fc
  .record({
    n: fc.nat(30),
    state: fc.constantFrom(...PERSON_STATES, 'active', 'active', 'terminated'),
    mail: few('m', 25),
    employee: few('E', 25),
    attributes,
    startAt: moment,
    endAt: moment,
    changedAt: moment,
    createdAt: moment,
  }) // prettier-ignore
  .map(({ n, mail, employee, ...rest }) => strip(person(`u${n}`, { ...rest, emails: [`${mail}@corp.example`], employeeId: employee })));

const anAccount: fc.Arbitrary<Account> = fc
  .record({
    n: fc.nat(40),
    status: fc.constantFrom(...ACCOUNT_STATUSES, 'active', 'active', 'deactivated'),
    kind: fc.constantFrom(...ACCOUNT_KINDS, 'human', 'human'),
    ext: fc.option(few('u', 35), { nil: undefined }),
    mail: fc.option(few('m', 30), { nil: undefined }),
    attributes,
    createdAt: moment,
    updatedAt: moment,
    lastLoginAt: moment,
    deactivatedAt: moment,
  }) // prettier-ignore
  .map(({ n, ext, mail, ...rest }) =>
    strip(account(`a${n}`, { ...rest, externalId: ext, ...(mail === undefined ? {} : { emails: [`${mail}@corp.example`] }) })),
  );

const byId = <T extends { id: string }>(rows: T[]): T[] => [...new Map(rows.map((row) => [row.id, row])).values()];
export const company: fc.Arbitrary<Company> = fc
  .record({
    people: fc.array(someone, { minLength: 1, maxLength: 40 }).map(byId),
    accounts: fc.array(anAccount, { minLength: 1, maxLength: 50 }).map(byId),
    jit: fc.boolean(),
    listed: fc.boolean(),
  })
  .map(({ people, accounts, jit, listed }) => ({
    people,
    accounts,
    leavers: listed ? ('listed' as const) : ('unknown' as const),
    app: { lifecycle: jit ? { create: { by: 'jit' as const } } : {} },
    policy: { coverage: { minTrials: 2, covered: 0.3, gap: 0.9 } },
    trials: true,
  }));

export function strip<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;
}
