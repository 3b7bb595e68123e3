import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../src/model/errors.js';
import { cases } from '../../../night.js';
import { accounts, failure, fileOf, folder, pullAll, sourceOf, type Setup } from '../files.js';
import { book, sheetOf, workbook, zip, type BookForm, type CellXml } from './write.js';

const GOOD: readonly (readonly CellXml[])[] = [
  ['id', 'mail'],
  ['1', 'ann@corp.example'],
  ['2', 'bob@corp.example'],
];
const good = sheetOf(GOOD);
const sheet = 'xl/worksheets/sheet1.xml';
const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4000)]);
const raw = (data: string, more: BookForm = {}): Buffer => workbook({ data, ...more });
const HEAD = '<row><c t="inlineStr"><is><t>id</t></is></c></row>';

function with16(at: number, value: number, where: 'central' | 'local' = 'central'): Buffer {
  return zip(book({ sheets: [{ name: 'Users', rows: GOOD }] }), {
    lie: (name, central, local) => {
      if (name === sheet) (where === 'central' ? central : local).writeUInt16LE(value, at);
    },
  });
}

it.each<[what: string, content: Uint8Array, sentence: string]>([
  ['cut off', good.subarray(0, good.length - 40), 'it has no directory at its end'],
  ['cut off in front of its directory', good.subarray(0, 300), 'it has no directory at its end'],
  ['with something in front', Buffer.concat([Buffer.from('PK\x03\x04xx'), good]), 'not where its end says'],
  ['with another checksum', with16(16, 1), 'differ'],
  [
    'with a part that is longer',
    zip(book({ sheets: [{ name: 'U', rows: GOOD }] }), {
      descriptors: true,
      lie: (name, central) => name === sheet && central.writeUInt32LE(10, 24),
    }),
    'longer than its directory says',
  ],
  [
    'with a part that is shorter',
    zip(book({ sheets: [{ name: 'U', rows: GOOD }] }), {
      descriptors: true,
      lie: (name, central) => name === sheet && central.writeUInt32LE(9999, 24),
    }),
    'shorter than its directory says',
  ],
  [
    'with a wrong checksum behind',
    zip(book({ sheets: [{ name: 'U', rows: GOOD }] }), {
      descriptors: true,
      lie: (name, central) => name === sheet && central.writeUInt32LE(9999, 16),
    }),
    'the checksum of a part does not fit',
  ],
  ['with a part twice', zip(book({}), { twice: sheet }), 'a part stands in it twice'],
  ['with an encrypted part', with16(8, 1), 'encrypted; save a copy without a password'],
  [
    'compressed in another way',
    zip(book({}), { lie: (_, central, local) => [central.writeUInt16LE(12, 10), local.writeUInt16LE(12, 8)] }),
    'method 12',
  ],
  ['of other methods in two places', with16(10, 0), 'a part and its directory differ'],
  ['that is a bomb', raw(`${HEAD}<row><c><v>1</v></c></row>${' '.repeat(40 << 20)}`), 'that is no list of people'],
  ['without its sheet', zip(Object.fromEntries(Object.entries(book({})).filter(([name]) => name !== sheet))), `it lacks ${sheet}`],
  ['that is no workbook', zip({ 'a.txt': 'x' }), 'it is an archive, and none of a workbook'],
  ['of OpenDocument', zip({ mimetype: 'x', 'content.xml': 'x' }), '(.ods)'],
  ['of 2003', ole, '(.xls)'],
  ['with a password', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]), 'the workbook is encrypted'],
  ['that is HTML', Buffer.from('<html><table><tr><td>id</td></tr></table></html>'), 'a page of HTML or XML under the name of a workbook'],
  ['that is text', Buffer.from('id,mail\n1,a@b\n'), 'set format: csv if it is text'],
  ['that is empty', Buffer.alloc(0), 'it is no workbook'],
  ['whose rows end too early', raw('', { sheet: `<worksheet><sheetData>${HEAD}<row><c><v>1</v></c></row>` }), 'the sheet ends too early'],
  ['with a document type', raw('', { sheet: `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>` }), 'it has a document type'],
  ['with an entity that XML does not know', raw(`${HEAD}<row><c t="str"><v>&bomb;</v></c></row>`), 'an entity that XML does not know'],
  ['in UTF-16', zip({ ...book({}), [sheet]: Buffer.from(`\ufeff<worksheet/>`, 'utf16le') }), 'is not UTF-8'],
  [
    'with bytes that are no UTF-8',
    zip({
      ...book({}),
      [sheet]: Buffer.from(`<worksheet><sheetData>${HEAD}<row><c t="str"><v>\xff</v></c></row></sheetData></worksheet>`, 'latin1'),
    }),
    'a text that is not UTF-8',
  ],
  [
    'with a row twice',
    raw(`<row r="1"><c t="str"><v>id</v></c></row><row r="1"><c><v>1</v></c></row>`),
    'row 1 of the sheet comes behind row 1',
  ],
  ['with a cell twice', raw(`${HEAD}<row><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>`), 'cell A2 of the sheet comes behind A2'],
  ['with a cell of another row', raw(`${HEAD}<row r="2"><c r="A3"><v>1</v></c></row>`), 'a cell of another row'],
  [
    'with rows within something else',
    raw(`${HEAD}<mc:AlternateContent><row/></mc:AlternateContent>`),
    'something that is not known ("AlternateContent")',
  ],
  [
    'with a cell beyond the header',
    sheetOf([
      ['id', 'mail'],
      ['1', 'a@b', undefined, 'x'],
    ]),
    'cell D2 stands beyond the header, which ends at column B',
  ],
  [
    'with a text that is nowhere',
    raw(`${HEAD}<row><c t="s"><v>5</v></c></row>`, { strings: '<si><t>a</t></si>' }),
    'cell A2 names a text that the workbook does not hold',
  ],
  ['with a number that is none', raw(`${HEAD}<row><c><v>1x</v></c></row>`), 'cell A2 holds a number that is none'],
  [
    'with a column twice',
    sheetOf([
      ['id', 'id'],
      ['1', '2'],
    ]),
    'row 1 names the column "id" twice',
  ],
  [
    'with an id that has lost digits',
    raw(`${HEAD}<row><c><v>7.6561198012345603E+16</v></c></row>`),
    'cell A2 is a number of 17 digits, and a spreadsheet keeps 15 of them',
  ],
  ['with an error for an id', raw(`${HEAD}<row><c t="e"><v>#REF!</v></c></row>`), 'row 2: id is missing or empty'],
])('a workbook %s is refused in one line', async (_, content, sentence) => {
  const message = await failure(accounts('a.xlsx', content));
  expect(message).toContain(`crm: reading a.xlsx: `);
  expect(message).toContain(sentence);
  expect(message).not.toContain('\n');
});

