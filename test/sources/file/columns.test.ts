import fc from '../../property.js';
import { describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../../src/model/config.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../../../src/model/account.js';
import { Columns, type PageColumns, type Words } from '../../../src/store/columns.js';
import { PERSON_KINDS, PERSON_STATES, type Person } from '../../../src/model/person.js';
import { blocksOf } from '../../../src/sources/file/blocks.js';
import { ColumnBuilder } from '../../../src/store/column-builder.js';
import { columnPages } from '../../../src/sources/file/column-pages.js';
import { readCsv } from '../../../src/sources/file/csv.js';
import { readNdjson } from '../../../src/sources/file/ndjson.js';
import { idsThatRepeat } from '../../../src/sources/file/ids.js';
import { Twice } from '../../../src/mapping/together/twice.js';
import { rowPages } from '../../../src/sources/file/row-pages.js';
import type { Scanner, Table } from '../../../src/sources/file/table.js';
import { dateReading } from '../../../src/mapping/dates/reading.js';
import { Ledger } from '../../../src/contract/ledger.js';
import type { Role } from '../../../src/model/role.js';
import { cases } from '../../night.js';

const text = fc.oneof(fc.string(), fc.constantFrom('', '\u0001', 'é', '\ud800', '\ud801', 'a'.repeat(70), 'Ω'));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
// What the mapping gives: entries are never empty, and never hold NUL.
const list = maybe(fc.array(text.filter((one) => one !== '' && !one.includes('\0')), { maxLength: 4 })); // prettier-ignore
const moment = maybe(fc.record({ at: fc.integer(), day: fc.boolean() }, { requiredKeys: ['at'] }));
const common = { id: text, userName: maybe(text), externalId: maybe(text), employeeId: maybe(text), emails: list, aliases: list, attributes: fc.dictionary(fc.constantFrom('department', 'title', 'cost centre'), maybe(text)) }; // prettier-ignore
const unread = <const Name extends string>(...names: Name[]): fc.Arbitrary<Name[] | undefined> =>
  maybe(fc.subarray(names, { minLength: 1 }));
/** A date that was read is not unread. */
const consistent = <Row extends { id: string; unread?: readonly string[] | undefined }>(row: Row): Row => {
  const left = row.unread?.filter((name) => (row as Record<string, unknown>)[name] === undefined);
  const [first] = left ?? [];
  const either =
    first === undefined || row.id.length % 2 === 0
      ? undefined
      : { [first]: { at: 1_800_000_000_000, ...(row.id.length % 3 === 0 ? { day: true } : {}) } };
  return { ...row, unread: first === undefined ? undefined : left, either };
};
const person = fc.record({ ...common, groups: list, state: fc.constantFrom(...PERSON_STATES), kind: fc.constantFrom(...PERSON_KINDS), startAt: moment, endAt: moment, createdAt: moment, changedAt: moment, unread: unread('startAt', 'endAt', 'createdAt', 'changedAt') }).map(consistent); // prettier-ignore
const account = fc.record({ ...common, roles: list, admin: maybe(fc.boolean()), status: fc.constantFrom(...ACCOUNT_STATUSES), kind: fc.constantFrom(...ACCOUNT_KINDS), createdAt: moment, updatedAt: moment, lastLoginAt: moment, deactivatedAt: moment, unread: unread('createdAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt') }).map(consistent); // prettier-ignore

function rowsIn(role: Role, pages: readonly PageColumns[]): (Person | Account)[] {
  const words: Words = [];
  return pages.flatMap((page) => {
    const columns = new Columns(structuredClone(page), words);
    return Array.from({ length: columns.rows }, (_, row) => (role === 'person' ? columns.person(row) : columns.account(row)));
  });
}

function throughColumns(role: Role, pages: readonly (readonly (Person | Account)[])[]): (Person | Account)[] {
  const builder = new ColumnBuilder(role);
  const taken = pages.map((rows) => {
    for (const row of rows) builder.add(row);
    return builder.take();
  });
  return rowsIn(role, taken);
}

describe('a page that crosses threads', () => {
  // `toEqual` takes a key that is undefined for one that is not there, as the rows' types do.
  it('comes out as it went in: people', () => {
    fc.assert(
      fc.property(fc.array(fc.array(person)), (pages) => {
        expect(throughColumns('person', pages as Person[][])).toEqual(pages.flat());
      }),
    );
  });

  it('comes out as it went in: accounts', () => {
    fc.assert(
      fc.property(fc.array(fc.array(account)), (pages) => {
        expect(throughColumns('account', pages as Account[][])).toEqual(pages.flat());
      }),
    );
  });

  it('holds thousands of rows, and a column of which each row has its own value', () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => ({ id: `Ω${i}`, status: 'active', kind: 'human', attributes: { title: `t${i}`, department: `d${i % 3}` } }) as const); // prettier-ignore
    expect(throughColumns('account', [rows.slice(0, 7000), rows.slice(7000)])).toEqual(rows);
  });
});

