import { describe, expect, it } from 'vitest';
import { json, raw, type Answer, type Seen } from '../../http/fault-server.js';
import { openSmall, PLAIN, readLog, WINDOW } from './read-log.js';

const CURSOR = `log:
${PLAIN}  request: { path: audit, query: { since: '\${since}', until: '\${until}' } }
  paging: { cursor: { next: next, param: cursor } }
`;
const entry = (id: string, when = '2026-09-01T10:00:00Z', more: object = {}) => ({
  id,
  when,
  what: 'user.off',
  who: `u-${id}`,
  went: 'ok',
  ...more,
});
const page = (entries: readonly object[], next?: string): Answer => json({ entries, ...(next === undefined ? {} : { next }) });
const queryOf = ({ url }: Seen): Record<string, string> => Object.fromEntries(new URL(url, 'http://any.example').searchParams);

describe('a log', () => {
  it('is asked for the window, to the end of its cursor', async () => {
    const read = await readLog(CURSOR, [page([entry('a'), entry('b')], 'c2'), page([entry('c')])]);
    expect(read.asked()).toEqual([
      '/api/audit?since=2026-08-01T00:00:00Z&until=2026-11-01T00:00:00Z',
      '/api/audit?since=2026-08-01T00:00:00Z&until=2026-11-01T00:00:00Z&cursor=c2',
    ]);
    expect(read.entries.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(read.completeness).toMatchObject({ verdict: 'consistent', unique: 3, pages: 2 });
  });

  it('says of each entry what its record says, and no more', async () => {
    const { entries } = await readLog(CURSOR, [
      page([
        entry('a'),
        entry('b', '2026-09-01', { what: 'user.made', went: 'bad', error: 'no licence left', by: 'scim' }),
        entry('c', 'soon', { what: 'user.sang', went: 'perhaps' }),
        entry('d', '2026-09-01T10:00:00Z', { went: undefined }),
      ]),
    ]);
    const at = Date.parse('2026-09-01T10:00:00Z');
    expect(entries).toEqual([
      { id: 'a', at: { at }, action: 'disable', outcome: 'success', outcomeTold: true, accountId: 'u-a', by: 'unknown' },
      {
        id: 'b',
        at: { at: Date.parse('2026-09-01'), day: true },
        action: 'create',
        outcome: 'failure',
        outcomeTold: true,
        accountId: 'u-b',
        actor: 'scim',
        detail: 'no licence left',
        by: 'unknown',
      },
      { id: 'c', action: 'other', outcome: 'unknown', outcomeTold: true, accountId: 'u-c', by: 'unknown' },
      { id: 'd', at: { at }, action: 'disable', outcome: 'unknown', outcomeTold: false, accountId: 'u-d', by: 'unknown' },
    ]);
  });

  it('of an app names accounts, of a directory people, whichever of them the manifest writes', async () => {
    const answer = [page([entry('a')])];
    const [account] = (await readLog(CURSOR, answer)).entries;
    const [person] = (await readLog(CURSOR, answer, { of: 'corp' })).entries;
    expect([account?.accountId, account?.personId, person?.accountId, person?.personId]).toEqual(['u-a', undefined, undefined, 'u-a']);
  });

  it('is asked for no more than the system keeps', async () => {
    const { asked } = await readLog(`${CURSOR}  retention_days: 30\n`, [page([])]);
    expect(asked()).toEqual(['/api/audit?since=2026-10-02T00:00:00Z&until=2026-11-01T00:00:00Z']);
  });

  it.each([
    ['unix', '1785542400', '1793491200'],
    ['unix_ms', '1785542400000', '1793491200000'],
    ['date', '2026-08-01', '2026-11-01'],
    ['iso', '2026-08-01T00:00:00Z', '2026-11-01T00:00:00Z'],
  ])('writes the window as the system has it: %s', async (format, since, until) => {
    const { server } = await readLog(`${CURSOR}  window: { format: ${format} }\n`, [page([])]);
    expect(server.seen.map(queryOf)).toEqual([{ since, until }]);
  });

  it.each([
    ['unix', 1785542400, [{ from: 1785542400 }], 'up to 1793491200'],
    ['iso', '2026-08-01T00:00:00Z', [{ from: '2026-08-01T00:00:00Z' }], 'up to 2026-11-01T00:00:00Z'],
  ])('writes numbers as such in a body, where a time stands alone: %s', async (format, at, list, text) => {
    const body = `{ at: '\${since}', list: [{ from: '\${since}' }], text: 'up to \${until}', size: 50 }`;
    const log = `log:\n${PLAIN}  request: { path: audit, body: ${body} }\n  window: { format: ${format} }\n`;
    const { server } = await readLog(log, [page([])]);
    expect(server.seen.map((seen) => JSON.parse(seen.body) as unknown)).toEqual([{ at, list, text, size: 50 }]);
  });

  it('leaves nothing of the window out where parts of a second are not written', async () => {
    const window = { since: WINDOW.since + 999, until: WINDOW.until + 1 };
    const { server } = await readLog(CURSOR, [page([])], { window });
    expect(server.seen.map(queryOf)).toEqual([{ since: '2026-08-01T00:00:00Z', until: '2026-11-01T00:00:01Z' }]);
  });

  it('takes a record once for each of its events, with what stands beside them', async () => {
    const { entries } = await readLog(
      `log:
  permission: none
  request: { path: audit, query: { since: '\${since}' } }
  records: items
  each: events
  fields: { id: id.key, at: id.time, email: 'events.parameters[name=USER_EMAIL].value', actor: actor.email }
  action: { from: events.name, map: { SUSPEND_USER: disable, DELETE_USER: delete } }
`,
      [
        json({
          items: [
            {
              id: { key: 'k1', time: '2026-09-01T10:00:00Z' },
              actor: { email: 'boss@corp.example' },
              events: [
                { name: 'SUSPEND_USER', parameters: [{ name: 'USER_EMAIL', value: 'ada@corp.example' }] },
                {
                  name: 'DELETE_USER',
                  parameters: [
                    { name: 'OTHER', value: 'x' },
                    { name: 'USER_EMAIL', value: 'bob@corp.example' },
                  ],
                },
              ],
            },
            { id: { key: 'k2', time: '2026-09-01T11:00:00Z' }, events: [] },
          ],
        }),
      ],
    );
    expect(entries.map(({ id, action, email, actor }) => ({ id, action, email, actor }))).toEqual([
      { id: 'k1', action: 'disable', email: 'ada@corp.example', actor: 'boss@corp.example' },
      { id: 'k1/1', action: 'delete', email: 'bob@corp.example', actor: 'boss@corp.example' },
      { id: 'k2', action: 'other', email: undefined, actor: undefined },
    ]);
  });

  it('leaves out what the manifest leaves out, and counts it', async () => {
    const { entries, completeness } = await readLog(`${CURSOR}  drop: { what: noise }\n`, [
      page([entry('a'), entry('b', undefined, { what: 'noise' })]),
    ]);
    expect(entries.map(({ id }) => id)).toEqual(['a']);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: ['1 records are left out, as the manifest says (keep, drop)'] });
  });

  it('tells how long it is kept, how late it is and what it needs', async () => {
    const { log } = await openSmall(`${CURSOR}  retention_days: 90\n  late_minutes: 5\n  tells_updates: true\n  hides: [reads]\n`, [
      page([]),
    ]);
    expect(log.log).toEqual({
      retention: 90 * 86_400_000,
      lateness: 300_000,
      tellsUpdates: true,
      notes: expect.arrayContaining(['needs: the scope logs', 'hides: reads']) as string[],
    });
  });
});

