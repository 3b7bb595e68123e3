import type { FileHandle } from 'node:fs/promises';
import { FileFault } from '../fault.js';
import { bytesAt, torn } from './container.js';

/*
 * The directory of a ZIP archive (APPNOTE.TXT, sections 4.3 and 4.5.3). It stands at the end of the file, and is the only one that is believed; what stands in
 * front of each entry must say the same, for two readers of one archive must not see two lists.
 */

/** Parts of a workbook: some hundreds, with a picture on each of its sheets. */
const MAX_ENTRIES = 100_000;
const MAX_DIRECTORY = 64 << 20;
const MAX_COMMENT = 65_535;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const NONE_32 = 0xffffffff;
const NONE_16 = 0xffff;
const ENCRYPTED = 1;
const SIZES_FOLLOW = 8;

export interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** The parts of the archive by name, in small letters: no two may differ by case alone (ECMA-376 part 2, section 6.2.2.3). */
export type Entries = ReadonlyMap<string, Entry>;

export async function entriesOf(handle: FileHandle, size: number): Promise<Entries> {
  const { count, offset, length } = await endOf(handle, size);
  if (count > MAX_ENTRIES || length > MAX_DIRECTORY) throw torn(`it claims ${count} parts`);
  const bytes = await bytesAt(handle, offset, length);
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > length || bytes.readUInt32LE(at) !== CENTRAL) throw torn('its directory is cut short');
    const names = bytes.readUInt16LE(at + 28);
    const extra = bytes.readUInt16LE(at + 30);
    const next = at + 46 + names + extra + bytes.readUInt16LE(at + 32);
    if (next > length) throw torn('its directory is cut short');
    const entry = entryAt(bytes, at, names, extra);
    const key = entry.name.toLowerCase();
    if (entries.has(key)) throw torn('a part stands in it twice');
    if (entry.offset + entry.packed > offset) throw torn('a part lies beyond its end');
    entries.set(key, entry);
    at = next;
  }
  if (at !== length) throw torn('its directory is longer than it says');
  return entries;
}

/** Where the bytes of an entry begin; what stands in front of them must agree with the directory. */
export async function startOf(handle: FileHandle, entry: Entry): Promise<number> {
  const { name, flags, method, crc, packed, size, offset } = entry;
  const head = await bytesAt(handle, offset, 30);
  if (head.readUInt32LE(0) !== 0x04034b50) throw torn('a part is not where its directory says');
  const names = head.readUInt16LE(26);
  const extra = head.readUInt16LE(28);
  const own = await bytesAt(handle, offset + 30, names);
  if (own.toString('utf8') !== name || head.readUInt16LE(8) !== method) throw torn('a part and its directory differ');
  if (((flags | head.readUInt16LE(6)) & ENCRYPTED) !== 0)
    throw new FileFault('the archive of the workbook is encrypted', 'save a copy without a password');
  // With sizes behind the part, or in 64 bits, there are none in front.
  const said = [head.readUInt32LE(14), head.readUInt32LE(18), head.readUInt32LE(22)];
  const isSaid = (head.readUInt16LE(6) & SIZES_FOLLOW) === 0 && said[1] !== NONE_32 && said[2] !== NONE_32;
  if (isSaid && (said[0] !== crc || said[1] !== packed || said[2] !== size)) throw torn('a part and its directory differ');
  return offset + 30 + names + extra;
}

async function endOf(handle: FileHandle, size: number): Promise<{ count: number; offset: number; length: number }> {
  const from = Math.max(0, size - 22 - MAX_COMMENT);
  const tail = await bytesAt(handle, from, size - from);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END || at + 22 + tail.readUInt16LE(at + 20) !== tail.length) continue;
    if (tail.readUInt16LE(at + 4) !== tail.readUInt16LE(at + 6)) break;
    const end = { count: tail.readUInt16LE(at + 10), length: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) };
    const is64 = end.count === NONE_16 || end.length === NONE_32 || end.offset === NONE_32;
    const found = is64 ? await endOf64(handle, from + at) : { ...end, until: from + at };
    if (found.offset + found.length !== found.until) throw torn('its directory is not where its end says');
    return found;
  }
  throw torn('it has no directory at its end: was the file written, or copied, to its end?');
}

async function endOf64(handle: FileHandle, end: number): Promise<{ count: number; offset: number; length: number; until: number }> {
  if (end < 76) throw torn('its end is cut off');
  const locator = await bytesAt(handle, end - 20, 20);
  if (locator.readUInt32LE(0) !== LOCATOR_64) throw torn('its end is cut off');
  const until = Number(locator.readBigUInt64LE(8));
  if (until > end - 76) throw torn('its end is cut off');
  const bytes = await bytesAt(handle, until, 56);
  if (bytes.readUInt32LE(0) !== END_64) throw torn('its end is cut off');
  return { count: big(bytes, 32), length: big(bytes, 40), offset: big(bytes, 48), until };
}

function entryAt(bytes: Buffer, at: number, names: number, extra: number): Entry {
  const name = bytes.toString('utf8', at + 46, at + 46 + names);
  let size = bytes.readUInt32LE(at + 24);
  let packed = bytes.readUInt32LE(at + 20);
  let offset = bytes.readUInt32LE(at + 42);
  const wide = wideOf(bytes.subarray(at + 46 + names, at + 46 + names + extra));
  if (size === NONE_32) size = wide();
  if (packed === NONE_32) packed = wide();
  if (offset === NONE_32) offset = wide();
  return {
    name,
    flags: bytes.readUInt16LE(at + 8),
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packed,
    size,
    offset,
  };
}

/** The 64-bit values of an entry, one after the other (section 4.5.3). */
function wideOf(extra: Buffer): () => number {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  const end = at + 4 <= extra.length ? Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2)) : 0;
  let next = at + 4;
  return () => {
    if (next + 8 > end) throw torn('a part has no size');
    next += 8;
    return big(extra, next - 8);
  };
}

function big(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw torn('a size in it cannot be');
  return value;
}
