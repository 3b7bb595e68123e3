import { describe, expect, it } from 'vitest';
import type { AppResult } from '../../src/audit/app.js';
import type { LogConfig } from '../../src/model/config.js';
import type { LogEntry, LogFacts } from '../../src/model/log.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { StageCoverage } from '../../src/model/report.js';
import { account, accountOf, ago, audit, DAY, HOUR, person, POLICY, type Company } from '../in-memory.js';
import { entry } from '../logbook/entry.js';

const OWN: LogConfig = { name: 'own', connector: 'memory', options: {}, fields: {}, dir: '/', of: 'app', which: 'own' };
const PUSHES: LogConfig = { ...OWN, name: 'idp', of: 'dir-0', which: 'pushes', app: 'x1' };

interface More extends Partial<Omit<Company, 'logs'>> {
  readonly pushes?: readonly LogEntry[];
}

/** One audit of an app with a log of its own, and perhaps with a provider's pushes into it. */
function logged(people: readonly Person[], accounts: readonly Account[], own: readonly LogEntry[], { pushes, ...more }: More = {}): Promise<AppResult> {
  return audit({
    people, accounts, trials: true, ...more,
    app: { compare: ['title', 'department'], logs: [OWN, ...(pushes === undefined ? [] : [PUSHES])], ...more.app },
    logs: { own, idp: pushes ?? [] },
    // The log is asked about the last 120 days, and keeps more.
    logFacts: { tellsUpdates: true, retention: 200 * DAY, ...more.logFacts },
  });
} // prettier-ignore

const off = (n: number, at: number, more: Partial<LogEntry> = {}): LogEntry =>
  entry(at, 'disable', { accountId: `a-p${n}`, by: 'scim', ...more });
const six = <T>(of: (n: number) => T): T[] => Array.from({ length: 6 }, (_, n) => of(n));

