import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { instantInBytes, readMoment } from '../../src/mapping/moment.js';
import { cases } from '../night.js';

const instant = (text: string): { at: number } => ({ at: Date.parse(text) });
const day = (text: string): { at: number; day: true } => ({ at: Date.parse(`${text}T00:00:00Z`), day: true });

const WRITTEN = [
  '10/16/2026', '16.10.2026', '16.10.2026.', '16/10/2026', '16-10-2026', '10-16-2026', '10.16.2026', '2026.10.16', '2026/10/16',
  'Oct 16, 2026', 'Oct 16 2026', 'October 16th, 2026', 'Oct-16-2026', '16 Oct 2026', '16 October 2026', '16th of October 2026',
  '16-Oct-26', '16-OCT-2026', '16-oct-2026', '16Oct2026', "16 Oct '26", '16. Oktober 2026', '16. Okt. 2026', '16 octobre 2026', '16 de octubre de 2026',
  '2026-Oct-16', '2026 Oct 16', 'Fri, 16 Oct 2026', 'Friday, October 16, 2026', 'Freitag, 16. Oktober 2026', 'ven. 16 oct. 2026', 'Fri 10/16/2026',
  '2026-10-16-07:00', '2026-10-16+02:00', '2026-10-16Z', '20261016', '10/16/26', '="10/16/2026"', "'10/16/2026", '  10/16/2026 ', '2026-W42-5', '46311',
]; // prettier-ignore
const WITH_TIME = [
  '10/16/2026 5:01:12 PM', '10/16/2026 05:01:12 pm', '10/16/2026 17:01:12', '10/16/2026, 5:01:12 PM', '10/16/2026 5:01:12\u202fPM', '10/16/2026 17:01:12 PM',
  '16/10/2026 17:01:12', '16.10.2026, 17:01:12 Uhr', '2026-10-16 05:01:12 PM', 'Friday, October 16, 2026 5:01:12 PM', 'October 16, 2026 at 5:01:12 PM UTC',
  'Oct 16 2026 5:01:12PM', 'Fri Oct 16 17:01:12 2026', 'Fri Oct 16 17:01:12 UTC 2026', 'Fri, 16 Oct 2026 17:01:12 GMT', '20261016T170112Z', '20261016T170112',
  '20261016 17:01:12', '16-OCT-26 05:01:12 PM', '16/Oct/2026 17:01:12 +0000', '16/Oct/2026:17:01:12 +0000', '2026-10-16T19:01:12+0200', '16.10.2026 19:01:12 CEST', '2026-10-16 17:01:12 UTC',
]; // prettier-ignore

