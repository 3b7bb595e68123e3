import type { Hop } from '../../model/log.js';
import type { StageCoverage } from '../../model/report.js';
import { count, counted, duration } from '../words.js';
import { failureWords } from '../logs.js';
import { html, type Markup } from './markup.js';

/** What a step of the scale may be, hours. */
const MINUTE = 1 / 60;
const DAY = 24;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12],
  ...[1, 2, 4, 7, 14, 30, 60, 90, 180, 365, 1000, 4000].map((n) => n * DAY),
];
/** Steps of a scale, at most: more labels would run into each other in a narrow window. */
const MOST = 4;
/** A 95th percentile beyond so many times the whole way of the median would leave nothing to see of that: its line then runs to the edge. */
const STRETCH = 3;

interface Step {
  readonly hop: Hop;
  /** Hours from the first point, as the medians before it add up. */
  readonly from: number;
  readonly to: number;
  /** Where the 95th percentile would end. */
  readonly most: number;
}

/** Each hop begins where the medians before it have led: where the time goes on the way from the directory into the app. */
function stepsOf(hops: readonly Hop[]): Step[] {
  let at = 0;
  return hops.map((hop) => {
    const from = at;
    at = Math.max(0, from + (hop.median ?? 0));
    return { hop, from, to: at, most: Math.max(at, from + (hop.p95 ?? 0)) };
  });
}

/** The step between two labels, and how many there are. */
function scaleOf(steps: readonly Step[]): { readonly step: number; readonly count: number } {
  const whole = Math.max(...steps.map(({ to }) => to));
  const most = Math.max(...steps.map((step) => step.most));
  const end = whole === 0 ? most : Math.min(most, whole * STRETCH);
  const step = STEPS.find((hours) => hours * MOST >= end) ?? Math.max(end / MOST, 1);
  return { step, count: Math.max(1, Math.ceil(end / step - 1e-9)) };
}

/**
 * The way of a change as a waterfall: a bar for the median of each hop, a thin line up to its 95th percentile. The figures stand beside them as text, so the
 * drawing itself is hidden from screen readers. Nothing where no log tells of the way.
 */
export function waterfall({ hops = [] }: Pick<StageCoverage, 'hops'>): Markup | string {
  if (hops.length === 0) return '';
  const steps = stepsOf(hops);
  const scale = scaleOf(steps);
  const x = (hours: number): string => `${Math.round(Math.min(1, hours / (scale.step * scale.count)) * 10_000) / 100}%`;
  const ticks = Array.from({ length: scale.count + 1 }, (_, i) => i * scale.step);
  const grid = ticks.map((at) => html`<line class="tick" x1="${x(at)}" y1="0" x2="${x(at)}" y2="100%" />`);
  const rows = steps.map(
    (step) =>
      html`<li>
        <span class="points">${step.hop.from} → ${step.hop.to}</span>
        <svg aria-hidden="true" focusable="false" width="100%" height="22">${grid}${drawn(step, x, scale.step * scale.count)}</svg>
        <span class="figures">${figures(step.hop)}</span>
      </li> `,
  );
  const labels = ticks.map((at, i) => {
    const anchor = i === 0 ? 'start' : i === scale.count ? 'end' : 'middle';
    return html`<text x="${x(at)}" y="12" text-anchor="${anchor}">${i === 0 ? '0' : label(at, scale.step)}</text>`;
  });
  return html`<figure class="hops">
    <figcaption>The way from the directory into the app, as logs tell it: a bar is the median, a thin line reaches 95 %.</figcaption>
    <ol>
      ${rows}
    </ol>
    <div class="scale" aria-hidden="true"><svg focusable="false" width="100%" height="16">${labels}</svg></div>
  </figure> `;
}

/** A scale of whole days counts in days, its first label as well. */
function label(at: number, step: number): string {
  return step >= DAY ? `${count(Math.round(at / DAY))} d` : duration(at);
}

/** Of somebody at least both points are known, or there is nothing to draw. */
function drawn({ hop, from, to, most }: Step, x: (hours: number) => string, end: number): Markup[] {
  if (hop.trials === 0) return [];
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const width = `${Math.round((parseFloat(x(right)) - parseFloat(x(left))) * 100) / 100}%`;
  return [
    ...(hop.p95 === null
      ? []
      : [
          html`<line class="most" x1="${x(from)}" y1="11" x2="${x(most)}" y2="11" />`,
          // Where the line runs out of the scale, its end is not shown.
          ...(most > end ? [] : [html`<line class="most" x1="${x(most)}" y1="7" x2="${x(most)}" y2="15" />`]),
        ]),
    ...(hop.median === null ? [] : [html`<rect class="median" x="${x(left)}" y="5" width="${width}" height="12" rx="1" />`]),
  ];
}

function figures({ median, p95, trials, failed, ...rest }: Hop): Markup {
  const typical = median === null ? '' : html`<strong>${duration(median)}</strong> · `;
  const told = [
    ...(p95 === null ? [] : [`95 % within ${duration(p95)}`]),
    trials === 0 ? 'nobody is known to have come here' : counted(trials, 'person', 'people'),
  ];
  const words = failureWords(rest);
  const why = words === undefined ? '' : html` <span class="quiet">${words}</span>`;
  const lost = failed === 0 ? '' : html` <span class="mark bad"><span aria-hidden="true">✗</span> ${count(failed)} failed</span>${why}`;
  return html`${typical}${told.join(' · ')}${lost}`;
}
