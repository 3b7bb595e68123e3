import { finished } from 'node:stream/promises';
import type { Readable, Transform } from 'node:stream';
import zlib from 'node:zlib';
import { Fault } from './fault.js';
import { brokenHttp } from './network-fault.js';
import { codeOf } from '../model/errors.js';

export interface BodyRules {
  /** `content-encoding` of the answer. */
  readonly encoding: string | undefined;
  /** Holds for the bytes on the wire and for the decompressed ones. */
  readonly maxBytes: number;
  /** Called for every piece that arrives. */
  readonly onBytes: () => void;
  readonly signal: AbortSignal;
}

/**
 * Reads a body up to a bound, decompressing on the way: a bomb or an endless body stops at the bound, not at the end. axios'
 * own decompression is switched off: it takes a torn gzip stream for a whole one.
 *
 * @throws {Fault} `too-large`, or `network` when the body was torn
 */
export async function readBody(stream: Readable, rules: BodyRules): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let kept = 0;
  let arrived = 0;
  const decoder = decoderFor(rules.encoding);
  const last = decoder === undefined ? stream : stream.pipe(decoder);
  // Listeners, not async iterators: half the time per page.
  stream.on('data', (piece: Buffer) => {
    rules.onBytes();
    arrived += piece.length;
    if (arrived > rules.maxBytes) stream.destroy(tooLarge(rules.maxBytes));
  });
  last.on('data', (piece: Buffer) => {
    kept += piece.length;
    if (kept > rules.maxBytes) last.destroy(tooLarge(rules.maxBytes));
    else pieces.push(piece);
  });
  if (decoder !== undefined) stream.on('error', (error) => decoder.destroy(error));
  try {
    await finished(last, { signal: rules.signal });
  } catch (error) {
    if (error instanceof Fault || rules.signal.aborted) throw error;
    // A decoder takes no bytes for a torn stream; a 204 may well name an encoding.
    if (arrived > 0 || !stream.readableEnded) throw torn(error);
  } finally {
    // Left half read, the connection could never be used again, nor closed.
    if (!stream.readableEnded) stream.destroy();
    decoder?.destroy();
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, kept);
}

function decoderFor(encoding: string | undefined): Transform | undefined {
  const name = (encoding ?? '').trim().toLowerCase();
  switch (name) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return zlib.createUnzip({ chunkSize: 64 * 1024 });
    case 'br':
      return zlib.createBrotliDecompress({ chunkSize: 64 * 1024 });
    default:
      throw new Fault(
        'malformed',
        'encoding',
        // Shown whole or not at all: of a part of a secret nobody could tell that it is one.
        `answered in an unknown content encoding${name.length <= 40 ? ` ("${name}")` : ''}`,
        'report it to whoever runs the system',
      );
  }
}

export function tooLarge(maxBytes: number): Fault {
  const bound = maxBytes >= 1024 * 1024 ? `${Math.round(maxBytes / 1024 / 1024)} MiB` : `${maxBytes} bytes`;
  return new Fault('too-large', 'size', `answered with more than ${bound}, and reading stopped there`, 'ask for smaller pages');
}

function torn(error: unknown): Fault {
  const code = codeOf(error) ?? '';
  if (code.startsWith('HPE_')) return brokenHttp(code);
  const isCompression = code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_FORMAT');
  if (isCompression && code !== 'Z_BUF_ERROR') {
    return new Fault(
      'malformed',
      'encoding',
      `answered with compressed data that is damaged (${code})`,
      'check what stands between: a gateway may have cut it',
      { repeat: 1 },
    );
  }
  return new Fault(
    'network',
    'torn',
    'broke off in the middle of its answer',
    'try again; if it stays, look for a gateway with a short time limit',
    { repeat: Infinity },
  );
}
