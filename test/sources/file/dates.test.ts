import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DateOrder } from '../../../src/model/config.js';
import { Columns, type PageColumns, type Words } from '../../../src/store/columns.js';
import type { Completeness } from '../../../src/model/completeness.js';
import type { Person } from '../../../src/model/person.js';
import { pullColumns } from '../../../src/sources/file/source.js';
import fc from '../../property.js';
import { configOf, fileOf, pullAll, sourceOf } from './files.js';

interface Read {
  readonly rows: readonly Person[];
  readonly completeness: Completeness;
}

const FIELDS = { endAt: 'Termination Date', state: { const: 'active' } };

/** The same file as rows and as columns: both say the same. */
async function read(
  values: readonly unknown[],
  { dates, format = 'csv', zip = false }: { dates?: DateOrder; format?: 'csv' | 'ndjson' | 'json'; zip?: boolean } = {},
): Promise<Read> {
  const records = values.map((value, i) => ({ id: `p${i}`, 'Termination Date': value }));
  const lines =
    format === 'csv'
      ? ['id,Termination Date', ...records.map((r) => `${r.id},"${String(r['Termination Date'])}"`)]
      : records.map((r) => JSON.stringify(r));
  const text = format === 'json' ? JSON.stringify(records) : `${lines.join('\n')}\n`;
  const file = fileOf(`people.${format}${zip ? '.gz' : ''}`, zip ? gzipSync(text) : text);
  const setup = { fields: FIELDS, ...(dates === undefined ? {} : { dates }) };
  const { rows, completeness } = await pullAll(sourceOf('person', file, setup));
  const list = pullColumns('person', configOf(file, setup), new AbortController().signal, undefined);
  const pages: PageColumns[] = [];
  let step = await list.next();
  for (; step.done !== true; step = await list.next()) pages.push(step.value);
  const words: Words = [];
  const again = pages.flatMap((page) => {
    const columns = new Columns(page, words);
    return Array.from({ length: columns.rows }, (_, row) => columns.person(row));
  });
  expect(again).toEqual(rows);
  expect({ ...step.value, pages: 0 }).toEqual({ ...completeness, pages: 0 });
  return { rows, completeness };
}

/** Days as they were read; `?`: there is one that could not be read. */
function daysOf({ rows }: Read): string[] {
  return rows.map(({ endAt, unread }) =>
    endAt === undefined ? (unread?.includes('endAt') === true ? '?' : '') : new Date(endAt.at).toISOString().slice(0, 10),
  );
}

describe('a column shows its own order of day and month', () => {
  it.each<[string, string[], string[]]>([
    ['a month first', ['10/11/2026', '10/16/2026', '03/04/2026'], ['2026-10-11', '2026-10-16', '2026-03-04']],
    ['a day first', ['10/11/2026', '16/10/2026', '03/04/2026'], ['2026-11-10', '2026-10-16', '2026-04-03']],
    ['with times', ['10/11/2026 5:00 PM', '10/16/2026 9:00 AM'], ['2026-10-11', '2026-10-16']],
    ['dashes', ['10-11-2026', '16-10-2026'], ['2026-11-10', '2026-10-16']],
    ['two digits, settled by four', ['16/10/26', '10/11/26', '31/12/2026'], ['2026-10-16', '2026-11-10', '2026-12-31']],
    ['a placeholder shows it, too', ['10/11/2026', '12/31/9999'], ['2026-10-11', '']],
    ['dots are the day first', ['10.11.2026', '16.10.2026'], ['2026-11-10', '2026-10-16']],
    ['with years of two digits, too', ['16.10.26', '10.11.26'], ['2026-10-16', '2026-11-10']],
    ['unless they show the month first', ['10.11.2026', '10.16.2026'], ['2026-10-11', '2026-10-16']],
    ['both: what has one reading is read', ['10/16/2026', '16/10/2026', '10/11/2026'], ['2026-10-16', '2026-10-16', '?']],
    ['both, with dots', ['10.16.2026', '16.10.2026', '10.11.2026'], ['2026-10-16', '2026-10-16', '?']],
    ['nothing shows it', ['10/11/2026', '05/05/2026', '2026-10-16'], ['?', '2026-05-05', '2026-10-16']],
    [
      'dates of another kind show nothing',
      ['10/11/2026', 'Oct 16, 2026', '16.10.2026', '2026/10/16'],
      ['?', '2026-10-16', '2026-10-16', '2026-10-16'],
    ],
  ])('%s', async (_, values, days) => {
    expect(daysOf(await read(values))).toEqual(days);
    expect(daysOf(await read(values.toReversed(), { format: 'ndjson' }))).toEqual(days.toReversed());
    expect(daysOf(await read(values, { format: 'json' }))).toEqual(days);
    expect(daysOf(await read(values, { zip: true }))).toEqual(days);
  });

  it('however far behind the value that settles it stands', async () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i === 3000 ? '03/04/2026' : i === 4999 ? '04/30/2026' : '2026-01-02'));
    const days = daysOf(await read(values));
    expect([days[0], days[3000], days[4999]]).toEqual(['2026-01-02', '2026-03-04', '2026-04-30']);
    expect(daysOf(await read(values, { zip: true, format: 'ndjson' }))).toEqual(days);
  });

  it('the order of rows never matters', async () => {
    const written = fc.constantFrom(
      '10/11/2026',
      '10/16/2026',
      '16/10/2026',
      '03/04/26',
      '16-10-26',
      '10.11.2026',
      '2026-10-16',
      'soon',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 8 }), async (values) => {
        expect(daysOf(await read(values.toReversed()))).toEqual(daysOf(await read(values)).toReversed());
      }),
      { numRuns: 30 },
    );
  });
});

