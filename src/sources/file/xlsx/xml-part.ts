import type { FileHandle } from 'node:fs/promises';
import { SaxesParser } from 'saxes';
import { FileFault } from '../fault.js';
import type { Entry } from './archive.js';
import { partBytes } from './part.js';
import { noXml } from './xml-bytes.js';

/** The parts that say how a workbook is built are small; styles of a workbook that was copied together for years have some megabytes. */
const MAX_PART = 64 << 20;

/** A tag of a small part, its name and those of its attributes without their prefixes. */
export interface Tag {
  readonly name: string;
  readonly attribute: (name: string) => string | undefined;
  /** The names of the tags around it, the outermost first. */
  readonly path: readonly string[];
}

/** Shows every tag of a part, in its order. */
export async function tagsOf(handle: FileHandle, entry: Entry, signal: AbortSignal, each: (tag: Tag) => void): Promise<void> {
  if (entry.size > MAX_PART) throw new FileFault(`${entry.name} of the workbook has ${entry.size} bytes`, 'export CSV', 'too-large');
  const parser = new SaxesParser();
  const text = new TextDecoder();
  const path: string[] = [];
  let fault: FileFault | undefined;
  parser.on('error', () => {
    // The parser's message quotes the text.
    fault ??= noXml(`${entry.name} cannot be read`);
  });
  parser.on('doctype', () => {
    fault ??= noXml('it has a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const own = new Map(Object.entries(attributes).map(([key, value]) => [local(key), value]));
    each({ name: local(name), attribute: (wanted) => own.get(wanted), path });
    path.push(local(name));
  });
  parser.on('closetag', () => {
    path.pop();
  });
  for await (const chunk of partBytes(handle, entry, signal)) {
    parser.write(text.decode(chunk, { stream: true }));
    if (fault !== undefined) throw fault;
  }
  parser.close();
  if (fault !== undefined) throw fault;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
