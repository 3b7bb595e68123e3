import fc from '../property.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SourceConfig } from '../../src/model/config.js';
import { Secret } from '../../src/model/secret.js';
import { catalogueManifest } from '../../src/manifest/form/catalogue.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import type { Manifest } from '../../src/manifest/form/schema.js';
import { manifestSource } from '../../src/manifest/source.js';
import type { Role } from '../../src/model/role.js';
import { type FaultServer, startFaultServer } from '../http/fault-server.js';
import { hastyWorld } from './fixture-server.js';
import { cases } from '../night.js';

const FIELDS = `fields: { id: id, userName: userName, emails: [profile.mail, mail], title: profile.title, department: [dept, profile.dept.name], employeeId: profile, updatedAt: updated, createdAt: profile.since, admin: is_admin, roles: role }
status:
  - { when: { deleted: true }, is: deactivated }
  - { when: { state: [on, 'yes', 7, null], profile.title: { present: true } }, is: active }
  - { from: [state, profile.state], map: { off: suspended, x: deleted, 'true': active } }
kind_of:
  - { when: { id: p-1 }, is: bot }
  - { when: { profile.title: { contains: bot } }, is: bot }
  - { when: { updated: { above: 1700000000 }, is_admin: { not: [false, 'no'] } }, is: service }
  - { when: { deleted: false }, is: human }
built_in:
  - { when: { id: p-2 }, why: the second }
  - { when: { deleted: true, profile.title: { contains: o }, userName: { present: true } }, why: a word }
`;
const NEXT = 'paging: { cursor: { next: next, param: cursor } }\nok: { when: { ok: [true, null] }, error: error }\n';

function manifest(lines: string): Manifest {
  const head = 'name: small\ntitle: Small\nkind: app\npermission: none\nleavers: listed\nbase_url: https://small.example\nauth: none\n';
  return parseManifest(`${head}request: { path: users }\n${lines}`, 'small.yaml');
}

const MANIFESTS = {
  key: manifest(`records: members\n${NEXT}${FIELDS}`),
  way: manifest(`records: data.items\n${NEXT}${FIELDS}`),
  top: manifest(`records: .\n${FIELDS}`),
  // A row of the page before comes first on the next one.
  overlap: manifest(`records: { path: members, absent: empty }\npaging: { offset: { param: from } }\n${FIELDS}`),
  // Dates that only some records have.
  dated: manifest(
    `records: members\n${NEXT}${FIELDS.replace('updatedAt: updated', 'updatedAt: { from: [updated, role], when: [{ state: [off, null] }, { deleted: true, profile.title: { present: true } }] }, endAt: [{ from: updated, when: { deleted: true } }, { from: userName, when: { is_admin: true } }, profile.since, updated], deactivatedAt: [{ from: updated, when: { deleted: true } }]')}`,
  ),
  // Several places for one word, and what none of them means.
  several: manifest(
    `records: members\n${NEXT}${FIELDS.replace('{ from: [state, profile.state], map', '{ from: [state, profile.state, { from: role, map: { on: active, "1": suspended } }], prefer: off, absent: pending, map').replace('admin: is_admin', 'admin: { from: [is_admin, deleted], prefer: on, absent: "false" }')}`,
  ),
  undecided: manifest(
    `records: members\n${NEXT}${FIELDS.replace(/status:\n(.*\n){3}/, 'status: { from: [state, profile.state], map: { off: suspended, on: active, "true": active } }\n')}`,
  ),
  total: manifest(`records: members\npaging: { page: { param: page, total: total } }\n${FIELDS}`),
} as const;

let server: FaultServer;
let pages: readonly Buffer[] = [];
beforeAll(async () => {
  server = await startFaultServer((seen) => (response) => {
    const asked = new URL(seen.url, 'http://any.example').searchParams;
    const page = Number(
      asked.get('cursor') ?? (asked.has('page') ? Number(asked.get('page')) - 1 : asked.has('from') ? seen.url.length % 3 : 0),
    );
    response.setHeader('content-type', 'application/json');
    response.end(pages[Math.min(page, pages.length - 1)]);
  });
});
afterAll(() => server.close());

interface Pulled {
  readonly rows: readonly unknown[];
  readonly completeness?: unknown;
  readonly error?: string;
  readonly byColumn: boolean;
}

/** Reads the pages of `pages` in one of the two ways: whoever looks at raw records gets the plain one. */
async function read(own: Manifest, way: 'rows' | 'columns', role: Role, more: Partial<SourceConfig> = {}): Promise<Pulled> {
  const config: SourceConfig = {
    name: 'app',
    connector: own.name,
    fields: {},
    dir: '/',
    ...more,
    options: { base_url: server.origin, ...more.options },
  };
  const source = manifestSource(role, config, { redact: (said: string) => said, env: {}, pageConcurrency: 4 }, own, hastyWorld());
  const rows: unknown[] = [];
  let byColumn = false;
  try {
    const signal = new AbortController().signal;
    const pull = source.pull(way === 'rows' ? { signal, onRaw: () => undefined } : { signal });
    for (;;) {
      const step = await pull.next();
      if (step.done === true) return { rows, completeness: step.value, byColumn };
      byColumn = step.value.columns !== undefined;
      rows.push(...step.value.rows);
    }
  } catch (error) {
    return { rows, error: (error as Error).message, byColumn };
  } finally {
    await source.close?.();
  }
}