describe('a leaver, by the log', () => {
  const left = 20 * DAY;
  const leavers = six((n) => person(`p${n}`, { state: 'terminated', endAt: ago(left) }));
  // An empty list would prove nothing.
  const here = person('here');
  const isOff = (extra: Partial<Account> = {}) => leavers.map((one) => accountOf(one, { status: 'deactivated', ...extra }));
  const stage = async (accounts: readonly Account[], own: readonly LogEntry[], more: More = {}): Promise<StageCoverage> => {
    return (await logged([...leavers, here], [...accounts, accountOf(here)], own, more)).report.coverage.delete;
  };
  const told = ({ trials, successes, grade, lag }: StageCoverage): unknown => ({ trials, successes, grade, lag: lag?.medianHours ?? null });
  const FOLLOWED = { trials: 6, successes: 6, grade: 'logged', lag: 2 };
  const NONE = { trials: 0, successes: 0, grade: 'declared', lag: null };
  const hidden = { leavers: 'hidden' as const };
  /** Of an account that the list does not have only an entry that names its owner can be told. */
  const named = (n: number, at: number, more: Partial<LogEntry> = {}): LogEntry => off(n, at, { email: `p${n}@corp.example`, ...more });

  it('is dated where the list says only that the account is off', async () => {
    expect(
      told(
        await stage(
          isOff(),
          six((n) => off(n, left - 2 * HOUR)),
        ),
      ),
    ).toEqual(FOLLOWED);
  });

  it.each<[what: string, own: (n: number) => LogEntry[], more?: More]>([
    ['is a removal from a list that hides who is off', (n) => [named(n, left - 2 * HOUR)]],
    ['is one that an earlier entry names by its address, and this one by its id', (n) => [named(n, 100 * DAY, { action: 'create' }), off(n, left - 2 * HOUR)]],
    ['counts once, however often the entry comes', (n) => [named(n, left - 2 * HOUR), named(n, left - 2 * HOUR)]],
    ['is off from the first entry on, where a removal follows', (n) => [named(n, left - 9 * DAY, { action: 'delete' }), named(n, left - 2 * HOUR)]],
    ['was switched off for good after it was on again', (n) => [named(n, left - 2 * HOUR), named(n, left - HOUR, { action: 'enable' }), named(n, left + HOUR)]],
    ['stays off, whatever is yet to come', (n) => [named(n, left - 2 * HOUR), named(n, -2 * DAY, { action: 'enable' })]],
  ])('%s', async (_, own) => {
    expect(told(await stage([], six(own).flat(), hidden))).toEqual(FOLLOWED);
  }); // prettier-ignore

  it.each<[what: string, own: (n: number) => LogEntry[], more?: More]>([
    ['of a log that is not proven whole', (n) => [named(n, left - 2 * HOUR)], { logList: { verdict: 'unproven', reasons: ['torn'] } }],
    ['of a log that begins after the leave', (n) => [named(n, left - 2 * HOUR)], { logFacts: { retention: 10 * DAY } }],
    ['of an entry that failed', (n) => [named(n, left - 2 * HOUR, { outcome: 'failure' })]],
    ['of one whose outcome nobody understands', (n) => [named(n, left - 2 * HOUR, { outcome: 'unknown' })]],
    ['of one without a date', (n) => [named(n, 0, { at: undefined })]],
    ['of one that is yet to come', (n) => [named(n, -2 * DAY)]],
    ['of an entry of another app', (n) => [named(n, left - 2 * HOUR, { app: 'other' })], { app: { logs: [{ ...OWN, app: 'this' }] } }],
    ['of an account that came back on', (n) => [named(n, left - 2 * HOUR), named(n, left - 3 * HOUR, { action: 'enable' })]],
    ['of an account that nothing names', (n) => [off(n, left - 2 * HOUR)]],
    ['of a log that is silent', () => []],
  ])('is not proven by the word %s', async (_, own, more = {}) => {
    expect(told(await stage([], six(own).flat(), { ...hidden, ...more }))).toEqual(NONE);
  }); // prettier-ignore

  it('is not proven where the list has the account on, and cannot say whose it is', async () => {
    const many = Array.from({ length: 20 }, (_, n) => person(`h${n}`));
    const people = [...leavers, ...many];
    const accounts = [...six((n) => account(`a-p${n}`, { userName: `renamed${n}` })), ...many.map((one) => accountOf(one))];
    const { report, findings } = await logged(people, accounts, six((n) => named(n, left - 2 * HOUR)), hidden);
    expect([told(report.coverage.delete), report.logs?.[0]?.unmatched]).toEqual([NONE, 6]);
    expect(findings.map(({ reason }) => reason)).toEqual(six(() => 'no-owner'));
  }); // prettier-ignore

  it('is told apart by its entries, however many they are', async () => {
    const again = Array.from({ length: 200_000 }, (_, i) => named(0, left - 2 * HOUR - i));
    expect(told(await stage([], [...again, ...six((n) => named(n, left - 2 * HOUR))], hidden))).toEqual(FOLLOWED);
  });

  it('is not proven by a log that begins after the leave, beside one of logins alone that goes further back', async () => {
    const files = ['logins', 'switches'].map((name): LogConfig => ({ ...OWN, name, connector: 'file' }));
    const people = [...leavers, here];
    const { report } = await audit({
      people, accounts: [accountOf(here)], leavers: 'hidden', app: { logs: files },
      logs: { logins: [entry(60 * DAY, 'login'), entry(HOUR, 'login')], switches: six((n) => named(n, left - 2 * HOUR)) },
    }); // prettier-ignore
    expect(told(report.coverage.delete)).toEqual(NONE);
  });

  it.each<[what: string, retention: number | undefined, said: string]>([
    ['is known to keep them for longer', 200 * DAY, ''],
    ['is not known to', undefined, 'does not reach back to the leave'],
  ])('is no trial by entries from after the leave alone, but of a log that %s', async (_, retention, said) => {
    const { trials, reasons } = await stage(isOff(), six((n) => off(n, left - 2 * HOUR)), { logFacts: { retention } as Partial<LogFacts> });
    expect([trials, reasons.join()]).toEqual([said === '' ? 6 : 0, expect.stringContaining(said)]);
  }); // prettier-ignore

  it.each<[what: string, accounts: readonly Account[], more: More, said: string]>([
    ['is off', isOff(), {}, 'the account is off; a log says that it was off at 2026-11-04T14:00:00Z, and does not reach back to the leave: it may have been off before'],
    ['is not in the list', [], hidden, "not in the app's list: gone, hidden, or never there; a log says that it was off at 2026-11-04T14:00:00Z, and does not reach back to the leave"],
  ])('whose account %s by a log that begins later: the trial says so', async (_, accounts, more, said) => {
    const { evidence, reasons } = await stage(accounts, six((n) => named(n, left - 2 * HOUR)), { ...more, logFacts: { retention: 10 * DAY } });
    expect(evidence?.map(({ outcome, evidence: fact }) => [outcome, fact])).toEqual(six(() => ['undetermined', said]));
    expect(reasons.join()).not.toContain('nothing dates it');
  }); // prettier-ignore

  describe('dated by the day alone', () => {
    const dayOf = (days: number) => ({ at: { at: Date.parse('2026-11-04') + days * DAY, day: true } });
    const judged = async (days: number): Promise<unknown> => {
      const own = [...six((n) => off(n, 0, dayOf(days))), entry(110 * DAY, 'login')];
      const { verdict, successes, lag, reasons } = await stage(isOff(), own, {
        policy: { coverage: { ...POLICY.coverage, covered: 0.5 } },
      });
      return [verdict, successes, lag?.medianHours ?? null, reasons.some((text) => text.includes('is not known: map'))];
    };

    it.each<[what: string, days: number, verdict: string, lag: number | null, open: boolean]>([
      ['is in time, whatever its hour', 0, 'undeclared', 12, false],
      ['is not known to be late, nor to be in time, where the day leaves both open', 1, 'unproven', null, true],
      ['is late, whatever its hour', 3, 'partial', 84, false],
    ])('%s', async (_, days, verdict, lag, open) => {
      expect(await judged(days)).toEqual([verdict, 6, lag, open]);
    });

    it('is shown as a day', async () => {
      const { evidence } = await stage(isOff(), [...six((n) => off(n, 0, dayOf(1))), entry(110 * DAY, 'login')]);
      expect(evidence?.[0]).toMatchObject({
        evidence: 'the account is deactivated, switched off on 2026-11-05',
        followedAt: null,
        lagHours: null,
      });
      expect(evidence?.[0]?.log?.map(({ at }) => at)).toEqual(['2026-11-05']);
    });
  });

  it('is not proven by a push: that is what was asked, and not what was done', async () => {
    const pushes = six((n) => entry(left - HOUR, 'disable', { personId: `p${n}`, outcome: 'success' }));
    expect(told(await stage(isOff(), [], { pushes }))).toEqual(NONE);
  });

  it('whose account was off long before is no trial', async () => {
    const { aside, ...rest } = await stage([], six((n) => named(n, left + 40 * DAY)), hidden).then((all) => ({ ...all, aside: all.reasons.join() }));
    expect([rest.trials, aside]).toEqual([0, expect.stringContaining('had accounts that were off long before')]);
  }); // prettier-ignore

  it('keeps access where the list has the account on, whatever the log says', async () => {
    const { report, findings } = await logged(leavers, leavers.map((one) => accountOf(one)), six((n) => off(n, left - 2 * HOUR)));
    expect(told(report.coverage.delete)).toMatchObject({ trials: 6, successes: 0 });
    expect(findings.map(({ reason, loggedOff }) => [reason, loggedOff])).toEqual(six(() => ['owner-terminated', '2026-11-04T14:00:00Z']));
    expect(findings[0]?.summary).toContain('the log own says that it was switched off at 2026-11-04T14:00:00Z (scim), and the list has it on');
  }); // prettier-ignore

  it.each<[what: string, entries: LogEntry[], pushes?: LogEntry[], logged?: string]>([
    ['says so by a push as well', [], [entry(9 * DAY, 'disable', { personId: 'p0', outcome: 'success' })], '2026-11-15T12:00:00Z'],
    ['does not where the push failed', [], [entry(9 * DAY, 'disable', { personId: 'p0', outcome: 'failure' })]],
    ['does not where it was switched on since', [off(0, 9 * DAY), entry(8 * DAY, 'enable', { accountId: 'a-p0' })]],
    ['does not where the entry is about as old as the list', [off(0, HOUR / 2)]],
    ['does not of another account of theirs', [off(0, 9 * DAY, { accountId: 'a-old', email: 'p0@corp.example' })]],
  ])('against the list the log %s', async (_, own, pushes = [], at) => {
    const { findings } = await logged(leavers.slice(0, 1), [accountOf(leavers[0] as Person)], own, { pushes });
    expect(findings[0]?.loggedOff).toBe(at);
  }); // prettier-ignore

  it.each<[what: string, status: Account['status']]>([
    ['is off', 'deactivated'],
    ['is on', 'active'],
  ])('against the list the log says nothing where they have another account that %s: it may be of that one', async (_, status) => {
    const [p0] = leavers as [Person];
    const { findings } = await logged(
      [p0],
      [accountOf(p0), accountOf(p0, { id: 'b-p0', status })],
      [entry(9 * DAY, 'disable', { email: 'p0@corp.example' })],
    );
    expect(findings.map(({ loggedOff }) => loggedOff)).toEqual(findings.map(() => undefined));
    expect(findings).not.toEqual([]);
  });
});

