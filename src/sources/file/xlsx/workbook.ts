import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { FileFault } from '../fault.js';
import { entriesOf, type Entries, type Entry } from './archive.js';
import { notAWorkbook, torn } from './container.js';
import { BUILT_IN, formatOf, GENERAL, type Format } from './formats.js';
import { tagsOf } from './xml-part.js';

/** A sheet with rows and columns; those with charts alone are left out. */
export interface SheetInfo {
  readonly name: string;
  /** From 1, in the order of the tabs, hidden ones and charts included. */
  readonly number: number;
  readonly isHidden: boolean;
  readonly entry: Entry;
}

/** What a workbook says of itself, before any of its sheets is read. */
export interface Workbook {
  readonly sheets: readonly SheetInfo[];
  readonly parts: Entries;
  readonly strings: Entry | undefined;
  /** By the style of a cell: how it shows numbers. */
  readonly formats: readonly Format[];
  /** Do its days count from 1904? */
  readonly is1904: boolean;
  /** Are the values of its formulas to be worked out by whoever opens it? Those that are in it were never worked out, then. */
  readonly isUncalculated: boolean;
}

export async function openWorkbook(handle: FileHandle, size: number, signal: AbortSignal): Promise<Workbook> {
  const other = await notAWorkbook(handle, size);
  if (other !== undefined) throw other;
  const entries = await entriesOf(handle, size);
  const part = (name: string): Entry => {
    const entry = entries.get(name.toLowerCase());
    if (entry === undefined) throw torn(`it lacks ${name}`);
    return entry;
  };
  if (!entries.has('_rels/.rels')) throw otherArchive(entries);
  const [main] = (await relations(handle, part('_rels/.rels'), '', signal)).filter(({ type }) => type === 'officeDocument');
  if (main === undefined) throw otherArchive(entries);
  if (/\.bin$/i.test(main.target))
    throw new FileFault('it is a binary workbook (.xlsb), whatever it is called', 'save it as .xlsx, or export CSV');
  const found = await bookOf(handle, part(main.target), signal);
  const folder = path.posix.dirname(main.target);
  const base = path.posix.basename(main.target);
  const links = await relations(handle, part(path.posix.join(folder, '_rels', `${base}.rels`)), folder, signal);
  const linked = (type: string): Entry | undefined => {
    const link = links.find((one) => one.type === type);
    return link === undefined ? undefined : part(link.target);
  };
  const byId = new Map(links.map((link) => [link.id, link]));
  const sheets = found.sheets.flatMap(({ name, id, isHidden }, index) => {
    const link = byId.get(id);
    if (link === undefined) throw torn(`a sheet of it is nowhere`);
    return link.type === 'worksheet' ? [{ name, number: index + 1, isHidden, entry: part(link.target) }] : [];
  });
  const styles = linked('styles');
  return {
    sheets,
    parts: entries,
    strings: linked('sharedStrings'),
    formats: styles === undefined ? [] : await formatsOf(handle, styles, signal),
    is1904: found.is1904,
    isUncalculated: found.isUncalculated,
  };
}

function otherArchive(entries: Entries): FileFault {
  const isOds = entries.has('mimetype') && entries.has('content.xml');
  return new FileFault(
    isOds ? 'it is a workbook of OpenDocument (.ods), whatever it is called' : 'it is an archive, and none of a workbook',
    isOds ? 'save it as .xlsx, or export CSV' : 'unpack it, or export the list again',
  );
}

interface Link {
  readonly id: string;
  /** The last word of its type: the rest differs between the transitional and the strict form. */
  readonly type: string;
  readonly target: string;
}

/** What a part names beside it. */
export async function relations(handle: FileHandle, entry: Entry, folder: string, signal: AbortSignal): Promise<Link[]> {
  const links: Link[] = [];
  await tagsOf(handle, entry, signal, ({ name, attribute }) => {
    if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
    const target = (attribute('Target') ?? '').replaceAll('\\', '/');
    const full = target.startsWith('/') ? target.slice(1) : path.posix.join(folder, target);
    const type = attribute('Type') ?? '';
    links.push({ id: attribute('Id') ?? '', type: type.slice(type.lastIndexOf('/') + 1), target: full });
  });
  return links;
}

async function bookOf(
  handle: FileHandle,
  entry: Entry,
  signal: AbortSignal,
): Promise<Pick<Workbook, 'is1904' | 'isUncalculated'> & { sheets: { name: string; id: string; isHidden: boolean }[] }> {
  const sheets: { name: string; id: string; isHidden: boolean }[] = [];
  let is1904 = false;
  let isUncalculated = false;
  await tagsOf(handle, entry, signal, ({ name, attribute, path: [root, parent] }) => {
    if (root !== 'workbook') {
      if (root === undefined && name !== 'workbook')
        throw new FileFault('it is a document of another kind, and no workbook', 'export the list again');
      return;
    }
    if (name === 'sheet' && parent === 'sheets')
      sheets.push({ name: attribute('name') ?? '', id: attribute('id') ?? '', isHidden: (attribute('state') ?? 'visible') !== 'visible' });
    if (name === 'workbookPr') is1904 = isTrue(attribute('date1904'));
    if (name === 'calcPr') isUncalculated = isTrue(attribute('fullCalcOnLoad'));
  });
  return { sheets, is1904, isUncalculated };
}

async function formatsOf(handle: FileHandle, entry: Entry, signal: AbortSignal): Promise<readonly Format[]> {
  const own = new Map<number, string>();
  const ids: number[] = [];
  await tagsOf(handle, entry, signal, ({ name, attribute, path: [, parent] }) => {
    if (name === 'numFmt' && parent === 'numFmts') own.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
    if (name === 'xf' && parent === 'cellXfs') ids.push(Number(attribute('numFmtId') ?? '0'));
  });
  const known = new Map<number, Format>();
  return ids.map((id) => {
    const code = own.get(id);
    const format = known.get(id) ?? (code === undefined ? (BUILT_IN[id] ?? GENERAL) : formatOf(code));
    known.set(id, format);
    return format;
  });
}

export function isTrue(word: string | undefined): boolean {
  return word === '1' || word === 'true' || word === 'on';
}
