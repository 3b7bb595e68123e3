import { describe, expect, it } from 'vitest';
import { json, raw, type Answer, type Seen } from '../http/fault-server.js';
import { pull, queryOf, users } from './pull.js';

describe('several passes', () => {
  const lines = `request: { path: users, query: { state: '' } }
records: users
paging: { offset: { param: skip, total: n } }
passes:
  - { name: active, request: { query: { state: active } } }
  - { name: gone, request: { query: { state: gone } }, status: { const: deleted } }
`;
  const answer =
    (gone: number): ((seen: Seen) => Answer) =>
    (seen) => {
      const query = queryOf(seen);
      const list = query.get('state') === 'active' ? users(3) : users(gone, 10);
      return json({ users: list.slice(Number(query.get('skip'))), n: query.get('state') === 'active' ? 3 : 2 });
    };

  it('are united, each with its own status, and proven as their sum', async () => {
    const { rows, completeness } = await pull(lines, answer(2));
    expect(rows.map(({ id, status }) => `${id} ${status}`)).toEqual(['u0 active', 'u1 active', 'u2 active', 'u10 deleted', 'u11 deleted']);
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 5 });
  });

  it('are unproven where one of them is, and it is named', async () => {
    const { completeness } = await pull(lines, answer(1));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toMatch(/gone: the system declares 2 rows/);
  });
});

describe('lists below parents', () => {
  const lines = (more = ''): string => `request: { path: 'domains/\${domain}/users' }
records: users
parents: { as: domain, request: { path: domains }, records: domains, id: id${more} }
`;
  const answer = (seen: Seen): Answer => {
    if (seen.url === '/domains') return json({ domains: [{ id: 'a b' }, { id: '../c' }] });
    return json({ users: seen.url === '/domains/a%20b/users' ? users(3) : users(2, 2) });
  };

  it('are read one after the other; what a parent is called leads nowhere else', async () => {
    const { server, completeness, ids } = await pull(lines(), answer);
    expect(server.seen.map(({ url }) => url)).toEqual(['/domains', '/domains/a%20b/users', '/domains/..%2Fc/users']);
    expect(ids).toEqual(['u0', 'u1', 'u2', 'u3']);
    expect(completeness).toMatchObject({ verdict: 'unproven', received: 5, unique: 4 });
  });

  it('may share rows where the manifest says so', async () => {
    const { completeness } = await pull(lines(', may_repeat: true'), answer);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: ['1 rows came under several of the lists that are united here'] });
  });

  it.each([0, 1])('let in whom any of them lets in, in whatever order they come (%i first)', async (first) => {
    const inOne = (state: string) => users(1).map((user) => ({ ...user, state }));
    const answers: Record<string, Answer> = {
      '/domains': json({ domains: [{ id: String(first) }, { id: String(1 - first) }] }),
      '/domains/0/users': json({ users: inOne('off') }),
      '/domains/1/users': json({ users: inOne('on') }),
    };
    const { rows } = await pull(lines(', may_repeat: true'), ({ url }) => answers[url] as Answer);
    expect(rows.map(({ id, status }) => `${id} ${status}`)).toEqual(['u0 active']);
  });
});

