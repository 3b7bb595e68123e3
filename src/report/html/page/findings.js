/** @type {TableColumn<PageFinding>[]} */
const FINDING_COLUMNS = [
  {
    head: 'severity',
    key: (f) => f.severity,
    cell: (f) => el('span', { class: `severity ${data.severities[f.severity]}` }, data.severities[f.severity]),
  },
  {
    head: 'finding',
    key: (f) => `${f.cls} ${f.reason}`,
    cell: (f) => [
      el('strong', {}, f.cls),
      ' ',
      unbroken(f.reason),
      f.accepted === null ? null : el('span', { class: 'accepted' }, 'accepted'),
    ],
  },
  { head: 'app', key: (f) => data.apps[f.app] ?? '', cell: (f) => appLink(f.app) },
  { head: 'account', key: (f) => accountName(f.account), cell: (f) => breakable(accountName(f.account)) },
  { head: 'person', key: (f) => f.person?.name ?? '', cell: (f) => personLink(f.person) },
  { head: 'what was seen', cell: (f) => dated(f.summary) },
];

/** @param {number} app a directory has no section of its own. */
function appLink(app) {
  const name = data.apps[app] ?? '';
  return document.getElementById(`app-${app}`) === null ? name : el('a', { href: `#app-${app}` }, name);
}

/** @param {PageAccount | null} account */
function accountName(account) {
  return account === null ? '' : (account.userName ?? account.email ?? account.id);
}

/**
 * @param {PageFinding} f
 * @returns {Child[]}
 */
function findingDetail(f) {
  const a = f.account;
  const p = f.person;
  const facts = [
    ...(a === null
      ? []
      : [
          ['account', a.id],
          ['address', a.email],
          ['status', a.status],
          ['kind', a.kind],
          ['created', when(a.createdAt)],
          ['last login', when(a.lastLoginAt)],
        ]),
    ...(p === null
      ? []
      : [
          ['person', `${p.id} in ${p.source}`],
          ['state', p.state],
          ['end', when(p.endAt)],
        ]),
    ['off by a log', when(f.loggedOff)],
    ['matched by', f.rule],
    ...f.controls.map(([name, ids]) => [name, ids.join(', ')]),
    ['finding', f.id],
    ...(f.accepted === null ? [] : [['accepted', `${f.accepted[0]} (${f.accepted[1]}, until ${f.accepted[2]})`]]),
  ];
  const told = facts.flatMap(([name, value]) => (value ? [el('dt', {}, name), el('dd', {}, ...dated(value))] : []));
  return [
    el('p', {}, ...dated(f.summary)),
    f.attributes.length === 0 ? null : attributeTable(f.attributes),
    f.hints.length === 0 ? null : el('ul', { class: 'reasons' }, ...f.hints.map((hint) => el('li', {}, ...dated(hint)))),
    el('dl', { class: 'facts' }, ...told),
  ];
}

/** @param {string[][]} attributes */
function attributeTable(attributes) {
  const head = ['attribute', 'in the directory', 'in the app', 'cause'].map((text) => el('th', { scope: 'col' }, text));
  const rows = attributes.map((cells) => el('tr', {}, ...cells.map((text) => el('td', {}, text))));
  return el('table', { class: 'attributes' }, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows));
}

/** The list of all findings, with its search and its filters; they stand in the address, so a view can be bookmarked. */
const findingsView = (() => {
  const table = pagedTable({ caption: 'Findings', columns: FINDING_COLUMNS, rows: data.findings, detail: findingDetail });
  const said = el('p', { class: 'said', role: 'status' });
  const search = /** @type {HTMLInputElement} */ (
    el('input', { type: 'search', id: 'q', autocomplete: 'off', spellcheck: 'false', input: () => later() })
  );
  const classes = [...new Set(data.findings.map((f) => f.cls))].sort();
  const selects = {
    app: choice(
      'app',
      'any app',
      data.apps.map((app, at) => [String(at), app]),
    ),
    class: choice(
      'class',
      'any class',
      classes.map((cls) => [cls, cls]),
    ),
    severity: choice(
      'severity',
      'any severity',
      data.severities.map((word) => [word, word]),
    ),
  };
  const fields = Object.entries(selects).map(([name, select]) => el('label', { for: select.id }, name, select));
  const reset = el('button', { type: 'button', click: () => apply(new URLSearchParams()) }, 'Clear');
  const form = el(
    'form',
    { class: 'filters', role: 'search', submit: (event) => event.preventDefault() },
    el('label', { class: 'wide', for: 'q' }, 'search', search),
    ...fields,
    reset,
  );
  let waiting = 0;

  /**
   * @param {string} name
   * @param {string} any
   * @param {string[][]} options
   */
  function choice(name, any, options) {
    const all = [['', any], ...options].map(([value, text]) => el('option', { value: value ?? '' }, text));
    return /** @type {HTMLSelectElement} */ (el('select', { id: `filter-${name}`, change: () => filter() }, ...all));
  }

  function later() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => filter());
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severity = data.severities.indexOf(selects.severity.value);
    const app = selects.app.value === '' ? -1 : Number(selects.app.value);
    const cls = selects.class.value;
    const rows = data.findings.filter(
      (f) =>
        (app < 0 || f.app === app) &&
        (cls === '' || f.cls === cls) &&
        (severity < 0 || f.severity === severity) &&
        words.every((word) => f.text.includes(word)),
    );
    table.show(rows);
    said.textContent = `${count(rows.length)} of ${count(data.findings.length)} findings`;
    const asked = new URLSearchParams(
      Object.entries({ q: search.value, app: selects.app.value, class: cls, severity: selects.severity.value }).filter(
        ([, value]) => value !== '',
      ),
    );
    if (isHere()) history.replaceState(null, '', `#findings${asked.size === 0 ? '' : `?${asked}`}`);
  }

  function isHere() {
    return location.hash.split('?')[0] === '#findings' || form.contains(document.activeElement);
  }

  /** @param {URLSearchParams} asked */
  function apply(asked) {
    search.value = asked.get('q') ?? '';
    for (const [name, select] of Object.entries(selects)) select.value = asked.get(name) ?? '';
    filter();
  }

  find('#findings-view').append(form, said, table.element);
  return { apply };
})();
