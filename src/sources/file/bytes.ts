import { type FileHandle, open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf, FileFault } from './fault.js';
import type { Encoding } from './options.js';
import type { OpenWorkbook } from './xlsx/read.js';

const CHUNK = 1 << 17;

/** An open export: its content as UTF-8, however it lies on the disk. */
export interface OpenFile {
  /** Chunks of about a megabyte, unzipped, in UTF-8 (not yet proven to be that), without a byte order mark. */
  readonly chunks: AsyncGenerator<Buffer, void, void>;
  /** For a workbook, which is read from its end. `seen` shows `watch` all of its bytes. */
  readonly workbook: OpenWorkbook & { readonly seen: () => Promise<void> };
  /** What changed since the file was opened, or undefined. */
  changed(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Opens a file for one pass. `watch` sees its bytes as they lie on the disk. A gzip file is known by its first bytes, whatever it is called. Throws a `FileFault`. */
export async function openBytes(path: string, encoding: Encoding, signal: AbortSignal, watch?: (bytes: Buffer) => void): Promise<OpenFile> {
  const handle = await openHandle(path);
  try {
    const before = await handle.stat({ bigint: true });
    const first = Buffer.alloc(3);
    const { bytesRead } = await handle.read(first, 0, 3, 0);
    const zipped = bytesRead >= 2 && first[0] === 0x1f && first[1] === 0x8b;
    const raw = readChunks(handle, signal, watch);
    return {
      chunks: toUtf8(zipped ? unzip(raw) : raw, encoding),
      workbook: {
        handle,
        size: Number(before.size),
        signal,
        async seen() {
          if (watch !== undefined) for await (const _ of readChunks(handle, signal, watch));
        },
      },
      async changed() {
        const after = await stat(path, { bigint: true }).catch(() => undefined);
        if (after === undefined) return 'it is gone';
        if (after.ino !== before.ino || after.dev !== before.dev) return 'another file took its place';
        if (after.size !== before.size) return `${before.size} bytes before, ${after.size} after`;
        return after.mtimeNs === before.mtimeNs ? undefined : 'it was written to';
      },
      close: () => closed(handle),
    };
  } catch (error) {
    await closed(handle);
    throw error instanceof FileFault ? error : unreadable(error);
  }
}

/** Of a file that was only read, an error at its close says nothing of what was read. */
async function closed(handle: FileHandle): Promise<void> {
  await handle.close().catch(() => undefined);
}

async function openHandle(path: string): Promise<FileHandle> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new FileFault('it is a folder', 'set path: to the export inside it', 'file');
    // Opening a pipe waits for a writer, perhaps for ever, and a pipe cannot be read again.
    if (!found.isFile()) throw new FileFault('it is no regular file', 'write the export into a file first', 'file');
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new FileFault('there is no such file', 'check path: (it counts from the folder of the config)', 'file', { cause: error });
    }
    if (code === 'EACCES' || code === 'EPERM') {
      throw new FileFault('it may not be read', 'give the user that runs lifegap the right to read it', 'permission', { cause: error });
    }
    throw unreadable(error);
  }
}

function unreadable(error: unknown): FileFault {
  return new FileFault(`it could not be read (${codeOf(error)})`, 'check the file and its disk', 'file', { cause: error });
}

async function* readChunks(handle: FileHandle, signal: AbortSignal, watch?: (bytes: Buffer) => void): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; ;) {
    if (signal.aborted) throw new FileFault('was stopped', 'run it again for a whole list', 'aborted');
    const chunk = Buffer.allocUnsafe(CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, at).catch((error: unknown) => {
      throw unreadable(error);
    });
    if (bytesRead === 0) return;
    at += bytesRead;
    const bytes = chunk.subarray(0, bytesRead);
    watch?.(bytes);
    yield bytes;
  }
}

async function* unzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // The iterator below throws what the pipeline fails with.
  pipeline(Readable.from(chunks), gunzip, () => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const what = codeOf(error) === 'Z_BUF_ERROR' ? 'the gzip data ends too early' : `the gzip data is damaged (${codeOf(error)})`;
    throw new FileFault(what, 'fetch or export the file again', 'malformed', { cause: error });
  }
}

async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer, void, void> {
  let decode: ((chunk?: Buffer) => Buffer) | undefined;
  let first = true;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    if (first) {
      first = false;
      // FF FE opens no UTF-8 text: what PowerShell and Excel call "Unicode" says so itself.
      decode = decoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : encoding);
      if (decode === undefined && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
        yield chunk.subarray(3);
        continue;
      }
    }
    yield decode === undefined ? chunk : decode(chunk);
  }
  if (decode !== undefined) yield decode();
}

function decoder(encoding: Encoding): ((chunk?: Buffer) => Buffer) | undefined {
  if (encoding === 'utf-8') return undefined;
  // ISO 8859-1 proper: the label `latin1` of TextDecoder means windows-1252.
  if (encoding === 'latin1') return (chunk) => Buffer.from(chunk?.toString('latin1') ?? '', 'utf8');
  const text = new TextDecoder(encoding, { fatal: true });
  return (chunk) => {
    try {
      return Buffer.from(chunk === undefined ? text.decode() : text.decode(chunk, { stream: true }), 'utf8');
    } catch (error) {
      throw new FileFault(`it is not ${encoding} throughout`, 'set encoding: to what the file is written in', 'malformed', {
        cause: error,
      });
    }
  };
}
