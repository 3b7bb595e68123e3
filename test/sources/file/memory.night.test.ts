import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createGzip } from 'node:zlib';
import { expect, it } from 'vitest';
import { folder, sourceOf } from './files.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ROWS = 200_000;

async function write(name: string, lines: (i: number) => string, header: string): Promise<string> {
  const file = path.join(folder(), name);
  const content = function* (): Generator<string> {
    yield header;
    for (let i = 0; i < ROWS; i += 1000) yield Array.from({ length: 1000 }, (_, k) => lines(i + k)).join('');
  };
  await pipeline(Readable.from(content()), name.endsWith('.gz') ? createGzip({ level: 1 }) : new PassThrough(), createWriteStream(file));
  return file;
}

const filler = 'x'.repeat(600);

it.each<[string, string, (i: number) => string]>([
  ['a.csv', 'id,title,displayName\n', (i) => `account-number-${i},${filler},"Name ${i}"\n`],
  ['b.csv', 'id,title,displayName\n', (i) => `account-number-${i},${filler},Name ${i}\n`],
  ['a.ndjson.gz', '', (i) => `{"id":"account-number-${i}","title":"${filler}","displayName":"Name ${i}"}\n`],
])('%s of 200,000 rows and 130 MB goes through page by page, and only the ids stay', async (name, header, lines) => {
  const file = await write(name, lines, header);
  const list = sourceOf('account', file).pull({ signal: new AbortController().signal });
  collectGarbage();
  const before = process.memoryUsage();
  let most = 0;
  let rows = 0;
  let step = await list.next();
  for (; step.done !== true; step = await list.next()) {
    expect(step.value.rows.length).toBeLessThanOrEqual(1000);
    if (rows % 20_000 < 1000) most = Math.max(most, settled(before));
    rows += step.value.rows.length;
  }
  expect(step.value).toMatchObject({ verdict: 'consistent', unique: ROWS });
  // The ids alone are 5 MB; a row that something holds on to would keep its block of the file, and all of them 130 MB.
  expect(most).toBeLessThan(70 << 20);
});

/** Growth in bytes of what is really kept: garbage is collected first. Large texts and buffers lie outside the heap. */
function settled(before: NodeJS.MemoryUsage): number {
  collectGarbage();
  const now = process.memoryUsage();
  return now.heapUsed + now.external - before.heapUsed - before.external;
}
