// Lists that are not quite lists, pages that do not quite end, tokens that stand elsewhere.
import { describe, expect, it } from 'vitest';
import { json, raw, type Answer, type Seen } from '../http/fault-server.js';
import { pull, queryOf, users } from './pull.js';

const USERS = 'request: { path: users }\n';

describe('a list of plain texts', () => {
  const NAMES = `${USERS}records: .\nauth: none\n`;
  const BARE = "fields: { id: ., userName: ., emails: { template: '${.}@corp.example' } }\n";

  it('has records that are the texts: their path is `.`', async () => {
    const { rows, completeness } = await pull(NAMES, [json(['ada', 'bob', 7])], BARE);
    expect(rows).toMatchObject([
      { id: 'ada', userName: 'ada', emails: ['ada@corp.example'], status: 'unknown' },
      { id: 'bob', userName: 'bob' },
      { id: '7', userName: '7', emails: ['7@corp.example'] },
    ]);
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 3 });
  });

  it('is tested, dropped and paged like any other', async () => {
    const all = users(5).map(({ id }) => id);
    const page = (seen: Seen): Answer => json(all.slice(Number(queryOf(seen).get('from')), Number(queryOf(seen).get('from')) + 2));
    const lines = `${NAMES}paging: { offset: { param: from } }\ndrop: { .: u3 }\n`;
    const { ids, completeness } = await pull(lines, page, BARE);
    expect(ids).toEqual(['u0', 'u1', 'u2', 'u4']);
    expect(completeness.verdict).toBe('consistent');
  });

  it('is no list of records where the manifest looks for some, and says how it is read', async () => {
    await expect(pull(`${USERS}records: .\n`, [json(['ada'])])).rejects.toThrow(
      /are no records; where a record is a plain text, its path is `\.`: fields: \{ id: \. \}/,
    );
    await expect(pull(NAMES, [json([null])], BARE)).rejects.toThrow('are no records');
  });
});

describe('an object whose keys are the ids', () => {
  const FIELDS = 'fields: { id: uid, userName: uid, department: team }\n';
  const lines = (more = '') => `${USERS}records: { values_of: users, key_as: uid${more} }\n`;

  it('may hold plain texts: they get a name', async () => {
    const body = json({ users: { ada: 'on', bob: 'off', cy: null } });
    const { rows } = await pull(lines(', value_as: state'), [body], FIELDS);
    expect(rows).toMatchObject([
      { id: 'ada', status: 'active' },
      { id: 'bob', status: 'unknown' },
      { id: 'cy', status: 'unknown' },
    ]);
  });

  it('keeps objects as they are, and takes no letters of a text for fields', async () => {
    const { rows } = await pull(lines(), [json({ users: { ada: { team: 'Sales', state: 'on' }, bob: 'on' } })], FIELDS);
    expect(rows).toMatchObject([
      { id: 'ada', status: 'active', attributes: { department: 'Sales' } },
      { id: 'bob', status: 'unknown' },
    ]);
  });
});

describe('a token in a header of the answer', () => {
  const login = (values: string) =>
    `auth: { login: { request: { path: auth/tokens, body: { password: '\${token}' } }, values: { ${values} }, headers: { X-Auth-Token: '\${login.token}' } } }\n${USERS}records: users\n`;
  const answer = (seen: Seen): Answer =>
    seen.url.startsWith('/auth')
      ? json({ token: { user: 'reader' } }, { status: 201, headers: { 'X-Subject-Token': 'fresh-token' } })
      : json({ users: users(2) });

  it('is sent with every request, and is never shown', async () => {
    const { ids, server, trace } = await pull(login('token: { header: X-Subject-Token }'), answer);
    expect(ids).toEqual(['u0', 'u1']);
    expect(server.seen.map(({ method, url, headers }) => [method, url, headers['x-auth-token']])).toEqual([
      ['POST', '/auth/tokens', undefined],
      ['GET', '/users', 'fresh-token'],
    ]);
    expect(trace.join('\n')).not.toContain('fresh-token');
  });

  it('that is not there is said by the name of the header', async () => {
    await expect(pull(login('token: { header: X-Token }'), answer)).rejects.toThrow('the answer holds nothing at header X-Token');
  });
});

