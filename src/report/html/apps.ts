import { STAGES, type Stage } from '../../model/policy.js';
import type { AppReport, StageCoverage } from '../../model/report.js';
import { mechanismWords } from '../table/matrix.js';
import { count } from '../words.js';
import { intervalBar, lagBars, lagWords } from './charts.js';
import { waterfall } from './hops.js';
import { items } from './items.js';
import { logLines } from './logs.js';
import { html, type Markup } from './markup.js';
import { besides, leaverAccounts, responsibilities } from './responsibilities.js';
import { coverageMark, listMark } from './verdict.js';
import { wordsOf } from '../../model/words.js';

const ACCOUNTS = {
  inSync: 'in sync',
  stale: 'stale',
  orphaned: 'orphaned',
  conflict: 'conflict',
  pending: 'within the grace',
  protected: 'protected',
  inactive: 'off, and rightly so',
  inconclusive: 'not judged',
} as const;
const PEOPLE = {
  present: 'present',
  missing: 'missing',
  pending: 'within the grace',
  awaitingLogin: 'awaiting the first login',
  notDeterminable: 'cannot be told',
} as const;

/** One app in full: why each verdict, the trials behind it, the sums that an auditor adds up. */
export function appSection(app: AppReport, at: number): Markup {
  const marks = STAGES.map((stage) => html`<span class="brief">${stage} ${coverageMark(app.coverage[stage].verdict)}</span>`);
  return html`<details class="app" id="app-${at}">
    <summary>
      <h3>${app.name}</h3>
      <span class="via">${app.connector}</span> ${marks}
    </summary>
    <div class="body">
      ${list(app)}${STAGES.map((stage) => stageBlock(app.coverage[stage], stage, at))}
      <div class="columns">
        ${sums('Accounts', app.accounts, ACCOUNTS, app.reconciliation.accounts)}${sums('People expected here', app.reconciliation.people.expected, PEOPLE, app.reconciliation.people)}${mechanism(app)}${offboarding(app)}${leaverAccounts(app)}${responsibilities(app)}
      </div>
      ${items('What to know of its data', app.notes)}
      <p><a href="#findings?app=${at}">Findings in this app</a></p>
    </div>
  </details> `;
}

function list(app: AppReport): Markup {
  const { declaredTotal, received, unique, pages, reasons } = app.completeness;
  const total = declaredTotal === undefined ? 'no total declared' : `${count(declaredTotal)} declared`;
  const failed = app.error === null ? [] : [app.error];
  return html`<p>
      ${listMark(app)}
      <span class="quiet"
        >${count(received)} rows in ${count(pages)} ${pages === 1 ? 'page' : 'pages'}, ${count(unique)} distinct, ${total}</span
      >
    </p>
    ${items('', [...failed, ...reasons])}${logLines(app)}`;
}

function stageBlock(coverage: StageCoverage, stage: Stage, at: number): Markup {
  const { verdict, grade, trials, successes, interval, lag, declared, reasons, evidence = [] } = coverage;
  const percent = (share: number): string => `${Math.round(share * 100)}`;
  const rate =
    interval === null
      ? html`<span class="quiet">no trial</span>`
      : html`${intervalBar(interval, successes / trials)}
          <span>${count(successes)} of ${count(trials)}, 95 % interval ${percent(interval[0])} to ${percent(interval[1])} %</span>`;
  const drill =
    evidence.length === 0
      ? ''
      : html`<details class="trials" data-app="${at}" data-stage="${stage}">
          <summary>${count(evidence.length)} ${evidence.length === 1 ? 'person' : 'people'}, one by one</summary>
          <noscript
            ><p>This list needs JavaScript; <code>lifegap coverage --explain</code> prints it.</p></noscript
          >
        </details>`;
  const words = lag === null ? '' : lagWords(lag);
  const controls = Object.entries(coverage.controls ?? {}).map(([name, ids]) => `${name}: ${ids.join(', ')}`);
  return html`<section class="stageblock" id="app-${at}-${stage}">
    <h4>${stage}</h4>
    ${coverageMark(verdict)}
    <p>${rate} <span class="quiet">· evidence ${grade} · declared ${declared ?? 'nobody'}${words === '' ? '' : ` · ${words}`}</span></p>
    ${items('', [...reasons, ...besides(coverage)])}${items('Controls that this bears on', controls)}${waterfall(coverage)}${lagBars(evidence)}${drill}
  </section> `;
}

function sums<K extends string>(
  title: string,
  total: number,
  words: Readonly<Record<K, string>>,
  parts: Readonly<Record<NoInfer<K>, number>>,
): Markup {
  const rows = wordsOf(words)
    .filter((key) => parts[key] > 0)
    .map(
      (key) =>
        html`<tr>
          <th scope="row">${words[key]}</th>
          <td class="num">${count(parts[key])}</td>
        </tr>`,
    );
  return html`<table class="sums">
    <caption>
      ${title}
    </caption>
    <tbody>
      ${rows}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">together</th>
        <td class="num">${count(total)}</td>
      </tr>
    </tfoot>
  </table>`;
}

function mechanism(app: AppReport): Markup {
  const { inferred, confidence, traces, overturnedBy } = app.mechanism;
  const sure = inferred === 'unknown' ? '' : `, confidence ${Math.round(confidence * 100)} %`;
  return html`<div>
    <h4>How accounts are made</h4>
    <p>${mechanismWords(app.mechanism)}${sure}</p>
    ${items('', [...traces, ...(overturnedBy === undefined ? [] : [`overturned by: ${overturnedBy}`])])}
  </div>`;
}

function offboarding(app: AppReport): Markup {
  const { independent, reasons } = app.offboarding;
  const word = independent ? 'Independent of the mechanism that creates accounts.' : 'Depends on the mechanism that creates accounts.';
  return html`<div>
    <h4>Offboarding</h4>
    <p>${word}</p>
    ${items('', reasons)}
  </div>`;
}
