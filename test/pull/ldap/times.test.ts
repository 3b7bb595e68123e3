import { describe, expect, it } from 'vitest';
import { filetimeIso, generalizedIso, shadowDay } from '../../../src/pull/ldap/times.js';

describe('filetimeIso', () => {
  it('counts 100 ns from 1601', () => {
    expect(filetimeIso('116444736000000000')).toBe('1970-01-01T00:00:00.000Z');
    expect(filetimeIso('133444736000000000')).toBe('2023-11-14T22:13:20.000Z');
  });

  it.each(['0', '9223372036854775807'])('takes %s for never', (text) => {
    expect(filetimeIso(text)).toBeUndefined();
  });

  it.each(['', '-1', 'never', '9223372036854775806', '1e18', '12345678901234567890'])('refuses %j', (text) => {
    expect(filetimeIso(text)).toBeUndefined();
  });
});

describe('generalizedIso', () => {
  it.each([
    ['20261123101500.0Z', '2026-11-23T10:15:00.000Z'],
    ['20261123101500Z', '2026-11-23T10:15:00.000Z'],
    ['20261123101500,125Z', '2026-11-23T10:15:00.125Z'],
    ['202611231015Z', '2026-11-23T10:15:00.000Z'],
    ['2026112310.5Z', '2026-11-23T10:30:00.000Z'],
    ['20261123101500+0130', '2026-11-23T08:45:00.000Z'],
    ['20261123101500-05', '2026-11-23T15:15:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(generalizedIso(text)).toBe(iso);
  });

  it.each(['', '20261123101500', '20260231000000Z', '000001010000Z', '20261301000000Z', '4711', '2026-11-23T10:15:00Z'])(
    'refuses %j',
    (text) => {
      expect(generalizedIso(text)).toBeUndefined();
    },
  );
});

describe('shadowDay', () => {
  it('counts days', () => {
    expect(shadowDay('19675')).toBe('2023-11-14');
  });

  it.each(['-1', '0', '', '1.5', '99999999'])('knows no day for %j', (text) => {
    expect(shadowDay(text)).toBeUndefined();
  });
});
