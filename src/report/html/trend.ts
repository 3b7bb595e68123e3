import { STAGES } from '../../model/policy.js';
import type { AppReport, Report, TrendPoint } from '../../model/report.js';
import { count, when } from '../words.js';
import { dated, html, type Markup } from './markup.js';
import { scrollTable } from './scroll-table.js';
import { itemAt } from '../../model/at.js';

const WIDTH = 180;
const HEIGHT = 30;
const COUNTS = ['orphaned', 'stale', 'missing'] as const;

interface Point {
  readonly at: number;
  readonly n: number;
}

/** Where a history is kept: how each app's figures moved from audit to audit, this one last. Nothing without an earlier audit. */
export function trend(apps: readonly AppReport[], { trend: earlier = [], asOf }: Report): Markup | string {
  if (earlier.length === 0) return '';
  const rows = apps.map((app, at) => {
    const past = earlier.flatMap((point) =>
      point.apps.filter(({ name }) => name === app.name).map((seen) => ({ at: Date.parse(point.asOf), seen })),
    );
    const now = {
      orphaned: app.reconciliation.accounts.orphaned,
      stale: app.reconciliation.accounts.stale,
      missing: app.reconciliation.people.missing,
    };
    const whole = app.error === null && app.completeness.verdict !== 'unproven' && app.completeness.credentials === undefined;
    const lines = COUNTS.map((word) => {
      const points = [
        ...past.map(({ at: time, seen }) => ({ at: time, n: seen[word] })),
        ...(whole ? [{ at: Date.parse(asOf), n: now[word] }] : []),
      ];
      return html`<td>${sparkline(points, `${word} accounts of ${app.name}`)}</td>`;
    });
    return html`<tr>
      <th scope="row"><a href="#app-${at}">${app.name}</a></th>
      ${lines}
      <td>${moved(past.at(-1)?.seen.coverage, app)}</td>
    </tr>`;
  });
  const heads = ['app', ...COUNTS, 'coverage since the last audit'].map((text) => ({ text }));
  return html`<section aria-labelledby="trend">
    <h2 id="trend">Trend</h2>
    <p class="quiet">
      ${count(earlier.length)} earlier ${earlier.length === 1 ? 'audit' : 'audits'} on record, since
      ${dated(when(itemAt(earlier, 0).asOf))}; of each only the lists that were read whole.
    </p>
    ${scrollTable('trend', heads, rows)}
  </section> `;
}

/** Which verdicts are not those of the last audit. */
function moved(before: AppReport['coverage'] | TrendPoint['apps'][number]['coverage'] | undefined, { coverage }: AppReport): string {
  if (before === undefined) return 'no whole list before';
  const changes = STAGES.flatMap((stage) => {
    const was = before[stage];
    const word = typeof was === 'string' ? was : was.verdict;
    return word === coverage[stage].verdict ? [] : [`${stage}: ${word} → ${coverage[stage].verdict}`];
  });
  return changes.length === 0 ? 'as before' : changes.join(', ');
}

/** A line over time, from zero; the first and the last figure stand beside it. */
function sparkline(given: readonly Point[], what: string): Markup | string {
  // A date that is none places nothing.
  const points = given.filter(({ at }) => !Number.isNaN(at));
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '?';
  const most = Math.max(1, ...points.map((point) => point.n));
  const span = Math.max(1, last.at - first.at);
  const place = ({ at, n }: Point): string =>
    `${round(((at - first.at) / span) * (WIDTH - 4) + 2)},${round(HEIGHT - 3 - (n / most) * (HEIGHT - 6))}`;
  return html`<span class="spark"
    ><svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      width="${WIDTH}"
      height="${HEIGHT}"
      role="img"
      aria-label="${what}: from ${count(first.n)} to ${count(last.n)}, ${count(most)} at the most"
    >
      <polyline points="${points.map(place).join(' ')}" />
    </svg>
    ${count(first.n)} → ${count(last.n)}</span
  >`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
