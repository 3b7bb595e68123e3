import { describe, expect, it } from 'vitest';
import { Evidence } from '../../src/coverage/evidence.js';
import { judgeStage } from '../../src/coverage/verdict.js';
import { accountOf, ago, audit, DAY, HOUR, person, POLICY } from '../in-memory.js';

describe('the trials by name', () => {
  it('say of each leaver what the app made of it, in the order of the people', async () => {
    const left = (id: string, days: number) => person(id, { state: 'terminated', endAt: ago(days * DAY) });
    const [off, on, hidden, undated] = [left('u3', 20), left('u2', 30), left('u1', 40), left('u4', 50)];
    const { coverage } = (
      await audit({
        trials: true,
        people: [off, on, hidden, undated],
        accounts: [
          accountOf(off, { status: 'deactivated', deactivatedAt: ago(20 * DAY - 3 * HOUR) }),
          accountOf(on),
          accountOf(undated, { status: 'suspended' }),
        ],
      })
    ).report;
    expect(coverage.delete.evidence).toEqual([
      {
        person: { id: 'u1', source: 'dir-0', userName: 'u1' },
        account: null,
        event: 'left',
        at: '2026-10-15T12:00:00Z',
        outcome: 'undetermined',
        followedAt: null,
        lagHours: null,
        evidence: "not in the app's list: gone, hidden, or never there",
      },
      {
        person: { id: 'u2', source: 'dir-0', userName: 'u2' },
        account: { id: 'a-u2', userName: 'u2' },
        event: 'left',
        at: '2026-10-25T12:00:00Z',
        outcome: 'open',
        followedAt: null,
        lagHours: 720,
        evidence: 'the account is active',
      },
      {
        person: { id: 'u3', source: 'dir-0', userName: 'u3' },
        account: { id: 'a-u3', userName: 'u3' },
        event: 'left',
        at: '2026-11-04T12:00:00Z',
        outcome: 'followed',
        followedAt: '2026-11-04T15:00:00Z',
        lagHours: 3,
        evidence: 'the account is deactivated, switched off at 2026-11-04T15:00:00Z',
      },
      {
        person: { id: 'u4', source: 'dir-0', userName: 'u4' },
        account: { id: 'a-u4', userName: 'u4' },
        event: 'left',
        at: '2026-10-05T12:00:00Z',
        outcome: 'undetermined',
        followedAt: null,
        lagHours: null,
        evidence: 'the account is off, and nothing says whether since before the leave',
      },
    ]);
  });

  it('name what differs of a mover, and why a joiner is no trial', async () => {
    const mover = person('m', { changedAt: ago(9 * DAY), attributes: { title: 'Lead' } });
    const joiner = person('j', { startAt: ago(9 * DAY) });
    const { coverage } = (
      await audit({
        trials: true,
        people: [mover, joiner],
        accounts: [accountOf(mover, { createdAt: ago(99 * DAY), attributes: { title: 'Member' } }), accountOf(joiner)],
      })
    ).report;
    expect(coverage.update.evidence).toMatchObject([
      { event: 'title changed', outcome: 'open', lagHours: 216, evidence: 'title is "Lead" in the directory and "Member" here' },
    ]);
    expect(coverage.create.evidence).toMatchObject([
      { event: 'joined', outcome: 'undetermined', evidence: 'there is an account, and nothing says since when' },
    ]);
  });

  it('are absent unless they were asked for', async () => {
    const { coverage } = (await audit({ people: [person('u')], accounts: [] })).report;
    expect(Object.keys(coverage.delete)).not.toContain('evidence');
  });

  it('that do not add up to the counts are a bug, and never a report', () => {
    const evidence = new Evidence('snapshot', true);
    evidence.succeeded(HOUR);
    expect(() => judgeStage({ stage: 'delete', evidence, policy: POLICY })).toThrow(
      '0 trials followed, 0 are open and 0 undetermined by name',
    );
  });
});
