import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from '../property.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppResult } from '../../src/audit/app.js';
import { LifegapError } from '../../src/model/errors.js';
import type { AccountRow, PersonRow } from '../../src/model/population.js';
import { KeptPopulation } from '../../src/population/kept-population.js';
import { account, accountOf, ago, audit, DAY, HOUR, NOW, person, RULES, type Company } from '../in-memory.js';
import { company } from '../random-company.js';
import { cases } from '../night.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-population-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Seen {
  readonly result: AppResult;
  readonly accounts: readonly AccountRow[];
  readonly people: readonly PersonRow[];
}

async function seen(given: Company): Promise<Seen> {
  const kept = new KeptPopulation(path.join(dir, 'beside'), { accounts: true, people: true });
  try {
    const result = await audit({ ...given, census: kept });
    return { result, accounts: [...kept.accounts('app')], people: [...kept.people('app')] };
  } finally {
    kept.close();
  }
}

const counts = (rows: readonly { readonly verdict: string }[], words: readonly string[]): Record<string, number> =>
  Object.fromEntries(words.map((word) => [word, rows.filter(({ verdict }) => verdict === word).length]));

/** What the reconciliation says of the rows, and every account with a finding under its class. */
function agrees({ result, accounts, people }: Seen): void {
  const { reconciliation } = result.report;
  expect(counts(accounts, Object.keys(reconciliation.accounts))).toEqual(reconciliation.accounts);
  expect(accounts).toHaveLength(result.report.accounts);
  const { expected, ...parts } = reconciliation.people;
  expect(counts(people, Object.keys(parts))).toEqual(parts);
  expect(people.filter(({ verdict }) => verdict !== 'notExpected')).toHaveLength(expected);
  const verdict = new Map(accounts.map((row) => [row.account.id, row.verdict]));
  for (const { class: cls, account: of } of result.findings) {
    if (of !== null && (cls === 'orphaned' || cls === 'stale' || cls === 'conflict')) expect(verdict.get(of.id)).toBe(cls);
  }
  const missing = result.findings.flatMap((f) => (f.class === 'missing' && f.person !== null ? [f.person.id] : [])).sort();
  expect(people.flatMap((row) => (row.verdict === 'missing' ? [row.person.id] : [])).sort()).toEqual(missing);
}