describe('spans', () => {
  const SLICED = `log:
${PLAIN}  request: { path: audit, query: { since: '\${since}', until: '\${until}' } }
`;

  it('are as long as the system answers at once, the latest first, and what falls on a border counts once', async () => {
    const at = '2026-10-02T00:00:00Z';
    const { entries, completeness, server } = await readLog(`${SLICED}  window: { every_days: 30 }\n`, (seen) => {
      const { since = '', until = '' } = queryOf(seen);
      return page([entry(`at ${since}`, since), ...(since <= at && at <= until ? [entry('border', at)] : [])]);
    });
    expect(server.seen.map(queryOf)).toEqual([
      { since: '2026-10-02T00:00:00Z', until: '2026-11-01T00:00:00Z' },
      { since: '2026-09-02T00:00:00Z', until: '2026-10-02T00:00:00Z' },
      { since: '2026-08-03T00:00:00Z', until: '2026-09-02T00:00:00Z' },
      { since: '2026-08-01T00:00:00Z', until: '2026-08-03T00:00:00Z' },
    ]);
    expect(entries.filter(({ id }) => id === 'border')).toHaveLength(1);
    expect(entries).toHaveLength(5);
    expect(completeness.verdict).toBe('consistent');
  });

  it('of days share none, and the last one is included', async () => {
    const { server } = await readLog(`${SLICED}  window: { every_days: 30, format: date }\n`, [page([])]);
    expect(server.seen.map(queryOf)).toEqual([
      { since: '2026-10-03', until: '2026-11-01' },
      { since: '2026-09-03', until: '2026-10-02' },
      { since: '2026-08-04', until: '2026-09-02' },
      { since: '2026-08-01', until: '2026-08-03' },
    ]);
  });

  /** A log of one entry for each day, of which one request gives `cap` at most, and says nothing of the rest. */
  const capped =
    (cap: number, days: readonly string[]) =>
    (seen: Seen): Answer => {
      const { since = '', until = '' } = queryOf(seen);
      return page(days.filter((day) => since <= day && day <= until).slice(0, cap).map((day, i) => entry(`${day} ${i}`, day))); // prettier-ignore
    };

  it('that come full are halved, until none is', async () => {
    const days = Array.from({ length: 92 }, (_, i) => new Date(WINDOW.since + i * 86_400_000 + 3_600_000).toISOString());
    const found = await readLog(`${SLICED.replace('id: id', 'id: when')}  window: { cap: 7 }\n`, capped(7, days));
    expect(found.entries).toHaveLength(92);
    expect(new Set(found.entries.map(({ at }) => at?.at)).size).toBe(92);
    expect(found.completeness).toMatchObject({ verdict: 'consistent', unique: 92 });
  });

  it('are not read beyond what one search gives', async () => {
    const days = Array.from({ length: 9 }, (_, i) => new Date(WINDOW.since + i * 9 * 86_400_000 + 3_600_000).toISOString());
    const paged = `${SLICED.replace('id: id', 'id: when')}  window: { cap: 4 }\n  paging: { cursor: { next: next, param: cursor } }\n`;
    const found = await readLog(paged, (seen) => {
      const { since = '', until = '', cursor = '0' } = queryOf(seen);
      if (Number(cursor) >= 4) return raw(400, {}, '');
      const all = days.filter((day) => since <= day && day <= until);
      const at = Number(cursor);
      return page(all.slice(at, at + 2).map((day) => entry(day, day)), at + 2 < all.length ? String(at + 2) : undefined); // prettier-ignore
    });
    expect(found.entries).toHaveLength(9);
    expect(found.completeness.verdict).toBe('consistent');
  });

  it('that cannot be halved any more are not proven whole', async () => {
    const second = '2026-09-01T10:00:00Z';
    const { completeness } = await readLog(
      `${SLICED}  window: { cap: 7 }\n`,
      capped(
        7,
        Array.from({ length: 20 }, () => second),
      ),
    );
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons[0]).toMatch(/^more entries fall on 2026-09-01T(?:10:00:00|09:59:59).000Z than one request gives$/);
  });

  it('are doubted together: one that is cut leaves the log unproven', async () => {
    const { completeness } = await readLog(`${SLICED}  window: { every_days: 60 }\n`, (seen) =>
      queryOf(seen).since === '2026-09-02T00:00:00Z'
        ? page([entry('a')])
        : json({ entries: Array.from({ length: 100 }, (_, i) => entry(`e${i}`)) }),
    );
    expect(completeness.verdict).toBe('unproven');
  });
});

