import { describe, expect, it, test } from 'vitest';
import type { AppConfig, LogConfig } from '../../src/model/config.js';
import type { LogEntry } from '../../src/model/log.js';
import type { PersonAccount, PersonMoment, PersonRecord, PersonReport } from '../../src/model/person-report.js';
import { LogLookUp } from '../../src/person/log-look-up.js';
import { ofEntry, timelineOf } from '../../src/person/timeline.js';
import { personTable } from '../../src/report/person.js';
import { displayWidth } from '../../src/report/width.js';
import { at, person } from '../in-memory.js';
import { HOSTILE } from '../report/hostile.js';
import { medium } from '../report/medium.js';

const RECORD: PersonRecord = {
  id: 'p1', source: 'hr', emails: [], state: 'terminated', kind: 'human', attributes: {}, groups: [],
  startAt: '2020-02-01', endAt: '2026-10-01', changedAt: '2026-10-01T16:00:00.000Z',
}; // prettier-ignore
const ACCOUNT: PersonAccount = {
  id: 'U1', status: 'active', kind: 'human', belongs: 'correlated', roles: [], admin: false, credentials: [], letsIn: [],
  createdAt: '2020-02-03T08:00:00.000Z', lastLoginAt: '2026-10-20T07:12:00.000Z', deactivatedAt: '2026-10-01T16:00:00.000Z',
}; // prettier-ignore
const entry = (more: Partial<LogEntry>): LogEntry => ({ at: at('2026-10-01T16:05:00Z'), action: 'disable', outcome: 'unknown', outcomeTold: false, by: 'unknown', ...more }); // prettier-ignore
const log = (more: Partial<LogConfig> = {}): LogConfig => ({ name: 'okta', connector: 'file', options: {}, fields: {}, dir: '', of: 'app', which: 'own', ...more }); // prettier-ignore

test('directory, list and logs stand in order of time, each with its source', () => {
  const logged = [
    ...ofEntry(entry({ outcome: 'failure', outcomeTold: true, by: 'scim', actor: 'Okta', detail: 'User not found' }), log(), 'chat'),
    ...ofEntry(entry({ at: at('2026-10-01'), action: 'update', changed: ['department', 'title'] }), log({ name: 'chat' }), 'chat'),
  ];
  const told = timelineOf([RECORD], [{ name: 'chat', accounts: [ACCOUNT] }], logged);
  expect(told.map(({ at: when, what, source }) => `${when} | ${source} | ${what}`)).toEqual([
    '2020-02-01 | hr | first day of p1',
    '2020-02-03T08:00:00.000Z | chat | U1 was created',
    '2026-10-01 | hr | last day of p1',
    '2026-10-01 | log of chat | update of department, title',
    '2026-10-01T16:00:00.000Z | chat | U1 was switched off',
    '2026-10-01T16:00:00.000Z | hr | p1 was changed last',
    '2026-10-01T16:05:00Z | chat, log okta | disable, failure, by scim Okta: User not found',
    '2026-10-20T07:12:00.000Z | chat | U1 was logged in to last',
  ]);
});

test.each<[what: string, entry: Partial<LogEntry>, words: string | undefined]>([
  ['what no map lists', { action: 'other' }, undefined],
  ['what is not dated', { at: undefined }, undefined],
  ['no outcome', {}, 'disable'],
  ['an outcome that no map knows', { outcomeTold: true }, 'disable, unknown'],
  ['an actor without a kind', { actor: 'ben', outcome: 'success', outcomeTold: true }, 'disable, success, by ben'],
  ['an empty word on it', { by: 'jit', detail: '' }, 'disable, by jit'],
])('an entry: %s', (_, more, words) => {
  expect(ofEntry(entry(more), log(), undefined)[0]?.what).toBe(words);
});