async function same(own: Manifest, role: Role, more?: Partial<SourceConfig>): Promise<Pulled> {
  const columns = await read(own, 'columns', role, more);
  const { byColumn, ...plain } = await read(own, 'rows', role, more);
  expect(byColumn).toBe(false);
  expect(columns).toEqual({ ...plain, byColumn: columns.byColumn });
  return columns;
}

const seldom = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 14, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: one });
const scalar = fc.oneof(
  fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text)),
  fc.constantFrom('null', 'true', 'false', '0', '7', '1760000000', '1.5', '-0', '1e3', '9007199254740993', '""', '"on"', '"yes"', '"off"', '"TRUE"', '"x"', '"a;b"', '"robot"', '"Zoë"', '"\\u0041\\u0000"', '"\\ud800"', '"ada@corp.example"', '"2026-11-23T10:15:00Z"', '"23.11.2026"', '"soon"'), // prettier-ignore
);
const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom('[]', '{}', '["on","x"]', '[{"value":"a@b"}]', '{"value":"v"}', '[{"mail":"m@x","title":"t"}]') },
); // prettier-ignore
const member = (names: readonly string[], own: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...names), own).map(([name, text]) => `${name}:${text}`);
const inner = fc.array(member(['"mail"', '"title"', '"dept"', '"state"', '"since"', '"other"', '"__proto__"', '"dept.name"', '"m\\u0061il"'], fc.oneof(value, fc.constantFrom('{"name":"R&D"}', '{"name":null}'))), { maxLength: 4 }).map((all) => `{${all.join(',')}}`); // prettier-ignore
const names = ['"userName"', '"mail"', '"dept"', '"updated"', '"is_admin"', '"role"', '"state"', '"deleted"', '"deleted"', '"other"', '"profile.title"', '"__proto__"', '"constructor"']; // prettier-ignore
const record = fc
  .tuple(
    fc.integer({ min: 0, max: 60 }),
    fc.array(fc.oneof(member(names, value), member(['"profile"'], fc.oneof(inner, inner, value))), { maxLength: 8 }),
  ) // prettier-ignore
  .map(([id, members]) => `{"id":"p-${id}"${members.map((one) => `,${one}`).join('')}}`);
const odd = fc.constantFrom('{}', '{"id":null}', '{"id":7}', '{"id":" "}', '{"i\\u0064":"p-90"}', '{"id":"p-91","id":"p-92"}', '7', 'null', '[]', '{"id":"p-93",}', '{"id":"p-94"', `{"id":"p-95","deep":${'['.repeat(40)}${']'.repeat(40)}}`); // prettier-ignore
const list = fc
  .tuple(fc.array(record, { maxLength: 5 }), seldom(odd), fc.constantFrom(',', ' ,\n', ',\t'))
  .map(([all, one, comma]) => `[${[...all, ...(one === null ? [] : [one])].join(comma)}]`);
/** One answer: what stands around the list, the list, and what a gateway made of it. */
const answer = fc.record({
  list: fc.oneof({ weight: 9, arbitrary: list }, { weight: 1, arbitrary: fc.constantFrom('{}', 'null', '""', '[{}]') }),
  ok: fc.constantFrom('true', 'true', 'true', 'true', 'true', 'null', 'true', 'false'),
  around: fc.constantFrom('', '', '', '', '', '', '', '', ',"members":[]', ',"data":{"items":[]}', ',"data.items":[]', ',"x":{"members":[1]}', ',"total":3', ',"m\\u0065mbers":[]', ',"error":"no_such"'), // prettier-ignore
  torn: seldom(fc.nat()),
  front: seldom(fc.constantFrom(' \n', '\ufeff', '<html>', 'x')),
  wrong: fc.boolean(),
});

type Answer = typeof answer extends fc.Arbitrary<infer One> ? One : never;

function bytesOf(kind: keyof typeof MANIFESTS, one: Answer, page: number, count: number): Buffer {
  const next = page + 1 < count ? `,"next":"${page + 1}"` : '';
  const text =
    kind === 'top'
      ? one.list
      : kind === 'way'
        ? `{"ok":${one.ok}${one.around}, "data" : {"more":{"items":1},"items": ${one.list} }${next}}`
        : `{"members":${one.list},"ok":${one.ok}${one.around}${next}}`;
  const whole = Buffer.from((one.front ?? '') + text);
  const bytes = one.torn === null ? whole : whole.subarray(0, one.torn % whole.length);
  return one.wrong && one.torn !== null && bytes.length > 0 ? Buffer.concat([bytes, Buffer.from([0xff])]) : bytes;
}

const more = fc.constantFrom<Partial<SourceConfig>>({}, {}, { fields: { userName: 'mail', extra: 'profile.dept' } }, { state: { from: 'state', map: { on: 'active' } } }, { fields: { emails: 'profile.mail[0]' } }); // prettier-ignore