describe('a leaver whose account was switched on after the leave', () => {
  it.each<[what: string, action: LogEntry['action'], word: string]>([
    ['again', 'enable', 'the log own says that it was switched on at 2026-11-14T12:00:00Z (human), after the leave'],
    ['by being made anew', 'create', 'the log own says that it was made at 2026-11-14T12:00:00Z (human), after the leave'],
  ])('%s: the finding says by what', async (_, action, word) => {
    const gone = person('p0', { state: 'terminated', endAt: ago(20 * DAY) });
    const own = [off(0, 15 * DAY), entry(10 * DAY, action, { accountId: 'a-p0', by: 'human' })];
    const { findings } = await logged([gone], [accountOf(gone)], own);
    expect(findings.map(({ summary, loggedOff }) => [summary.includes(word), loggedOff])).toEqual([[true, undefined]]);
  });
});

describe('a joiner, by the log', () => {
  const joiners = six((n) => person(`p${n}`, { startAt: ago(20 * DAY) }));
  const accounts = joiners.map((one) => accountOf(one));

  it('has an account since the entry, where the list does not date it', async () => {
    const { report } = await logged(joiners, accounts, six((n) => entry(20 * DAY - HOUR, 'create', { accountId: `a-p${n}`, by: 'jit' })));
    expect(report.coverage.create).toMatchObject({ trials: 6, successes: 6, grade: 'logged', lag: { medianHours: 1 } });
    expect(report.coverage.create.evidence?.[0]?.log).toEqual([{ at: '2026-11-04T13:00:00Z', action: 'create', outcome: 'success', by: 'jit', log: 'own' }]);
    expect(report.mechanism).toMatchObject({ inferred: 'jit', traces: ['logs say of 6 accounts what made it: 6 by jit'] });
  }); // prettier-ignore

  it('is not known by a log that begins later', async () => {
    const own = six((n) => entry(5 * DAY, 'create', { accountId: `a-p${n}` }));
    const { report } = await logged(joiners, accounts, own, { logFacts: { retention: 10 * DAY } });
    expect(report.coverage.create.trials).toBe(0);
  });

  it('keeps the date of the list, where it has one', async () => {
    const dated = joiners.map((one) => accountOf(one, { createdAt: ago(20 * DAY - 3 * HOUR) }));
    const { report } = await logged(joiners, dated, six((n) => entry(20 * DAY - HOUR, 'create', { accountId: `a-p${n}` })));
    expect(report.coverage.create).toMatchObject({ successes: 6, lag: { medianHours: 3 } });
  }); // prettier-ignore
});

