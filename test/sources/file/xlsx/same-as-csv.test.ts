import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ColumnPage } from '../../../../src/contract/source.js';
import type { Account } from '../../../../src/model/account.js';
import { Columns } from '../../../../src/store/columns.js';
import { openFile, pullColumns } from '../../../../src/sources/file/source.js';
import fc from '../../../property.js';
import { cases } from '../../../night.js';
import { configOf, folder, pullAll, sourceOf, type Setup } from '../files.js';
import { escapeXml, sheetOf, type CellXml } from './write.js';

const setup: Setup = {
  fields: { id: 'uid', emails: ['mail'], employeeId: 'no', department: 'dept', lastLoginAt: 'seen', aliases: 'alias' },
  state: { from: 'on', map: { TRUE: 'active', FALSE: 'deactivated' } },
};
const HEADER = ['uid', 'mail', 'no', 'dept', 'seen', 'on', 'alias.0', 'alias.1'];
const blank = fc.constant('');
const row = fc.tuple(
  fc.oneof(fc.constantFrom('u1', '007', 'ü8'), fc.uuid()),
  fc.oneof(blank, fc.constantFrom('ann@corp.example', 'Ann <ann@corp.example>', 'a@corp.example; b@corp.example')),
  fc.oneof(blank, fc.nat(999_999_999).map(String), fc.constantFrom('00123', 'n/a')),
  fc.oneof(blank, fc.constantFrom('Sales', 'R&D <x>', 'Vertrieb Süd', 'two\nlines', 'a "quoted" one', ' padded ', '北京')),
  fc.oneof(blank, fc.constantFrom('2026-11-03', '2026-11-03T14:23:00', '03/11/2026', '13/11/2026', 'soon')),
  fc.constantFrom('TRUE', 'FALSE', 'maybe', ''),
  fc.oneof(blank, fc.constantFrom('x@corp.example', 'y@corp.example')),
  fc.oneof(blank, fc.constantFrom('z@corp.example')),
);

/** One and the same value in the ways in which a workbook writes it. */
function cellOf(value: string, way: number, strings: Map<string, number>): CellXml {
  if (value === '') return way % 2 === 0 ? undefined : { xml: '<c s="0"/>' };
  if (/^(TRUE|FALSE)$/.test(value) && way % 2 === 0) return { xml: `<c t="b"><v>${value === 'TRUE' ? 1 : 0}</v></c>` };
  if (/^[1-9]\d*$/.test(value) && way % 2 === 0) return { xml: `<c><v>${way % 4 === 0 ? value : Number(value).toExponential(14)}</v></c>` };
  if (value === '2026-11-03' && way % 2 === 0) return { xml: '<c s="1"><v>46329</v></c>' };
  if (value === '2026-11-03T14:23:00' && way % 2 === 0) return { xml: '<c s="2"><v>46329.599305555559</v></c>' };
  if (way % 3 === 0) return value;
  if (way % 3 === 1) return { xml: `<c t="str"><f>A1</f><v>${escapeXml(value)}</v></c>` };
  strings.set(value, strings.get(value) ?? strings.size);
  return { xml: `<c t="s"><v>${strings.get(value)}</v></c>` };
}

it('gives the rows, and the proof, of the same list in CSV', async () => {
  const dir = folder();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), fc.nat(1000), async (rows, seed) => {
      const csv = [HEADER, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
      const strings = new Map<string, number>();
      let way = seed;
      const cells = [HEADER, ...rows].map((values) => values.map((value) => cellOf(value, (way += 7), strings)));
      const shared = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('');
      writeFileSync(path.join(dir, 'a.csv'), `${csv}\n`);
      writeFileSync(path.join(dir, 'a.xlsx'), sheetOf(cells, { strings: shared, formats: ['yyyy-mm-dd', 'd.m.yyyy h:mm'] }));
      const [plain, sheet] = await Promise.all(
        ['a.csv', 'a.xlsx'].map((name) => pullAll(sourceOf('account', path.join(dir, name), setup))),
      );
      expect(asRows(sheet)).toEqual(asRows(plain));
      const columns = pullColumns('account', configOf(path.join(dir, 'a.xlsx'), setup), new AbortController().signal, undefined);
      const found: Account[] = [];
      for (let step = await columns.next(); step.done !== true; step = await columns.next()) {
        found.push(...new ColumnPage('account', new Columns(step.value, [])).rows);
      }
      expect(found).toEqual(sheet?.rows);
    }),
    { numRuns: cases(1000, 120) },
  );
});

/** Lines of CSV are rows of a sheet; a line break within a cell makes more of them. */
function asRows(pulled: Awaited<ReturnType<typeof pullAll>> | undefined): unknown {
  return JSON.parse(JSON.stringify(pulled).replace(/(line|row) \d+/g, 'row'));
}

it('keeps what evidence says of the file: the hash of its bytes', async () => {
  const file = path.join(folder(), 'a.xlsx');
  writeFileSync(file, sheetOf([['id'], ['1']]));
  const seen: unknown[] = [];
  const source = openFile('account', configOf(file), {
    redact: (text) => text,
    env: {},
    pageConcurrency: 1,
    onRequest: (request) => seen.push(request),
  });
  await pullAll(source);
  const bytes = readFileSync(file);
  expect(seen).toMatchObject([{ path: 'a.xlsx', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), rows: 1 }]);
});
