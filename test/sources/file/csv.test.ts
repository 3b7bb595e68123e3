import fc from '../../property.js';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { accounts, failure, people } from './files.js';
import { cases } from '../../night.js';

describe('dialects', () => {
  it.each([[','], [';'], ['\t'], ['|']])('the delimiter %j is found out by the header', async (delimiter) => {
    const text = [
      ['id', 'userName', 'title'],
      ['1', 'ada', 'a b'],
      ['2', 'bob', ''],
    ]
      .map((cells) => cells.join(delimiter))
      .join('\n');
    const { rows, completeness } = await accounts('a.csv', `${text}\n`);
    expect(rows.map(({ id, userName, attributes }) => [id, userName, attributes.title])).toEqual([
      ['1', 'ada', 'a b'],
      ['2', 'bob', ''],
    ]);
    expect(completeness).toEqual({ verdict: 'consistent', reasons: [], facts: [], received: 2, unique: 2, pages: 1 });
  });

  it('other delimiters in quoted names do not count, and one of the config goes first', async () => {
    expect((await accounts('a.csv', 'id;"a,b,c,d"\n1;x\n')).rows[0]?.id).toBe('1');
    expect((await accounts('a.csv', 'id~userName\n1~ada\n', { options: { delimiter: '~' } })).rows[0]?.userName).toBe('ada');
    expect((await accounts('a.tsv', 'id\ttitle\n1\ta,b,c\n')).rows[0]?.attributes.title).toBe('a,b,c');
  });

  it.each([
    ['of PowerShell', '#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n'],
    ['of PowerShell, for chosen columns', '#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n'],
    ['of PowerShell, saved by a spreadsheet', '"#TYPE System.Management.Automation.PSCustomObject",,\r\n'],
    ["of Entra's bulk operations", 'version:v1.0\n'],
    ["of Entra's bulk operations, saved by a spreadsheet", '\ufeffversion:v1.0;;\r\n'],
  ])('a line before the header %s', async (_, mark) => {
    const { rows } = await accounts('a.csv', `${mark}id;userName\n1;ada\n2;bob\n`);
    expect(rows.map(({ id, userName }) => [id, userName])).toEqual([
      ['1', 'ada'],
      ['2', 'bob'],
    ]);
    await expect(accounts('a.csv', `${mark}id;userName\n1;ada\n2\n`)).rejects.toThrow('line 4');
  });

  it('no other first line is passed over', async () => {
    const pulled = accounts('a.csv', 'version:v1.0;id\n1;ada\n', { fields: { id: 'id', userName: 'version:v1.0' } });
    expect((await pulled).rows.map(({ id, userName }) => [id, userName])).toEqual([['ada', '1']]);
  });

  it("Excel's sep= line, byte order mark, CR LF, spaces around names", async () => {
    const { rows } = await accounts('a.csv', '\ufeffsep=;\r\n id ; userName \r\n1;ada\r\n2;bob\r\n');
    expect(rows.map(({ id, userName }) => [id, userName])).toEqual([
      ['1', 'ada'],
      ['2', 'bob'],
    ]);
  });

  it('quotes, quoted line breaks, quoted last cells before CR LF, blank lines', async () => {
    const { rows } = await accounts('a.csv', 'id,title\r\n"1","say ""hi"", twice"\r\n\r\n"2","two\r\nlines"\r\n3,5" pipe\r\n');
    expect(rows.map(({ id, attributes }) => [id, attributes.title])).toEqual([
      ['1', 'say "hi", twice'],
      ['2', 'two\r\nlines'],
      ['3', '5" pipe'],
    ]);
  });

  it.each([[','], [';'], ['\t'], ['|']])('a blank before a quoted cell, behind %j', async (d) => {
    const lines = [
      ['id', ' "userName"', '  "title"'],
      ['1', ' "ada"', ` "Doe${d} Jane"`],
      ['2', '   "say ""hi"""  ', ' "two\nlines"'],
      [' "3"', ' plain', '""'],
    ];
    for (const newline of ['\n', '\r\n']) {
      const { rows, completeness } = await accounts('a.csv', lines.map((cells) => cells.join(d) + newline).join(''));
      expect(rows.map(({ id, userName, attributes }) => [id, userName, attributes.title])).toEqual([
        ['1', 'ada', `Doe${d} Jane`],
        ['2', 'say "hi"', 'two\nlines'],
        ['3', ' plain', ''],
      ]);
      expect(completeness.reasons).toEqual([]);
    }
  });

  it('a tab before a quoted cell, where commas stand between them', async () => {
    expect((await accounts('a.csv', 'id,userName\n1,\t"ada"\n')).rows[0]?.userName).toBe('ada');
  });

  it('a quote behind a blank that does not end with its cell is text, as it was', async () => {
    const { rows } = await accounts('a.csv', 'id,title,userName\n1, "six" pipe,a\n2, 5" pipe,b\n3, "open,c\n4, "shut", "d"\n');
    expect(rows.map(({ attributes, userName }) => [attributes.title, userName])).toEqual([
      [' "six" pipe', 'a'],
      [' 5" pipe', 'b'],
      [' "open', 'c'],
      ['shut', 'd'],
    ]);
  });

  it('a file that mixes LF and CR LF', async () => {
    const { rows } = await accounts('a.csv', 'id,title\r\n1,a\n2,b\r\n');
    expect(rows.map(({ attributes }) => attributes.title)).toEqual(['a', 'b']);
  });

  it('one column', async () => {
    expect((await accounts('a.csv', 'id\n1\n\n2\n')).rows.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('a last line without line break is read, and pointed out', async () => {
    const { rows, completeness } = await accounts('a.csv', 'id,title\n1,a\n2,b');
    expect(rows).toHaveLength(2);
    expect(completeness).toMatchObject({
      verdict: 'consistent',
      reasons: ['the last line has no line break: was the file written to its end?'],
    });
  });
});

describe('encodings', () => {
  const text = 'id;userName\n1;Zoë Müller\n';
  it.each<[string | undefined, Buffer]>([
    [undefined, Buffer.from(text, 'utf8')],
    ['latin1', Buffer.from(text, 'latin1')],
    ['windows-1252', Buffer.from(text, 'latin1')],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    // The mark says it, whatever the config says.
    ['utf-8', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('%s', async (encoding, bytes) => {
    const { rows } = await accounts('a.csv', bytes, encoding === undefined ? {} : { options: { encoding } });
    expect(rows[0]?.userName).toBe('Zoë Müller');
  });

  it('windows-1252 has its own quotes, latin1 has none', async () => {
    const bytes = Buffer.concat([Buffer.from('id;title\n1;'), Buffer.from([0x93, 0x80, 0x94]), Buffer.from('\n')]);
    expect((await accounts('a.csv', bytes, { options: { encoding: 'windows-1252' } })).rows[0]?.attributes.title).toBe('“€”');
    expect((await accounts('a.csv', bytes, { options: { encoding: 'latin1' } })).rows[0]?.attributes.title).toBe('\u0093\u0080\u0094');
  });

  it('a byte that is no UTF-8 fails with its line, not with a wrong name', async () => {
    const bytes = Buffer.from('id;userName\n1;ada\n2;Zo\u00eb\n', 'latin1');
    expect(await failure(accounts('a.csv', bytes))).toBe(
      'crm: reading a.csv: line 3 is not UTF-8; set encoding: to latin1, windows-1252 or utf-16le, whichever the file is written in',
    );
  });

  it('UTF-16 that breaks off in a character', async () => {
    const bytes = Buffer.concat([Buffer.from('id;userName\n1;ada\n', 'utf16le'), Buffer.from([65])]);
    expect(await failure(accounts('a.csv', bytes, { options: { encoding: 'utf-16le' } }))).toContain('it is not utf-16le throughout');
  });
});

describe('what is wrong is named with its line', () => {
  it.each([
    ['id,a,b\n1,x,y\n2,x\n3,x,y\n', 'line 3 has 2 cells where the header has 3'],
    ['id,a,b\n1,x,y\n2,x,y,z\n', 'line 3 has 4 cells where the header has 3'],
    ['id,a\n1,"two\nlines"\n\n2\n', 'line 5 has 1 cell where the header has 2'],
    ['id,a\n1,"x\n2,y\n3,z\n', 'the quote that opens on line 2 is never closed'],
    ['id,a\n1,"x\n2,"y"\n', 'line 2 has a quoted cell that goes on behind its closing quote'],
    ['id,a\n1,"two\nlines"\n2,"x"y\n', 'line 4 has a quoted cell that goes on behind its closing quote'],
    ['id,a\n1,x\n2,a\0b\n', 'line 3 holds a NUL byte'],
    ['id,a,id\n1,x,2\n', 'line 1 names the column "id" twice'],
    ['\n\n,,\n1,x,2\n', 'line 3 names no column'],
    [`id,${'a,'.repeat(9_000)}b\n1\n`, 'line 1 names the column "a" twice'],
    [`id${','.repeat(100_000)}\n1\n`, 'line 1 has 100001 columns, and 10000 are read'],
    [`${Array.from({ length: 10_001 }, (_, i) => `c${i}`).join(';')}\n1\n`, 'line 1 has 10001 columns, and 10000 are read'],
    ['id,a\r1,x\r2,y\r', 'its lines end in CR alone'],
    ['id,a\n1,"two\nlines"\n ,x\n', 'line 4: id is missing or empty'],
    ['id,a\n1, "two\nlines"\n2, "x"\n3, "y",z\n', 'line 5 has 3 cells where the header has 2'],
    ['id,a\n1, "x"\n2,"y"z\n', 'line 3 has a quoted cell that goes on behind its closing quote'],
    ['mail,title\na@x.example,x\n', 'no field is mapped to id; set fields: { id: … } to one of "mail", "title"'],
  ])('%j', async (text, message) => {
    expect(await failure(accounts('a.csv', text))).toContain(`crm: reading a.csv: ${message}`);
  });

  it('mapped columns that do not exist, with those that do', async () => {
    const setup = {
      fields: { id: 'uid', title: ['job', 'role'], kind: null, department: { const: 'IT' } },
      state: { from: 'enabled', map: {} },
    };
    expect(await failure(accounts('a.csv', 'uid,Job,role\n1,x,y\n', setup))).toBe(
      'crm: reading a.csv: it has no column "job", "enabled"; the columns are "uid", "Job", "role"',
    );
  });

  it('lines are counted across blocks of the file, with quoted line breaks', async () => {
    const row = (i: number): string => `${i},"${'x'.repeat(100)}\n${'y'.repeat(100)}"`;
    const rows = Array.from({ length: 12_000 }, (_, i) => row(i));
    rows[11_000] = '11000,a,b';
    expect(await failure(accounts('a.csv', `id,title\n${rows.join('\n')}\n`))).toContain(
      `line ${2 + 2 * 11_000} has 3 cells where the header has 2`,
    );
  });

  it('a quote that is never closed does not eat the memory', async () => {
    const text = `id,title\n1,"x\n${`2,${'y'.repeat(2000)}\n`.repeat(10_000)}`;
    expect(await failure(accounts('a.csv', text))).toContain('line 2 does not end within 16 MiB');
  });
});

it('a file without rows is a list that proves nothing', async () => {
  for (const text of ['', '\n\n', '\ufeff', 'id,title\n']) {
    const { rows, completeness } = await accounts('a.csv', text);
    expect(rows).toEqual([]);
    expect(completeness).toMatchObject({ verdict: 'unproven', reasons: ['the file holds no rows'] });
  }
});

it('records that come twice make the list unproven, and their lines are named', async () => {
  const { rows, completeness } = await accounts('a.csv', 'id,title\n1,"a\nb"\n2,c\n1,"a\nb"\n2,c\n1,"a\nb"\n1,"a\nb"\n3,h\n');
  expect(rows.map(({ id, attributes }) => [id, attributes.title])).toEqual([['3', 'h'], ['1', 'a\nb'], ['2', 'c']]); // prettier-ignore
  expect(completeness.verdict).toBe('unproven');
  expect(completeness.reasons).toContain('ids repeat: line 5, line 7, line 8, …');
});

it('rows of one id that differ are taken together, and nothing is doubted', async () => {
  const { rows, completeness } = await accounts('a.csv', 'id,status,roles,title\n1,deactivated,wiki,a\n2,active,,b\n1,active,tracker,a\n');
  expect(rows.map(({ id, status, roles, attributes }) => [id, status, roles, attributes.title])).toEqual([
    ['2', 'active', [], 'b'],
    ['1', 'active', ['tracker', 'wiki'], 'a'],
  ]);
  expect(completeness).toMatchObject({
    verdict: 'consistent',
    received: 3,
    unique: 2,
    reasons: ['1 row repeats an id with other values: taken together with the other rows of that id'],
  });
});

it('rows of one id that name different people are a mistake of the mapping', async () => {
  const { rows, completeness } = await accounts('a.csv', 'id,email,status\nX,ada@corp.example,active\nX,ben@corp.example,active\n');
  expect(rows.map(({ id, status }) => [id, status])).toEqual([['X', 'unknown']]);
  expect(completeness.verdict).toBe('unproven');
  expect(completeness.reasons).toContain('1 id stands on rows that name different people: is `id` mapped to what is unique?');
});

it('columns in the words of the normal form need no mapping', async () => {
  const { rows } = await people(
    'p.csv',
    'id,userName,email,aliases,employeeId,givenName,familyName,department,state,kind,startAt,endAt,changedAt,groups,shoe size\n' +
      'p1,ada,ada@x.example,a@x.example;l@x.example,007,Ada,,Maths,leave,human,2020-01-01,,20261101101500Z,staff;maths,41\n',
  );
  expect(rows).toEqual([
    {
      id: 'p1',
      userName: 'ada',
      emails: ['ada@x.example'],
      aliases: ['a@x.example', 'l@x.example'],
      employeeId: '007',
      attributes: { givenName: 'Ada', familyName: '', department: 'Maths' },
      state: 'leave',
      kind: 'human',
      groups: ['staff', 'maths'],
      startAt: { at: Date.UTC(2020, 0, 1), day: true },
      changedAt: { at: Date.UTC(2026, 10, 1, 10, 15) },
    },
  ]);
});

it('the mapping of the contract', async () => {
  const setup = {
    fields: { id: 'contract_no', emails: ['mail'], givenName: 'first', familyName: 'last', endAt: 'until', aliases: 'other_mails' },
    state: { from: 'status', map: { open: 'active', closed: 'terminated' } },
  };
  const { rows, completeness } = await people(
    'contractors.csv',
    'contract_no;mail;first;last;until;other_mails;status\nc1;c1@x.example;Cy;One;31.12.2026;;open\nc2;;Di;Two;soon;x@x.example;paused\n',
    setup,
  );
  expect(rows).toMatchObject([
    { id: 'c1', state: 'active', emails: ['c1@x.example'], aliases: [], endAt: { at: Date.UTC(2026, 11, 31), day: true } },
    { id: 'c2', state: 'unknown', emails: undefined, aliases: ['x@x.example'], endAt: undefined },
  ]);
  expect(completeness).toMatchObject({
    verdict: 'consistent',
    reasons: [
      'endAt ("until"): 1 value could not be read as a date (such as "soon")',
      'state: 1 value could not be found in its map: they count as unknown (first: "paused")',
    ],
  });
});

it('reads back whatever a writer of CSV writes, in blocks or at once', async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('', '"', '""', ',', ';', '\n', 'a\nb', '\r\n', '=cmd', '\u202e'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const clean = (text: string): string =>
    text
      .replaceAll('\0', '')
      .replace(/\r$/, '')
      .replace(/\p{Surrogate}/gu, '');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (cells, newline, quotes) => {
        const rows = cells.map(([a, b], i) => [`id-${i}`, clean(a), clean(b)]);
        const text = Papa.unparse([['id', 'title', 'note'], ...rows], { newline, quotes });
        const pulled = await accounts('a.csv', text + newline, { fields: { note: 'note' } });
        expect(pulled.rows.map(({ id, attributes }) => [id, attributes.title, attributes.note])).toEqual(rows);
      },
    ),
    { numRuns: cases(150, 60) },
  );
});

it('reads an export of ten thousand columns', async () => {
  const names = ['id', 'userName', ...Array.from({ length: 9_998 }, (_, i) => `c${i}`)];
  const { rows } = await accounts('a.csv', `${names.join(',')}\n1,ada${','.repeat(9_998)}\n`);
  expect(rows.map(({ id, userName }) => [id, userName])).toEqual([['1', 'ada']]);
});