interface Outcome {
  readonly rows: readonly (Person | Account)[];
  readonly completeness?: unknown;
  readonly error?: string;
}

interface Case {
  readonly role: Role;
  readonly fields: SourceConfig['fields'];
  readonly state: SourceConfig['state'];
  /** Blocks: the file is read in these pieces. */
  readonly chunks: readonly string[];
}

async function tableOf(format: 'ndjson' | 'csv', chunks: readonly string[], ledger: Ledger): Promise<Table<unknown> | undefined> {
  const blocks = blocksOf(
    (async function* () {
      for (const chunk of chunks) yield Buffer.from(chunk);
    })(),
  );
  return format === 'ndjson' ? readNdjson(blocks) : ((await readCsv(blocks, undefined, ledger)) as Table<unknown> | undefined);
}

/** As the source does it: what cannot be read is told by the reading itself. */
async function repeats(format: 'ndjson' | 'csv', role: Role, fields: SourceConfig['fields'], chunks: readonly string[]): Promise<Twice> {
  const table = await tableOf(format, chunks, new Ledger());
  return table === undefined ? new Twice() : idsThatRepeat(role, fields, table).catch(() => new Twice());
}

/** Reads the pieces in one of the two ways. `onCall` hears of records that are looked for as cells, and of those that are parsed after all. */
async function read(
  format: 'ndjson' | 'csv',
  way: 'rows' | 'columns',
  { role, fields, state, chunks }: Case,
  onCall?: (what: 'find' | 'record') => void,
): Promise<Outcome> {
  const ledger = new Ledger();
  const config: SourceConfig = { name: 'crm', connector: 'file', options: {}, fields, ...(state === undefined ? {} : { state }), dir: '' };
  const rows: (Person | Account)[] = [];
  const pages: PageColumns[] = [];
  const all = (): (Person | Account)[] => (way === 'rows' ? rows : rowsIn(role, pages));
  try {
    const table = await tableOf(format, chunks, ledger);
    if (table === undefined) return { rows: [] };
    if (onCall !== undefined) listen(table, onCall);
    const twice = await repeats(format, role, fields, chunks);
    if (way === 'rows') for await (const page of rowPages(role, config, table, ledger, dateReading({}), twice)) rows.push(...page.rows);
    else for await (const page of columnPages(role, config, table, ledger, dateReading({}), twice)) pages.push(page);
    ledger.end('protocol');
    return { rows: all(), completeness: ledger.completeness() };
  } catch (error) {
    return { rows: all(), error: (error as Error).message };
  }
}

function listen(table: Table<unknown>, onCall: (what: 'find' | 'record') => void): void {
  const { scanner } = table;
  Object.assign(table, {
    scanner: (...given: Parameters<typeof scanner>) => {
      const own = scanner(...given) as Scanner<unknown>;
      const [find, record] = [own.find.bind(own), own.record.bind(own)];
      return Object.assign(own, {
        find: (index: number) => (onCall('find'), find(index)),
        record: (index: number) => (onCall('record'), record(index)),
      });
    },
  });
}

async function same(format: 'ndjson' | 'csv', given: Case): Promise<void> {
  expect(await read(format, 'columns', given)).toEqual(await read(format, 'rows', given));
}

