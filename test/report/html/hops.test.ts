import { describe, expect, test } from 'vitest';
import { waterfall } from '../../../src/report/html/hops.js';
import type { Hop } from '../../../src/model/log.js';

const hop = (over: Partial<Hop>): Hop => ({ from: 'left', to: 'app-off', median: 1, p95: 2, trials: 9, failed: 0, ...over });

interface Drawn {
  /** Left edge and width, %. */
  readonly bars: readonly (readonly [number, number])[];
  /** Where each thin line ends, %. */
  readonly lines: readonly number[];
  readonly caps: number;
  readonly labels: readonly string[];
  readonly words: readonly string[];
}

function drawn(hops: readonly Hop[]): Drawn {
  const text = (waterfall({ hops }) as { readonly text: string }).text.replace(/\s+/g, ' ');
  const numbers = (pattern: RegExp): number[][] => [...text.matchAll(pattern)].map((match) => match.slice(1).map(Number));
  const lines = numbers(/class="most" x1="([\d.]+)%" y1="11" x2="([\d.]+)%"/g);
  return {
    bars: numbers(/<rect class="median" x="([\d.]+)%" y="5" width="([\d.]+)%"/g).map(([x = NaN, width = NaN]) => [x, width]),
    lines: lines.map(([, end = NaN]) => end),
    caps: numbers(/class="most" x1="([\d.]+)%" y1="7"/g).length,
    labels: [...text.matchAll(/text-anchor="\w+">([^<]*)</g)].map(([, label = '']) => label),
    words: [...text.matchAll(/class="figures">(.*?)<\/span> ?<\/li>/g)].map(([, words = '']) => words.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim()), // prettier-ignore
  };
}

test('no log, no drawing', () => {
  expect([waterfall({}), waterfall({ hops: [] })]).toEqual(['', '']);
});

describe('a waterfall', () => {
  test('adds the medians up, on a scale of round steps', () => {
    const { bars, lines, caps, labels, words } = drawn([
      hop({ median: 6, p95: 12 }),
      hop({ median: 12, p95: 24, failed: 3 }),
      hop({ median: 6, p95: null, trials: 1 }),
    ]);
    expect(labels).toEqual(['0', '12 h', '24 h', '36 h']);
    expect(bars).toEqual([
      [0, 16.67],
      [16.67, 33.33],
      [50, 16.67],
    ]);
    expect([lines, caps]).toEqual([[33.33, 83.33], 2]);
    expect(words).toEqual(['6 h · 95 % within 12 h · 9 people', '12 h · 95 % within 24 h · 9 people ✗ 3 failed', '6 h · 1 person']);
  });

  test.each<[what: string, hops: readonly Hop[], labels: readonly string[]]>([
    ['minutes', [hop({ median: 0.05, p95: 0.1 })], ['0', '2 min', '4 min', '6 min']],
    ['days', [hop({ median: 30, p95: 60 })], ['0', '1 d', '2 d', '3 d']],
    ['months', [hop({ median: 2000, p95: 2100 })], ['0', '30 d', '60 d', '90 d']],
    ['ages', [hop({ median: 1e6, p95: 1e6 })], ['0', '10,417 d', '20,833 d', '31,250 d', '41,667 d']],
    ['nothing at all', [hop({ median: 0, p95: 0 })], ['0', '1 min']],
  ])('of %s', (_, hops, labels) => {
    expect(drawn(hops).labels).toEqual(labels);
  });

  test('a 95th percentile far beyond all medians runs out of the scale, and the medians stay to be seen', () => {
    const { bars, lines, caps, labels } = drawn([hop({ median: 1, p95: 900 }), hop({ median: 1, p95: 2 })]);
    expect(labels.at(-1)).toBe('6 h');
    expect(bars.map(([, width]) => width)).toEqual([16.67, 16.66]);
    expect([lines, caps]).toEqual([[100, 50], 1]);
  });

  test('where nobody came, or nothing dates it, nothing is drawn, and it is said', () => {
    const { bars, lines, words } = drawn([
      hop({ median: null, p95: null, trials: 0, failed: 4 }),
      hop({ median: null, p95: null, trials: 2 }),
      hop({ median: 1, p95: 1 }),
    ]);
    expect([bars.length, lines.length]).toEqual([1, 1]);
    expect(words).toEqual(['nobody is known to have come here ✗ 4 failed', '2 people', '1 h · 95 % within 1 h · 9 people']);
  });

  test('failures have their own words beside them', () => {
    const { words } = drawn([hop({ failed: 2, failures: [{ detail: 'User <b>not</b> found', count: 2 }] })]);
    expect(words[0]).toBe('1 h · 95 % within 2 h · 9 people ✗ 2 failed &quot;User &lt;b&gt;not&lt;/b&gt; found&quot; (2)');
  });

  test('clocks that differ draw no bar outside', () => {
    for (const hops of [
      [hop({ median: -3, p95: -1 }), hop({ median: 5, p95: 6 })],
      [hop({ median: 5, p95: 6 }), hop({ median: -3, p95: 1 })],
    ]) {
      const { bars, lines } = drawn(hops);
      for (const [x, width] of bars) expect([x >= 0, width >= 0, x + width <= 100.1]).toEqual([true, true, true]);
      for (const end of lines) expect(end <= 100).toBe(true);
    }
  });

  test('what a point is called cannot act', () => {
    const { text } = waterfall({ hops: [hop({ from: '<b>\u202e' })] }) as { readonly text: string };
    expect(text).toContain('&lt;b&gt;\\u{202e} → app-off');
  });
});
