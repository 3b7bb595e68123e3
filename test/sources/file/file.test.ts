import { appendFileSync, chmodSync, mkdirSync, renameSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SourceError, UsageError } from '../../../src/model/errors.js';
import { accounts, failure, fileOf, folder, pullAll, sourceOf } from './files.js';

const csv = 'id,title\n1,a\n2,b\n';

describe('gzip', () => {
  it('of each format, by what the file is and not by its name', async () => {
    const files = {
      'a.csv.gz': csv,
      'a.tsv.gz': 'id\ttitle\n1\ta\n2\tb\n',
      'a.json.gz': '[{"id":1},{"id":2}]',
      'a.ndjson.gz': '{"id":1}\n{"id":2}\n',
      'a.csv': csv,
    };
    for (const [name, text] of Object.entries(files)) {
      const { rows, completeness } = await accounts(name, gzipSync(text));
      expect([name, rows.map(({ id }) => id), completeness.verdict]).toEqual([name, ['1', '2'], 'consistent']);
    }
    expect((await accounts('a.csv.gz', csv)).rows).toHaveLength(2);
  });

  it('of several members', async () => {
    const { rows } = await accounts('a.csv.gz', Buffer.concat([gzipSync('id,title\n1,a\n'), gzipSync('2,b\n')]));
    expect(rows.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('cut off, even where a line ends, or damaged', async () => {
    const zipped = gzipSync(csv);
    expect(await failure(accounts('a.csv.gz', zipped.subarray(0, -4)))).toBe(
      'crm: reading a.csv.gz: the gzip data ends too early; fetch or export the file again',
    );
    const damaged = Buffer.from(zipped);
    damaged.writeUInt32LE(7, damaged.length - 8);
    expect(await failure(accounts('a.csv.gz', damaged))).toContain('the gzip data is damaged (Z_DATA_ERROR)');
  });
});

describe('a file that changes while it is read', () => {
  const rows = `id,title\n${Array.from({ length: 3000 }, (_, i) => `${i},t`).join('\n')}\n`;

  it.each<[string, (file: string) => void, string]>([
    ['grows', (file) => appendFileSync(file, '9999,t\n'), `${rows.length} bytes before, ${rows.length + 7} after`],
    ['is written to', (file) => utimesSync(file, 1, 1), 'it was written to'],
    [
      'is replaced',
      (file) => {
        writeFileSync(`${file}.new`, rows);
        renameSync(`${file}.new`, file);
      },
      'another file took its place',
    ],
    ['is deleted', unlinkSync, 'it is gone'],
  ])('%s', async (_, change, what) => {
    const file = fileOf('a.csv', rows);
    const list = sourceOf('account', file).pull({ signal: new AbortController().signal });
    await list.next();
    change(file);
    let step = await list.next();
    while (step.done !== true) step = await list.next();
    expect(step.value.verdict).toBe('unproven');
    expect(step.value.reasons).toContain(`the file changed while it was read: ${what}`);
  });
});

describe('files that cannot be read', () => {
  it('missing, a folder, a device, a folder on the way that is a file', async () => {
    const dir = folder();
    mkdirSync(path.join(dir, 'd.csv'));
    writeFileSync(path.join(dir, 'f'), '');
    symlinkSync('/dev/null', path.join(dir, 'null.csv'));
    symlinkSync('nowhere', path.join(dir, 'dangling.csv'));
    const messages = ['none.csv', 'dangling.csv', 'd.csv', 'null.csv', 'f/a.csv'].map((name) =>
      failure(pullAll(sourceOf('account', path.join(dir, 'x'), { options: { path: name } }))),
    );
    expect(await Promise.all(messages)).toEqual([
      'crm: reading none.csv: there is no such file; check path: (it counts from the folder of the config)',
      'crm: reading dangling.csv: there is no such file; check path: (it counts from the folder of the config)',
      'crm: reading d.csv: it is a folder; set path: to the export inside it',
      'crm: reading null.csv: it is no regular file; write the export into a file first',
      'crm: reading f/a.csv: there is no such file; check path: (it counts from the folder of the config)',
    ]);
  });

  it('without the right to', async () => {
    const file = fileOf('a.csv', csv);
    chmodSync(file, 0);
    // Root may read everything: then the test is nobody for a while.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      expect(await failure(pullAll(sourceOf('account', file)))).toBe(
        'crm: reading a.csv: it may not be read; give the user that runs lifegap the right to read it',
      );
    } finally {
      if (root) process.seteuid?.(0);
    }
  });

  it('a symbolic link is fine', async () => {
    const file = fileOf('a.csv', csv);
    symlinkSync(file, `${file}.link.csv`);
    expect((await pullAll(sourceOf('account', `${file}.link.csv`))).rows).toHaveLength(2);
  });

  it('a path outside of the config folder is shown whole', async () => {
    expect(await failure(pullAll(sourceOf('account', path.join(folder(), 'x'), { options: { path: '/no/such.csv' } })))).toContain(
      'reading /no/such.csv: ',
    );
  });
});

describe('options', () => {
  it.each([
    [{ path: 'a.txt' }, 'cannot tell the format of a.txt by its extension; set format: to one of csv, json, ndjson'],
    [{ path: '' }, 'needs a path'],
    [{ path: 'a.csv', encoding: 'ebcdic' }, 'unknown encoding'],
    [{ path: 'a.csv', delimiter: '"' }, 'a delimiter is one character'],
  ])('%j', (options, message) => {
    expect(() => sourceOf('account', '/x/y', { options })).toThrow(UsageError);
    expect(() => sourceOf('account', '/x/y', { options })).toThrow(message);
  });

  it('format goes before the extension', async () => {
    expect((await accounts('a.txt', csv, { options: { format: 'csv' } })).rows).toHaveLength(2);
    expect((await accounts('a.csv', '{"id":1}\n', { options: { format: 'ndjson' } })).rows).toHaveLength(1);
  });
});

describe('a number of rows', () => {
  const ids = (rows: number): string => Array.from({ length: rows }, (_, i) => `${i}\n`).join('');

  it('that fills a sheet of a spreadsheet is no whole list', async () => {
    const { completeness } = await accounts('a.csv', `id\n${ids(65_535)}`);
    expect(completeness).toMatchObject({ verdict: 'unproven', unique: 65_535 });
    expect(completeness.reasons.join()).toContain('exactly 65536 lines, as many as a sheet of a spreadsheet holds');
    const more = await accounts('a.csv', `id\n${ids(65_537)}`);
    expect(more.completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
  });

  it.each([
    ['a.csv', `id\n${ids(1000)}`],
    ['a.ndjson', ids(1000).replaceAll(/(\d+)/g, '{"id":"$1"}')],
  ])('that is round is pointed out, and proves nothing: %s', async (name, content) => {
    const { completeness } = await accounts(name, content);
    expect(completeness).toMatchObject({
      verdict: 'consistent',
      reasons: ['the file has exactly 1000 rows: some exports are cut at such a number'],
    });
  });

  it('that a document declares is none to point out', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({ id: `${i}` }));
    const { completeness } = await accounts('a.json', JSON.stringify({ totalResults: 1000, Resources: rows }));
    expect(completeness).toMatchObject({ verdict: 'proven', reasons: [] });
  });
});

