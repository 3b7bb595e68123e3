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

/** The trials behind a verdict are drawn when somebody opens them. */
for (const details of document.querySelectorAll('details.trials')) {
  if (!(details instanceof HTMLDetailsElement)) continue;
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('.paged') !== null) return;
    const { app, stage } = details.dataset;
    const rows = data.trials.filter((t) => t.app === Number(app) && t.stage === stage);
    const caption = `${data.apps[Number(app)]}, ${stage}: trials`;
    details.append(pagedTable({ caption, columns: TRIAL_COLUMNS, rows }).element);
  });
}
