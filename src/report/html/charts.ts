import type { Lag } from '../../model/report.js';
import type { Trial } from '../../model/trial.js';
import { count, duration } from '../words.js';
import { html, type Markup } from './markup.js';

const WIDTH = 96;

/**
 * The 95 % interval of a rate, from 0 to 1, with a mark at the rate itself. Only a picture of the figures beside it, so it is hidden
 * from screen readers.
 */
export function intervalBar(interval: readonly [number, number], rate: number): Markup {
  const x = (share: number): number => Math.round(share * WIDTH * 10) / 10;
  const [low, high] = interval;
  return html`<svg class="interval" viewBox="0 0 ${WIDTH} 10" width="${WIDTH}" height="10" aria-hidden="true" focusable="false">
    <rect class="track" x="0" y="4" width="${WIDTH}" height="2" rx="1" />
    <rect class="range" x="${x(low)}" y="2.5" width="${Math.max(2, x(high) - x(low))}" height="5" rx="2.5" />
    <rect class="rate" x="${Math.min(WIDTH - 2, Math.max(0, x(rate) - 1))}" y="0" width="2" height="10" />
  </svg>`;
}

/** Upper limits of the bars, hours. */
const BINS = [
  ['1 h', 1],
  ['8 h', 8],
  ['1 d', 24],
  ['3 d', 72],
  ['7 d', 168],
  ['30 d', 720],
  ['more', Infinity],
] as const;

/** How long it took, trial by trial: bars of those that followed, and beside them those that are still open. */
export function lagBars(trials: readonly Trial[]): Markup | undefined {
  const dated = trials.filter((trial) => trial.lagHours !== null && trial.outcome !== 'undetermined');
  if (dated.length === 0) return undefined;
  const ended = dated.filter((trial) => trial.outcome === 'followed');
  const open = dated.length - ended.length;
  let from = -Infinity;
  const bars = BINS.map(([name, to]): { name: string; n: number; kind: 'ended' | 'open' } => {
    const n = ended.filter(({ lagHours }) => (lagHours as number) > from && (lagHours as number) <= to).length;
    from = to;
    return { name, n, kind: 'ended' };
  });
  if (open > 0) bars.push({ name: 'open', n: open, kind: 'open' });
  const most = Math.max(...bars.map((bar) => bar.n));
  const drawn = bars.map(({ name, n, kind }, i) => {
    const height = Math.round((n / most) * 44);
    return html`<g transform="translate(${i * 46} 0)"
      ><rect class="${kind}" x="4" y="${58 - height}" width="38" height="${height}" rx="2" /><text class="n" x="23" y="${54 - height}"
        >${n === 0 ? '' : count(n)}</text
      ><text x="23" y="72">${name}</text></g
    >`;
  });
  const words = bars
    .filter((bar) => bar.n > 0)
    .map((bar) => `${bar.name === 'open' ? 'still open' : `up to ${bar.name}`}: ${count(bar.n)}`);
  const width = bars.length * 46;
  return html`<svg
    class="lag"
    viewBox="0 0 ${width} 78"
    width="${width}"
    height="78"
    role="img"
    aria-label="From event to effect. ${words.join(', ')}"
  >
    <line x1="0" y1="58.5" x2="${width}" y2="58.5" />
    ${drawn}
  </svg>`;
}

/** The lag in words; open trials are lower bounds. */
export function lagWords(lag: Lag): string {
  const parts = [
    ...(lag.medianHours === null ? [] : [`median ${duration(lag.medianHours)}`]),
    ...(lag.p95Hours === null ? [] : [`95 % within ${duration(lag.p95Hours)}`]),
    ...(lag.longestOpenHours === null ? [] : [`${count(lag.open)} still open, the longest for ${duration(lag.longestOpenHours)}`]),
  ];
  return parts.join(' · ');
}
