import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { ACCOUNTS, config, expectFailedSource, folder, PEOPLE } from './run.js';

const cut = (text: string): Buffer => gzipSync(text).subarray(0, -6);
const CASES: readonly [string, string, (good: string) => string | Buffer | undefined, RegExp][] = [
  ['missing', 'x.csv', () => undefined, /x\.csv.*(ENOENT|not there|does not exist|no such)/i],
  ['a ragged row', 'x.csv', (good) => `${good}z9,only\n`, /line 4/],
  ['a quote that is never closed', 'x.csv', (good) => `${good}z9,"open,active\n`, /quote/],
  ['bad UTF-8', 'x.csv', (good) => Buffer.concat([Buffer.from(good), Buffer.from([0x7a, 0xff, 0xfe, 0x2c, 0x61, 0x2c, 0x61, 0x0a])]), /utf-8/i],
  ['gzip that was cut', 'x.csv.gz', (good) => cut(good), /gzip/i],
  ['a torn last line', 'x.ndjson', () => '{"id":"1","userName":"ada","state":"active"}\n{"id":"2","use', /line, 2, is cut off/],
  ['a line that is no object', 'x.ndjson', () => '{"id":"1","userName":"ada"}\n[1]\n', /line 2/],
  ['torn JSON', 'x.json', () => '[{"id":"1"}', /JSON/],
  ['a row without id', 'x.csv', (good) => `${good},nobody,active\n`, /line 4/],
]; // prettier-ignore

describe.each(['directory', 'app'] as const)('the export of the %s', (role) => {
  const source = (file: string): string =>
    role === 'app' ? config(`{ connector: file, path: ${file} }`) : config('{ connector: file, path: crm.csv }', `{ name: hr, connector: file, path: ${file} }`); // prettier-ignore
  const name = role === 'app' ? 'crm' : 'hr';

  it.each(CASES)('%s', async (_, file, content, message) => {
    const bytes = content(role === 'app' ? ACCOUNTS : PEOPLE);
    const dir = await folder({ 'lifegap.yaml': source(file), ...(bytes === undefined ? {} : { [file]: bytes }) });
    await expectFailedSource(dir, name, message);
  });

  it('a folder', async () => {
    const dir = await folder({ 'lifegap.yaml': source('x.csv') });
    await mkdir(path.join(dir, 'x.csv'));
    await expectFailedSource(dir, name, /folder|directory/i);
  });
});
