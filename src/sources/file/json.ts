import { MAX_LEVELS, nestsTooDeep } from '../../contract/json-depth.js';
import { placeOfMore, placeOfNext } from '../../contract/goes-on.js';
import { jsonPath, stepsOf } from '../../mapping/json-path.js';
import { sampleOf } from '../../mapping/problems.js';
import type { Block } from './blocks.js';
import { DigestFault, FileFault } from './fault.js';
import type { Batch, Notes, Table } from './table.js';
import { isList, isObject } from '../../model/parsed.js';

/** A document is parsed at once, and a string of V8 ends just short of 512 MiB. */
const MAX_DOCUMENT = (512 << 20) - 1024;
const BATCH = 1000;

/** Keys by which saved API answers tell how many rows there are. */
const TOTALS = ['totalResults', '@odata.count'];

/** Reads a JSON document: a list of objects, or an object that holds one (at `records`, or as its only list). */
export async function readJson(
  blocks: AsyncIterable<Block>,
  records: string | undefined,
  notes: Notes,
): Promise<Table<unknown> | undefined> {
  const text = await wholeText(blocks);
  if (text.trim() === '') return undefined;
  const document = parse(text);
  if (isDigest(document)) throw new DigestFault();
  const list = listIn(document, records);
  hearPaging(document, records, list.length, notes);
  list.forEach((record, index) => {
    if (!isObject(record))
      throw new FileFault(`record ${index + 1} is no JSON object`, 'set records: to the path of the list of people or accounts');
  });
  return { access: jsonPath, batches: batchesOf(list), scanner: () => undefined, show: (record) => record };
}

async function wholeText(blocks: AsyncIterable<Block>): Promise<string> {
  const texts: string[] = [];
  let size = 0;
  for await (const { bytes, ascii } of blocks) {
    size += bytes.length;
    if (size > MAX_DOCUMENT)
      throw new FileFault('it is larger than 512 MiB', 'export it as NDJSON, one object per line: that is read as a stream', 'too-large');
    texts.push(ascii ? bytes.toString('latin1') : bytes.toString('utf8'));
  }
  return texts.join('');
}

function parse(text: string): unknown {
  if (nestsTooDeep(text)) throw new FileFault(`the JSON has more than ${MAX_LEVELS} levels`, 'export a plain list of people or accounts');
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message quotes the text, which is about people: only the place is taken from it.
    const at = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    if (at === undefined) throw new FileFault('the JSON ends too early', 'export the file again', 'malformed', { cause: error });
    const line = text.slice(0, Number(at)).split('\n').length;
    throw new FileFault(`line ${line} is no JSON`, 'export the file again, or set format: ndjson for one object per line', 'malformed', {
      cause: error,
    });
  }
}

function listIn(document: unknown, records: string | undefined): readonly unknown[] {
  if (records !== undefined) {
    const found = jsonPath(records)(document);
    if (isList(found)) return found;
    throw new FileFault(`there is no list at ${sampleOf(records)}`, 'set records: to the path of the list of people or accounts');
  }
  if (isList(document)) return document;
  if (!isObject(document)) throw new FileFault('the JSON holds no list of objects', 'export a list of people or accounts');
  const lists = Object.entries(document).flatMap(([name, value]) => (isList(value) && !isListOfTexts(value) ? [{ name, value }] : []));
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only.value;
  const names = lists
    .slice(0, 10)
    .map(({ name }) => sampleOf(name))
    .join(', ');
  throw new FileFault(
    lists.length === 0 ? 'the JSON object holds no list' : `the JSON object holds several lists: ${names}`,
    'set records: to the path of the one that is meant',
  );
}

/** A saved answer of an API may be the first page only: that is no list to call anybody missing by. What says so stands beside the list, or further out. */
function hearPaging(document: unknown, records: string | undefined, rows: number, notes: Notes): void {
  let level = document;
  for (const step of [...(stepsOf(records ?? '') ?? []), undefined]) {
    if (!isObject(level)) return;
    const next = placeOfNext(level);
    const more = next === undefined ? placeOfMore(level, rows) : undefined;
    const total = declaredBy(level);
    if (next !== undefined) notes.doubt(`the document goes on (${next}): it is one page of a longer list`);
    if (total !== undefined) notes.declare(total);
    else if (more !== undefined) notes.doubt(`the document has ${rows} ${rows === 1 ? 'record' : 'records'} and says ${more}: it is one page of a longer list`); // prettier-ignore
    level = step === undefined ? undefined : level[step];
  }
}

function declaredBy(level: Readonly<Record<string, unknown>>): number | undefined {
  const totals = TOTALS.map((name) => (Object.hasOwn(level, name) ? level[name] : undefined));
  return totals.find((value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0);
}

async function* batchesOf(list: readonly unknown[]): AsyncGenerator<Batch<unknown>, void, void> {
  for (let from = 0; from < list.length; from += BATCH) {
    // Lets timers, signals and other sources have their turn between pages.
    await new Promise((resume) => setImmediate(resume));
    yield { records: list.slice(from, from + BATCH), place: (index) => `record ${from + index + 1}` };
  }
}

/** What CloudTrail writes to prove that nobody has changed its log files: it names them in a list. */
function isDigest(document: unknown): boolean {
  return isObject(document) && typeof document['digestS3Object'] === 'string' && isList(document['logFiles']) && !('Records' in document);
}

/** SCIM's `schemas` stands beside the list of resources (RFC 7644 section 3.4.2). */
function isListOfTexts(list: readonly unknown[]): boolean {
  return list.length > 0 && list.every((item) => typeof item === 'string');
}
