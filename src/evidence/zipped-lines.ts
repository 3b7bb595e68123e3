import { createGunzip } from 'node:zlib';
import { StringDecoder } from 'node:string_decoder';
import { UsageError } from '../model/errors.js';
import { openRegular } from './regular-file.js';

/** Characters of one row. Values are cut long before that when they are read (mapping/values.ts). */
const LONGEST_LINE = 32 * 1024 * 1024;
/** Bytes that one byte may become, and how many are let through before that counts: zlib itself reaches 1032 to 1 (zlib.net, "Technical Details"), rows 60. */
const RATIO = 400;
const FREE = 64 * 1024 * 1024;

/** The lines of a zipped file of a pack, one after the other. Throws a UsageError for what is torn, or unpacks to more than rows ever do. */
export async function* zippedLines(dir: string, name: string): AsyncGenerator<string> {
  const handle = await openRegular(dir, name);
  const { size } = await handle.stat();
  const bytes = handle.createReadStream().pipe(createGunzip({ chunkSize: 1 << 18 }));
  const decoder = new StringDecoder('utf8');
  let came = 0;
  let rest = '';
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      came += chunk.length;
      if (came > FREE && came > size * RATIO) throw tooMuch(dir, name);
      const lines = decoder.write(chunk).split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw tooMuch(dir, name);
      yield* lines;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) throw torn(dir, name, error);
    throw error;
  } finally {
    bytes.destroy();
    await handle.close().catch(() => undefined);
  }
  if (rest !== '') yield rest;
}

function tooMuch(dir: string, name: string): UsageError {
  return new UsageError(`${dir}: ${name} unpacks to more than the rows of a list ever do: it is not read on`);
}

function torn(dir: string, name: string, cause: unknown): UsageError {
  return new UsageError(`${dir}: ${name} is no gzip file, or a torn one: get the pack again`, { cause });
}
