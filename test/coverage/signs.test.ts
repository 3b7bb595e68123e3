// How the accounts of an app seem to be made: what each trace weighs, and from how many accounts on.
import { describe, expect, it } from 'vitest';
import { mechanismOf } from '../../src/coverage/mechanism.js';
import type { Group, Traces } from '../../src/coverage/traces.js';
import type { Mechanism } from '../../src/model/report.js';
import { NOW } from '../in-memory.js';

const group = (accounts: number, more: Partial<Group> = {}): Group => ({
  accounts,
  dated: accounts,
  withLogin: accounts - (more.neverLoggedIn ?? 0),
  neverLoggedIn: 0,
  usedOnce: 0,
  atFirstLogin: 0,
  linked: 0,
  ...more,
});
const judge = (more: Partial<Traces>, isWhole = true): Mechanism =>
  mechanismOf(
    {
      bulk: group(0),
      rest: group(0),
      bulkAt: NOW,
      atOnce: true,
      loginsKnown: true,
      switched: { at: NaN, before: 0, after: 0 },
      stale: { total: 0, loggedInSince: 0 },
      inSync: { total: 0, loggedInSince: 0 },
      ...more,
    },
    null,
    isWhole,
  );

/** Used on the first day alone, and how many of these made at that login. */
const once = (usedOnce: number, atFirstLogin = usedOnce): Partial<Group> => ({ usedOnce, atFirstLogin });
const pair = (total: number, loggedInSince: number): Traces['stale'] => ({ total, loggedInSince });
const launch = { bulk: group(20), atOnce: false };