describe('ids first, then their rows in batches', () => {
  const parents = (batch: number) =>
    `parents: { as: user, request: { path: ids }, records: ids, id: ., batch: ${batch} }\nrecords: users\n`;
  const inBody = `request: { path: users, body: { ids: ['\${user}'], deep: { of: [x, '\${user}'] } } }\n`;
  const ids = json({ ids: ['u0', 'u1', 'u2'] });
  const named = (seen: Seen): string[] => (JSON.parse(seen.body) as { ids: string[] }).ids;
  const rows = (of: readonly string[]) => json({ users: of.map((id) => ({ id, login: id, state: 'on' })) });

  it('are all named in one request', async () => {
    const pulled = await pull(`${parents(2)}${inBody}`, (seen) => (seen.url === '/ids' ? ids : rows(named(seen))));
    expect(pulled.ids).toEqual(['u0', 'u1', 'u2']);
    expect(pulled.server.seen.slice(1).map(({ body }) => body)).toEqual([
      '{"ids":["u0","u1"],"deep":{"of":["x","u0","u1"]}}',
      '{"ids":["u2"],"deep":{"of":["x","u2"]}}',
    ]);
    // Nothing says that these are all the ids there are.
    expect(pulled.completeness).toMatchObject({ verdict: 'consistent', unique: 3 });
  });

  const counted = parents(2).replace('batch', 'paging: { offset: { param: skip, total: n } }, batch');
  const page = ({ url }: Seen, n = 3) => json({ ids: url === '/ids?skip=0' ? ['u0', 'u1', 'u2'] : [], n });

  it('prove the list where their own list is proven', async () => {
    const pulled = await pull(`${counted}${inBody}`, (seen) => (seen.url.startsWith('/ids') ? page(seen) : rows(named(seen))));
    expect(pulled.completeness).toMatchObject({ verdict: 'proven', declaredTotal: 3 });
  });

  it('prove nothing where their own list is cut', async () => {
    const { completeness } = await pull(`${counted}${inBody}`, (seen) => (seen.url.startsWith('/ids') ? page(seen, 4) : rows(named(seen))));
    expect(completeness.verdict).toBe('unproven');
  });

  it('prove nothing where an answer has fewer rows than all there are', async () => {
    const answer = (seen: Seen) => (seen.url.startsWith('/ids') ? page(seen) : rows(named(seen).slice(1)));
    const { completeness } = await pull(`${counted}${inBody}`, answer);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('users 1 to 2: 2 rows were asked for by their ids, and 1 came');
  });

  it('repeat a parameter of the query; what an id is called leads nowhere else', async () => {
    const odd = json({ ids: ['a&b', '${token}'] });
    const { server } = await pull(`${parents(9)}request: { path: users, query: { id: '\${user}' } }\n`, ({ url }) => (url === '/ids' ? odd : rows(['a&b', '${token}']))); // prettier-ignore
    expect(queryOf(server.seen[1] as Seen).getAll('id')).toEqual(['a&b', '${token}']);
    expect(server.seen[1]?.url).not.toContain('t0p-s3cret');
  });

  it('are not proven where an answer has fewer rows', async () => {
    const { completeness } = await pull(`${parents(3)}${inBody}`, (seen) => (seen.url === '/ids' ? ids : rows(named(seen).slice(1))));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('users 1 to 3: 3 rows were asked for by their ids, and 2 came');
  });

  it('are not proven where an answer in pages has fewer rows, or where one says that there are none', async () => {
    const paged = `paging: { cursor: { next: next, param: after } }\n`;
    const short = await pull(`${parents(3)}${inBody}${paged}`, (seen) => (seen.url === '/ids' ? ids : rows(named(seen).slice(1))));
    expect(short.completeness.verdict).toBe('unproven');
    const none = 'errors: [{ when: { status: 404 }, means: empty }]\n';
    const gone = await pull(`${parents(2)}${inBody}${none}`, (seen) =>
      seen.url === '/ids' ? ids : named(seen).length === 1 ? json({}, { status: 404 }) : rows(named(seen)),
    );
    expect(gone.completeness.verdict).toBe('unproven');
    expect(gone.completeness.reasons.join()).toContain('1 row was asked for by their ids, and 0 came');
  });

  it('may be as many as lists have that are cut off: the ids say how many there are', async () => {
    const many = Array.from({ length: 101 }, (_, i) => `u${i}`);
    const listed = `parents: { as: user, request: { path: ids }, records: ids, id: ., batch: 100 }\nrecords: users\n`;
    const { completeness } = await pull(`${listed}${inBody}`, (seen) => (seen.url === '/ids' ? json({ ids: many }) : rows(named(seen))));
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 101 });
  });

  it.each([
    ['in the path', "request: { path: 'users/${user}', body: { ids: ['${user}'] } }"],
    ['in a text', "request: { path: users, body: { ids: ['id ${user}'] } }"],
    ['nowhere', 'request: { path: users }'],
  ])('must be named as an element of a list: %s', async (_, request) => {
    await expect(pull(`${parents(2)}${request}\n`, [ids])).rejects.toThrow(
      'parents.batch: write ${user} as an element of a list in the query or the body, and nowhere else',
    );
  });
});

