import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { SourceError, UsageError } from '../../../src/model/errors.js';
import { peek } from '../../../src/sources/file/peek.js';
import { configOf, fileOf, folder } from './files.js';

it.each<[string, string | Uint8Array, unknown]>([
  [
    'a.csv',
    'Login;Full name;\nann;"Ann; One";x\nbob;Bob;\neve;Eve;\n',
    {
      format: 'csv',
      columns: ['Login', 'Full name', ''],
      rows: [
        { Login: 'ann', 'Full name': 'Ann; One', 'column 3': 'x' },
        { Login: 'bob', 'Full name': 'Bob', 'column 3': '' },
      ],
    },
  ],
  ['a.csv.gz', gzipSync('id\n1\n'), { format: 'csv', columns: ['id'], rows: [{ id: '1' }] }],
  ['header.csv', 'id,mail\n', { format: 'csv', columns: ['id', 'mail'], rows: [] }],
  ['empty.csv', '', { format: 'csv', rows: [] }],
  ['a.json', '{"users":[{"id":1,"n":{"m":2}},{"id":2},{"id":3}]}', { format: 'json', rows: [{ id: 1, n: { m: 2 } }, { id: 2 }] }],
  ['a.ndjson', '{"id":1}\n\n{"id":2}\n{"id":3}\n', { format: 'ndjson', rows: [{ id: 1 }, { id: 2 }] }],
])('of %s the header and the first rows are shown as they stand', async (name, content, expected) => {
  expect(await peek(configOf(fileOf(name, content)), 2)).toEqual(expected);
});

it('says what is wrong as the source itself does, with its name', async () => {
  const torn = peek(configOf(fileOf('a.csv', 'id,mail\n1\n')), 5);
  await expect(torn).rejects.toThrow(SourceError);
  await expect(torn).rejects.toThrow('crm: reading a.csv: line 2 has 1 cell where the header has 2');
  await expect(peek(configOf(`${folder()}/none.csv`), 5)).rejects.toThrow('crm: reading none.csv: there is no such file');
  await expect(peek(configOf(fileOf('a.txt', '')), 5)).rejects.toThrow(UsageError);
});
