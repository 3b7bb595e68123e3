// Records of a log that are read cell by cell say what the plain mapping says of them: JSON is always read the plain way, NDJSON and CSV where they are plain.
import { describe, expect, it } from 'vitest';
import type { Completeness } from '../../../src/model/completeness.js';
import type { FieldMap, LogConfig } from '../../../src/model/config.js';
import { LOG_TEXTS, type LogEntry } from '../../../src/model/log.js';
import { Ledger } from '../../../src/contract/ledger.js';
import { dateReading } from '../../../src/mapping/dates/reading.js';
import { blocksOf } from '../../../src/sources/file/blocks.js';
import { readCsv } from '../../../src/sources/file/csv.js';
import { cellsOf } from '../../../src/sources/file/log-cells.js';
import { compileLog } from '../../../src/sources/file/log-mapping.js';
import { openFileLog } from '../../../src/sources/file/log.js';
import fc from '../../property.js';
import { cases } from '../../night.js';
import { configOf, fileOf } from './files.js';

interface Read {
  readonly entries: readonly LogEntry[];
  readonly completeness: Completeness;
}

async function read(name: string, text: string, fields: FieldMap, app: string | undefined): Promise<Read> {
  const own: LogConfig = { ...configOf(fileOf(name, text), { fields }), of: 'app', which: 'own', ...(app === undefined ? {} : { app }) };
  const log = openFileLog(own, { redact: (one) => one, env: {}, pageConcurrency: 1 });
  const entries: LogEntry[] = [];
  const pages = log.pull({ signal: new AbortController().signal, window: { since: 0, until: Infinity } });
  for (;;) {
    const step = await pages.next();
    if (step.done === true) return { entries: entries.map(plain), completeness: step.value };
    entries.push(...step.value.rows);
  }
}

const plain = (entry: LogEntry): LogEntry => JSON.parse(JSON.stringify(entry)) as LogEntry;
const said = ({ verdict, reasons, unread, received }: Completeness) => ({ verdict, reasons, unread, received });

const text = fc.oneof(
  fc.constantFrom('', ' ', 'ada', 'Ada One', 'smtp:ada@corp.example', 'Ada <ada@corp.example>', '="0012"', 'N/A', 'null', 'none', '-', 'na', 'Zoë', '日本', 'x'.repeat(70)),
  fc.string({ maxLength: 12, unit: 'grapheme' }).filter((one) => !one.includes('\0')),
); // prettier-ignore
const leaf = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, false, 0, 7, -1, 1.5, 1e21, 12345678901234567890, 'a"b', 'a\\b', 'tab\there', [], {}, ['x'], {
    value: 'y',
  }),
);
const time = fc.oneof(
  fc.constantFrom<unknown>('2026-10-02T08:00:00Z', '2026-10-02T08:00:00.123Z', '2026-10-02', '2026-10-02 08:00', 1_790_928_000, 1_790_928_000_123, '1790928000', 'soon', '', 'never', null, '02.10.2026', '11/12/2026', '25/12/2026', [1], '1970-01-01T00:00:00Z'),
  leaf,
); // prettier-ignore
const word = (...words: readonly unknown[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: leaf });
const changed = fc.oneof(
  fc.constantFrom<unknown>('title', 'title;email', 'a,b', ['title'], ['title', 'email'], [{ name: 'title' }], { title: ['a', 'b'] }, { name: 'x' }, ''),
  leaf,
); // prettier-ignore
const KEYS = ['id', ...LOG_TEXTS.filter((name) => name !== 'app'), 'account_id'];
const record = fc.record(
  {
    at: time,
    action: word('create', 'UPDATE', 'disable', 'login', 'other', ' delete ', 'user.off'),
    outcome: word('success', 'failure', 'SUCCESS', 'unknown', ''),
    by: word('scim', 'human', 'Bridge', ''),
    app: word('crm', 'wiki', ''),
    changed,
    nested: fc.option(fc.record({ who: leaf, what: leaf }, { requiredKeys: [] }), { nil: null }),
    ...Object.fromEntries(KEYS.map((key) => [key, leaf])),
  },
  { requiredKeys: ['at', 'action'] },
);
const MAPS: readonly FieldMap[] = [
  {},
  { action: { from: 'action', map: { create: 'create', 'user.off': 'disable', login: 'login' } }, outcome: { from: 'outcome', map: { success: 'success', true: 'success' }, absent: 'failure' } },
  { by: { from: 'actor', map: { ada: 'scim' } }, userName: 'nested.who', detail: 'nested.what', outcome: { const: 'failure' } },
  { accountId: ['accountId', 'externalId', 'id'], at: ['at', 'detail'], changed: 'nested.what', app: { const: 'crm' } },
  { userName: { from: 'userName', map: { ada: 'ben' } }, action: ['action', 'outcome'] },
  { id: null, actor: null, by: null, changed: 'nested' },
]; // prettier-ignore
const setup = fc.record({ fields: fc.constantFrom(...MAPS), app: fc.constantFrom(undefined, 'crm') });