const NAMES = ['id', 'userName', 'email', 'mail', 'title', 'groups', 'roles', 'status', 'state', 'startAt', 'createdAt', 'admin', 'further', 'a.b', 'a', 'b.c', '__proto__', 'ключ', 'mail.0', 'mail.1', 'emails.0.value', 'emails.0.primary', 'emails', 'roles_2', 'groups[0]']; // prettier-ignore
const DATES = ['2026-11-23T10:15:00Z', '2026-11-23T10:15:00.250Z', '2026-02-30T10:15:00Z', '2026-11-23', '1970-01-01T00:00:00Z', '11/12/2026', 'soon', '20261123101500Z', '2026-11-23T1x:15:00Z', '9999-12-31T23:59:59Z', '']; // prettier-ignore
const WORDS = ['active', 'ACTIVE', ' Active ', 'disabled', 'x', '1', 'true', 'null', '']; // prettier-ignore
const ODD = ['a;b', 'a|b', 'Doe, Jane', 'cn=a,dc=b', ' ', '\u00a0', '\t', 'é', 'Zoë', 'ı', '\ufeff', '\u2028', 'x'.repeat(5000), 'A@B.example', 'noreply@x', '0000', "'", '\\', '\u007f', 'N/A', '-', 'na', 'NA\u00a0', 'na\t', 'Nina', 'nul', 'undefined', 'Not set', 'no_', 'nones', 'Nil', ' none ', '–', 'null', 'Null', 'no_information', '="0012"', '=1', '<a@b>', 'A B <a@b>', 'smtp:a@b', 'SMTP:c@d', 'x500:/o', 'a:b', '\u001f12']; // prettier-ignore
const string = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom(...DATES), fc.constantFrom(...WORDS), fc.constantFrom(...ODD));
const rowId = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => `p-${n}`) }, { weight: 1, arbitrary: string });

/** Mappings of all kinds: names alone, the first of several places, tables, constants, and what no column has. */
const mapping = fc.record({
  role: fc.constantFrom<Role>('person', 'account'),
  fields: fc.constantFrom<SourceConfig['fields']>(
    {},
    { emails: ['email'] },
    { emails: ['mail', 'email'], roles: 'groups', admin: 'admin', extra: 'further' },
    { userName: { from: ['userName', 'email'] }, admin: { from: 'admin', map: { '1': 'true', x: 'false' } }, 'cost centre': 'title' },
    { title: { from: 'title', map: { x: 'y' } } },
    { extra: 'a.b', kind: { const: 'guest' } },
    { extra: 'further', employeeId: 'title', startAt: ['startAt', 'createdAt'] },
    { manager: null, aliases: 'mail', changedAt: 'startAt' },
    { userName: 'a.b', emails: ['a.mail', 'mail'], title: 'a.b.c', employeeId: 'a', extra: 'a.d' },
    { userName: ['a.d', 'userName'], extra: 'a.b.c', startAt: 'a.d', admin: 'a.b' },
    {
      emails: ['mail', 'email', 'further'],
      admin: { from: ['admin', 'further'], prefer: 'on', absent: 'false' },
      roles: ['roles', 'groups'],
    },
    {
      kind: {
        from: ['title', { from: 'further', map: { x: 'guest' } }],
        map: { x: 'human', '1': 'service' },
        prefer: ['guest'],
        absent: 'unknown',
      },
    },
  ),
  state: fc.constantFrom<SourceConfig['state']>(undefined, { from: 'status' }, { from: ['state', 'status'], map: { true: 'active', false: 'suspended', x: 'nonsense', '1': 'active' } }, { const: 'active' }, 'admin', { from: 'status', absent: 'active' }, { from: ['state', 'status'], map: { active: 'active', x: 'suspended', true: 'suspended', '': 'active' }, prefer: 'off', absent: 'active' }, { from: ['state', { from: 'status', map: { x: 'active', '1': 'suspended' }, absent: 'suspended' }, 'admin'], prefer: ['active', 'suspended'] }, { from: ['status', 'title'], prefer: 'on' }), // prettier-ignore
});