describe('the newest first', () => {
  const NEWEST = `log:
${PLAIN}  request: { path: audit }
  window: { newest_first: true }
  paging: { cursor: { next: next, param: cursor } }
`;

  it('are read back to the beginning of the window, and no further', async () => {
    const { entries, completeness, server } = await readLog(NEWEST, [
      page([entry('a', '2026-10-01T00:00:00Z'), entry('b', '2026-09-01T00:00:00Z')], 'c2'),
      page([entry('c', '2026-08-02T00:00:00Z'), entry('d', '2026-07-01T00:00:00Z')], 'c3'),
      page([entry('e', '2026-06-01T00:00:00Z')], 'c4'),
      page([entry('f', '2026-05-01T00:00:00Z')], 'c5'),
    ]);
    expect(server.seen).toHaveLength(3);
    expect(entries.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
  });

  it('that come oldest first after all are read to the end, and not proven whole', async () => {
    const { entries, completeness } = await readLog(NEWEST, [
      page([entry('a', '2026-05-01T00:00:00Z'), entry('b', '2026-06-01T00:00:00Z')], 'c2'),
      page([entry('c', '2026-09-01T00:00:00Z')]),
    ]);
    expect(entries).toHaveLength(3);
    expect(completeness.verdict).toBe('unproven');
  });
});

describe('a log that misbehaves', () => {
  it.each<readonly [string, readonly Answer[], RegExp]>([
    [
      'goes round in a circle',
      [page([entry('a')], 'c2'), page([entry('b')], 'c2'), page([entry('c')], 'c2')],
      /a cursor came a second time/,
    ],
    [
      'brings a page again and again',
      [page([entry('a')], 'c2'), page([entry('a')], 'c3'), page([entry('a')], 'c4')],
      /brought only rows that came before/,
    ],
    ['repeats an entry', [page([entry('a'), entry('b')], 'c2'), page([entry('b'), entry('c')])], /repeats an id that came before/],
  ])('is not proven whole where it %s', async (_, answers, reason) => {
    const { completeness } = await readLog(CURSOR, answers);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join('\n')).toMatch(reason);
  });

  it('is not proven whole where it declares more than came', async () => {
    const text = CURSOR.replace('param: cursor', 'param: cursor, total: count');
    const { completeness } = await readLog(text, [json({ entries: [entry('a')], count: 3 })]);
    expect(completeness.verdict).toBe('unproven');
  });

  it('fails where a page is torn', async () => {
    const torn = raw(200, { 'content-type': 'application/json' }, '{"entries": [{"id": "a"');
    await expect(readLog(CURSOR, [page([entry('a')], 'c2'), torn])).rejects.toThrow(/^small: reading page 2 of the log: /);
  });

  it('waits where it is asked too often', async () => {
    const limit = raw(429, { 'retry-after': '30' }, '');
    const { entries, completeness } = await readLog(CURSOR, [page([entry('a')], 'c2'), limit, page([entry('b')])]);
    expect(entries.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(completeness.verdict).toBe('consistent');
  });

  it.each([401, 403, 404])('says what it needs where it may not be read: %i', async (status) => {
    await expect(readLog(CURSOR, [raw(status, {}, '')])).rejects.toThrow(
      new RegExp(`^small: reading page 1 of the log: .*${status}.*; its log needs: the scope logs$`),
    );
  });
});

describe('what a provider pushed', () => {
  const PUSHES = `pushes:
  permission: the scope logs
  request: { path: pushes, query: { app: '\${app}', since: '\${since}' } }
  records: entries
  fields: { id: id, at: when, accountId: target, personId: source }
  action: { from: what, map: { user.off: disable } }
  outcome: { from: went, map: { ok: success, bad: failure } }
  by: { const: scim }
`;

  it('is that of the app, and names account and person', async () => {
    const { entries, asked } = await readLog(PUSHES, [json({ entries: [entry('a', undefined, { target: 't1', source: 's1' })] })], {
      which: 'pushes',
      of: 'corp',
      app: 'a b&c',
    });
    expect(asked()).toEqual(['/api/pushes?app=a b&c&since=2026-08-01T00:00:00Z']);
    expect(entries).toMatchObject([{ accountId: 't1', personId: 's1', app: 'a b&c', by: 'scim', action: 'disable', outcome: 'success' }]);
  });

  it('is not read without the app: what went to others would be taken for its own', async () => {
    await expect(openSmall(PUSHES, [], { which: 'pushes', of: 'corp' })).rejects.toThrow('small: say which app, as Small calls it: app: …');
  });

  it('is not there where the manifest tells nothing of it', async () => {
    await expect(openSmall(CURSOR, [], { which: 'pushes', app: 'x' })).rejects.toThrow(/^small: Small tells nothing of what it pushes/);
    await expect(openSmall(PUSHES, [])).rejects.toThrow(/^small: Small has no log that lifegap can read/);
  });
});

describe('where and with what a log is read', () => {
  const APART = `log:
${PLAIN}  base_url: https://audit.small.example/v2
  auth: { bearer: '\${audit_token}' }
  request: { path: events, query: { since: '\${since}' } }
`;

  it('is its own place on the host that lifegap.yaml names, with its own credential', async () => {
    const { Secret } = await import('../../../src/model/secret.js');
    const { server, asked } = await readLog(APART, [page([entry('a')])], { options: { audit_token: new Secret('4ud1t') } });
    expect(asked()).toEqual(['/v2/events?since=2026-08-01T00:00:00Z']);
    expect(server.seen[0]?.headers.authorization).toBe('Bearer 4ud1t');
  });

  it('is not asked without that credential', async () => {
    await expect(openSmall(APART, [])).rejects.toThrow('small: audit_token is missing; the log of Small needs it');
  });
});

it('reads one page of it for a trial, of the first span that has one, with its records', async () => {
  const { log } = await openSmall(`log:
${PLAIN}  request: { path: audit, query: { since: '\${since}', until: '\${until}' } }
  window: { every_days: 30 }
  paging: { cursor: { next: next, param: cursor } }
`, (_, number) => (number === 1 ? page([]) : page([entry(`e${number}`)], 'more'))); // prettier-ignore
  const raws: unknown[] = [];
  const pages = log.pull({
    signal: new AbortController().signal,
    window: WINDOW,
    firstPagesOnly: true,
    onRaw: (record, row) => void raws.push([(record as { id: string }).id, (row as { action: string }).action]),
  });
  let step = await pages.next();
  while (step.done !== true) step = await pages.next();
  expect(raws).toEqual([['e2', 'disable']]);
  expect(step.value.verdict).toBe('unproven');
});
