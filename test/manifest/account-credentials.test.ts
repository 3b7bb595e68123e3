import { describe, expect, it } from 'vitest';
import { json, raw, type Answer, type Seen } from '../http/fault-server.js';
import { normalForm } from './normal-form.js';
import { pull, queryOf, users } from './pull.js';
import { parseManifest } from '../../src/manifest/form/parse.js';

const LIST = 'request: { path: users }\nrecords: users\n';
const SECRET = 'key-that-opens-the-door';

interface Held {
  readonly id: string;
  readonly status: string;
  readonly credentials?: readonly { readonly id: string }[];
}

/** `id: credential ids`, with `-` where nothing is known and the status where it is not active. */
function shown(rows: readonly object[]): string[] {
  return (rows as readonly Held[]).map(({ id, status, credentials }) => {
    const held = credentials === undefined ? '-' : credentials.map((one) => one.id).join(' ') || 'none';
    return `${id}${status === 'active' ? '' : ` (${status})`}: ${held}`;
  });
}

describe('credentials in the record of their account', () => {
  const lines = `${LIST}credentials:
  records: keys
  drop: { revoked: true }
  fields: { id: key_id, createdAt: made, lastUsedAt: used, expiresAt: { from: ends, null_if: [0] } }
`;

  it('are those that are not dropped, without the secret; what is absent stays absent', async () => {
    const [one, two, three] = users(3);
    const keys = [
      { key_id: 'k1', made: '2026-01-02T03:04:05Z', used: 1_790_000_000, ends: 0, secret: SECRET },
      { key_id: 'k2', revoked: true, secret: SECRET },
      { key_id: 'k3', ends: '2027-01-01T00:00:00Z', secret: SECRET },
    ];
    const { rows, completeness } = await pull(lines, [json({ users: [{ ...one, keys }, { ...two, keys: [] }, three] })]);
    expect(shown(rows)).toEqual(['u0: k1 k3', 'u1: none', 'u2: -']);
    expect(normalForm(rows[0] ?? {})).toMatchObject({
      credentials: [
        { id: 'k1', createdAt: '2026-01-02T03:04:05.000Z', lastUsedAt: '2026-09-21T14:13:20.000Z' },
        { id: 'k3', expiresAt: '2027-01-01T00:00:00.000Z' },
      ],
    });
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(completeness.verdict).toBe('consistent');
  });

  it('without an id are left out, and counted', async () => {
    const [one] = users(1);
    const { rows, completeness } = await pull(lines, [json({ users: [{ ...one, keys: [{ made: 1 }, { key_id: 'k' }] }] })]);
    expect(shown(rows)).toEqual(['u0: k']);
    expect(completeness.reasons).toContain('credentials.id: 1 value could not be found: left out (first: "")');
    expect(completeness.credentials).toEqual(['credentials: 1 has no id and is left out']);
  });
});

describe('credentials in a list of their own', () => {
  const lines = `${LIST}drop: { login: U2 }
credentials:
  name: tokens
  request: { path: tokens }
  paging: { cursor: { next: next, param: cursor } }
  records: tokens
  account: { id: owner, email: mail }
  keep: { live: true }
  fields: { id: id }
`;
  const people = [{ ...users(1)[0], mail: 'Ada@corp.example' }, ...users(3, 1)];
  const token = (id: string, owner: object) => ({ id, live: true, secret: SECRET, ...owner });
  const TOKENS = [
    token('t0', { mail: 'ada@CORP.example' }),
    token('t1', { owner: 'u1' }),
    token('t1b', { owner: 'u1' }),
    { ...token('dead', { owner: 'u1' }), live: false },
    token('t2', { owner: 'u2' }),
    token('t9', { owner: 'u9' }),
    token('t8', { mail: 'gone@corp.example' }),
    token('nobody', {}),
  ];
  const tokenPage = (seen: Seen, tokens: readonly object[]): Answer => {
    const at = Number(queryOf(seen).get('cursor') ?? 0);
    return json({ tokens: tokens.slice(at, at + 3), next: at + 3 < tokens.length ? String(at + 3) : null });
  };
  const isTokens = (seen: Seen): boolean => seen.url.startsWith('/tokens');
  const FIELDS = 'fields: { id: id, userName: login, emails: mail }\n';
  const read = (answer: (seen: Seen) => Answer) => pull(lines, answer, FIELDS);

  it('are joined by id or address; what is left belongs to accounts that are gone', async () => {
    const { rows, completeness, trace } = await read((seen) => (isTokens(seen) ? tokenPage(seen, TOKENS) : json({ users: people })));
    // u2 is left out of the list by the manifest, and no stranger to it.
    expect(shown(rows)).toEqual(['u0: t0', 'u1: t1 t1b', 'u3: none', 'u9 (deleted): t9', 'gone@corp.example (deleted): t8']);
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 4 });
    expect(completeness.reasons).toContain('credentials (tokens): 1 names no account');
    expect(JSON.stringify(rows) + trace.join()).not.toContain(SECRET);
  });

  it('of an account that went while the lists were read are not left over', async () => {
    let lists = 0;
    const { rows } = await read((seen) => {
      if (!isTokens(seen)) return json({ users: people });
      if (!queryOf(seen).has('cursor')) lists++;
      return tokenPage(seen, lists === 1 ? TOKENS : TOKENS.filter(({ id }) => id !== 't9'));
    });
    expect(lists).toBe(2);
    expect(rows.map(({ id }) => id)).toEqual(['u0', 'u1', 'u3', 'gone@corp.example']);
  });

  it('are not left over from a list that is not whole', async () => {
    const twice = [...people, people[1]];
    const { rows, completeness } = await read((seen) => (isTokens(seen) ? tokenPage(seen, TOKENS) : json({ users: twice })));
    expect(completeness.verdict).toBe('unproven');
    expect(rows.map(({ id }) => id)).toEqual(['u0', 'u1', 'u3']);
  });

  it.each([
    ['may not be read', raw(403, {}, '{"error":"no"}'), /credentials \(tokens\) could not be read, so nothing is known of them: .*403/],
    ['are no list', json({ nope: 1 }), /the answer holds no list at tokens/],
    ['are HTML', raw(200, { 'content-type': 'text/html' }, '<html>'), /credentials \(tokens\) could not be read/],
  ])('that %s make that fact absent, and the list no worse', async (_, answer, reason) => {
    const { rows, completeness } = await read((seen) => (isTokens(seen) ? answer : json({ users: people })));
    expect(shown(rows)).toEqual(['u0: -', 'u1: -', 'u3: -']);
    expect(completeness.verdict).toBe('consistent');
    expect(completeness.reasons.join('\n')).toMatch(reason);
  });

  it('that break off keep what came, and say "none" of nobody', async () => {
    const { rows, completeness } = await read((seen) => {
      if (!isTokens(seen)) return json({ users: people });
      return queryOf(seen).has('cursor') ? raw(404, {}, '') : tokenPage(seen, TOKENS);
    });
    expect(shown(rows)).toEqual(['u0: t0', 'u1: t1 t1b', 'u3: -']);
    expect(completeness.verdict).toBe('consistent');
  });
});