describe('an error that comes as 200', () => {
  const lines = `request: { path: users }
records: users
ok: { when: { ok: true }, error: error }
errors:
  - { when: { body: { error: slow_down } }, means: rate_limited }
  - { when: { body: { error: no_scope } }, means: permission, say: give it the scope users }
  - { when: { status: 404, body: { error: none_yet } }, means: empty }
`;
  it('fails the list with the system`s own word', async () => {
    await expect(pull(lines, [json({ ok: false, error: 'team_gone', users: users(1) })])).rejects.toThrow('answered 200 "team_gone"');
  });

  it('is a missing permission, in words that help', async () => {
    await expect(pull(lines, [json({ ok: false, error: 'no_scope' })])).rejects.toMatchObject({
      fault: 'permission',
      message: expect.stringContaining('give it the scope users') as string,
    });
  });

  it('is waited for where it is a limit', async () => {
    const slow = json({ ok: false, error: 'slow_down' }, { headers: { 'retry-after': '3' } });
    const { ids, server } = await pull(lines, [slow, json({ ok: true, users: users(2) })]);
    expect(ids).toHaveLength(2);
    expect(server.seen).toHaveLength(2);
  });

  it('is one of a list of errors, where it is a refusal; records of a list are none', async () => {
    const list = 'request: { path: users }\nrecords: .\nerrors: [{ when: { body: { state: slow_down } }, means: rate_limited }]\n';
    const slow = json([{ state: 'other' }, { state: 'slow_down' }], { status: 403 });
    const { ids, server } = await pull(list, [slow, json([{ id: 'a', state: 'slow_down' }])]);
    expect(ids).toEqual(['a']);
    expect(server.seen).toHaveLength(2);
    await expect(pull(list, [json([{ state: 'other' }], { status: 403 })])).rejects.toMatchObject({ fault: 'permission' });
  });

  it('is no list at all, or none, as the manifest says', async () => {
    const { ids } = await pull(lines, [json({ error: 'none_yet' }, { status: 404 })]);
    expect(ids).toEqual([]);
    await expect(pull(lines, [json({ error: 'else' }, { status: 404 })])).rejects.toThrow('answered 404');
  });

  it('GraphQL: errors fail, even beside data', async () => {
    const graphql = "request: { path: g, graphql: { query: '{ users }' } }\nrecords: data.users\n";
    const both = json({ data: { users: users(1) }, errors: [{ message: 'half of it failed' }] });
    await expect(pull(graphql, [both])).rejects.toThrow('"half of it failed"');
  });
});

describe('records', () => {
  it('are the values of an object', async () => {
    const lines = "request: { path: users, query: { status: '' } }\nrecords: { values_of: data.users, key_as: id }\n";
    const { ids, server } = await pull(lines, [json({ data: { users: { ada: { state: 'on' }, bob: {} } } })]);
    expect(ids).toEqual(['ada', 'bob']);
    expect(server.seen[0]?.url).toBe('/users?status=');
  });

  it('that are left out count for the total, and are said', async () => {
    const lines =
      'request: { path: users }\nrecords: users\npaging: { page: { param: p, total: n } }\ndrop: { type: [bot, app] }\nkeep: { id: { present: true } }\n';
    const list = [{ id: 1, type: 'bot' }, { id: 2, type: 'human' }, { type: 'human' }];
    const { ids, completeness } = await pull(lines, (seen) => json({ users: queryOf(seen).get('p') === '1' ? list : [], n: 3 }));
    expect(ids).toEqual(['2']);
    expect(completeness).toMatchObject({
      verdict: 'proven',
      reasons: [
        '2 records are left out, as the manifest says (keep, drop)',
        'status: 1 value missing (no state): they count as unknown; say with `absent` what that means',
      ],
    });
  });

  it.each([
    ['null where the list should be', { users: null }],
    ['a map where the list should be', { users: {} }],
    ['texts where records should be', { users: ['u1'] }],
    ['a record without an id', { users: [{ login: 'x' }] }],
  ])('fail on %s', async (_, body) => {
    await expect(pull('request: { path: users }\nrecords: users\n', [json(body)])).rejects.toMatchObject({ fault: 'malformed' });
  });

  it('absent means none only where the manifest says so', async () => {
    const lines = 'request: { path: users }\nrecords: { path: users, absent: empty }\n';
    expect((await pull(lines, [json({ kind: 'users' })])).ids).toEqual([]);
    await expect(pull(lines, [json([])])).rejects.toThrow('the answer holds no list at users');
  });
});