describe('pages of a manifest read from their bytes', () => {
  it.each(Object.keys(MANIFESTS) as (keyof typeof MANIFESTS)[])(
    'give the rows, the proof and the messages of the plain way: %s',
    async (kind) => {
      const seen = new Set<boolean>();
      await fc.assert(
        fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 3 }), fc.constantFrom<Role>('account', 'account', 'person'), more, async (answers, role, config) => {
        pages = answers.map((one, at) => bytesOf(kind, one, at, answers.length));
        seen.add((await same(MANIFESTS[kind], role, config)).byColumn);
      }), // prettier-ignore
        { numRuns: cases(150, 50) },
      );
      // Otherwise the plain way would have been compared with itself.
      expect(seen).toContain(true);
    },
    60_000,
  );

  it('hold for members of Slack, of which none is parsed', async () => {
    const user = (i: number, rest: object): object => ({ id: `U00${i}`, name: `user${i}`, deleted: false, is_bot: false, updated: 1_760_000_000 + i, profile: { email: `user${i}@corp.example`, first_name: 'Zoë', fields: null }, ...rest }); // prettier-ignore
    const members = [user(1, { deleted: true }), user(2, { is_bot: true }), user(3, { is_restricted: true }), user(4, {}), { ...user(5, {}), id: 'USLACKBOT' }]; // prettier-ignore
    pages = [members, [user(6, {})]].map((some, at) => Buffer.from(JSON.stringify({ ok: true, members: some, response_metadata: { next_cursor: at === 0 ? '1' : '' } }))); // prettier-ignore
    const slack = catalogueManifest('slack');
    const options = { token: new Secret('xoxb-none') };
    const parse = vi.spyOn(JSON, 'parse');
    const { rows, byColumn } = await read(slack, 'columns', 'account', { options });
    const parsed = parse.mock.calls.filter(([text]) => text.includes('U00'));
    parse.mockRestore();
    expect(parsed).toEqual([]);
    expect([byColumn, rows.map((row) => `${(row as { status: string }).status} ${(row as { kind: string }).kind}`)]).toEqual([true, ['deactivated human', 'active bot', 'active guest', 'active human', 'active bot', 'active human']]); // prettier-ignore
    await same(slack, 'account', { options });
  });

  it('hold for people of Okta, of whom only those who are off are parsed: their dates are of their status', async () => {
    const person = (i: number, status: string): object => ({ id: `00u${i}`, status, created: '2019-01-01T08:00:00.000Z', statusChanged: '2026-10-01T08:00:00.000Z', lastUpdated: '2026-11-20T08:00:00.000Z', profile: { login: `user${i}@corp.example`, email: `user${i}@corp.example`, firstName: 'Zoë' } }); // prettier-ignore
    pages = [
      Buffer.from(JSON.stringify([person(1, 'ACTIVE'), person(2, 'DEPROVISIONED'), person(3, 'SUSPENDED'), person(4, 'LOCKED_OUT')])),
    ];
    const okta = catalogueManifest('okta');
    const options = { org_url: 'https://corp.okta.example', token: new Secret('00-none') };
    const parse = vi.spyOn(JSON, 'parse');
    const { rows, byColumn } = await read(okta, 'columns', 'person', { options });
    const parsed = parse.mock.calls.filter(([text]) => text.includes('00u'));
    parse.mockRestore();
    expect(parsed.map(([text]) => /00u\d/.exec(text)?.[0])).toEqual(['00u2', '00u3']);
    const date = (row: unknown, name: string): number | undefined => (row as Record<string, { at: number } | undefined>)[name]?.at;
    const [changed, left] = [Date.parse('2026-11-20T08:00:00Z'), Date.parse('2026-10-01T08:00:00Z')];
    expect([byColumn, rows.map((row) => [date(row, 'endAt'), date(row, 'changedAt')])]).toEqual([true, [[undefined, changed], [left, changed], [undefined, left], [undefined, changed]]]); // prettier-ignore
    await same(okta, 'person', { options });
  });

  it.each([
    ['a rule of errors looks into the records', `records: members\nerrors: [{ when: { body: { members.error: gone } }, means: refused }]\n${FIELDS}`],
    ['what is ok is said by the list itself', `records: data.items\nok: { when: { data: { present: true } } }\n${FIELDS}`],
    ['a place is written with a colon', `records: data.items\nok: { when: { 'data:items': { present: true } } }\n${FIELDS}`],
    ['the last record holds the cursor', `records: members\npaging: { cursor: { next: { last_record: id }, param: after } }\n${FIELDS}`],
    ['records are left out', `records: members\ndrop: { deleted: true }\n${FIELDS}`],
    ['a field is shaped', `records: members\n${FIELDS.replace('title: profile.title', 'title: { from: profile.title, lower: true }')}`],
  ])('are parsed where %s', async (_, lines) => {
    pages = [Buffer.from('{"members":[{"id":"p-1","error":"none"}],"data":{"items":[{"id":"p-1"}]}}')];
    const { rows, byColumn } = await same(manifest(lines), 'account');
    expect([rows.length, byColumn]).toEqual([1, false]);
  }); // prettier-ignore
});