it('refuses a workbook whose bytes were changed anywhere', async () => {
  const dir = folder();
  const file = path.join(dir, 'a.xlsx');
  const expected = (await accounts('b.xlsx', good)).rows;
  for (let at = 4; at < good.length; at += cases(1, 13)) {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] as number) ^ 0x55;
    writeFileSync(file, bytes);
    const rows = await pullAll(sourceOf('account', file)).then(
      (pulled) => pulled.rows,
      () => undefined,
    );
    // A byte of no meaning (a date, a part that is not read) may change nothing.
    if (rows !== undefined) expect(rows).toEqual(expected);
  }
});

it('is no pipe, and no other name makes it one of text', async () => {
  const pipe = path.join(folder(), 'a.xlsx');
  spawnSync('mkfifo', [pipe]);
  expect(await failure(pullAll(sourceOf('account', pipe)))).toContain('it is no regular file; write the export into a file first');
  expect(await failure(accounts('a.csv', good))).toContain('it is a workbook of a spreadsheet, whatever it is called; set format: xlsx');
  expect(() => sourceOf('account', fileOf('a.xls', ole))).toThrow(
    'a.xls is a workbook of a kind that is not read; save it as .xlsx, or export CSV',
  );
});

describe('is read whole', () => {
  it.each([{ stored: true }, { descriptors: true }, { zip64: true }, {}])('from an archive that is %j', async (form) => {
    const { rows, completeness } = await accounts('a.xlsx', zip(book({ sheets: [{ name: 'Users', rows: GOOD }] }), form));
    expect(rows.map(({ id }) => id)).toEqual(['1', '2']);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
  });
});

