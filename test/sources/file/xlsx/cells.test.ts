import { describe, expect, it } from 'vitest';
import { peek } from '../../../../src/sources/file/peek.js';
import { configOf, fileOf } from '../files.js';
import { sheetOf, workbook, type BookForm, type CellXml } from './write.js';

/** What the cells below a header of one row say. */
async function said(cells: readonly CellXml[], form: BookForm = {}): Promise<unknown[]> {
  const header = cells.map((_, i) => `c${i}`);
  const { rows } = await peek(configOf(fileOf('a.xlsx', sheetOf([header, cells], form))), 1);
  return Object.values(rows[0] ?? {});
}
const x = (xml: string): CellXml => ({ xml });
const number = (value: string | number, style = 0): CellXml => x(`<c s="${style}"><v>${value}</v></c>`);

describe('a text', () => {
  const strings =
    '<si><t>plain</t></si><si><t xml:space="preserve"> kept </t></si><si><t> not kept </t></si><si><r><rPr><b/></rPr><t>rich</t></r><r><t xml:space="preserve"> text</t></r><rPh sb="0" eb="1"><t>ruby</t></rPh></si><si/><si><t>a &amp; b &#x41;&#8364;</t></si><si><t>line_x000D_\r\nend _x005F_x000D_ _xZZZZ_</t></si><si><t><![CDATA[<&amp;>]]></t></si>';

  it('is shared', async () => {
    const cells = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => x(`<c t="s"><v>${i}</v></c>`));
    const expected = ['plain', ' kept ', 'not kept', 'rich text', '', 'a & b A€', 'line\r\nend _x000D_ _xZZZZ_', '<&amp;>'];
    for (const form of [{}, { strict: true }, { prefix: 'x' }, { absolute: true }] satisfies BookForm[])
      expect(await said(cells, { ...form, strings }).catch((error: unknown) => String(error)), JSON.stringify(form)).toEqual(expected);
  });

  it('stands in its cell, or comes of a formula', async () => {
    const cells = [
      x('<c t="inlineStr"><is><t>00123</t></is></c>'),
      x('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'),
      x('<c t="str"><f>A1&amp;"x"</f><v>of_x0041_ &lt;it&gt;</v></c>'),
      x('<c t="str"><f>""</f><v></v></c>'),
      x('<c t="b"><v>1</v></c>'),
      x('<c t="b"><v>0</v></c>'),
      x('<c t="d"><v>2026-11-03T14:00:00</v></c>'),
      x('<c t="e"><v>#N/A</v></c>'),
      x('<c><f>1+1</f></c>'),
    ];
    expect(await said(cells)).toEqual([
      '00123',
      'ab',
      'ofA <it>',
      '',
      'TRUE',
      'FALSE',
      '2026-11-03T14:00:00',
      '#N/A',
      'a formula that was not worked out',
    ]);
  });
});

it.each<[code: string, value: string | number, shown: string]>([
  ['General', 12, '12'],
  ['General', '1.2345678901E+10', '12345678901'],
  ['General', '1.2E+7', '12000000'],
  ['General', '12345678901.0', '12345678901'],
  ['General', '0.30000000000000004', '0.3'],
  ['General', '1.2E-7', '0.00000012'],
  ['General', '00123', '123'],
  ['0', 7, '7'],
  ['0.00', 7, '7'],
  ['#,##0', 1234567, '1234567'],
  ['00000', 123, '00123'],
  ['00000', 1234567, '1234567'],
  ['000\\-00\\-0000', 12345678, '012-34-5678'],
  ['"E"00000', 123, 'E00123'],
  ['"EMP-"0', 123, 'EMP-123'],
  ['yyyy-mm-dd', 46329, '2026-11-03'],
  ['yyyy-mm-dd', 46329.75, '2026-11-03'],
  ['dd/mm/yyyy hh:mm', '46329.599305555559', '2026-11-03T14:23:00'],
  ['[$-409]d\\-mmm\\-yy;@', 46329, '2026-11-03'],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 46329, '2026-11-03'],
  ['m/d/yy h:mm AM/PM', 46329.5, '2026-11-03T12:00:00'],
  ['mm:ss', 0.5, '12:00:00'],
  ['yyyy-mm-dd hh:mm', '46329.9999999999', '2026-11-04T00:00:00'],
  ['yyyy-mm-dd hh:mm:ss.000', '46329.500005', '2026-11-03T12:00:00.432'],
  ['[h]:mm', 46329.5, '46329.5'],
  ['"day "0', 5, 'day 5'],
  ['[Red]General', 5, '5'],
  ['yyyy-mm-dd', 1, '1900-01-01'],
  ['yyyy-mm-dd', 59, '1900-02-28'],
  ['yyyy-mm-dd', 60, '1900-02-29'],
  ['yyyy-mm-dd', 61, '1900-03-01'],
  ['yyyy-mm-dd', 0, '1900-01-00'],
  ['yyyy-mm-dd', -1, '########'],
  ['yyyy-mm-dd', 2958465, '9999-12-31'],
  ['yyyy-mm-dd', 2958466, '########'],
])('the format %s shows %s as %s', async (code, value, shown) => {
  expect(await said([number(value, 1)], { formats: [code] })).toEqual([shown]);
});

it('counts days from 1904 where the workbook says so, and knows the formats that have no code', async () => {
  const styles = [14, 22, 1, 49].map((id) => `<xf numFmtId="${id}"/>`).join('');
  const more = { 'xl/styles.xml': `<styleSheet><cellXfs>${styles}</cellXfs></styleSheet>` };
  const cells = [number(44867, 0), number(44867.5, 1), number(44867, 2), number(44867, 3)];
  expect(await said(cells, { formats: [], more, workbook: '<workbookPr date1904="1"/>' })).toEqual([
    '2026-11-03',
    '2026-11-03T12:00:00',
    '44867',
    '44867',
  ]);
});

it('reads cells and rows that say where they are, and those that do not', async () => {
  const data =
    '<row r="2"><c r="B2" t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>mail</t></is></c></row><row/><row r="7" spans="1:3"><c r="C7" t="inlineStr"><is><t>m</t></is></c></row><row><c r="B8"><v>1</v></c><c r="XFD8" s="3"/></row>';
  const found = await peek(configOf(fileOf('a.xlsx', workbook({ data }))), 9);
  expect(found).toMatchObject({
    columns: ['', 'id', 'mail'],
    rows: [
      { id: '', mail: 'm' },
      { id: '1', mail: '' },
    ],
  });
});
