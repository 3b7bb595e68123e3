import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, UsageError } from '../model/errors.js';

/** Bytes of a file that is read whole: replay.json, sums and reports; the report of a million findings is below it. */
const WHOLE = 1 << 30;

/**
 * A file of a pack, which may come from a stranger: a pipe would be waited for without an end, and a link would show what lies elsewhere. Throws a
 * UsageError for both, and what the file system says where there is none.
 */
export async function openRegular(dir: string, name: string): Promise<FileHandle> {
  const file = await open(path.join(dir, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      // What a link is answered with: ELOOP (open(2)).
      throw codeOf(error) === 'ELOOP' ? irregular(dir, name) : error;
    },
  );
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw irregular(dir, name);
}

/** The whole of it. Throws a UsageError where it is larger than any that lifegap writes. */
export async function readRegular(dir: string, name: string, most = WHOLE): Promise<Buffer> {
  const file = await openRegular(dir, name);
  try {
    if ((await file.stat()).size > most) throw new UsageError(`${dir}: ${name} is larger than ${most} bytes: no pack has such a file`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function irregular(dir: string, name: string): UsageError {
  return new UsageError(`${dir}: ${name} is no regular file, and a pack has no other: it is not read`);
}
