// A finding in full: what is shown of the account and of its owner, and nothing that is not there.
import { describe, expect, it } from 'vitest';
import { finding } from '../../src/diff/finding.js';
import type { Account } from '../../src/model/account.js';
import type { Finding } from '../../src/model/finding.js';
import type { Person } from '../../src/model/person.js';
import type { Ruling } from '../../src/diff/ruling.js';
import type { AppDiff } from '../../src/diff/app-diff.js';
import { accountOf, ago, at, audit, DAY, person, type Company } from '../in-memory.js';

const left: Person = { id: 'p', state: 'terminated', kind: 'human', attributes: {} };

const only = async (company: Company): Promise<Finding | undefined> => {
  const { findings } = await audit(company);
  expect(findings).toHaveLength(1);
  return findings[0];
};

describe('a finding', () => {
  it('shows what is known of both', async () => {
    const one = person('p', { state: 'terminated', endAt: at('2026-10-01') });
    const held = accountOf(one, { createdAt: at('2026-01-01'), lastLoginAt: at('2026-11-01'), kind: 'guest', admin: true });
    expect(await only({ people: [one], accounts: [held] })).toEqual({
      id: expect.stringMatching(/^f-/) as string,
      class: 'orphaned',
      reason: 'owner-terminated',
      severity: 'critical',
      app: 'app',
      account: {
        id: 'a-p',
        userName: 'p',
        email: 'p@corp.example',
        status: 'active',
        kind: 'guest',
        createdAt: '2026-01-01T00:00:00Z',
        lastLoginAt: '2026-11-01T00:00:00Z',
      },
      person: { id: 'p', source: 'dir-0', userName: 'p', email: 'p@corp.example', state: 'terminated', endAt: '2026-10-01' },
      match: { rule: 'externalId=id' },
      attributes: [],
      summary: 'p left on 2026-10-01, yet has an active account, and it was used on 2026-11-01, after that',
      hints: [],
      controls: {},
      accepted: null,
    });
  });

  it('shows nothing that is not', async () => {
    const held: Account = { id: 'a', status: 'active', kind: 'human', externalId: 'p', attributes: {} };
    const found = await only({ people: [left], accounts: [held] });
    expect(found?.account).toStrictEqual({ id: 'a', status: 'active', kind: 'human' });
    expect(found?.person).toStrictEqual({ id: 'p', source: 'dir-0', state: 'terminated' });
    expect(found?.summary).toBe('p is terminated in the directory, yet has an active account');
    expect(found).not.toHaveProperty('mayBeOrphaned');
    expect(found).not.toHaveProperty('ofCredentials');
  });

  it('of a whole list has neither', () => {
    const draft = { class: 'inconclusive', reason: 'field-absent', app: 'app', summary: 's' } as const;
    expect(finding(draft)).toMatchObject({ account: null, person: null, match: null, severity: 'info', hints: [], attributes: [] });
    expect(finding({ ...draft, ofCredentials: true }).id).not.toBe(finding(draft).id);
    expect(finding({ ...draft, ofCredentials: true, mayBeOrphaned: true })).toMatchObject({ ofCredentials: true, mayBeOrphaned: true });
    expect(finding({ ...draft, hints: ['h'], rule: 'email' })).toMatchObject({ hints: ['h'], match: { rule: 'email' } });
  });

  it('weighs an administrator, a live key and a service', async () => {
    const severity = async (more: Partial<Account>): Promise<unknown> => {
      const here = person('z');
      const held: Account = { id: 'a', status: 'active', kind: 'human', emails: ['s@else.example'], attributes: {}, ...more };
      return (await only({ people: [here], accounts: [accountOf(here), held] }))?.severity;
    };
    expect(await severity({ kind: 'service' })).toBe('medium');
    expect(await severity({ kind: 'service', admin: true })).toBe('high');
    expect(await severity({ kind: 'service', admin: false })).toBe('medium');
    expect(await severity({ kind: 'guest', credentials: [{ id: 'k' }] })).toBe('high');
    expect(await severity({ kind: 'guest', credentials: [{ id: 'k', expiresAt: ago(DAY) }] })).toBe('low');
  });
});

describe('what differs, read again by id', () => {
  const p = person('p', { attributes: { title: 'Lead', department: 'A' } });
  const held = accountOf(p, { attributes: { title: 'Member', department: 'B' } });
  const again = async (answer: Account[]): Promise<string[]> => {
    const asked: (readonly string[])[] = [];
    const { findings, report } = await audit({
      people: [p, person('z')],
      accounts: [held, accountOf(person('z'))],
      app: { compare: ['title', 'department'] },
      confirm: (ids) => {
        asked.push(ids);
        return answer;
      },
    });
    expect(asked.flat()).toEqual(['a-p']);
    const differs = findings.flatMap(({ attributes }) => attributes.map(({ name, app }) => `${name} ${app}`));
    // Only what agrees now is said to have been stale in the list alone.
    expect(report.notes.filter((note) => note.includes('when read by id'))).toHaveLength(differs.length === 0 ? 1 : 0);
    return differs;
  };

  it('is no longer there, is less, is the same, or cannot be told', async () => {
    expect(await again([accountOf(p)])).toEqual([]);
    expect(await again([{ ...held, attributes: { title: 'Lead', department: 'C' } }])).toEqual(['department C']);
    expect(await again([held])).toEqual(['department B', 'title Member']);
    expect(await again([{ ...held, attributes: {} }])).toEqual(['department B', 'title Member']);
    expect(await again([])).toEqual(['department B', 'title Member']);
  });
});

describe('what is noted of an account beside its verdict', () => {
  const seen = async (company: Company): Promise<{ rulings: Ruling[]; diff: AppDiff }> => {
    const rulings: Ruling[] = [];
    let diff: AppDiff | undefined;
    const read = (_: string, __: readonly Account[], all: readonly Ruling[]): void => void rulings.push(...all);
    await audit({ ...company, census: { directory: () => undefined, read, settled: (_, settled) => (diff = settled) } });
    return { rulings, diff: diff as AppDiff };
  };

  it('is whether it carries the id of its owner, and what a leaver holds', async () => {
    const [here, gone] = [person('z'), person('p', { state: 'terminated' })];
    const { diff } = await seen({
      people: [here, gone],
      accounts: [accountOf(here, { externalId: 'Z', roles: ['a'] }), accountOf(gone, { roles: ['a'] })],
    });
    expect([diff.rows.isLinked(0), diff.rows.isLinked(1), diff.rows.isLinkedAtAll]).toEqual([false, true, true]);
    expect([diff.rows.leftover(0), diff.rows.leftover(1)]).toEqual([undefined, { roles: ['a'], admin: false, credentials: undefined }]);
    expect(diff.accounts).toBe(2);
  });

  it('is the registration that covers it, and of no other', async () => {
    const [svc, here] = [person('svc'), person('z')];
    const entry = { match: 'userName eq "svc"', kind: 'service', owner: 'z' } as const;
    const { rulings } = await seen({ people: [svc, here], accounts: [accountOf(svc), accountOf(here)], app: { accounts: [entry] } });
    expect(rulings[0]?.registered).toEqual(entry);
    expect(rulings[1]).not.toHaveProperty('registered');
  });
});