const value: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: string.map((one) => JSON.stringify(one)) },
  { weight: 2, arbitrary: fc.constantFrom('null', 'true', 'false', '0', '-0', '12', '9007199254740993', '1e3', '1.50', '0.1', '01', '1.', '-', 'nul', 'truex', '[]', '{}', '["a","b"]', '[{"value":"a@b","primary":true}]', '{"value":"v"}', '{"a":{"b":[1,2,{"c":"}"}]}}', '{"b":"x","d":"2026-11-23","mail":"a@b"}', '{"b":{"c":"é"}, "d":1}', '{"b":null}', '{"b":[{"c":1}]}', '{"b":true,"b":{"c":2}}', '{"b.c":1,"b":{}}', '[{"b":1,"d":"x"}]', '{"b":{"c":{}}}', '{"b":}', '"\\u0041\\u00e9\\"x"', '"\\u0000"', '"\\ud800"', '"\\x"', '"\\u00g0"', '"a\tb"', '""') }, // prettier-ignore
);
const space = fc.constantFrom('', '', '', ' ', '\t', '\r');
const member = fc.tuple(fc.constantFrom(...NAMES), value, space, space).map(([name, own, before, after]) => `${before}${JSON.stringify(name)}${before}:${after}${own}${after}`); // prettier-ignore
const jsonLine = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(rowId, fc.array(member, { maxLength: 8 })).map(([id, members]) => `{${[`"id":${JSON.stringify(id)}`, ...members].join(',')}}`) }, // prettier-ignore
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\t\r', '\u00a0', '{}', '[]', '{', '{"id":"1"', '{"id":"1",}', '{"id":"1"}}', '{"id":"1"} x', '{"id":1}', '{"id":true}', '{"id":null}', '{"id":""}', 'null', '{"i\\u0064":"escaped"}', '{"id":"\\u0031"}', '\ufeff{"id":"1"}', '{,}', '{"id" "1"}') }, // prettier-ignore
);

/** Plain lines mostly, so that whole files come through; a hostile one now and then. */
const lines = (line: fc.Arbitrary<string>, good: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.oneof({ weight: 10, arbitrary: good }, { weight: 1, arbitrary: line }), { maxLength: 30 });

function pieces(all: readonly string[], end: string, cuts: readonly number[]): string[] {
  const texts: string[] = [''];
  all.forEach((line, i) => {
    texts[texts.length - 1] = (texts.at(-1) ?? '') + `${line}${i === all.length - 1 && cuts.length % 3 === 0 ? '' : end}`;
    if (cuts.includes(i)) texts.push('');
  });
  return texts.filter((one) => one !== '');
}

const goodLine = fc
  .tuple(rowId, fc.array(fc.tuple(fc.constantFrom(...NAMES), string), { maxLength: 8 }))
  .map(([id, members]) => `{${[`"id":${JSON.stringify(id)}`, ...members.map(([name, own]) => `${JSON.stringify(name)}:${JSON.stringify(own)}`)].join(',')}}`); // prettier-ignore

