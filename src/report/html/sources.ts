import type { DirectoryReport, Report } from '../../model/report.js';
import { compareText } from '../sort.js';
import { count, when } from '../words.js';
import { items } from './items.js';
import { dated, html, type Markup } from './markup.js';
import { scrollTable } from './scroll-table.js';
import { listMark } from './verdict.js';

const HEADS = ['source', 'connector', 'people', 'states', 'list', 'remarks'].map((text) => ({ text, numeric: text === 'people' }));

/** What the verdicts rest on: the directories, in the order of their precedence. */
export function directories(list: readonly DirectoryReport[]): Markup {
  const rows = list.map(({ name, connector, people, byState, completeness, error, notes, ...rest }) => {
    const states = Object.entries(byState)
      .sort(([a], [b]) => compareText(a, b))
      .map(([state, n]) => `${count(n)} ${state}`);
    const told = [...(error === null ? [] : [error]), ...completeness.reasons, ...notes];
    return html`<tr>
      <th scope="row">${name}</th>
      <td>${connector}</td>
      <td class="num">${count(people)}</td>
      <td>${states.join(', ')}</td>
      <td>${listMark({ ...rest, error, completeness })}</td>
      <td>${items('', told)}</td>
    </tr> `;
  });
  return html`<section aria-labelledby="directories">
    <h2 id="directories">Directory</h2>
    ${scrollTable('directories', HEADS, rows)}
  </section> `;
}

const WORDS: readonly (readonly [string, string])[] = [
  ['covered', 'it happens, for so many of those it should happen to that chance is no explanation'],
  ['partial', 'it happens for some'],
  ['gap', 'it does not happen'],
  ['contradicted', 'somebody is declared to carry it, and it does not happen'],
  ['undeclared', 'it happens, and nobody is declared to carry it'],
  ['unproven', 'too few trials, a field that the app does not give, or a list that is not proven whole: no claim'],
  ['declared', 'of evidence: only the config says so'],
  ['snapshot', 'of evidence: the dates of one audit'],
  ['logged', 'of evidence: a log says when, and what did it'],
  ['observed', 'of evidence: seen to happen between two audits'],
  ['proven', 'of a list: the declared total was reached, ids are unique, nothing came past the end'],
  ['consistent', 'of a list: the protocol ended it, and there was no total to check'],
];

export function legend(report: Report): Markup {
  const words = WORDS.map(
    ([word, meaning]) =>
      html`<dt>${word}</dt>
        <dd>${meaning}</dd>`,
  );
  return html`<footer>
    <h2>What the words mean</h2>
    <dl>${words}</dl>
    ${report.controls === undefined ? '' : html`<p>${report.controls.note}</p>`}
    <p class="quiet">
      Read from ${dated(when(report.run.startedAt))} to ${dated(when(report.run.finishedAt))}; the run only read. One audit is a point in
      time. Config sha256 ${report.run.configSha256}.
    </p>
  </footer> `;
}