describe('values', () => {
  it('count only of records for which the condition holds, and of a list the first place that has one', async () => {
    const lines = `request: { path: users }
records: users
passes:
  - name: users
    fields:
      id: id
      userName: [{ cel: record.login.substring(3), when: { login: { starts_with: old } } }, login]
      deactivatedAt: [{ from: [locked_at, moved_at], when: { locked: true } }, { from: filed_at, when: { filed: true } }]
      lastLoginAt: { from: seen, when: [{ blocked: null }, { blocked: false }] }
      displayName: { template: '\${first} \${last}', when: { hidden: { not: true } } }
`;
    const list = [
      { id: 1, login: 'oldada', locked: true, locked_at: '2026-01-01T00:00:00Z', filed_at: '2025-01-01T00:00:00Z', filed: true },
      { id: 2, login: 'ben', locked: false, locked_at: '2026-01-01T00:00:00Z', filed: true, filed_at: '2025-01-01T00:00:00Z' },
      { id: 3, login: 'cy', locked_at: '2026-01-01T00:00:00Z', filed_at: '2025-01-01T00:00:00Z', seen: 1700000000, blocked: true },
      { id: 4, login: 'di', locked: true, moved_at: '2026-02-01T00:00:00Z', seen: 1700000000, blocked: false, first: 'Di', hidden: false },
    ];
    const { rows } = await pull(lines, [json({ users: list })]);
    expect(rows).toMatchObject([
      { userName: 'ada', deactivatedAt: { at: Date.parse('2026-01-01') } },
      { userName: 'ben', deactivatedAt: { at: Date.parse('2025-01-01') } },
      { userName: 'cy' },
      { userName: 'di', deactivatedAt: { at: Date.parse('2026-02-01') }, lastLoginAt: { at: 1.7e12 }, attributes: { displayName: 'Di' } },
    ]);
    expect(rows.map((row) => [row.deactivatedAt !== undefined, row.lastLoginAt !== undefined])).toEqual([
      [true, false],
      [true, false],
      [false, false],
      [true, true],
    ]);
  });

  it('are the latest of several dates, and none that was not understood passes for earlier', async () => {
    const lines = `request: { path: users }
records: users
passes:
  - name: users
    fields:
      id: id
      lastLoginAt: { from: [apps.seen, web], latest: true, null_if: [never] }
`;
    const list = [
      { id: 1, apps: [{ seen: '2026-03-01T00:00:00Z' }, { seen: '2026-05-01' }, {}, { seen: null }], web: '2026-04-01T00:00:00Z' },
      { id: 2, apps: [{ seen: 'never' }], web: 1767225600 },
      { id: 3, apps: [{ seen: '2026-03-01T00:00:00Z' }, { seen: 'the other day' }] },
      { id: 4, apps: [] },
    ];
    const { rows, completeness } = await pull(lines, [json({ users: list })]);
    expect(rows.map((row) => row.lastLoginAt?.at)).toEqual([Date.parse('2026-05-01'), Date.parse('2026-01-01'), undefined, undefined]);
    expect(completeness.reasons.join('\n')).toContain('the other day');
  });

  it('are shaped as the manifest says; what no rule names is unknown', async () => {
    const lines = `request: { path: users }
records: users
passes:
  - name: users
    fields:
      id: id
      displayName: { template: '\${first} \${last}' }
      userName: { from: login, split: { at: '|', take: last }, trim: true, lower: true }
      lastLoginAt: { from: seen, null_if: [-1] }
      emails: [mail, 'addresses[primary=true].value']
    status:
      - { when: { deleted_at: { above: 0 } }, is: deactivated }
      - { when: { login: { contains: '#EXT#' }, blocked: [false, null] }, is: pending }
      - { from: state, map: { on: active } }
    kind_of: { from: type, map: { b: bot } }
`;
    const list = [
      {
        id: 1,
        first: 'Ada',
        last: 'B',
        login: 'x| ADA ',
        seen: -1,
        deleted_at: 0,
        state: 'on',
        addresses: [{ value: 'a@x' }, { primary: true, value: 'b@x' }],
      },
      { id: 2, login: 'c#EXT#', seen: 1700000000, state: 'off', mail: 'c@x', type: 'b' },
      { id: 3, first: 'Cy', deleted_at: 5, state: 'active' },
      { id: 4, state: 'active', type: 'human' },
    ];
    const { rows, completeness } = await pull(lines, [json({ users: list })]);
    expect(rows).toMatchObject([
      { userName: 'ada', status: 'active', kind: 'unknown', emails: ['b@x'], attributes: { displayName: 'Ada B' } },
      { userName: 'c#ext#', status: 'pending', kind: 'bot', emails: ['c@x'], lastLoginAt: { at: 1700000000000 } },
      { status: 'deactivated', attributes: { displayName: 'Cy' } },
      { status: 'unknown', kind: 'unknown' },
    ]);
    expect(rows[0]?.lastLoginAt).toBeUndefined();
    expect(completeness.reasons.join()).toContain('status: 1 value could not be matched');
  });

  it('limits with a header of the system`s own are waited for', async () => {
    const lines = 'request: { path: users }\nrecords: users\nrate_limit: { reset_headers: [X-Own-Reset], requests_per_second: 5 }\n';
    const { ids, trace } = await pull(lines, [
      raw(429, { 'x-own-reset': '9', date: 'Thu, 01 Jan 1970 00:00:00 GMT' }),
      json({ users: users(1) }),
    ]);
    expect(ids).toEqual(['u0']);
    expect(trace.join('\n')).toContain('waiting 9 s');
  });
});