describe('a mover, by the log', () => {
  const moved = 20 * DAY;
  const movers = Array.from({ length: 10 }, (_, n) =>
    person(`p${n}`, { changedAt: ago(moved), attributes: { title: 'Lead', department: 'IT' } }),
  );
  // Others, whom nobody changed: one change date for everybody would be a stamp.
  const others = Array.from({ length: 12 }, (_, n) =>
    person(`o${n}`, { changedAt: ago((200 + n) * DAY), attributes: { title: 'Lead', department: 'IT' } }),
  );
  const people = [...movers, ...others];
  const accounts = people.map((one) => accountOf(one, { createdAt: ago(500 * DAY) }));
  const update = (n: number, at: number, more: Partial<LogEntry> = {}): LogEntry =>
    entry(at, 'update', { accountId: `a-p${n}`, by: 'scim', changed: ['title'], ...more });
  const ten = (of: (n: number) => LogEntry): LogEntry[] => movers.map((_, n) => of(n));
  const stage = async (own: readonly LogEntry[], more: More = {}): Promise<StageCoverage> =>
    (await logged(people, accounts, own, more)).report.coverage.update;

  it('followed with the first update that set what is compared', async () => {
    const own = [...ten((n) => update(n, moved - HOUR)), ...ten((n) => update(n, moved - 2 * DAY))];
    expect(await stage(own)).toMatchObject({ verdict: 'undeclared', trials: 10, successes: 10, grade: 'logged', lag: { medianHours: 1 } });
  });

  it('followed where the directory has moved its date since, of what provisioning wrote by itself', async () => {
    expect(await stage(ten((n) => update(n, moved + 9 * DAY)))).toMatchObject({ verdict: 'undeclared', successes: 10, lag: null });
    expect(await stage(ten((n) => update(n, moved + 9 * DAY, { by: 'human' })))).toMatchObject({ verdict: 'unproven', trials: 0 });
  });

  it('waited for a login where the log says that a login wrote it', async () => {
    const { verdict, reasons } = await stage(ten((n) => update(n, moved - HOUR, { by: 'jit' })));
    expect([verdict, reasons.join()]).toEqual(['partial', expect.stringContaining('by the log, 10 of 10 updates were written at a login')]);
  });

  it('is late where the log says so', async () => {
    expect(await stage(ten((n) => update(n, moved - 5 * DAY, { by: 'human' })))).toMatchObject({
      verdict: 'partial',
      lag: { medianHours: 120 },
    });
  });

  it.each<[what: string, own: LogEntry[], more: More, trials: number, said: string]>([
    ['was changed in nothing that is compared, where the log tells of every update and has none', [entry(DAY, 'login')], {}, 0, 'the log, which tells of every update, has none'],
    ['may have been, where the log does not tell of every update', [entry(DAY, 'login')], { logFacts: { tellsUpdates: false } }, 0, 'cannot be seen'],
    ['may have been, where the log does not say what was set', ten((n) => update(n, moved - 9 * DAY, { changed: undefined })), {}, 0, 'cannot be seen'],
    ['may have been, where the log is empty', [], {}, 0, 'cannot be seen'],
  ])('%s', async (_, own, more, trials, said) => {
    const found = await stage(own, more);
    expect([found.trials, found.reasons.join()]).toEqual([trials, expect.stringContaining(said)]);
  }); // prettier-ignore
});

