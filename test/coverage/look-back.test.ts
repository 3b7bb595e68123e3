import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { StageCoverage } from '../../src/model/report.js';
import { accountOf, ago, audit, DAY, HOUR, person, POLICY } from '../in-memory.js';

const staff = Array.from({ length: 20 }, (_, i) => person(`s${i}`, { startAt: ago(900 * DAY) }));
/** Days ago: whom the app followed in two hours, and whom it did not. */
interface Past {
  readonly followed: readonly number[];
  readonly open: readonly number[];
}
type Settings = Partial<typeof POLICY.coverage>;

async function coverage(people: readonly Person[], accounts: readonly Account[], settings: Settings = {}) {
  const { report } = await audit({
    people: [...staff, ...people],
    accounts: [...staff.map((p) => accountOf(p, { createdAt: { at: p.startAt!.at + HOUR } })), ...accounts],
    policy: { coverage: { ...POLICY.coverage, ...settings } },
    trials: true,
  });
  return report.coverage;
}

async function joined({ followed, open }: Past, settings?: Settings): Promise<StageCoverage> {
  const joiner = (days: number): Person => person(`j${days}`, { startAt: ago(days * DAY) });
  const made = followed.map(joiner).map((p) => accountOf(p, { createdAt: { at: p.startAt!.at + 2 * HOUR } }));
  return (await coverage([...followed, ...open].map(joiner), made, settings)).create;
}

async function left({ followed, open }: Past, settings?: Settings): Promise<StageCoverage> {
  const leaver = (days: number): Person => person(`l${days}`, { state: 'terminated', startAt: ago(900 * DAY), endAt: ago(days * DAY) });
  const off = followed.map(leaver).map((p) => accountOf(p, { status: 'deactivated', deactivatedAt: { at: p.endAt!.at + 2 * HOUR } }));
  const on = open.map(leaver).map((p) => accountOf(p));
  return (await coverage([...followed, ...open].map(leaver), [...off, ...on], settings)).delete;
}

const days = (n: number, from: number): number[] => Array.from({ length: n }, (_, i) => from + i);

describe.each([
  ['joined', joined],
  ['left', left],
] as const)('of a company in which few %s in the window', (did, of) => {
  it('counts those before it as well, where all were followed, and says so', async () => {
    const found = await of({ followed: [...days(2, 30), ...days(7, 200)], open: [] });
    expect(found).toMatchObject({ verdict: 'undeclared', trials: 9, successes: 9, earlier: 7, lag: { medianHours: 2 } });
    expect(found.reasons).toContain(`7 of them ${did} before the last 90 days, in which too few did`);
    expect(found.evidence).toHaveLength(9);
  });

  it('calls a gap what nobody of then and of now was followed in', async () => {
    const found = await of({ followed: [], open: [...days(1, 30), ...days(5, 200)] });
    expect(found).toMatchObject({ verdict: 'gap', trials: 6, successes: 0, earlier: 5 });
  });

  it.each([
    ['something changed in between: it works now', { followed: [30, 31], open: days(7, 200) }, 2],
    ['something changed in between: it fails now', { followed: days(7, 200), open: [30, 31] }, 2],
    ['some of then were not followed', { followed: [30, 31, ...days(9, 200)], open: [250] }, 2],
    ['nobody did so in the window: what was, may be no more', { followed: days(20, 200), open: [] }, 0],
    ['it was longer ago than a year', { followed: [30, 31, ...days(9, 366)], open: [] }, 2],
  ])('lets the window speak alone where %s', async (_, past, trials) => {
    const found = await of(past);
    expect(found).toMatchObject({ verdict: 'unproven', trials });
    expect(found.earlier).toBeUndefined();
    expect(found.evidence).toHaveLength(trials);
  });

  it('leaves a verdict of the window as it is', async () => {
    const found = await of({ followed: [...days(9, 30), ...days(9, 200)], open: [] });
    expect(found).toMatchObject({ verdict: 'undeclared', trials: 9 });
    expect(found.earlier).toBeUndefined();
  });

  it('goes back as far as it is told to', async () => {
    const past = { followed: [...days(2, 30), ...days(7, 200)], open: [] };
    expect(await of(past, { lookBack: 90 * DAY })).toMatchObject({ verdict: 'unproven', trials: 2 });
    expect(await of(past, { lookBack: 204 * DAY })).toMatchObject({ trials: 7, earlier: 5 });
    expect(await of({ followed: [30, ...days(8, 366)], open: [] }, { lookBack: 500 * DAY })).toMatchObject({ trials: 9, earlier: 8 });
  });
});

it('lets the window speak alone where nobody is known to have left in it', async () => {
  const leaver = (id: string, endAt?: Person['endAt']): Person => person(id, { state: 'terminated', startAt: ago(900 * DAY), endAt });
  const earlier = days(8, 200).map((n) => leaver(`l${n}`, ago(n * DAY)));
  const undated = leaver('undated');
  const found = (
    await coverage(
      [...earlier, undated],
      [...earlier, undated].map((p) => accountOf(p)),
    )
  ).delete;
  expect(found).toMatchObject({ verdict: 'unproven', trials: 1, successes: 0 });
});

it('lets the window speak alone where an account of it is of unknown status', async () => {
  const leaver = (n: number): Person => person(`l${n}`, { state: 'terminated', startAt: ago(900 * DAY), endAt: ago(n * DAY) });
  const off = (p: Person): Account => accountOf(p, { status: 'deactivated', deactivatedAt: { at: p.endAt!.at + HOUR } });
  const followed = [30, ...days(20, 200)].map(leaver);
  const unclear = leaver(31);
  const accounts = [...followed.map(off), accountOf(unclear, { status: 'unknown' })];
  expect((await coverage(followed, accounts.slice(0, -1))).delete).toMatchObject({ verdict: 'undeclared', earlier: 20 });
  expect((await coverage([...followed, unclear], accounts)).delete).toMatchObject({ verdict: 'unproven', trials: 1 });
});

it('counts what earlier leavers still hold beside their accounts', async () => {
  const leaver = (ago_: number): Person => person(`l${ago_}`, { state: 'terminated', startAt: ago(900 * DAY), endAt: ago(ago_ * DAY) });
  const people = [30, ...days(8, 200)].map(leaver);
  const accounts = people.map((p, i) =>
    accountOf(p, { status: 'deactivated', deactivatedAt: { at: p.endAt!.at + HOUR }, roles: i % 2 === 0 ? ['admin'] : [] }),
  );
  const found = (await coverage(people, accounts)).delete;
  expect(found.parts).toMatchObject({ account: { trials: 9, successes: 9 }, memberships: { trials: 9, successes: 4 } });
});
