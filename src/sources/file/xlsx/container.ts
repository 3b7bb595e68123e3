import type { FileHandle } from 'node:fs/promises';
import { codeOf, FileFault } from '../fault.js';

/** The first bytes of an OLE container: a workbook before 2007, or one that is encrypted ([MS-CFB] section 2.2). */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const GZIP = Buffer.from('1f8b', 'hex');
/** Name of the stream that holds an encrypted workbook ([MS-OFFCRYPTO] section 2.3.4). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const STEP = 1 << 20;

const SAVE = 'save it as .xlsx, or export CSV';

/** What a file is that is called a workbook, and begins as none. Undefined: it begins as a workbook does. */
export async function notAWorkbook(handle: FileHandle, size: number): Promise<FileFault | undefined> {
  const first = await bytesAt(handle, 0, Math.min(size, 512));
  if (first.subarray(0, ZIP.length).equals(ZIP)) return undefined;
  if (first.subarray(0, OLE.length).equals(OLE))
    return (await holds(handle, size, ENCRYPTED))
      ? new FileFault('the workbook is encrypted (a password, or a label that protects it)', 'save a copy without a password')
      : new FileFault('it is a workbook of Excel 2003 or before (.xls), whatever it is called', SAVE);
  if (first.subarray(0, GZIP.length).equals(GZIP))
    return new FileFault('it is compressed with gzip', 'unpack it: a workbook is compressed already');
  if (/^\s*(\ufeff)?\s*<(\?xml|!doctype|html|table|meta|style)/i.test(first.toString('utf8')))
    return new FileFault('it is a page of HTML or XML under the name of a workbook', `open it in a spreadsheet program, and ${SAVE}`);
  return new FileFault('it is no workbook: it does not begin as an archive does', 'set format: csv if it is text; else export it again');
}

/** Does it begin as a workbook, of any age? For whoever expects text. */
export function isBinaryWorkbook(first: Buffer): boolean {
  return first.subarray(0, ZIP.length).equals(ZIP) || first.subarray(0, OLE.length).equals(OLE);
}

async function holds(handle: FileHandle, size: number, wanted: Buffer): Promise<boolean> {
  for (let at = 0; at < size; at += STEP) {
    const bytes = await bytesAt(handle, at, Math.min(size - at, STEP + wanted.length));
    if (bytes.includes(wanted)) return true;
  }
  return false;
}

/** @throws {FileFault} where there are fewer */
export async function bytesAt(handle: FileHandle, at: number, count: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(count);
  for (let done = 0; done < count;) {
    const { bytesRead } = await handle.read(bytes, done, count - done, at + done).catch((error: unknown) => {
      throw new FileFault(`it could not be read (${codeOf(error)})`, 'check the file and its disk', 'file', { cause: error });
    });
    if (bytesRead === 0) throw torn('the file ends too early');
    done += bytesRead;
  }
  return bytes;
}

export function torn(what: string): FileFault {
  return new FileFault(`the archive of the workbook is damaged: ${what}`, 'fetch or export the file again');
}
