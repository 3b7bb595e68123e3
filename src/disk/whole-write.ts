import { writeSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all of it. write(2) may take a part and say so: at a limit on the size of files, or on a disk with little room. The call after that one
 * fails, so what comes back is whole, or an error with its code (EFBIG, ENOSPC).
 */
export function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += progress(writeSync(file, bytes, at, bytes.length - at));
}

/** The same for a handle. */
export async function writeAll(file: Pick<FileHandle, 'write'>, text: string | Buffer): Promise<void> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += progress((await file.write(bytes, at, bytes.length - at)).bytesWritten);
}

/** A call that takes nothing and says nothing would be repeated for ever. */
function progress(written: number): number {
  if (written > 0) return written;
  throw Object.assign(new Error('nothing could be written'), { code: 'EIO' });
}
