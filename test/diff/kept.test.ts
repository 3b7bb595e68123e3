import { describe, expect, it } from 'vitest';
import { keptBy } from '../../src/diff/kept.js';
import { leftover, type Leftover } from '../../src/diff/leftovers.js';
import type { AppDiff } from '../../src/diff/app-diff.js';
import { settledVerdict } from '../../src/diff/ruling.js';
import { SEEN } from '../../src/diff/rows.js';
import type { Account } from '../../src/model/account.js';
import type { AppConfig } from '../../src/model/config.js';
import type { Kept, Why } from '../../src/model/population.js';
import type { RegisteredAccount } from '../../src/model/policy.js';
import { account, ago, DAY, NOW, POLICY } from '../in-memory.js';

describe('the rule that keeps an account or excuses a person', () => {
  const kept = (why: Why, app: Partial<AppConfig> = {}, until = NaN, registered?: RegisteredAccount, builtIn?: string): Kept | undefined =>
    keptBy(why, until, { app: app as AppConfig, policy: POLICY }, registered, builtIn);

  it.each<[why: Why, app: Partial<AppConfig>, by: string, rule: string]>([
    ['built-in', {}, 'built-in', 'built_in'],
    ['guest', {}, 'guest', 'policy.guests: allow'],
    ['base-role', {}, 'base-role', 'base roles: those of the manifest, and what nearly all accounts hold'],
    ['base-role', { baseRoles: ['User', 'All'] }, 'base-role', 'base_roles: User, All'],
    ['keeps', {}, 'keeps', 'policy.leavers: terminated, deleted, suspended'],
    ['pre-hire', {}, 'pre-hire', 'policy.pre_hire: allow'],
    ['invitation', {}, 'invitation', 'policy.invitation: 336 h'],
    ['grace-create', {}, 'grace-create', 'policy.grace.create: 24 h'],
    ['grace-update', {}, 'grace-update', 'policy.grace.update: 24 h'],
    ['grace-delete', {}, 'grace-delete', 'policy.grace.delete: 24 h'],
    ['awaiting-login', {}, 'awaiting-login', 'lifecycle.create.by: jit'],
    ['other-record', {}, 'other-record', 'one person, one account: another record of the same person speaks'],
    ['allowed', { allowed: 'title pr' }, 'allowed', 'allowed: title pr'],
    ['allowed', { assigned: { directory: 'idp', app: '0oa' } }, 'assigned', 'assigned: 0oa in idp'],
    ['expected', { expected: 'title pr' }, 'expected', 'expected: title pr'],
    ['expected', { assigned: { directory: 'idp', app: '0oa' } }, 'assigned', 'assigned: 0oa in idp'],
    ['expected', { expected: 'title pr', assigned: { directory: 'idp', app: '0oa' } }, 'expected', 'expected: title pr'],
    ['expected', {}, 'kind', 'expected: not given, so people alone'],
  ])('%s, %j: %s', (why, app, by, rule) => {
    expect(kept(why, app)).toStrictEqual({ by, rule });
  }); // prettier-ignore

  it.each<Why>(['', 'off', 'state', 'unproven-directory'])('is none where a fact decided: %j', (why) => {
    expect(kept(why)).toBeUndefined();
  });

  it('is given with its end, its owner and its reason, as far as there are any', () => {
    expect(kept('grace-delete', {}, NOW)?.until).toBe('2026-11-24T12:00:00Z');
    const entry = { match: 'userName eq "svc"', kind: 'service', line: 1 } as RegisteredAccount;
    expect(kept('registered', {}, NaN, entry)).toStrictEqual({
      by: 'registered',
      rule: 'accounts: userName eq "svc"',
      reason: 'service account',
    });
    expect(kept('registered', {}, NaN, { ...entry, owner: 'it', reviewBy: NOW, reason: 'backup' })).toEqual({
      by: 'registered',
      rule: 'accounts: userName eq "svc"',
      reason: 'backup',
      owner: 'it',
      until: '2026-11-24',
    });
    expect(kept('built-in', {}, NaN, undefined, 'Slackbot')).toEqual({ by: 'built-in', rule: 'built_in', reason: 'Slackbot' });
  });
});

describe('what became of a compared account', () => {
  const settled = (seen: number, extra: unknown, differs: boolean): unknown =>
    settledVerdict(
      {
        rows: { extra: () => extra, saw: (_: number, flag: number) => (seen & flag) !== 0 },
        differences: new Map(differs ? [[0, []]] : []),
        dates: { changed: () => NOW - 1000 },
        policy: POLICY,
      } as unknown as AppDiff,
      0,
    );
  it.each([
    ['one of several', [{}], SEEN.stale, true, { verdict: 'conflict', why: '', until: NaN }],
    ['it differs', undefined, SEEN.stale, true, { verdict: 'stale', why: '', until: NaN }],
    ['it differs within the grace', undefined, SEEN.grace, true, { verdict: 'pending', why: 'grace-update', until: NOW - 1000 + DAY }],
    ['it agrees', undefined, SEEN.active, false, { verdict: 'inSync', why: '', until: NaN }],
  ])('%s', (_, extra, seen, differs, expected) => {
    expect(settled(seen, extra, differs)).toEqual(expected);
  });
});

describe('what a leaver still holds in several accounts', () => {
  const all = (...accounts: Partial<Account>[]): Leftover =>
    accounts.reduce<Leftover | undefined>((before, one, i) => leftover(account(`a${i}`, one), NOW, before), undefined) as Leftover;
  const key = [{ id: 'k' }];
  const dead = [{ id: 'k', expiresAt: ago(DAY) }];
  it.each<[what: string, accounts: Partial<Account>[], expected: Leftover]>([
    ['nothing is told', [{}], { roles: undefined, admin: false, credentials: undefined }],
    ['nothing is told of one, of the other it is', [{ roles: ['a'] }, {}], { roles: ['a'], admin: false, credentials: undefined }],
    ['roles of both', [{ roles: ['a'] }, { roles: ['b'] }], { roles: ['a', 'b'], admin: false, credentials: undefined }],
    ['none of them', [{ roles: [] }], { roles: [], admin: false, credentials: undefined }],
    ['one administers', [{ admin: true }, { admin: false }], { roles: undefined, admin: true, credentials: undefined }],
    ['the other administers', [{}, { admin: true }], { roles: undefined, admin: true, credentials: undefined }],
    ['one has a live key', [{ credentials: key }, { credentials: [] }], { roles: undefined, admin: false, credentials: true }],
    ['the other has one', [{ credentials: dead }, { credentials: key }], { roles: undefined, admin: false, credentials: true }],
    ['no key is live', [{ credentials: dead }, {}], { roles: undefined, admin: false, credentials: false }],
    ['not all keys were read', [{ credentials: dead, moreCredentials: true }, { credentials: [] }], { roles: undefined, admin: false, credentials: 'unread' }],
    ['not all were read, and one is live', [{ credentials: [], moreCredentials: true }, { credentials: key }], { roles: undefined, admin: false, credentials: true }],
  ])('%s', (_, accounts, expected) => {
    expect(all(...accounts)).toEqual(expected);
  }); // prettier-ignore
});