describe('the mechanism', () => {
  it.each<[what: string, inferred: Mechanism['inferred'], confidence: number, traces: Partial<Traces>]>([
    ['ten at their first login are a strong sign', 'jit', 0.75, { rest: group(10, once(10)) }],
    ['a strong sign and a weaker one', 'jit', 0.9, { rest: group(30, once(10)) }],
    ['nine at their first login are a weaker sign', 'unknown', 0, { rest: group(29, once(9)) }],
    ['which wants another', 'jit', 0.75, { rest: group(30, once(9)) }],
    ['nine in ten are a weaker sign', 'unknown', 0, { rest: group(29, once(10, 9)) }],
    ['nine in ten, and nobody of thirty who never logged in', 'jit', 0.75, { rest: group(30, once(10, 9)) }],
    ['more than nine in ten are a strong sign', 'jit', 0.75, { rest: group(29, once(20, 19)) }],
    ['four are a weaker sign', 'jit', 0.75, { rest: group(30, once(4)) }],
    ['three are none', 'unknown', 0, { rest: group(30, once(3)) }],
    ['four in five are none', 'unknown', 0, { rest: group(30, once(5, 4)) }],
    ['one who never logged in is let pass', 'jit', 0.75, { rest: group(40, { ...once(10), neverLoggedIn: 1 }) }],
    ['two of forty are not', 'unknown', 0, { rest: group(40, { ...once(10), neverLoggedIn: 2 }) }],
    ['two of a hundred are', 'jit', 0.75, { rest: group(100, { ...once(10), neverLoggedIn: 2 }) }],
    ['three of a hundred are not', 'unknown', 0, { rest: group(100, { ...once(10), neverLoggedIn: 3 }) }],
    ['stale where nobody logged in, and others agree', 'jit', 0.75, { rest: group(30), stale: pair(4, 0), inSync: pair(10, 6) }],
    ['three stale accounts are too few', 'unknown', 0, { rest: group(30), stale: pair(3, 0), inSync: pair(10, 6) }],
    ['one in twenty may have logged in', 'jit', 0.75, { rest: group(30), stale: pair(20, 1), inSync: pair(10, 6) }],
    ['two in twenty may not', 'unknown', 0, { rest: group(30), stale: pair(20, 2), inSync: pair(10, 6) }],
    ['where hardly anybody logs in, stale accounts say nothing', 'unknown', 0, { rest: group(30), stale: pair(4, 0), inSync: pair(10, 5) }],
    ['where nobody else was changed, stale accounts say nothing', 'unknown', 0, { rest: group(30), stale: pair(4, 0) }],
    ['without logins no account looks like JIT', 'unknown', 0, { rest: group(30, once(10)), loginsKnown: false }],
    ['nine accounts are too few', 'unknown', 0, { rest: group(9, { ...once(9), linked: 9 }) }],
    ['ten accounts, one of them in bulk, are enough', 'scim', 0.7, { bulk: group(1, { linked: 1 }), rest: group(9, { linked: 9 }) }],
    ['more than four in five carry the id', 'scim', 0.7, { rest: group(40, { linked: 33 }) }],
    ['four in five carry it', 'unknown', 0, { rest: group(40, { linked: 32 }) }],
    ['they carry it, and some never logged in', 'scim', 0.9, { rest: group(40, { linked: 40, neverLoggedIn: 5 }) }],
    ['they carry it, and were made at the first login', 'scim+jit', 0.5, { rest: group(40, { linked: 40, ...once(10) }) }],
    ['they carry it, and weaker signs of JIT are not enough', 'scim', 0.7, { rest: group(40, { linked: 40, ...once(9) }) }],
    ['younger ones carry it, older ones do not', 'mixed', 0.8, { rest: group(40, { linked: 20 }), switched: { at: NOW, before: 20, after: 20 } }],
    ['an import, and JIT since', 'mixed', 0.7, { bulk: group(20), rest: group(20, once(10)) }],
    ['an import, and a synchronisation since', 'mixed', 0.7, { bulk: group(20), rest: group(20, { linked: 17, neverLoggedIn: 9 }) }],
    ['an import, and four in five of a synchronisation', 'unknown', 0, { bulk: group(20), rest: group(20, { linked: 16, neverLoggedIn: 9 }) }],
    ['an import, and one sign of JIT', 'mixed', 0.5, { bulk: group(20), rest: group(20, once(9)) }],
    ['an import, a sign of JIT, and one against it', 'unknown', 0, { bulk: group(20), rest: group(20, { ...once(9), neverLoggedIn: 2 }) }],
    ['an import, and no sign', 'unknown', 0, { bulk: group(20), rest: group(20) }],
    ['a fifth of all is an import', 'mixed', 0.5, { bulk: group(10), rest: group(40) }],
    ['less than a fifth is none', 'jit', 0.75, { bulk: group(10), rest: group(41, once(9)) }],
    ['nine are no import', 'jit', 0.75, { bulk: group(9), rest: group(30, once(9)) }],
    ['what carries the id is no import', 'jit', 0.75, { bulk: group(20, { linked: 16 }), rest: group(60, once(9)) }],
    ['what may have been a launch is no import', 'unknown', 0, { ...launch, rest: group(20, once(10)) }],
    ['where somebody never logged in it was no launch', 'mixed', 0.7, { ...launch, bulk: group(20, { neverLoggedIn: 1 }), rest: group(20, once(10)) }],
    ['nor where it came at once', 'mixed', 0.7, { ...launch, atOnce: true, rest: group(20, once(10)) }],
    ['nor where nobody knows who logged in', 'mixed', 0.7, { ...launch, loginsKnown: false, rest: group(20, { linked: 17 }) }],
    ['nothing but an import', 'manual', 0.6, { bulk: group(40), rest: group(9) }],
    ['an import and ten more', 'unknown', 0, { bulk: group(40), rest: group(10) }],
    ['a large import and less than a tenth', 'manual', 0.6, { bulk: group(200), rest: group(19) }],
    ['a large import and a tenth', 'unknown', 0, { bulk: group(180), rest: group(20) }],
  ])('%s: %s', (_, inferred, confidence, traces) => {
    expect(judge(traces)).toMatchObject({ inferred, confidence, declared: null });
  }); // prettier-ignore

  it('says what speaks for it and against it', () => {
    const { traces } = judge({
      bulk: group(20, { linked: 16 }),
      rest: group(30, { linked: 14, neverLoggedIn: 4, ...once(10, 9) }),
      switched: { at: NOW, before: 20, after: 30 },
      stale: pair(4, 1),
      inSync: pair(10, 6),
    });
    expect(traces).toEqual([
      "30 of 50 accounts carry the directory's id as externalId: those made since 2026-11-24 (30), and not those from before (20)",
      '20 of 50 accounts were made in bulk, for people who were here before (most of them on 2026-11-24): a first synchronisation, or an import',
      '4 of 30 accounts never logged in: pure JIT is disproved',
      '9 of 10 accounts last used on the first day were made within 5 min of that login',
      '3 of 4 stale accounts were not logged in to since the change',
    ]);
    const few = judge({ bulk: group(20, { linked: 15, neverLoggedIn: 1 }), rest: group(9) }).traces;
    expect(few).toEqual([
      "15 of 29 accounts carry the directory's id as externalId",
      '20 of 29 accounts were made in bulk, for people who were here before (most of them on 2026-11-24): an import',
    ]);
    expect(judge({ ...launch, rest: group(20) }).traces[0]).toMatch(/: an import, or first logins after a launch$/);
    expect(judge({ rest: group(1) }).traces).toEqual(['1 active account is too few to show a pattern']);
    expect(judge({ rest: group(40), loginsKnown: false }).traces).toEqual(['the app does not say when anybody logged in']);
  });

  it('names what would overturn it, and nothing of a list that is not whole', () => {
    expect(judge({ rest: group(40, { linked: 40 }) }).overturnedBy).toMatch(/at the first login/);
    expect(judge({ rest: group(40) })).not.toHaveProperty('overturnedBy');
    expect(judge({ rest: group(40, { linked: 40 }) }, false)).toEqual({
      inferred: 'unknown',
      confidence: 0,
      declared: null,
      traces: ["the app's list is not proven whole, so nothing is inferred from what was read of it"],
    });
  });
});