describe('for every company', () => {
  const shape = fc.record({
    app: fc.constantFrom<NonNullable<Company['app']>>(
      {},
      { lifecycle: { create: { by: 'jit' } } },
      { expected: 'department eq "Sales"', allowed: 'userName ne "u3"' },
      { accounts: [{ match: 'id sw "a1"', kind: 'service', owner: 'u1' }, { match: 'id eq "a2"', kind: 'service' }] },
    ), // prettier-ignore
    policy: fc.constantFrom<NonNullable<Company['policy']>>({}, { guests: 'allow' }, { preHire: 'report' }, { leavers: ['terminated'] }, { guard: { shrink: 1, unmatched: 1 } }, { guard: { shrink: 1, unmatched: 0 } }), // prettier-ignore
    list: fc.constantFrom<NonNullable<Company['list']>>({}, { verdict: 'unproven', reasons: ['short'] }),
    directoryProven: fc.boolean(),
    fails: fc.boolean(),
    columns: fc.constantFrom(undefined, 3),
  });

  test('the rows of each verdict are as many as the reconciliation says', async () => {
    await fc.assert(
      fc.asyncProperty(company, shape, async (c, { columns, ...more }) => {
        agrees(await seen({ ...c, ...more, app: { ...c.app, ...more.app }, ...(columns === undefined ? {} : { columns }) }));
      }),
      { numRuns: cases(400, 100) },
    );
  });

  test('people come by source and id, whatever order the directory gave them in', async () => {
    await fc.assert(
      fc.asyncProperty(company, async (c) => {
        const { people } = await seen(c);
        const names = people.map(({ person: { id, source } }) => JSON.stringify([source, id]));
        expect(names).toEqual([...names].sort());
        expect((await seen({ ...c, people: [...c.people].reverse() as typeof c.people })).people).toEqual(people);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what keeps an account or a person from being a finding is named', () => {
  const ann = person('ann');
  const one = async (given: Partial<Company>, id: string): Promise<AccountRow | undefined> =>
    (await seen({ people: [ann], accounts: [accountOf(ann)], ...given })).accounts.find((row) => row.account.id === id);

  test('the registered account, with its owner and review', async () => {
    const entry = { match: 'userName eq "svc"', kind: 'service', owner: 'ann', reason: 'nightly', reviewBy: Date.parse('2027-01-31T23:59:59Z') }; // prettier-ignore
    const row = await one({ accounts: [account('s', { userName: 'svc' })], app: { accounts: [entry] } }, 's');
    expect(row).toMatchObject({
      verdict: 'protected',
      kept: { by: 'registered', rule: 'accounts: userName eq "svc"', owner: 'ann', reason: 'nightly', until: '2027-01-31' },
    });
    expect(row).not.toHaveProperty('person');
  });

  test('a guest, whom policy allows', async () => {
    const row = await one({ accounts: [account('g', { kind: 'guest' })], policy: { guests: 'allow' } }, 'g');
    expect(row).toMatchObject({ verdict: 'protected', kept: { by: 'guest', rule: 'policy.guests: allow' } });
  });

  test('a leaver within the grace, until it ends', async () => {
    const left = person('bob', { state: 'terminated', endAt: ago(20 * HOUR) });
    const row = await one({ people: [ann, left], accounts: [accountOf(left)] }, 'a-bob');
    const until = new Date(NOW + 4 * HOUR).toISOString().replace('.000Z', 'Z');
    expect(row).toMatchObject({ verdict: 'pending', kept: { by: 'grace-delete', rule: 'policy.grace.delete: 24 h', until } });
  });

  test('a change within the grace, and the same change after it', async () => {
    const moved = (hours: number): Partial<Company> => {
      const bob = person('bob', { attributes: { department: 'IT' }, changedAt: ago(hours * HOUR) });
      return { people: [ann, bob], accounts: [accountOf(bob, { attributes: { department: 'Sales' } })] };
    };
    expect(await one(moved(3), 'a-bob')).toMatchObject({ verdict: 'pending', kept: { by: 'grace-update' } });
    expect(await one(moved(30), 'a-bob')).toMatchObject({ verdict: 'stale', why: '' });
  });

  test('somebody on leave, and somebody who is yet to come', async () => {
    const away = person('bob', { state: 'leave' });
    const soon = person('eve', { state: 'pre-hire', startAt: { at: NOW + 5 * DAY } });
    const given = { people: [away, soon], accounts: [accountOf(away), accountOf(soon)] };
    expect(await one(given, 'a-bob')).toMatchObject({ verdict: 'inSync', kept: { by: 'keeps' } });
    expect(await one(given, 'a-eve')).toMatchObject({ verdict: 'inSync', kept: { by: 'pre-hire', until: new Date(NOW + 5 * DAY).toISOString().replace('.000Z', 'Z') } }); // prettier-ignore
  });

  test('people whom a filter leaves out, and those whom none does', async () => {
    const bob = person('bob', { attributes: { department: 'IT' } });
    const eve = person('eve', { attributes: { department: 'Sales' } });
    const bot = person('bot', { kind: 'service', attributes: { department: 'Sales' } });
    const of = async (app: NonNullable<Company['app']>): Promise<Record<string, string>> => {
      const { people } = await seen({ people: [bob, eve, bot], accounts: [account('x', { status: 'deactivated' })], app });
      return Object.fromEntries(people.map((row) => [row.person.id, row.kept?.rule ?? `${row.verdict} ${row.why}`.trim()]));
    };
    const people = { expected: 'department eq "Sales"', allowed: 'userName ne "bot"' };
    expect(await of(people)).toEqual({ bob: 'expected: department eq "Sales"', bot: 'allowed: userName ne "bot"', eve: 'missing' });
    expect(await of({})).toEqual({ bob: 'missing', bot: 'expected: not given, so people alone', eve: 'missing' });
    expect(await of({ lifecycle: { create: { by: 'jit' } } })).toMatchObject({ bob: 'lifecycle.create.by: jit' });
  });
});

test('of an account it tells roles, administration and live credentials, and nothing where the source tells nothing', async () => {
  const ann = person('ann');
  const credentials = [{ id: 'k1' }, { id: 'k2', expiresAt: { at: NOW - 1 } }];
  const { accounts } = await seen({
    people: [ann],
    accounts: [accountOf(ann, { roles: ['r', 's'], admin: true, credentials }), account('plain')],
    app: { match: RULES },
  });
  expect(accounts[0]?.account).toMatchObject({ roles: 2, admin: true, liveCredentials: 1 });
  for (const name of ['roles', 'admin', 'liveCredentials']) expect(accounts[1]?.account).not.toHaveProperty(name);
  expect(JSON.stringify(accounts)).not.toContain('k1');
});

test('what is beyond memory goes to disk, comes back alike, and leaves nothing behind', async () => {
  const people = Array.from({ length: 30_000 }, (_, i) => person(`u${i}`));
  const rows = await seen({ people, accounts: people.map((one) => accountOf(one)) });
  expect(rows.accounts).toHaveLength(30_000);
  agrees(rows);
  expect(readdirSync(dir)).toEqual([]);
});

test('where the disk takes nothing, the error says what to do', async () => {
  // A file stands where the folder would have to be.
  writeFileSync(path.join(dir, 'no-folder'), '');
  const kept = new KeptPopulation(path.join(dir, 'no-folder', 'beside'), { accounts: true, people: false });
  const people = Array.from({ length: 30_000 }, (_, i) => person(`u${i}`));
  const failed = await audit({ people, accounts: people.map((one) => accountOf(one)), census: kept }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(LifegapError);
  expect((failed as Error).message).toMatch(/failed \((?:ENOTDIR|EEXIST)\): check that the folder is writable and has room$/);
});

test("the system's own account says what it is", async () => {
  const { accounts } = await seen({ people: [[person('u1')]], accounts: [account('bot', { builtIn: "Slack's own Slackbot" })] });
  expect(accounts.map(({ verdict, why, kept }) => ({ verdict, why, kept }))).toEqual([
    { verdict: 'protected', why: 'built-in', kept: { by: 'built-in', rule: 'built_in', reason: "Slack's own Slackbot" } },
  ]);
});