describe('whose an entry is', () => {
  const own = log({ name: 'chat' });
  const pushes = log({ name: 'corp-okta', of: 'corp-okta', which: 'pushes', app: '0oa1' });
  const apps = [{ name: 'chat', logs: [own, pushes] }] as unknown as AppConfig[];
  const known = { names: new Set(['ada', 'ada@corp.example']), keys: new Set(['p1', '0017']) };
  const seen = (entries: readonly LogEntry[], of: LogConfig, wanted: typeof known | undefined = known): number => {
    const look = new LogLookUp({ apps }, 'ADA@corp.example', () => wanted, (app) => new Set(app === 'chat' ? ['U1'] : []));
    look.people([person('p1', { userName: 'Ada', emails: ['ada@corp.example'] }), person('p2', { userName: 'ben' })]);
    look.entries(of, entries);
    return look.moments.length;
  }; // prettier-ignore

  it.each<[what: string, entry: Partial<LogEntry>, is: number]>([
    ['the id of an account of theirs', { accountId: 'U1' }, 1],
    ['the id in another case: ids are as they are', { accountId: 'u1' }, 0],
    ['an account that the list no longer has, called as they are', { accountId: 'U9', userName: 'ADA' }, 1],
    ['an address', { email: 'Ada@Corp.Example' }, 1],
    ['their id in the directory', { personId: 'P1' }, 1],
    ['the id of another, with their name', { personId: 'p2', personUserName: 'ada' }, 0],
    ['their number', { employeeId: '0017' }, 1],
    ['their id as externalId', { externalId: 'p1' }, 1],
    ['somebody else', { userName: 'ben', accountId: 'U2' }, 0],
    ['nothing', {}, 0],
    ['another app', { accountId: 'U1', app: '0oa2' }, 0],
    ['this app', { accountId: 'U1', app: '0oa1' }, 1],
  ])('%s', (_, more, is) => {
    expect(seen([entry(more)], pushes)).toBe(is);
  });

  it.each<[what: string, entry: Partial<LogEntry>, is: number]>([
    ['their id', { accountId: 'p1' }, 1],
    ['the id of another, with their name', { accountId: 'p2', userName: 'ada' }, 0],
    ['their name', { userName: 'ada' }, 1],
    ['the id of an account elsewhere', { accountId: 'U1' }, 0],
  ])('in the log of a directory: %s, before and after it is known who is wanted', (_, more, is) => {
    const directory = log({ name: 'corp-okta', of: 'corp-okta' });
    expect([seen([entry(more)], directory), seen([entry(more)], directory, undefined)]).toEqual([is, is]);
  });

  it('is not dated by what its source is called', () => {
    const look = new LogLookUp({ apps }, 'ada', () => known, () => new Set(['U1'])); // prettier-ignore
    look.entries(own, [entry({ accountId: 'U1' })]);
    look.entries(pushes, [entry({ accountId: 'U1' })]);
    expect(look.moments.map(({ source }) => source)).toEqual(['log of chat', 'chat, log corp-okta']);
  });
});

describe('at a terminal', () => {
  const report = (timeline: readonly PersonMoment[]): PersonReport => ({
    schemaVersion: 1, tool: 'lifegap', asOf: '2026-11-24T00:00:00.000Z', who: 'ada', people: [RECORD], accessEndsBy: null, directory: [],
    apps: [{ name: 'chat', connector: 'scim', error: null, list: 'consistent', askedByFilter: false, reasons: [], accounts: [ACCOUNT], findings: [],
      logs: [{ name: 'corp-okta', error: 'corp-okta: GET https://okta.example answered 403', reasons: [] }, { name: 'siem', error: null, reasons: ['the last record has no end'] }] }],
    timeline, summary: { lettingIn: 0, open: [], failed: [] },
  }); // prettier-ignore
  const shown = (timeline: readonly PersonMoment[], width = 100): string =>
    [...personTable(report(timeline), { exitCode: 0, reason: 'fine' }, medium({ width }))].join('');

  it('what happened again and again stands on one line', () => {
    const logins = ['01', '02', '03'].map((day): PersonMoment => ({
      at: `2026-09-${day}T08:00:00Z`,
      what: 'login',
      source: 'log of chat',
    }));
    const out = shown([...logins, { at: '2026-10-01', what: 'last day of p1', source: 'hr' }]);
    expect(out).toContain('2026-09-03 08:00 UTC  log of chat  login (3 times since 2026-09-01 08:00 UTC)\n2026-10-01            hr           last day of p1\n'); // prettier-ignore
  });

  it('the latest of very many are shown', () => {
    const many = Array.from({ length: 75 }, (_, i): PersonMoment => ({ at: '2026-09-01', what: `change ${i}`, source: 'log of chat' }));
    const out = shown(many);
    expect(out).toContain('TIMELINE\n… and 15 lines before: --json has all of them\n');
    expect([out.includes('change 14\n'), out.includes('change 15\n')]).toEqual([false, true]);
  });

  it('logs that were not read whole are told of', () => {
    const out = shown([]);
    expect(out).toContain('chat: log corp-okta: corp-okta: GET https://okta.example answered 403\n');
    expect(out).toContain('chat: log siem: not read whole; the last record has no end\n');
    expect(out).not.toContain('TIMELINE');
  });

  it('text of logs cannot act', () => {
    const timeline = HOSTILE.map((text, i): PersonMoment => ({ at: '2026-09-01', what: `${text}${i}`, source: `chat, log ${text}` }));
    for (const width of [60, 120]) {
      const out = /TIMELINE\n[^]*?\n\n/.exec(shown(timeline, width))?.[0] ?? '';
      expect(out.split('\n').length).toBeGreaterThan(60);
      expect(out).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
      expect(Math.max(...out.split('\n').map(displayWidth))).toBeLessThanOrEqual(width);
    }
  });
});
