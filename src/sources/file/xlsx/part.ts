import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { codeOf, FileFault } from '../fault.js';
import { startOf, type Entry } from './archive.js';
import { bytesAt, torn } from './container.js';

const STORED = 0;
const DEFLATED = 8;
const CHUNK = 1 << 17;
/** XML of a sheet shrinks to a tenth, of one value in all its cells to a two-hundredth; a bomb of deflate to a thousandth. */
const MAX_RATIO = 400;
const FREE = 16 << 20;
/** A full sheet of 16 columns has 2 GB. */
const MAX_SIZE = 64 * 2 ** 30;

/**
 * The bytes of a part in UTF-8, proven at their end: as many as the directory says, with its checksum. Whoever stops before has proven nothing.
 * @throws {FileFault}
 */
export async function* partBytes(handle: FileHandle, entry: Entry, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
  const { method, packed, size, crc } = entry;
  if (method !== STORED && method !== DEFLATED)
    throw new FileFault(
      `the archive of the workbook is compressed in a way that is not read (method ${method})`,
      'save it again with a spreadsheet program',
    );
  if (size > MAX_SIZE || (size > FREE && size > packed * MAX_RATIO))
    throw new FileFault(`a part of the workbook has ${size} bytes in ${packed}: that is no list of people`, 'export CSV', 'too-large');
  const raw = rawBytes(handle, await startOf(handle, entry), packed, signal);
  let seen = 0;
  let sum = 0;
  for await (const chunk of method === STORED ? raw : inflated(raw, packed)) {
    seen += chunk.length;
    if (seen > size) throw torn('a part is longer than its directory says');
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (seen !== size) throw torn('a part is shorter than its directory says');
  if (sum !== crc) throw torn('the checksum of a part does not fit');
}

async function* rawBytes(handle: FileHandle, from: number, count: number, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; at < count; at += CHUNK) {
    if (signal.aborted) throw new FileFault('was stopped', 'run it again for a whole list', 'aborted');
    yield await bytesAt(handle, from + at, Math.min(CHUNK, count - at));
  }
}

async function* inflated(raw: AsyncIterable<Buffer>, packed: number): AsyncGenerator<Buffer, void, void> {
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  // The iterator below throws what the pipeline fails with.
  pipeline(Readable.from(raw), inflate, () => undefined);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw torn(codeOf(error) === 'Z_BUF_ERROR' ? 'a part ends too early' : `a part cannot be unpacked (${codeOf(error)})`);
  }
  if (inflate.bytesWritten !== packed) throw torn('a part is longer than its directory says');
}