describe('notations', () => {
  it.each<[unknown, object]>([
    ['2026-11-23T10:15:30Z', instant('2026-11-23T10:15:30Z')],
    ['2026-11-23T10:15:30.123Z', instant('2026-11-23T10:15:30.123Z')],
    ['2026-11-23T10:15:30.123456Z', instant('2026-11-23T10:15:30.123Z')],
    ['2026-11-23T10:15:30.1Z', instant('2026-11-23T10:15:30.1Z')],
    ['2026-11-23T10:15Z', instant('2026-11-23T10:15:00Z')],
    ['2026-11-23T10:15:30+02:00', instant('2026-11-23T08:15:30Z')],
    ['2026-11-23T10:15:30-0530', instant('2026-11-23T15:45:30Z')],
    ['2026-11-23T10:15:30+05', instant('2026-11-23T05:15:30Z')],
    ['2026-11-23T10:15:30', instant('2026-11-23T10:15:30Z')],
    ['2026-11-23 10:15:30', instant('2026-11-23T10:15:30Z')],
    ['2026-11-23 10:15:30.5 UTC', instant('2026-11-23T10:15:30.5Z')],
    ['2026-11-23 10:15:30 +01:00', instant('2026-11-23T09:15:30Z')],
    ['  2026-11-23 9:15  ', instant('2026-11-23T09:15:00Z')],
    ['2026-11-23', day('2026-11-23')],
    ['2026/11/23', day('2026-11-23')],
    ['2024-02-29', day('2024-02-29')],
    ['20261123', day('2026-11-23')],
    [20261123, day('2026-11-23')],
    ['20261123101530', instant('2026-11-23T10:15:30Z')],
    ['20261123101530.0Z', instant('2026-11-23T10:15:30Z')],
    ['20261123101530.25Z', instant('2026-11-23T10:15:30.25Z')],
    ['20261123101530+0100', instant('2026-11-23T09:15:30Z')],
    ['2026112310Z', instant('2026-11-23T10:00:00Z')],
    ['2026112310.5Z', instant('2026-11-23T10:30:00Z')],
    ['Mon, 23 Nov 2026 10:15:30 GMT', instant('2026-11-23T10:15:30Z')],
    ['Mon, 23 Nov 2026 10:15:30 +0100', instant('2026-11-23T09:15:30Z')],
    ['23-NOV-2026', day('2026-11-23')],
    ['23.11.2026', day('2026-11-23')],
    ['3.1.2026 08:05', instant('2026-01-03T08:05:00Z')],
    ['1763892930', instant('2025-11-23T10:15:30Z')],
    [1763892930, instant('2025-11-23T10:15:30Z')],
    [1763892930.5, instant('2025-11-23T10:15:30.5Z')],
    ['1763892930123', instant('2025-11-23T10:15:30.123Z')],
    [1763892930123, instant('2025-11-23T10:15:30.123Z')],
    [1763892930123n, instant('2025-11-23T10:15:30.123Z')],
    ['133764561300000000', instant('2024-11-19T02:15:30Z')],
    ...WRITTEN.map((text): [unknown, object] => [text, day('2026-10-16')]),
    ...WITH_TIME.map((text): [unknown, object] => [text, instant('2026-10-16T17:01:12Z')]),
    ['10/16/2026 12:00:00 AM', instant('2026-10-16T00:00:00Z')],
    ['10/16/2026 12:30 PM', instant('2026-10-16T12:30:00Z')],
    ['10/16/2026 9:05 a.m.', instant('2026-10-16T09:05:00Z')],
    ['2026-10-16T17:01:12+02:00[Europe/Berlin]', instant('2026-10-16T15:01:12Z')],
    ['Fri Oct 16 2026 17:01:12 GMT+0200 (Central European Summer Time)', instant('2026-10-16T15:01:12Z')],
    ['2026-10-16 17:01:12 +0000 UTC', instant('2026-10-16T17:01:12Z')],
    ['2026-10-16 17:01:12.123456789 +0200 CEST', instant('2026-10-16T15:01:12.123Z')],
    ['Fri Oct 16 17:01:12 PDT 2026', instant('2026-10-17T00:01:12Z')],
    ['Mar 16, 2026', day('2026-03-16')],
    ['mar. 13 oct. 2026', day('2026-10-13')],
    ['05/05/2026', day('2026-05-05')],
    ['05/05/05', day('2005-05-05')],
    ['10/16/85', day('1985-10-16')],
    ['12/31/9999 11:59 PM', 'never' as unknown as object],
    [46311, day('2026-10-16')],
    [46311.5, instant('2026-10-16T12:00:00Z')],
    ['46311.709166667', instant('2026-10-16T17:01:12Z')],
    ['638961696000000000', instant('2025-10-16T00:00:00Z')],
    ['/Date(1760572800000)/', instant('2025-10-16T00:00:00Z')],
    ['/Date(1760572800000+0200)/', instant('2025-10-16T00:00:00Z')],
    ['\\/Date(1760572800000)\\/', instant('2025-10-16T00:00:00Z')],
    ['/Date(-62135596800000)/', 'never' as unknown as object],
    ['1900-01-02', day('1900-01-02')],
    ['1970-01-02', day('1970-01-02')],
    ['1969-12-31', day('1969-12-31')],
  ])('%s', (value, expected) => {
    expect(readMoment(value)).toEqual(expected);
  });
});

describe('placeholders say never', () => {
  it.each([
    ['1970-01-01T00:00:00Z'],
    ['1970-01-01T00:00:00.000Z'],
    ['1970-01-01T01:00:00+01:00'],
    ['1970-01-01'],
    ['0001-01-01T00:00:00Z'],
    ['0001-01-01'],
    ['0000-00-00 00:00:00'],
    ['1601-01-01T00:00:00Z'],
    // The zero of FILETIME, as PowerShell writes it in Seattle.
    ['12/31/1600 4:00:00 PM'],
    ['1601-01-01T05:30:00+05:30'],
    // What a system in Berlin or New York makes of Unix time 0.
    ['1970-01-01 01:00:00'],
    ['1969-12-31 19:00:00'],
    ['1970-01-01T05:00:00Z'],
    ['1900-01-01'],
    ['01.01.1900'],
    ['19000101'],
    ['1900-01-01T00:00:00.000Z'],
    ['1900-01-01T00:00:00-05:00'],
    ['1899-12-30'],
    ['1899-12-30T00:00:00Z'],
    ['1899-12-31'],
    ['1753-01-01 00:00:00'],
    ['9999-12-31'],
    ['9999-12-31T23:59:59.9999999Z'],
    ['99991231'],
    ['99991231235959Z'],
    ['0'],
    [0],
    // The end of the year 9999 in seconds (as milliseconds, a day of 1978), milliseconds, in another zone, and as a day of a spreadsheet; and the year 1.
    ['253402300799'],
    [253402300799],
    ['253402297199'],
    ['253402300799000'],
    [253402300799999],
    ['2958465'],
    [2958465.999],
    ['-62135596800'],
    [-62135596800000],
    ['9223372036854775807'],
    [9223372036854775807n],
    [Number('9223372036854775807')],
    [''],
    ['  '],
    ['Never'],
    ['N/A'],
    [null],
    [undefined],
  ])('%s', (value) => {
    expect(readMoment(value)).toBe('never');
  });
});