describe('a word of the config', () => {
  it.each<[DateOrder, string[], string[]]>([
    [
      'dmy',
      ['10/11/2026', '16/10/26', '10.11.26', '2026-10-16', '1/2/2026 5:00 PM'],
      ['2026-11-10', '2026-10-16', '2026-11-10', '2026-10-16', '2026-02-01'],
    ],
    [
      'mdy',
      ['10/11/2026', '10/16/26', '10-11-26', 'Oct 16, 2026', '10.11.2026'],
      ['2026-10-11', '2026-10-16', '2026-10-11', '2026-10-16', '2026-10-11'],
    ],
    ['ymd', ['26/10/11', '26-10-16', '2026/10/11', '26-Oct-16'], ['2026-10-11', '2026-10-16', '2026-10-11', '2026-10-16']],
    ['mdy', ['16/10/2026', '10/16/2026'], ['?', '2026-10-16']],
    ['dmy', ['10/16/2026', '16/10/2026'], ['?', '2026-10-16']],
    ['ymd', ['16/10/2026', '26/10/16'], ['?', '2026-10-16']],
  ])('%s decides %j', async (dates, values, days) => {
    expect(daysOf(await read(values, { dates }))).toEqual(days);
  });

  it('is contradicted aloud', async () => {
    const { completeness } = await read(['16/10/2026', '17/10/2026', 'soon'], { dates: 'mdy' });
    expect(completeness.unread).toEqual([
      { field: 'endAt', place: 'Termination Date', cause: 'contradicts', values: 2, sample: '"16/10/2026"' },
      { field: 'endAt', place: 'Termination Date', cause: 'unreadable', values: 1, sample: '"soon"' },
    ]);
    expect(completeness.reasons).toContain(
      'endAt ("Termination Date"): 2 values contradict the order that `dates` gives (such as "16/10/2026")',
    );
  });
});

it('one of two dates is kept as such, where there are two and no more', async () => {
  const { rows } = await read(['10/11/2026', '10/11/2026 5:01 PM', '10/11/26', '10/11/2026 5:01 PM +02:00', 'soon']);
  const day = (instant: string, more = {}): object => ({ endAt: { at: Date.parse(instant), ...more } });
  expect(rows.map(({ either }) => either)).toEqual([
    day('2026-10-11T00:00:00Z', { day: true }),
    day('2026-10-11T17:01:00Z'),
    // Also 2010-11-26.
    undefined,
    day('2026-10-11T15:01:00Z'),
    undefined,
  ]);
});

it('every notation of a day is the same day, by rows and by bytes', async () => {
  const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
  const pad = (n: number): string => String(n).padStart(2, '0');
  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  await fc.assert(
    fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 4 }), fc.constantFrom<DateOrder>('dmy', 'mdy'), async (days, dates) => {
      const notations = days.flatMap((date) => {
        const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
        const [first, second] = dates === 'dmy' ? [d, m + 1] : [m + 1, d];
        const month = MONTHS[m] as string;
        return [
          `${first}/${second}/${y}`, `${pad(first)}-${pad(second)}-${y}`, `${pad(first)}.${pad(second)}.${y}`, `${y}-${pad(m + 1)}-${pad(d)}`, `${y}/${m + 1}/${d}`,
          `${d} ${month} ${y}`, `${month} ${d}, ${y}`, `${d}-${month.slice(0, 3).toUpperCase()}-${y}`, `${y}${pad(m + 1)}${pad(d)}`, `${y}-${pad(m + 1)}-${pad(d)}Z`,
          `${y}-${pad(m + 1)}-${pad(d)}-07:00`, String(Math.floor(date.getTime() / 86_400_000) + 25_569),
        ]; // prettier-ignore
      });
      const expected = days.flatMap((date) => Array.from({ length: 12 }, () => date.toISOString().slice(0, 10)));
      expect(daysOf(await read(notations, { dates }))).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

it('a date that a map does not list is read as it stands', async () => {
  const file = fileOf('people.csv', 'id,end\na,Present\nb,2026-10-16\nc,whenever\n');
  const { rows } = await pullAll(sourceOf('person', file, { fields: { endAt: { from: 'end', map: { Present: 'never' } } } }));
  expect(rows.map(({ endAt, unread }) => endAt?.at ?? unread)).toEqual([undefined, Date.UTC(2026, 9, 16), ['endAt']]);
});
