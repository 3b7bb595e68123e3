import { describe, expect, it } from 'vitest';
import { filetimeIso, shadowDay } from '../../../src/sources/ldap/times.js';

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

describe('shadowDay', () => {
  it('counts days', () => {
    expect(shadowDay('19675')).toBe('2023-11-14');
  });

  it.each(['-1', '0', '', '1.5', '99999999'])('knows no day for %j', (text) => {
    expect(shadowDay(text)).toBeUndefined();
  });
});
