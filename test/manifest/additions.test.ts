import { describe, expect, it } from 'vitest';
import { json, type Answer, type Seen } from '../http/fault-server.js';
import { pull, queryOf } from './pull.js';

const LINES = `request: { path: users }
records: list
paging: { cursor: { next: next, param: cursor, total: n } }
passes:
  - name: identities
    adds: true
    request: { path: identities }
    fields: { id: user, emails: mail, externalId: name, department: dept }
    status: { const: deleted }
    keep: { user: { present: true } }
  - name: members
    fields: { id: id, userName: login, emails: mail, externalId: ext, department: dept, admin: admin }
`;

/** Two pages of identities, then one of members. */
const answer =
  (members: readonly object[], n = members.length): ((seen: Seen) => Answer) =>
  (seen) => {
    if (seen.url.startsWith('/users')) return json({ list: members, n });
    const first = { user: 'a', name: 'saml-a', mail: 'a@corp.example', dept: 'Research' };
    return queryOf(seen).get('cursor') === null
      ? json({ list: [first, { user: null, name: 'nobody' }], next: 'p2', n: 3 })
      : json({ list: [{ user: 'gone', name: 'saml-gone' }], n: 3 });
  };

describe('a pass that adds to others', () => {
  it('gives their rows what they lack, has none of its own, and says whom nobody came for', async () => {
    const members = [
      { id: 'a', login: 'ada', mail: '', state: 'on', dept: 'Sales', admin: false },
      { id: 'b', login: 'bob', mail: 'b@corp.example' },
    ];
    const { rows, completeness, server } = await pull(LINES, answer(members));
    expect(server.seen.map(({ url }) => url)).toEqual(['/identities', '/identities?cursor=p2', '/users']);
    expect(rows).toMatchObject([
      {
        id: 'a',
        userName: 'ada',
        emails: ['a@corp.example'],
        externalId: 'saml-a',
        status: 'active',
        admin: false,
        attributes: { department: 'Sales' },
      },
      { id: 'b', emails: ['b@corp.example'], status: 'unknown' },
    ]);
    expect(rows[1]?.externalId).toBeUndefined();
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 2, unique: 2 });
    expect(completeness.reasons.join()).toContain('1 records of lists that add to others belong to no row');
  });

  it('makes the list unproven where it is not whole itself', async () => {
    const whole = answer([{ id: 'a' }]);
    const { completeness } = await pull(LINES, (seen) =>
      seen.url.startsWith('/identities') ? json({ list: [{ user: 'a', name: 'saml-a' }], n: 2 }) : whole(seen),
    );
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('identities: the system declares 2 rows');
  });

  it('is a mistake where no pass comes after it', async () => {
    const last = LINES.replace(/ {2}- name: members\n.*\n/, '');
    await expect(pull(last, [])).rejects.toThrow('passes[0].adds: no pass comes after this one: it would add to nothing');
  });

  it('may have several records of one row, of which the first counts; on whatever page', async () => {
    const lines = LINES.replace('adds: true', 'adds: true\n    may_repeat: true').replace(', total: n', '');
    const log = (user: string, name: string): object => ({ user, name });
    const { rows, completeness } = await pull(lines, (seen) => {
      if (seen.url.startsWith('/users')) return json({ list: [{ id: 'a' }, { id: 'b' }] });
      const pages = [
        [log('a', 'new'), log('b', 'b1'), log('a', 'old')],
        [log('a', 'older'), log('c', 'c1')],
      ];
      return queryOf(seen).get('cursor') === null ? json({ list: pages[0], next: 'p2' }) : json({ list: pages[1] });
    });
    expect(rows.map(({ externalId }) => externalId)).toEqual(['new', 'b1']);
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 2 });
    const once = await pull(lines.replace(/ +may_repeat: true\n/, ''), (seen) =>
      json({ list: seen.url.startsWith('/users') ? [{ id: 'a' }] : [log('a', 'new'), log('a', 'old')] }),
    );
    expect(once.completeness.verdict).toBe('unproven');
  });

  it('fails the whole list where it cannot be read, unless the list can do without: then that is a remark', async () => {
    const refused = (seen: Seen): Answer =>
      seen.url.startsWith('/users') ? json({ list: [{ id: 'a', login: 'ada' }], n: 1 }) : json({ error: 'no' }, { status: 403 });
    await expect(pull(LINES, refused)).rejects.toThrow('403');
    const own = LINES.replace('name: members', 'name: members\n    may_fail: true');
    await expect(pull(own, refused)).rejects.toThrow('passes[1].may_fail: only a pass that adds to others may fail');
    const lines = LINES.replace('adds: true', 'adds: true\n    may_fail: true');
    const { rows, completeness } = await pull(lines, refused);
    expect(rows).toMatchObject([{ id: 'a', userName: 'ada' }]);
    expect(completeness.verdict).toBe('proven');
    expect(completeness.reasons.join()).toMatch(/identities could not be read, so nothing is known of what stands there: .*403/);
    const torn = await pull(lines, (seen) =>
      json({ list: [{ id: 'a', user: 'a', name: 'saml-a' }], n: seen.url.startsWith('/users') ? 1 : 2 }),
    );
    expect(torn.rows).toMatchObject([{ externalId: 'saml-a' }]);
    expect(torn.completeness.verdict).toBe('proven');
    expect(torn.completeness.reasons.join()).toContain('identities: the system declares 2 rows, 1 distinct one came');
  });
});
