import { dependence } from '../../src/coverage/two-by-two.js';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/coverage/parts.js';
import type { Observed } from '../../src/transitions/observed.js';
import type { Account } from '../../src/model/account.js';
import { accountOf, ago, audit, DAY, HOUR, person } from '../in-memory.js';

const leavers = Array.from({ length: 12 }, (_, i) => person(`u${i}`, { state: 'terminated', endAt: ago((10 + i) * DAY) }));
const off = (more: (i: number) => Partial<Account>): Account[] =>
  leavers.map((p, i) => accountOf(p, { status: 'deactivated', deactivatedAt: { at: (p.endAt?.at ?? 0) + HOUR }, ...more(i) }));
const judged = async (accounts: Account[]) =>
  (await audit({ people: leavers, accounts, app: { lifecycle: { delete: { by: 'scim' } } } })).report;

describe('the three parts of offboarding', () => {
  it('stand side by side where the source tells of them', async () => {
    const { coverage } = await judged(
      off((i) => ({
        roles: i < 3 ? ['admins'] : [],
        credentials: i < 2 ? [{ id: 'k1' }] : i < 4 ? [{ id: 'k2', expiresAt: ago(DAY) }] : [],
      })),
    );
    expect(coverage.delete).toMatchObject({
      verdict: 'covered',
      parts: {
        account: { trials: 12, successes: 12 },
        credentials: { trials: 12, successes: 10 },
        memberships: { trials: 12, successes: 9 },
      },
    });
    expect(coverage.delete.reasons).toContain('2 of 12 leavers still hold live keys or tokens');
    expect(coverage.delete.reasons).toContain('3 of 12 leavers still hold groups or roles');
  });

  it('are absent where it does not, whole or one by one', async () => {
    expect((await judged(off(() => ({})))).coverage.delete.parts).toBeUndefined();
    const { parts } = (await judged(off((i) => (i < 5 ? { roles: [] } : {})))).coverage.delete;
    expect(parts).toEqual({ account: { trials: 12, successes: 12 }, memberships: { trials: 5, successes: 5 } });
  });
});

describe('the parts of offboarding that history saw', () => {
  const left = (row: number | undefined, holds: Observed['holds']): Observed =>
    ({ stage: 'delete', row, ...(holds === undefined ? {} : { holds }) }) as Observed;
  const none = { credentials: { trials: 0, successes: 0 }, memberships: { trials: 0, successes: 0 } };

  it('are counted beside those of this audit, by what stands in the list today where it is there', () => {
    const dated = { credentials: { trials: 4, successes: 3 }, memberships: { trials: 0, successes: 0 } };
    const today = new Map([[1, { credentials: true, memberships: false }]]);
    const observed = [
      left(1, { credentials: false, memberships: true }),
      left(2, { memberships: true }),
      left(undefined, { credentials: false }),
    ];
    expect(partsOf(dated, observed, (row) => today.get(row), false)).toEqual({
      credentials: { trials: 6, successes: 4 },
      memberships: { trials: 2, successes: 1 },
    });
    expect(dated.credentials.trials).toBe(4);
  });

  it('are by what history saw for the first of two leaves', () => {
    const today = new Map([[1, { credentials: undefined, memberships: true }]]);
    const twice = [left(1, { memberships: false }), left(1, { memberships: false })];
    expect(partsOf(none, twice, (row) => today.get(row), false).memberships).toEqual({
      trials: 2,
      successes: 1,
    });
  });

  it('do not take a count of roles for more than the one that every account has', () => {
    const observed = [left(2, { memberships: true }), left(3, { memberships: false })];
    expect(partsOf(none, observed, () => undefined, true).memberships).toEqual({ trials: 1, successes: 1 });
  });

  it("are no joiner's and no mover's", () => {
    const mover = { ...left(1, { memberships: false }), stage: 'update' } as Observed;
    expect(partsOf(none, [mover, left(2, undefined)], () => undefined, false)).toEqual(none);
  });
});

describe('the two by two of leavers and accounts', () => {
  it('shows that only what provisioning made is removed, whatever is declared', async () => {
    const accounts = leavers.map((p, i) =>
      accountOf(p, i < 6 ? { status: 'deactivated', deactivatedAt: p.endAt } : { externalId: undefined }),
    );
    const lifecycle = { create: { by: 'scim', system: 'idp' }, delete: { by: 'workflow', system: 'desk' } } as const;
    const { offboarding } = (await audit({ people: leavers, accounts, app: { lifecycle } })).report;
    expect(offboarding).toEqual({
      independent: false,
      reasons: ["of leavers' accounts that provisioning made 6 of 6 are off, of those that it did not make 0 of 6"],
      accounts: { provisioned: { deactivated: 6, stillActive: 0 }, local: { deactivated: 0, stillActive: 6 } },
    });
  });

  it.each([
    ['nothing is removed at all', 0, 5, 0, 5, false],
    ['as many of both, by chance', 1, 3, 0, 3, false],
    ['the third of three, by chance', 3, 3, 1, 3, false],
    ['all against none, of three each', 3, 3, 0, 3, true],
    ['most against few', 10, 10, 2, 10, true],
    ['more than half as many', 400, 400, 240, 400, false],
    ['few of many', 400, 400, 100, 400, true],
    ['too few to say', 9, 9, 0, 2, false],
  ])('says that removal hangs on provisioning, or not: %s', (_, off, made, offToo, own, hangs) => {
    const table = {
      provisioned: { deactivated: off, stillActive: made - off },
      local: { deactivated: offToo, stillActive: own - offToo },
    };
    expect(dependence(table) !== undefined).toBe(hangs);
  });

  it('is absent where no account carries the id of its owner', async () => {
    const accounts = leavers.map((p) => accountOf(p, { externalId: undefined }));
    expect((await audit({ people: leavers, accounts })).report.offboarding.accounts).toBeUndefined();
  });
});

describe('late is not covered', () => {
  const cleaned = (days: number) =>
    off(() => ({})).map((a, i) => ({ ...a, deactivatedAt: { at: (leavers[i]?.endAt?.at ?? 0) + days * DAY } }));

  it('a clean-up that removes everybody, weeks late, is partial; within the grace it is covered', async () => {
    const late = (await judged(cleaned(9))).coverage.delete;
    expect(late).toMatchObject({ verdict: 'partial', trials: 12, successes: 12, lag: { medianHours: 216 } });
    expect(late.reasons).toContain('half of them waited longer than the grace of 24 h: late is not covered');
    const policy = { grace: { create: DAY, update: DAY, delete: 9 * DAY } };
    const lifecycle = { delete: { by: 'manual' } } as const;
    expect((await audit({ people: leavers, accounts: cleaned(9), policy, app: { lifecycle } })).report.coverage.delete.verdict).toBe(
      'covered',
    );
  });
});