describe('the number of the page in the path', () => {
  const lines = (form: string, path = 'users/org/${page}') =>
    `request: { path: '${path}', query: { active: true } }\nrecords: users\npaging: { page: { ${form} } }\n`;
  const at = (seen: Seen): number => Number(/\/org\/(\d+)/.exec(seen.url)?.[1]);
  const page = (seen: Seen): Answer => json({ users: users(25).slice(at(seen) * 10, at(seen) * 10 + 10), lastPage: at(seen) >= 2 });

  it('stands in place of its name, with the size in the query; `done` ends the list', async () => {
    const { ids, completeness, server } = await pull(
      lines('in: path, param: page, start: 0, size_param: n, size: 10, done: lastPage'),
      page,
    );
    expect(ids).toHaveLength(25);
    expect(completeness.verdict).toBe('consistent');
    expect(new Set(server.seen.map(({ url }) => url))).toEqual(new Set([0, 1, 2].map((n) => `/users/org/${n}?active=true&n=10`)));
  });

  it('is a mistake where no path has it, and is known nowhere else', async () => {
    const said = pull(lines('in: path, param: number'), page);
    await expect(said).rejects.toThrow('request.path: ${page} is no parameter. Known: token, number');
    await expect(said).rejects.toThrow('paging.page.param: in: path, yet no path of a request has ${number}');
    await expect(pull(lines('param: page'), page)).rejects.toThrow('${page} is no parameter');
  });
});

describe('a server that answers a page past its end with its last page again', () => {
  const form = (more = '') => `${USERS}records: users\npaging: { page: { param: page, size_param: per, size: 10${more} } }\n`;
  /** Pages of at most `cap`, the last one for ever. `most`: pages that there are, whatever there is. */
  const clamped =
    (count: number, { cap = 10, most = Infinity, ignores = false } = {}) =>
    (seen: Seen): Answer => {
      const per = Math.min(cap, Number(queryOf(seen).get('per') ?? cap));
      const last = Math.max(1, Math.min(most, Math.ceil(count / per)));
      const number = ignores ? 1 : Math.min(last, Number(queryOf(seen).get('page')));
      return json({ users: users(count).slice((number - 1) * per, number * per) });
    };

  it.each([13, 25, 39])('is read to its end: %i rows, the last page is short', async (count) => {
    const { ids, completeness } = await pull(form(), clamped(count));
    expect(ids).toHaveLength(count);
    expect(completeness).toMatchObject({ verdict: 'consistent', received: expect.any(Number) as number, unique: count });
    expect(completeness.reasons).toContain('answers a page past its end with the last page again');
  });

  it('proves nothing by a last page that is full, unless the manifest says how the system is', async () => {
    // Twenty pages may be all that the system ever gives.
    const cut = await pull(form(), clamped(1000, { most: 3 }));
    expect(cut.ids).toHaveLength(30);
    expect(cut.completeness.verdict).toBe('unproven');
    expect(cut.completeness.reasons.join()).toContain('the last page came again, and is full');
    const said = await pull(form(', clamps: true'), clamped(30));
    expect(said.completeness).toMatchObject({ verdict: 'consistent', unique: 30 });
  });

  it('that caps its pages is not taken at its word: pages of five are full where ten are asked for', async () => {
    const { completeness } = await pull(form(), clamped(1000, { cap: 5, most: 3 }));
    expect(completeness).toMatchObject({ verdict: 'unproven', unique: 15 });
  });

  it.each([2, 3, 7, 9, 10])(
    'has one page of %i rows: its second half, asked for by itself, shows that the number counts',
    async (count) => {
      const { ids, completeness, server } = await pull(form(), clamped(count));
      expect(ids).toHaveLength(count);
      expect(completeness.verdict).toBe('consistent');
      expect(queryOf(server.seen.at(-1) as Seen).toString()).toBe(`page=2&per=${Math.ceil(count / 2)}`);
    },
  );

  it.each([2, 7, 10, 500])('is none where the number is ignored: %i rows', async (count) => {
    const { completeness } = await pull(form(), clamped(count, { ignores: true }));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('the second page is the first one again');
    expect((await pull(form(', clamps: true'), clamped(count, { ignores: true }))).completeness.verdict).toBe('unproven');
  });

  it('with a total is proven by it; a total that is not reached is none', async () => {
    const total =
      (n: number) =>
      (seen: Seen): Answer => {
        const number = Math.min(2, Number(queryOf(seen).get('page')));
        return json({ users: users(13).slice((number - 1) * 10, number * 10), n });
      };
    expect((await pull(form(', total: n'), total(13))).completeness).toMatchObject({ verdict: 'proven', unique: 13 });
    expect((await pull(form(', total: n'), total(14))).completeness).toMatchObject({ verdict: 'unproven', unique: 13 });
  });

  it('is not what a page is that merely brings rows of before in another order', async () => {
    const { completeness } = await pull(form(), (seen) => {
      const number = Number(queryOf(seen).get('page'));
      const rows = users(13);
      return json({ users: number === 1 ? rows.slice(0, 10) : number === 2 ? rows.slice(10) : rows.slice(10).reverse() });
    });
    expect(completeness.verdict).toBe('unproven');
  });

  it('needs no further request where the number of pages is told', async () => {
    const { server, completeness } = await pull(`${USERS}records: users\npaging: { page: { param: page, last_page: pages } }\n`, (seen) => {
      const number = Math.min(2, Number(queryOf(seen).get('page')));
      return json({ users: users(13).slice((number - 1) * 10, number * 10), pages: 2 });
    });
    expect(completeness.verdict).toBe('consistent');
    expect(server.seen.map((seen) => queryOf(seen).get('page'))).not.toContain('3');
  });
});

