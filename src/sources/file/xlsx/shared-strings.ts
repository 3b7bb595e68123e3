import type { FileHandle } from 'node:fs/promises';
import { FileFault } from '../fault.js';
import type { Entry } from './archive.js';
import { partBytes } from './part.js';
import { RichText } from './rich-text.js';
import { Texts } from './texts.js';
import { noXml, TOKEN, XmlBytes } from './xml-bytes.js';

/** Bytes of all texts together. They are in memory, whichever of them the rows name. */
const MAX_TEXTS = 1 << 30;
const SST = Buffer.from('sst');
const SI = Buffer.from('si');

/** The texts of a workbook, one behind the other: as values, a million rows of them would take a gigabyte. */
export class SharedStrings {
  #ends: Uint32Array<ArrayBuffer> = new Uint32Array(1024);
  count = 0;

  constructor(readonly texts: Texts) {}

  get bytes(): Buffer {
    return this.texts.bytes;
  }

  /** The text that was written last ends here. */
  end(): void {
    if (this.count === this.#ends.length) {
      const next = new Uint32Array(this.#ends.length * 2);
      next.set(this.#ends);
      this.#ends = next;
    }
    this.#ends[this.count++] = this.texts.at;
  }

  from(index: number): number {
    return this.#ends[index - 1] ?? 0;
  }

  to(index: number): number {
    return this.#ends[index] ?? 0;
  }
}

export async function sharedStringsOf(handle: FileHandle, entry: Entry | undefined, signal: AbortSignal): Promise<SharedStrings> {
  const strings = new SharedStrings(new Texts(entry === undefined ? 0 : Math.min(entry.size >> 1, 1 << 27)));
  if (entry === undefined) return strings;
  const xml = new XmlBytes();
  const text = new RichText(strings.texts);
  let state: 'out' | 'in' | 'text' | 'done' = 'out';
  /** Tags that are open where nothing is read. */
  let depth = 0;
  const next = (): boolean => {
    const token = xml.next();
    if (token === TOKEN.more) return false;
    if (state === 'text') {
      if (text.token(token, xml)) {
        strings.end();
        state = 'in';
      }
    } else if (depth > 0) depth += token === TOKEN.open ? 1 : token === TOKEN.close ? -1 : 0;
    else if (token === TOKEN.open) {
      if (state === 'out' && xml.is(SST)) state = 'in';
      else if (state === 'in' && xml.is(SI)) {
        text.begin();
        state = 'text';
      } else if (state === 'in') depth = 1;
      else throw noXml('its texts are out of place');
    } else if (token === TOKEN.alone) {
      if (state === 'out' && xml.is(SST)) state = 'done';
      else if (state === 'in' && xml.is(SI)) strings.end();
    } else if (token === TOKEN.close) state = 'done';
    return true;
  };
  for await (const chunk of partBytes(handle, entry, signal)) {
    xml.push(chunk);
    while (next());
    if (strings.texts.at > MAX_TEXTS) throw new FileFault('the texts of the workbook are larger than 1 GiB', 'export CSV', 'too-large');
  }
  if ((state as string) !== 'done' || !xml.isDone) throw noXml('its texts end too early');
  return strings;
}