describe('one page', () => {
  it('and no more, for check', async () => {
    const file = fileOf('a.csv', `id,title\n${Array.from({ length: 2500 }, (_, i) => `${i},t`).join('\n')}\nragged\n`);
    const { pages } = await pullAll(sourceOf('account', file), { firstPagesOnly: true }).catch(() => ({ pages: [] }));
    // The block in which the ragged line stands is refused as a whole, however few of its rows are wanted.
    expect(pages).toEqual([]);
    const fine = fileOf('a.csv', `id,title\n${Array.from({ length: 2500 }, (_, i) => `${i},t`).join('\n')}\n`);
    expect((await pullAll(sourceOf('account', fine), { firstPagesOnly: true })).pages).toEqual([1000]);
    expect((await pullAll(sourceOf('account', fine), { firstPagesOnly: true })).completeness.reasons).toEqual([]);
    expect((await pullAll(sourceOf('account', fine))).pages).toEqual([1000, 1000, 500]);
  });

  it('shows a few records as they are', async () => {
    const shown: unknown[] = [];
    await pullAll(sourceOf('account', fileOf('a.csv', 'id,title,\n1,a,x\n2,b,y\n3,c,z\n4,d,\n')), {
      onRaw: (raw, row) => shown.push([raw, row]),
    });
    expect(shown).toHaveLength(3);
    expect(shown[1]).toMatchObject([
      { id: '2', title: 'b', 'column 3': 'y' },
      { id: '2', attributes: { title: 'b' } },
    ]);
  });
});

it('stops when it is told to', async () => {
  const controller = new AbortController();
  const source = sourceOf('account', fileOf('a.csv', csv));
  controller.abort();
  await expect(pullAll(source, { signal: controller.signal })).rejects.toMatchObject({ fault: 'aborted' });
  await expect(pullAll(source, { signal: controller.signal })).rejects.toBeInstanceOf(SourceError);
});

it('reads the same file twice', async () => {
  const source = sourceOf('account', fileOf('a.csv', csv));
  expect((await pullAll(source)).rows).toEqual((await pullAll(source)).rows);
});