describe('credentials of each account by itself', () => {
  const lines = `${LIST}credentials:
  request: { path: 'users/\${account.id}/keys' }
  per_account: true
  records: keys
  fields: { id: id }
`;

  it('are asked for once for every account, whatever it is called', async () => {
    const list = [...users(2), { id: '../x?', login: 'odd', state: 'on' }];
    const { rows, server } = await pull(lines, (seen) => {
      if (seen.url === '/users') return json({ users: list });
      return json({ keys: seen.url.includes('u1') ? [] : [{ id: `of ${seen.url}` }] });
    });
    expect(server.seen.map(({ url }) => url).sort()).toEqual(['/users', '/users/..%2Fx%3F/keys', '/users/u0/keys', '/users/u1/keys']);
    expect(shown(rows)).toEqual(['u0: of /users/u0/keys', 'u1: none', '../x?: of /users/..%2Fx%3F/keys']);
  });

  it('are not asked for on and on where they may not be read', async () => {
    const { rows, completeness, server } = await pull(lines, (seen) => (seen.url === '/users' ? json({ users: users(51) }) : raw(403)));
    expect(rows).toHaveLength(51);
    expect(rows.every(({ credentials }) => credentials === undefined)).toBe(true);
    expect(server.seen.length).toBeLessThan(10);
    expect(completeness.verdict).toBe('consistent');
    expect(completeness.reasons).toContain('credentials: 3 accounts in a row could not be read, so the rest were not asked');
  });
});

it('several lists are one; "holds none" is known only where every list says so', async () => {
  const lines = `${LIST}credentials:
  - { name: keys, records: keys, fields: { id: id } }
  - { name: tokens, request: { path: tokens }, records: ., account: { id: of }, fields: { id: id } }
`;
  const [one, two, three] = users(3);
  const people = [{ ...one, keys: [{ id: 'k' }] }, { ...two, keys: [] }, three];
  const { rows } = await pull(lines, (seen) => json(seen.url === '/tokens' ? [{ id: 't', of: 'u0' }] : { users: people }));
  expect(shown(rows)).toEqual(['u0: k t', 'u1: none', 'u2: -']);
});

it.each([
  ["request: { path: 'x' }", 'a list of its own says whose a record is'],
  ["request: { path: 'x' }\n  per_account: true", 'per_account: the request names no account'],
  ['account: { id: x }', 'without a request the list stands in the record'],
  ["request: { path: '${account.id}' }\n  account: { id: x }", '${account.id} is no parameter'],
])('refuses what makes no sense: %s', (more, message) => {
  const text = `name: x\ntitle: X\nkind: app\npermission: none\nleavers: gone\nbase_url: https://x.example\nauth: none\n${LIST}fields: { id: id }\nstatus: { const: active }\ncredentials:\n  ${more}\n  records: r\n  fields: { id: id }\n`;
  expect(() => parseManifest(text, 'x.yaml')).toThrow(message);
});

it.each(['token', 'data.secret', 'api_key', 'value'])('refuses the secret for the name of a credential: %s', (path) => {
  const text = `name: x\ntitle: X\nkind: app\npermission: none\nleavers: gone\nbase_url: https://x.example\nauth: none\n${LIST}fields: { id: id }\nstatus: { const: active }\ncredentials: { records: r, fields: { id: ${path} } }\n`;
  expect(() => parseManifest(text, 'x.yaml')).toThrow('looks like the secret itself');
});