describe('entries of cells', () => {
  it('are those of the plain mapping, of NDJSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), setup, async (records, { fields, app }) => {
        const lines = await read('log.ndjson', records.map((one) => `${JSON.stringify(one)}\n`).join(''), fields, app);
        const document = await read('log.json', JSON.stringify(records), fields, app);
        expect(lines.entries).toEqual(document.entries);
        expect(said(lines.completeness)).toEqual(said(document.completeness));
      }),
      { numRuns: cases(2000, 150) },
    );
  });

  it('are those of the plain mapping, of CSV', async () => {
    const columns = ['at', 'action', 'outcome', 'by', 'app', 'changed', 'nested', ...KEYS];
    let byCells = 0;
    const maps = MAPS.filter((fields) => !JSON.stringify(fields).includes('nested.'));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), fc.constantFrom(...maps), async (records, fields) => {
        const cells = records.map((one) =>
          columns.map((name) => cell((one as Readonly<Record<string, unknown>>)[name]).replaceAll(/["\r\n]/g, '')),
        );
        // A quote within a cell, and a line break, are for the parser alone, and all that comes after.
        const lines = [columns, ...cells].map((row) => `${row.map((one) => (/[",\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',')}\n`); // prettier-ignore
        const own = { ...Object.fromEntries(['id', 'at', 'action', 'outcome', 'by', 'app', 'changed', ...KEYS.slice(1, -1)].map((name) => [name, name])), ...fields }; // prettier-ignore
        const [scanned, plainly] = [await ofTable(lines, own, true), await ofTable(lines, own, false)];
        expect([scanned.entries, scanned.reasons]).toEqual([plainly.entries, plainly.reasons]);
        byCells += scanned.byCells;
      }),
      { numRuns: cases(2000, 100) },
    );
    expect(byCells).toBeGreaterThan(100);
  });

  it('are in short where nobody asks for more', async () => {
    const all = [
      { at: '2026-10-02T08:00:00Z', action: 'login', userName: 'ada', by: 'human', app: 'crm' },
      { at: '2026-10-02T08:00:00Z', action: 'disable', userName: 'ada', by: 'scim', app: 'wiki', outcome: 'failure' },
      { at: '2026-10-02T08:00:00Z', action: 'disable', userName: 'ada', by: 'scim', app: 'crm', outcome: 'failure' },
    ];
    const { entries } = await read('log.ndjson', all.map((one) => `${JSON.stringify(one)}\n`).join(''), {}, 'crm');
    const short = { at: { at: Date.UTC(2026, 9, 2, 8) }, outcome: 'unknown', outcomeTold: false };
    expect(entries).toEqual([
      { ...short, action: 'login', by: 'human', app: 'crm' },
      { ...short, action: 'disable', by: 'scim', app: 'wiki' },
      { ...short, action: 'disable', by: 'scim', app: 'crm', userName: 'ada', outcome: 'failure', outcomeTold: true },
    ]);
  });

  it('fail as the plain way does, with the line', async () => {
    const good = `${JSON.stringify({ at: '2026-10-02T08:00:00Z', action: 'create' })}\n`;
    await expect(read('log.ndjson', `${good}${good}{"at":1,}\n`, {}, undefined)).rejects.toThrow('line 3 is no JSON');
    await expect(read('log.ndjson', `${good}\n[]\n`, {}, undefined)).rejects.toThrow('line 3 is no JSON object');
    expect((await read('log.ndjson', `${good}\n \n${good}`, {}, undefined)).entries).toHaveLength(2);
  });
});

/** The entries of CSV whose lines come one by one, so that each is a block of its own. */
async function ofTable(lines: readonly string[], fields: FieldMap, isScanned: boolean) {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (const line of lines) yield await Promise.resolve(Buffer.from(line));
  }
  const ledger = new Ledger();
  const table = await readCsv(blocksOf(chunks()), ',', ledger);
  if (table === undefined) throw new Error('the file is empty');
  const mapping = compileLog(fields, table, dateReading({}), { isShort: true, app: 'crm' });
  const cells = isScanned ? cellsOf(mapping, table, dateReading({}), 'crm') : undefined;
  const entries: LogEntry[] = [];
  let byCells = 0;
  for await (const batch of table.batches) {
    const found = cells?.entries(batch);
    byCells += found?.length ?? 0;
    entries.push(...(found ?? batch.records.map(mapping.entry)));
  }
  ledger.count(entries.length, 1);
  mapping.tell(ledger, false);
  return { entries: entries.map(plain), reasons: ledger.completeness().reasons, byCells };
}

function cell(value: unknown): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