describe("a log whose clock differs from the list's", () => {
  const joiners = Array.from({ length: 7 }, (_, n) => person(`p${n}`, { startAt: ago(20 * DAY) }));
  /** The list dates six of them, an hour after the first day; what the log says is so much ahead. */
  const lagOfSeventh = async (ahead: (n: number) => number): Promise<readonly unknown[]> => {
    const accounts = joiners.map((one, n) => accountOf(one, n === 6 ? {} : { createdAt: ago(20 * DAY - HOUR) }));
    const own = joiners.map((_, n) => entry(20 * DAY - HOUR - ahead(n), 'create', { accountId: `a-p${n}` }));
    const { report } = await logged(joiners, accounts, own);
    const lag = report.coverage.create.evidence?.find(({ person: { id } }) => id === 'p6')?.lagHours;
    return [lag, report.logs?.[0]?.completeness.reasons.join() ?? ''];
  };

  it.each<[what: string, ahead: (n: number) => number, lag: number, said: string]>([
    ['is put right where it is ahead', () => 2 * HOUR, 1, 'its clock is 2 h ahead of the dates of the list'],
    ['is put right where it is behind', () => -5.5 * HOUR, 1, 'its clock is 330 min behind the dates of the list'],
    ['is left as it is where the two differ in no one way', (n) => (n % 3) * 2 * HOUR, 1, ''],
    ['is left as it is where it is off by the time that things take', () => HOUR / 20, 1.1, ''],
  ])('%s', async (_, ahead, lag, said) => {
    expect(await lagOfSeventh(ahead)).toEqual([lag, expect.stringContaining(said)]);
  });

  it('is left alone where the list gives days: what is done every night is as far from all of them', async () => {
    const day = Date.parse('2026-11-04');
    const joiners = Array.from({ length: 7 }, (_, n) => person(`p${n}`, { startAt: { at: day } }));
    const accounts = joiners.map((one, n) => accountOf(one, n < 6 ? { createdAt: { at: day, day: true } } : {}));
    const own = joiners.map((_, n) => ({ ...entry(0, 'create', { accountId: `a-p${n}` }), at: { at: day + 23 * HOUR } }));
    const { create } = (await logged(joiners, accounts, [entry(110 * DAY, 'login'), ...own])).report.coverage;
    expect(create.evidence?.find((one) => one.person.id === 'p6')?.lagHours).toBe(23);
  });
});