describe('a key that is left out where there is nothing', () => {
  const lines = `${USERS}records: { path: entries, absent: empty }\npaging: { page: { param: page, size_param: count, size: 10, total: total_size } }\n`;

  it.each([0, 10, 13])('is an empty page: %i rows', async (count) => {
    const { ids, completeness } = await pull(lines, (seen) => {
      const rows = users(count).slice((Number(queryOf(seen).get('page')) - 1) * 10).slice(0, 10); // prettier-ignore
      return json({ total_size: count, start: 0, ...(rows.length === 0 ? {} : { entries: rows }) });
    });
    expect(ids).toHaveLength(count);
    expect(completeness.verdict).toBe('proven');
  });

  it('does not make a list of an answer that is none', async () => {
    await expect(pull(lines, [raw(200, { 'content-type': 'application/json' }, '[]')])).rejects.toThrow('holds no list at entries');
  });
});

describe('a pass that adds several values to one row', () => {
  const LINES = `${USERS}records: users
passes:
  - { name: addresses, adds: true, may_repeat: true, request: { path: addresses }, keep: { user: { present: true } }, fields: { id: user, emails: mail, displayName: called }, status: { const: active } }
  - { name: users }
`;
  it('gives it all of a list, and of anything else the first', async () => {
    const { rows, completeness } = await pull(LINES, (seen) =>
      seen.url.startsWith('/users')
        ? json({ users: users(2) })
        : json({
            users: [
              { user: 'u1', mail: 'one@corp.example', called: 'One' },
              { user: 'u1', mail: 'uno@corp.example', called: 'Uno' },
              { user: null, mail: 'list@corp.example' },
              { user: 'u1', mail: 'one@corp.example', called: 'One again' },
            ],
          }),
    ); // prettier-ignore
    expect(rows).toMatchObject([
      { id: 'u0' },
      { id: 'u1', emails: ['one@corp.example', 'uno@corp.example'], attributes: { displayName: 'One' } },
    ]);
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 2 });
  });
});
