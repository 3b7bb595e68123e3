import { randomBytes } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { codeOf, UsageError } from '../../model/errors.js';

const SHORTEST = 32;
const LONGEST = 4096;
const MAKE = '`(umask 077; openssl rand -hex 32 > FILE)` makes one';

export interface RedactionKey {
  readonly key: Buffer;
  /** Does its owner keep it? Otherwise nobody will ever know it. */
  readonly kept: boolean;
}

export function throwawayKey(): RedactionKey {
  return { key: randomBytes(32), kept: false };
}

/** The key of a file, as its bytes are but for a line break at the end. Throws a UsageError for what is no file of its owner's alone. */
export async function readKey(file: string, shown: string): Promise<RedactionKey> {
  const refuse = (what: string, cause?: unknown): UsageError =>
    new UsageError(`--redact-key-file ${shown}: ${what}`, cause === undefined ? undefined : { cause });
  const unreadable = (error: unknown): never => {
    throw refuse(`it cannot be read (${codeOf(error) ?? 'unknown'}); ${MAKE}`, error);
  };
  // Opening a pipe waits for a writer, perhaps for ever.
  const found = await stat(file).catch(unreadable);
  if (!found.isFile()) throw refuse(`it is no regular file; ${MAKE}`);
  const handle = await open(file, 'r').catch(unreadable);
  try {
    if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
      throw refuse(
        `other users can read it (mode ${(found.mode & 0o777).toString(8)}), and with it every pseudonym can be undone; chmod 600 it`,
      );
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(LONGEST + 1), 0, LONGEST + 1, 0);
    if (bytesRead > LONGEST) throw refuse(`it is larger than ${LONGEST} bytes; is it the right one? ${MAKE}`);
    const text = buffer.toString('latin1', 0, bytesRead).replace(/\r?\n$/, '');
    // A short key can be guessed from a pack and one name in it.
    if (text.length < SHORTEST) throw refuse(`it is shorter than ${SHORTEST} bytes; ${MAKE}`);
    return { key: Buffer.from(text, 'latin1'), kept: true };
  } finally {
    await handle.close();
  }
}
