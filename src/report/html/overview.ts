import { CLASSES, type FindingClass } from '../../model/finding.js';
import { STAGES, type Stage } from '../../model/policy.js';
import type { AppReport, Report } from '../../model/report.js';
import { inDirectories } from '../fate.js';
import { atLeast, isWhole, orphansKnown, mechanismWords } from '../table/matrix.js';
import { count, when } from '../words.js';
import { intervalBar } from './charts.js';
import { dated, html, type Markup } from './markup.js';
import { scrollTable } from './scroll-table.js';
import { coverageMark, listMark } from './verdict.js';

const MEANING: Readonly<Record<FindingClass, string>> = {
  orphaned: 'an account that is on, and should not be',
  stale: 'an attribute that differs from the directory',
  missing: 'somebody who should have an account',
  conflict: 'one account for several people, or several for one',
  inconclusive: 'what could not be judged',
};

/** When, by what, and how it ended. */
export function masthead(report: Report): Markup {
  const { asOf, run, directory, apps } = report;
  const tone = run.exitCode === 0 ? 'good' : run.exitCode === 1 ? 'bad' : 'warn';
  const people = directory.reduce((sum, list) => sum + list.people, 0);
  const accounts = apps.reduce((sum, app) => sum + app.accounts, 0);
  return html`<header>
    <p class="brand">lifegap <span>lifecycle coverage audit</span></p>
    <h1>As of ${dated(when(asOf))}</h1>
    <p class="exit ${tone}"><strong>Exit code ${run.exitCode}</strong> ${run.exitReason}</p>
    ${inDirectories(report).map((text) => html`<p class="exit bad"><strong>${text}</strong></p>`)}
    <p class="facts">
      ${count(people)} people in ${count(directory.length)} ${directory.length === 1 ? 'directory' : 'directories'} · ${count(accounts)}
      accounts in ${count(apps.length)} ${apps.length === 1 ? 'app' : 'apps'} · ${run.tool} · config ${run.configSha256.slice(0, 12)}
    </p>
  </header> `;
}

export function tiles({ summary }: Report): Markup {
  const items = CLASSES.map(
    (cls) =>
      html`<li class="tile ${cls}">
        <a href="#findings?class=${cls}"
          ><span class="n">${count(summary[cls])}</span> <span class="what">${cls}</span> <span class="meaning">${MEANING[cls]}</span></a
        >
      </li>`,
  );
  const accepted = summary.accepted === 0 ? '' : ` ${count(summary.accepted)} of them accepted, and counted all the same.`;
  return html`<section aria-labelledby="totals">
    <h2 id="totals">Findings</h2>
    <ul class="tiles">
      ${items}
    </ul>
    <p class="quiet">${count(summary.failing)} failing the gate.${accepted}</p>
  </section> `;
}

/** The answer first: which stage does each app really cover? `places` are the ids of the apps' own sections. */
export function matrix(apps: readonly AppReport[], report: Report): Markup {
  const directoryWhole = report.directory.every((list) => list.error === null && list.completeness.verdict !== 'unproven');
  const rows = apps.map((app, i) => {
    const { accounts, people } = app.reconciliation;
    const whole = isWhole(app);
    const numbers = [
      atLeast(accounts.orphaned, orphansKnown(app) && directoryWhole),
      atLeast(accounts.stale, whole && directoryWhole),
      atLeast(people.missing, whole && people.notDeterminable === 0),
    ].map((text) => html`<td class="num${text === '0' ? ' none' : ''}">${text}</td>`);
    const total = app.accounts === 0 && !whole ? '?' : count(app.accounts);
    return html`<tr>
      <th scope="row"><a href="#app-${i}">${app.name}</a></th>
      <td class="num">${total}</td>
      <td>${listMark(app)}</td>
      ${STAGES.map((stage) => stageCell(app, stage, i))}${numbers}
      <td>${mechanismWords(app.mechanism)}</td>
    </tr> `;
  });
  const numeric = new Set(['accounts', 'orphaned', 'stale', 'missing']);
  const words = ['app', 'accounts', 'list', ...STAGES, 'orphaned', 'stale', 'missing', 'mechanism'];
  const heads = words.map((text) => ({ text, numeric: numeric.has(text) }));
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">Coverage of each lifecycle stage</h2>
    <p class="quiet">
      Measured on joiners, movers and leavers; the bar is the 95 % interval of the rate. <strong>unproven</strong> is never a pass.
    </p>
    ${scrollTable('coverage', heads, rows, 'matrix')}
  </section> `;
}

function stageCell(app: AppReport, stage: Stage, at: number): Markup {
  const { verdict, successes, trials, interval } = app.coverage[stage];
  const rate = trials === 0 ? '' : `${count(successes)}/${count(trials)}`;
  const bar = interval === null ? '' : intervalBar(interval, successes / trials);
  return html`<td class="stage">
    <a href="#app-${at}-${stage}">${coverageMark(verdict)} <span class="rate">${rate}</span>${bar}</a>
  </td>`;
}