const cell = fc.oneof(
  { weight: 8, arbitrary: string.map((one) => one.replace(/["\n\r,]/g, '')) },
  { weight: 3, arbitrary: string.map((one) => `"${one.replace(/["\n\r]/g, '')}"`) },
);
const oddCell = fc.constantFrom('"a""b"', '"a\nb"', '"a\r\nb"', 'a"b', '"a"b', '"a" ', ' "a"', '"', 'a\rb', '"a\r"', '""');
const COLUMNS = ['id', 'userName', 'email', 'title', 'status'];
const record = (own: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: 0, max: 60 }), fc.array(own, { minLength: 4, maxLength: 4 })).map(([id, cells]) => [`p-${id}`, ...cells].join(',')); // prettier-ignore
const csvLine = fc.oneof(
  record(fc.oneof(cell, oddCell)),
  fc.constantFrom('', '\r', 'a,b', 'x,,,,,', '""', ',,,,', '"p-1",,,,', 'p-1,,,,"'),
);
const csvMapping = fc.tuple(mapping, fc.constantFrom<Pick<SourceConfig, 'fields' | 'state'>>(
  { fields: { emails: ['email'] }, state: { from: 'status' } },
  { fields: { emails: ['email', 'userName'], title: ['title', 'userName'] }, state: { from: ['status', 'title'], map: { active: 'active', x: 'suspended' }, prefer: 'off' } },
  { fields: { emails: 'email', aliases: ['title', 'userName'] }, state: { from: 'status', map: { active: 'active' }, absent: 'suspended' } },
)).map(([one, more]) => ({ ...one, ...more })); // prettier-ignore

describe('files read by their cells', () => {
  it('NDJSON gives the rows, the proof and the messages of the plain way', async () => {
    await fc.assert(
      fc.asyncProperty(mapping, lines(jsonLine, fc.oneof(goodLine, jsonLine)), fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(30), { maxLength: 6 }), async (given, all, end, cuts) => {
        await same('ndjson', { ...given, chunks: pieces(all, end, cuts) });
      }), // prettier-ignore
      { numRuns: cases(400, 150) },
    );
  });

  it('CSV gives them too', async () => {
    await fc.assert(
      fc.asyncProperty(csvMapping, lines(csvLine, record(cell)), fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(30), { maxLength: 6 }), async (given, all, end, cuts) => {
        await same('csv', { ...given, chunks: [`${COLUMNS.join(',')}${end}`, ...pieces(all, end, cuts)] });
      }), // prettier-ignore
      { numRuns: cases(400, 150) },
    );
  });

  it.each([';', '\t', '|', '§'])('CSV with %s between the cells, and with one column', async (delimiter) => {
    const chunks = [`id${delimiter}title\n`, `1${delimiter}a\n2${delimiter}"b"\n`, `3${delimiter}"x${delimiter}y"\n`];
    await same('csv', { role: 'account', fields: {}, state: undefined, chunks });
    await same('csv', { role: 'account', fields: {}, state: undefined, chunks: ['id\n', '1\n\n""\n"2"\n\r\n', '3'] });
    const spaced = [
      `id${delimiter} "title"\n`,
      `1${delimiter} "x${delimiter}y"\n`,
      `2${delimiter}b\n "3"${delimiter} "z" \n`,
      `4${delimiter} "q" r\n`,
    ];
    await same('csv', { role: 'account', fields: {}, state: undefined, chunks: spaced });
  });

  it.each([
    '{"id":"1","a":null,"a":""}\n',
    '{"id":"1","a":{"b":"x"},"a":""}\n',
    '{"id":"1","a":{"b":"x"},"a":""}\n{"id":"2","a":{"b":"y"}}\n',
  ])('a path that only a replaced value had was not there: %j', async (text) => {
    await same('ndjson', { role: 'person', fields: { userName: 'a.b', title: 'a.d' }, state: undefined, chunks: [text] });
  });

  it('ids that repeat are named by their lines, over blocks', async () => {
    const chunks = ['{"id":"1"}\n{"id":"2"}\n', '{"id":"1"}\n\n{"id":"3"}\n{"id":"2"}\n', '{"id":"3"}\n{"id":"3"}\n'];
    const given: Case = { role: 'person', fields: {}, state: undefined, chunks };
    await same('ndjson', given);
    expect((await read('ndjson', 'columns', given)).completeness).toMatchObject({ unique: 3, received: 7, pages: 3 });
  });

  // Otherwise the properties above would compare the plain way with itself.
  it.each([
    [
      'ndjson',
      {},
      '{"id":"p-1","userName":"ada","email":"ada@x.example","title":"Zoë","nested":{"a":[1,-2.5e3,null,{}]},"status":"active","createdAt":"2026-11-23T10:15:00Z","department":"R\\u0026D"}\n',
    ],
    [
      'ndjson',
      { emails: ['email'], admin: 'admin', employeeId: 'nr' },
      '{"admin":true,"id":12,"email":null,"nr":"","roles":"all","status":"active","createdAt":"23.11.2026","lastLoginAt":null}\r\n',
    ],
    ['csv', { emails: ['email'] }, 'p-1,ada,ada@x.example,"Zoë, Dr.",active\r\n"p-2",,,"",ACTIVE\r\n'],
    ['csv', { kind: { const: 'guest' }, userName: { from: ['userName', 'email'] } }, 'p-1,,ada@x.example,x,active\n\n'],
  ] as const)('%s that is plain is not parsed (%j)', async (format, fields, text) => {
    const chunks = format === 'csv' ? [`${COLUMNS.join(',')}\n`, text] : [text];
    const given: Case = { role: 'account', fields, state: { from: 'status', map: { active: 'active', ACTIVE: 'active' } }, chunks };
    const calls: string[] = [];
    const outcome = await read(format, 'columns', given, (what) => calls.push(what));
    expect(outcome.rows.length).toBeGreaterThan(0);
    expect(calls).toEqual(outcome.rows.map(() => 'find'));
    await same(format, given);
  });
});
