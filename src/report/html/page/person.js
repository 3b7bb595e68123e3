/**
 * Everything that this report says of one person: what is wrong, and what followed when they joined, moved or left.
 *
 * @param {number} at
 */
function showPerson(at) {
  const page = find('#person');
  const person = data.people[at];
  if (person === undefined) {
    page.replaceChildren(el('p', {}, 'This report names no such person.'), backLink());
    return;
  }
  const findings = data.findings.filter((f) => f.person === person);
  const trials = data.trials.filter((t) => t.person === person);
  const facts = [
    ['id', person.id],
    ['directory', person.source],
    ['user name', person.userName],
    ['address', person.email],
    ['state', person.state],
    ['end', when(person.endAt)],
  ];
  const columns = FINDING_COLUMNS.filter(({ head }) => head !== 'person');
  const stages = [
    {
      head: 'app',
      key: (/** @type {PageTrial} */ t) => data.apps[t.app] ?? '',
      cell: (/** @type {PageTrial} */ t) => el('a', { href: `#app-${t.app}-${t.stage}` }, data.apps[t.app] ?? ''),
    },
    { head: 'stage', key: (/** @type {PageTrial} */ t) => t.stage, cell: (/** @type {PageTrial} */ t) => t.stage },
    ...TRIAL_COLUMNS.filter(({ head }) => head !== 'person'),
  ];
  page.replaceChildren(
    backLink(),
    el('h2', { id: 'person-name', tabindex: -1 }, person.name),
    el('dl', { class: 'facts' }, ...facts.flatMap(([name, value]) => (value ? [el('dt', {}, name), el('dd', {}, ...dated(value))] : []))),
    el('h3', {}, 'Findings'),
    findings.length === 0
      ? el('p', { class: 'quiet' }, 'None.')
      : pagedTable({ caption: `Findings about ${person.name}`, columns, rows: findings, detail: findingDetail }).element,
    el('h3', {}, 'What followed in the apps'),
    trials.length === 0
      ? el('p', { class: 'quiet' }, 'This person is no trial of any stage.')
      : trialTable(`Trials of ${person.name}`, stages, trials),
    el('p', { class: 'quiet' }, 'Accounts that are as they should be are not listed in this report; `lifegap person` lists them all.'),
  );
}

function backLink() {
  return el('p', {}, el('a', { href: '#findings' }, '← the whole report'));
}
