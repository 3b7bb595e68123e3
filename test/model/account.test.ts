import { describe, expect, it } from 'vitest';
import { ACCOUNT_STATUSES, hasLiveCredential, isOn, liveCredentials } from '../../src/model/account.js';
import { account, ago, NOW } from '../in-memory.js';

describe('an account', () => {
  it('is on where it is active or an invitation is open, and not where its status is unknown', () => {
    expect(ACCOUNT_STATUSES.filter((status) => isOn({ status }))).toEqual(['active', 'pending']);
  });

  it('has those credentials live that have no end, or one that is yet to come', () => {
    const credentials = [
      { id: 'for-ever' },
      { id: 'later', expiresAt: ago(-1) },
      { id: 'now', expiresAt: ago(0) },
      { id: 'ended', expiresAt: ago(1) },
    ];
    expect(liveCredentials(account('a', { credentials }), NOW)?.map(({ id }) => id)).toEqual(['for-ever', 'later']);
    expect(hasLiveCredential(account('a', { credentials }), NOW)).toBe(true);
  });

  it('without any, or of which the source says nothing, has none live, and the two are told apart', () => {
    expect(liveCredentials(account('a', { credentials: [] }), NOW)).toEqual([]);
    expect(liveCredentials(account('a'), NOW)).toBeUndefined();
    expect([account('a', { credentials: [] }), account('a')].map((one) => hasLiveCredential(one, NOW))).toEqual([false, false]);
  });
});