describe('what is refused', () => {
  it.each([
    ['11/12/2026'],
    ['03/04/2015'],
    ['1/2/26'],
    ['16/10/26'],
    ['16-10-26'],
    ['11-12-2026'],
    ['11/12/2026 10:00 AM'],
    ['Fri 11/12/2026'],
  ])('%s could be two days', (value) => {
    expect(readMoment(value)).toBe('two-ways');
  });

  it.each([
    ['soon'],
    ['2026-02-30'],
    ['2026-13-01T00:00:00Z'],
    ['2026-00-10'],
    ['2025-02-29T10:00:00Z'],
    ['2026-11-23T24:00:01Z'],
    ['2026-11-23T10:61:00Z'],
    ['2026-11-23T1x:00:00Z'],
    ['2026-11-23 13:15:00 AM'],
    ['2026-11-23T10:15:00 CST'],
    ['2026-11-23-7'],
    ['10/16/2026 soon'],
    ['at the end of the project'],
    // No such year, or one that programs do not agree on.
    ['16/10/0026'],
    ['16-Oct-45'],
    ['31-DEC-99'],
    ['12/31/99'],
    ['1/1/00'],
    ['2026-W54-1'],
    ['0 Oct 2026'],
    ['31 Feb 2026'],
    ['2026-11-23T10:15:00+25:00'],
    ['31.02.2026'],
    ['23 Foo 2026'],
    ['20261323000000Z'],
    // Days of a spreadsheet or days since 1970, and texts that are a date and an epoch at once.
    ['20742'],
    ['99999'],
    ['261016'],
    ['2026101612000000'],
    ['202611231015'],
    ['-1'],
    [-1763892930],
    [NaN],
    [Infinity],
    [true],
    [{}],
    ['2'.repeat(70)],
    ['22222222222222222222'],
    // Before anybody was employed: a slip, or a zero of some other system.
    ['1026-10-16'],
    ['1026-10-16T00:00:00Z'],
    ['1602-01-01'],
    ['1826-10-16T08:00:00Z'],
    ['16.10.1826'],
  ])('%s', (value) => {
    expect(readMoment(value)).toBe('unreadable');
  });
});

it('agrees with Date on every instant that it writes, by the fast path and with milliseconds', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-02'), max: new Date('9998-12-31'), noInvalidDate: true }), (date) => {
      const at = date.getTime();
      // Within a zone's width of a placeholder it is one.
      fc.pre(![0, Date.UTC(1900, 0, 1)].some((zero) => Math.abs(at - zero) <= 51_000_000)); // prettier-ignore
      const text = date.toISOString();
      expect(readMoment(text)).toEqual({ at });
      expect(readMoment(text.replace('Z', '+00:00'))).toEqual({ at });
      expect(readMoment(text.replace(/\.\d+Z$/, 'Z'))).toEqual({ at: Math.floor(at / 1000) * 1000 });
    }),
  );
});

it.each([
  ['2026-10-16T17:01:12Z', Date.UTC(2026, 9, 16, 17, 1, 12)],
  ['1970-01-01T00:00:00Z', NaN],
  ['1601-01-01T00:00:00.000Z', NaN],
  ['1026-10-16T00:00:00Z', NaN],
])('leaves to the plain way what is no ordinary date in bytes: %s', (text, at) => {
  expect(instantInBytes(Buffer.from(text), 0, text.length)).toBe(at);
});

it('reads hostile text without wandering', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const moment = readMoment(text);
      if (typeof moment === 'object') expect(Number.isFinite(moment.at)).toBe(true);
      else expect(['never', 'two-ways', 'unreadable']).toContain(moment);
    }),
  );
});

it('a number says what its text says', () => {
  const numbers = fc.oneof(fc.integer({ min: 1, max: 9_999_999_999_999 }), fc.double({ min: 1e8, max: 1e10, noNaN: true }));
  fc.assert(
    fc.property(numbers, (value) => {
      expect(readMoment(value)).toEqual(readMoment(String(value)));
    }),
    { numRuns: cases(2000, 500) },
  );
});
