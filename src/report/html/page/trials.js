/** @type {TableColumn<PageTrial>[]} */
const TRIAL_COLUMNS = [
  { head: 'person', key: (t) => t.person.name, cell: (t) => personLink(t.person) },
  { head: 'what happened', key: (t) => t.event, cell: (t) => t.event },
  { head: 'when', key: (t) => t.at ?? t.between?.[1] ?? '', cell: (t) => dated(trialTime(t)) },
  {
    head: 'outcome',
    key: (t) => t.outcome,
    cell: (t) => el('span', { class: `outcome ${t.outcome}` }, t.outcome === 'open' ? 'still open' : t.outcome),
  },
  {
    head: 'lag',
    key: (t) => t.lagHours ?? -1,
    numeric: true,
    cell: (t) => (t.lagHours === null ? '' : `${t.outcome === 'open' ? '≥ ' : ''}${duration(t.lagHours)}`),
  },
  { head: 'account', key: (t) => t.account?.userName ?? t.account?.id ?? '', cell: (t) => t.account?.userName ?? t.account?.id ?? '' },
  { head: 'evidence', cell: (t) => dated(t.evidence) },
];

/** @param {PageTrial} t */
function trialTime(t) {
  if (t.at !== null) return when(t.at);
  return t.between === null ? 'not dated' : `between ${when(t.between[0] ?? '')} and ${when(t.between[1] ?? '')}`;
}

/**
 * What logs say of a trial.
 *
 * @param {PageTrial} t
 * @returns {Child[]}
 */
function trialDetail(t) {
  if (t.log.length === 0) return [el('p', { class: 'quiet' }, 'No log tells of it.')];
  const head = ['when', 'what', 'outcome', 'by', 'log'].map((text) => el('th', { scope: 'col' }, text));
  const rows = t.log.map(([at = '', ...cells]) => el('tr', {}, ...[unbroken(when(at) ?? ''), ...cells].map((cell) => el('td', {}, cell))));
  return [el('table', { class: 'attributes' }, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows))];
}

/**
 * A list of trials; where logs tell of one, each can be opened.
 *
 * @param {string} caption
 * @param {TableColumn<PageTrial>[]} columns
 * @param {PageTrial[]} rows
 */
function trialTable(caption, columns, rows) {
  const logged = rows.some((t) => t.log.length > 0);
  return pagedTable({ caption, columns, rows, ...(logged ? { detail: trialDetail } : {}) }).element;
}

/** The trials behind a verdict are drawn when somebody opens them. */
for (const details of document.querySelectorAll('details.trials')) {
  if (!(details instanceof HTMLDetailsElement)) continue;
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('.paged') !== null) return;
    const { app, stage } = details.dataset;
    const rows = data.trials.filter((t) => t.app === Number(app) && t.stage === stage);
    const caption = `${data.apps[Number(app)]}, ${stage}: trials`;
    details.append(trialTable(caption, TRIAL_COLUMNS, rows));
  });
}
