import { doubtsOf } from '../../model/completeness.js';
import { LOG_ACTORS, type LogReport } from '../../model/log.js';
import type { AppReport } from '../../model/report.js';
import { failureWords, logName, logSize, minute } from '../logs.js';
import { count } from '../words.js';
import { items } from './items.js';
import { dated, html, type Markup } from './markup.js';
import { scrollTable } from './scroll-table.js';
import { listMark } from './verdict.js';

const NUMERIC = new Set(['entries', 'unmatched']);
const HEADS = ['app', 'log', 'time', 'entries', 'unmatched', 'list', 'made by', 'remarks'].map((text) => ({
  text,
  numeric: NUMERIC.has(text),
}));

/** Every log that was read, beside the directories: what the dates of `logged` verdicts rest on. Nothing where no app has one. */
export function logs(apps: readonly AppReport[]): Markup | string {
  const rows = apps.flatMap((app, at) => (app.logs ?? []).map((log) => row(app, at, log)));
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="logs">
    <h2 id="logs">Logs</h2>
    ${scrollTable('logs', HEADS, rows)}
  </section> `;
}

function row(app: AppReport, at: number, log: LogReport): Markup {
  const { from, until, entries, unmatched, error, completeness, by } = log;
  const failures = failureWords(log);
  const makers = LOG_ACTORS.flatMap((actor) => (by[actor] === undefined ? [] : [`${count(by[actor])} ${actor}`]));
  const told = [...(error === null ? [] : [error]), ...completeness.reasons, ...(failures === undefined ? [] : [`failures: ${failures}`])];
  return html`<tr>
    <th scope="row"><a href="#app-${at}">${app.name}</a></th>
    <td class="log">${logName(log)}</td>
    <td class="time">${from === null || until === null ? '' : dated(`from ${minute(from)} until ${minute(until)}`)}</td>
    <td class="num">${error !== null && entries === 0 ? '?' : count(entries)}</td>
    <td class="num">${count(unmatched)}</td>
    <td>${listMark(log)}</td>
    <td class="log">${makers.join(', ')}</td>
    <td>${items('', told)}</td>
  </tr> `;
}

/** Of one app, in short: its section says so under its list. */
export function logLines({ logs: own = [] }: AppReport): Markup[] {
  return own.map((log) => {
    const against = log.error === null ? (log.completeness.verdict === 'unproven' ? doubtsOf(log.completeness) : []) : [log.error];
    const failures = failureWords(log);
    return html`<p>${listMark(log)} <span class="quiet">log ${logName(log)}: ${dated(logSize(log))}</span></p>
      ${items('', [...against, ...(failures === undefined ? [] : [`failures: ${failures}`])])}`;
  });
}