describe('few people, and one mechanism that wrote all', () => {
  const joiners = six((n) => person(`p${n}`, { startAt: ago(20 * DAY) }));
  const movers = six((n) =>
    person(`m${n}`, { changedAt: ago((10 + n) * DAY), startAt: ago(400 * DAY), attributes: { title: 'Lead', department: 'IT' } }),
  );
  const accounts = [...joiners, ...movers].map((one) => accountOf(one));
  const made = (by: LogEntry['by']) => six((n) => entry(20 * DAY - HOUR, 'create', { accountId: `a-p${n}`, by }));
  const changed = (by: LogEntry['by']) =>
    six((n) => entry((10 + n) * DAY - HOUR, 'update', { accountId: `a-m${n}`, by, changed: ['title'] }));
  const verdicts = async (own: LogEntry[], list: readonly Account[] = accounts): Promise<unknown> => {
    const { create, update } = (await logged([...joiners, ...movers], list, own)).report.coverage;
    return [create.verdict, update.verdict];
  };

  it('prove it together', async () => {
    expect(await verdicts([...made('scim'), ...changed('scim'), entry(110 * DAY, 'login')])).toEqual(['undeclared', 'undeclared']);
  });

  it.each<[what: string, own: LogEntry[]]>([
    ['two mechanisms', [...made('scim'), ...changed('api')]],
    ['people', [...made('human'), ...changed('human')]],
    ['nothing that the log names', [...made('unknown'), ...changed('unknown')]],
  ])('not where %s wrote them', async (_, own) => {
    expect(await verdicts(own)).toEqual(['unproven', 'unproven']);
  });

  it('not where one of them failed', async () => {
    const list = accounts.map((one) => (one.id === 'a-m0' ? { ...one, attributes: { title: 'Junior', department: 'IT' } } : one));
    expect(await verdicts([...made('scim'), ...changed('scim')], list)).not.toContain('undeclared');
  });
});