describe('of several sheets', () => {
  const sheets = [
    { name: 'Notes', rows: [] },
    { name: 'Users', rows: GOOD },
    { name: '2024', rows: [['id'], ['9']] },
    { name: 'old', state: 'veryHidden', rows: [['id'], ['8']] },
  ];
  const ids = async (setup: Setup, which = sheets): Promise<unknown> => {
    const { rows, completeness } = await accounts('a.xlsx', workbook({ sheets: which }), setup);
    return [rows.map(({ id }) => id).join(), completeness.reasons];
  };
  const left = ['hidden sheets are not read: "old"'];

  it('the config names one, by its name or the number of its tab', async () => {
    expect(await ids({ options: { sheet: 'users' } })).toEqual(['1,2', left]);
    expect(await ids({ options: { sheet: 2 } })).toEqual(['1,2', left]);
    expect(await ids({ options: { sheet: 2024 } })).toEqual(['9', left]);
    expect(await ids({ options: { sheet: 'old' } })).toEqual(['8', ['the sheet that is read is hidden']]);
  });

  it('the only visible one with rows needs no name, and of several one is asked for', async () => {
    expect(await ids({}, sheets.slice(0, 2))).toEqual(['1,2', []]);
    await expect(ids({})).rejects.toThrow(new UsageError('crm: a.xlsx has several sheets with rows; set sheet: to one of "Users", "2024"'));
    await expect(ids({ options: { sheet: 'none' } })).rejects.toThrow(
      'a.xlsx has no sheet "none"; set sheet: to one of "Notes", "Users", "2024", "old" (hidden)',
    );
  });

  it('a workbook without rows is no whole list', async () => {
    expect(await ids({}, sheets.slice(0, 1))).toEqual(['', ['the file holds no rows']]);
  });
});

it('finds the header below titles, and says what it left out and what is hidden', async () => {
  const data = '<row r="1"><c t="str"><v>All users</v></c><c/><c/></row><row r="3"><c t="str"><v>As of</v></c><c><v>5</v></c></row>';
  const rows =
    '<row r="5"><c t="str"><v>id</v></c><c t="str"><v>mail</v></c><c t="str"><v>title</v></c><c t="str"><v>department</v></c></row><row r="6" hidden="1"><c><v>1</v></c></row><row r="7"><c><v>2</v></c></row>';
  const { rows: found, completeness } = await accounts('a.xlsx', raw(data + rows));
  expect(found.map(({ id }) => id)).toEqual(['1', '2']);
  expect(completeness).toMatchObject({
    verdict: 'consistent',
    reasons: ['1 row is hidden, and read like the others', 'the header is row 5: 2 rows above it are left out'],
  });
});

