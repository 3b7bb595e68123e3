import { describe, expect, it } from 'vitest';
import { backoff, toldWait } from '../../src/http/retry-timing.js';
import { NOW } from './bench.js';

describe('backoff', () => {
  it('is full jitter under a ceiling that doubles up to 30 s', () => {
    expect([1, 2, 3, 6, 7, 60].map((failures) => backoff(failures, () => 1))).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
    expect(backoff(5, () => 0)).toBe(0);
  });
});

describe('the wait that is asked for', () => {
  it.each([
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Monday, 23-Nov-26 10:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Mon Nov 23 10:00:05 2026' }, 5000],
    [{ 'x-ratelimit-reset': '2026-11-23T10:00:05Z' }, 5000],
    [{ 'x-ratelimit-reset': '2026-11-23T12:00:05+02:00' }, 5000],
    [{ 'x-ratelimit-reset': `${NOW / 1000 + 5}.5` }, 5500],
    [{ ratelimit: '"default";r=0;t=30' }, 30_000],
    [{ ratelimit: 'limit=10, remaining=0, reset=31' }, 31_000],
    [{ 'retry-after': '2', 'x-ratelimit-reset': '3600' }, 2000],
    [{ 'retry-after': 'soon', 'x-ratelimit-reset': '4' }, 4000],
    [{ 'retry-after': String(NOW / 1000 + 6) }, 6000],
  ])('%j', (headers, ms) => expect(toldWait(headers as Record<string, string>, true, NOW)).toBe(ms));

  it.each(['-5', '-Infinity', '1e9', '0x10', '1000000000', '99999999999999999999', 'Mon, 32 Foo 2026 10:00:05 GMT'])(
    '%j is none',
    (value) => expect(toldWait({ 'retry-after': value }, true, NOW)).toBeUndefined(),
  );

  it('a reset header counts for a rate limit alone', () => {
    expect(toldWait({ 'x-ratelimit-reset': '60' }, false, NOW)).toBeUndefined();
    expect(toldWait({ 'retry-after': '60' }, false, NOW)).toBe(60_000);
  });

  it('a Date that is none leaves our own clock', () => {
    expect(toldWait({ date: 'yesterday', 'retry-after': 'Mon, 23 Nov 2026 10:00:05 GMT' }, true, NOW)).toBe(5000);
  });
});