describe('the way of a change', () => {
  const left = 20 * DAY;
  const leavers = six((n) => person(`p${n}`, { state: 'terminated', endAt: ago(left) }));

  it('goes from hop to hop, as far as logs tell', async () => {
    const accounts = leavers.map((one, n) => accountOf(one, { status: n === 0 ? 'active' : 'deactivated' }));
    const pushes = six((n) =>
      entry(left - 2 * HOUR, 'disable', { personId: `p${n}`, app: 'x1', ...(n === 0 ? { outcome: 'failure', detail: 'User not found' } : { outcome: 'success' }) }),
    );
    const own = six((n) => off(n, left - 3 * HOUR)).slice(1);
    const { report } = await logged(leavers, accounts, own, { pushes, directoryOff: () => leavers.length && Date.parse('2026-11-04T13:00:00Z') });
    expect(report.coverage.delete.hops).toEqual([
      { from: 'left', to: 'directory-off', median: 1, p95: 1, trials: 6, failed: 0 },
      { from: 'directory-off', to: 'pushed', median: 1, p95: 1, trials: 6, failed: 0 },
      { from: 'pushed', to: 'acknowledged', median: 0, p95: 0, trials: 5, failed: 1, failures: [{ detail: 'User not found', count: 1 }] },
      { from: 'acknowledged', to: 'app-off', median: 1, p95: 1, trials: 5, failed: 0 },
    ]);
    expect(report.logs?.map(({ name, of, entries, unmatched, failures }) => ({ name, of, entries, unmatched, failures }))).toEqual([
      { name: 'own', of: 'app', entries: 5, unmatched: 0, failures: [] },
      { name: 'idp', of: 'dir-0', entries: 6, unmatched: 0, failures: [{ detail: 'User not found', count: 1 }] },
    ]);
  }); // prettier-ignore

  it('counts a failure once that an export has twice', async () => {
    const failed = entry(left - HOUR, 'disable', { personId: 'p0', outcome: 'failure', detail: 'User not found' });
    const { report } = await logged(leavers.slice(0, 1), [accountOf(leavers[0] as Person)], [], { pushes: [failed, failed] });
    expect(report.logs?.[1]?.failures).toEqual([{ detail: 'User not found', count: 1 }]);
  });

  it('leaves out what no log tells', async () => {
    const { report } = await logged(leavers, leavers.map((one) => accountOf(one, { status: 'deactivated' })), six((n) => off(n, left - HOUR)));
    expect(report.coverage.delete.hops).toEqual([{ from: 'left', to: 'app-off', median: 1, p95: 1, trials: 6, failed: 0 }]);
    expect(report.coverage.create.hops).toBeUndefined();
  }); // prettier-ignore
});

describe('the entries of a log', () => {
  it('count once, however often they come', async () => {
    const one = entry(DAY, 'update', { email: 'ann@corp.example' });
    const { report } = await logged([person('ann')], [account('a-ann', { userName: 'ann' })], [one, one, entry(2 * DAY, 'update', { email: 'ann@corp.example' }), one]);
    expect(report.logs).toMatchObject([{ entries: 2, unmatched: 0, completeness: { reasons: ['2 entries came again, and count once'] } }]);
  }); // prettier-ignore

  it('are told apart by their ids, though they say the same of one second', async () => {
    const one = entry(DAY, 'update', { email: 'ann@corp.example' });
    const own = ['1', '2', '1'].map((id) => ({ ...one, id }));
    const { report } = await logged([person('ann')], [account('a-ann', { userName: 'ann' })], own);
    expect(report.logs).toMatchObject([{ entries: 2, completeness: { reasons: ['1 entry came again, and counts once'] } }]);
  });

  it.each<[what: string, others: LogEntry[], unmatched: number]>([
    ['does know others', [entry(3 * DAY, 'login', { personId: 'ben' })], 2],
    ['knows nobody', [], 0],
  ])(
    'are not of whoever has the address, where the directory does not know the id beside it and %s by theirs',
    async (_, others, unmatched) => {
      const gone = { personId: 'gone', personEmail: 'ann@corp.example', outcome: 'success' } as const;
      const pushes = [entry(DAY, 'update', gone), entry(DAY, 'disable', { ...gone, accountId: 'gone' }), ...others];
      const { report } = await logged([person('ann'), person('ben')], [], [], { pushes });
      expect(report.logs?.[1]).toMatchObject({ unmatched });
    },
  );

  it('are counted: of whom nobody is known, of several people, without a date; those of other apps are skipped', async () => {
    const own = [
      entry(DAY, 'update', { email: 'ann@corp.example' }),
      entry(DAY, 'update', { email: 'nobody@corp.example' }),
      entry(DAY, 'update', { personUserName: 'ann', email: 'ben@corp.example' }),
      entry(DAY, 'update', { email: 'ann@corp.example', at: undefined }),
      entry(DAY, 'delete', { accountId: 'gone' }),
      entry(DAY, 'login', { email: 'x@corp.example' }),
      entry(DAY, 'update', { email: 'ann@corp.example', app: 'other' }),
    ];
    const { report } = await logged([person('ann'), person('ben')], [account('a-ann', { userName: 'ann' })], own, {
      app: { logs: [{ ...OWN, app: 'this' }] },
    });
    expect(report.logs).toMatchObject([{ entries: 6, unmatched: 4, completeness: { reasons: ['1 entry of other apps is skipped'] } }]);
  });
});