it('takes an error, and a formula that was not worked out, for what is not known', async () => {
  const data = `<row><c t="str"><v>id</v></c><c t="str"><v>status</v></c><c t="str"><v>employeeId</v></c><c t="str"><v>title</v></c></row>
    <row><c><v>1</v></c><c t="e"><v>#N/A</v></c><c><v>5</v></c><c><f>A1</f></c></row>
    <row><c><v>2</v></c><c t="str"><v>active</v></c><c t="e"><f>X</f><v>#N/A</v></c><c t="str"><v>Chief</v></c></row>`;
  const { rows, completeness } = await accounts('a.xlsx', raw(data), { fields: { title: 'title' } });
  expect(rows).toMatchObject([
    { id: '1', status: 'unknown', employeeId: '5', attributes: {} },
    { id: '2', status: 'active', employeeId: undefined, attributes: { title: 'Chief' } },
  ]);
  expect(completeness.verdict).toBe('unproven');
  expect(completeness.reasons).toContain('column "employeeId": 1 cell is not known (first: "#N/A" in C3)');
  expect(completeness.reasons).toContain('column "status": 1 cell is not known (first: "#N/A" in B2)');
  expect(completeness.reasons).toContain(
    'column "title": 1 cell is not known (first: a formula that was not worked out in D2); open the workbook in a spreadsheet program and save it',
  );
  const uncalculated = raw('<row><c t="str"><v>id</v></c></row><row><c><f>1</f><v>0</v></c></row>', {
    workbook: '<calcPr fullCalcOnLoad="1"/>',
  });
  expect(await failure(accounts('a.xlsx', uncalculated))).toContain('row 2: id is missing or empty');
});

it('points out numbers that are too long to be sure of, where nobody is known by them', async () => {
  const data = `<row><c t="str"><v>id</v></c><c t="str"><v>badge</v></c></row>
    <row><c><v>1</v></c><c><v>7.6561198012345603E+16</v></c></row><row><c><v>2</v></c><c><v>123456789012345</v></c></row>`;
  const { rows, completeness } = await accounts('a.xlsx', raw(data), { fields: { badge: 'badge' } });
  expect(rows.map(({ attributes }) => attributes['badge'])).toEqual(['76561198012345600', '123456789012345']);
  expect(completeness).toMatchObject({
    verdict: 'consistent',
    reasons: [
      'column "badge": 1 cell holds a number of more than 15 digits (first: 76561198012345600 in B2), and a spreadsheet keeps 15 of them; format the column as text',
    ],
  });
});

describe('the totals of a table', () => {
  const links = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
  const table = (ref: string, more = ''): BookForm => ({
    more: {
      'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships ${links}><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/></Relationships>`,
      'xl/tables/table1.xml': `<table ref="${ref}"${more}><autoFilter ref="A1:B3"/></table>`,
    },
  });
  const rows = [...GOOD, ['Total', '2']];
  const read = async (form: BookForm, cells = rows): Promise<unknown> => {
    const { rows: found, completeness } = await accounts('a.xlsx', sheetOf(cells, form));
    return [found.map(({ id }) => id).join(), completeness.verdict, completeness.reasons];
  };

  it('are nobody', async () => {
    const left = ['row 4 holds the totals of a table, and is left out'];
    expect(await read(table('A1:B4', ' totalsRowCount="1"'))).toEqual(['1,2', 'consistent', left]);
    expect(await read(table('A1:B4', ' totalsRowShown="0"'))).toEqual(['1,2,Total', 'consistent', []]);
    expect(await read({})).toEqual(['1,2,Total', 'consistent', []]);
  });

  it('prove nothing where something else stands beside them', async () => {
    const mixed = ['row 4 holds the totals of a table, and something beside it: switch the totals off, and export it again'];
    expect(await read(table('B1:B4', ' totalsRowCount="1"'), [...GOOD, ['3', '2']])).toEqual(['1,2,3', 'unproven', mixed]);
  });

  it('are looked for in a table that must be there', async () => {
    const { more = {} } = table('A1:B4');
    const without = { 'xl/worksheets/_rels/sheet1.xml.rels': more['xl/worksheets/_rels/sheet1.xml.rels'] ?? '' };
    expect(await failure(accounts('a.xlsx', sheetOf(rows, { more: without })))).toContain('it lacks xl/tables/table1.xml');
  });
});