describe('a list that may be short without a sign of it', () => {
  const lines = (partial: string): string => `request: { path: users }
records: users
paging: { offset: { param: skip, total: n } }
partial: ${partial}
`;
  const answer = (flag: string) => (seen: Seen) => {
    const all = [...users(3), { id: 'u9', login: 'u9', state: 'on', flag }];
    const skip = Number(queryOf(seen).get('skip'));
    return json({ users: all.slice(skip, skip + 2), n: 4 });
  };

  it('is not proven, whatever total it declares', async () => {
    const { completeness, ids } = await pull(lines('{ because: guests are not listed }'), answer('off'));
    expect(ids).toHaveLength(4);
    expect(completeness).toMatchObject({ verdict: 'unproven', reasons: ['guests are not listed'], declaredTotal: 4 });
  });

  it('is proven once a record has come that shows otherwise, on whatever page', async () => {
    const partial = '{ because: nobody is off, unless_any: [{ flag: off }, { flag: gone }] }';
    expect((await pull(lines(partial), answer('gone'))).completeness).toMatchObject({ verdict: 'proven', reasons: [] });
    expect((await pull(lines(partial), answer('on'))).completeness).toMatchObject({ verdict: 'unproven', reasons: ['nobody is off'] });
  });

  it('counts a record that is left out, too', async () => {
    const partial = '{ because: nobody is off, unless_any: { flag: gone } }\ndrop: { flag: gone }';
    const { completeness, ids } = await pull(lines(partial), answer('gone'));
    expect(ids).toHaveLength(3);
    expect(completeness.verdict).toBe('proven');
  });
});
