import type { PersonAccount, PersonApp, PersonMoment, PersonRecord, PersonReport } from '../model/person-report.js';
import { head, plan, row, type Cell, type Column } from './columns.js';
import type { Medium } from './reporter.js';
import { lookFor, type Look } from './table/look.js';
import { section } from './table/section.js';
import { counted, shown, when } from './words.js';
import { wrap } from './width.js';

export interface Ending {
  readonly exitCode: number;
  readonly reason: string;
}

const COLUMNS: readonly Column[] = [
  { head: 'app', max: 28 },
  { head: 'account', max: 34 },
  { head: 'status' },
  { head: 'last login', fold: 3 },
  { head: 'roles', max: 30, fold: 2 },
  { head: 'lets them in', fold: 1, wrapFrom: 30 },
];

/** `lifegap person` for people at a terminal. */
export function* personTable(report: PersonReport, ending: Ending, medium: Medium): Generator<string> {
  const look = lookFor(medium);
  const sections: (readonly [string, string[]])[] = [
    ['', intro(report, look)],
    ...report.people.map((person) => ['IN THE DIRECTORY', record(person, look)] as const),
    ['ACCOUNTS', accounts(report.apps, look)],
    ['WRONG BY NOW', wrong(report, look)],
    ['TIMELINE', timeline(report, look)],
    ['NOT TOLD', notTold(report, look)],
    ['', [look.exit(ending.exitCode)(`Exit code ${ending.exitCode}: ${shown(ending.reason)}`)]],
  ];
  for (const [i, [title, lines]] of sections.filter(([, text]) => text.length > 0).entries()) yield section(title, lines, look, i === 0);
}

function intro({ who, people, asOf, summary }: PersonReport, look: Look): string[] {
  const found = people.length === 0 ? 'nobody in the directory' : counted(people.length, 'record', 'records');
  const ways =
    summary.lettingIn === 0 ? 'nothing seen that lets them in' : `${counted(summary.lettingIn, 'account lets', 'accounts let')} them in`;
  return [`${look.bold(shown(who, 120))}${look.style.dot}${found}${look.style.dot}${ways}${look.style.dot}as of ${when(asOf)}`];
}

function record(person: PersonRecord, look: Look): string[] {
  const { id, source, userName, emails, employeeId, state, kind, startAt, endAt, changedAt, attributes, groups } = person;
  const facts: [string, string | undefined][] = [
    ['id', `${id} in ${source}`],
    ['state', kind === 'human' || kind === 'unknown' ? state : `${state} (${kind})`],
    ['start', startAt === undefined ? undefined : when(startAt)],
    ['end', endAt === undefined ? undefined : when(endAt)],
    ['changed', changedAt === undefined ? undefined : when(changedAt)],
    ['user name', userName],
    ['addresses', emails.length === 0 ? undefined : emails.join(', ')],
    ['employee number', employeeId],
    ...Object.entries(attributes),
    ['groups', groups.length === 0 ? undefined : groups.join(', ')],
  ];
  const told = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  const width = Math.max(...told.map(([name]) => shown(name, 40).length));
  return told.flatMap(([name, text]) => {
    const lines = wrap(shown(text), look.style.width - width - 2, 4, look.style.ellipsis);
    return lines.map((line, i) => `${look.faint((i === 0 ? shown(name, 40) : '').padEnd(width))}  ${line}`);
  });
}

function accounts(apps: readonly PersonApp[], look: Look): string[] {
  const rows = apps.flatMap((app) =>
    app.accounts.length === 0 ? [absent(app, look)] : app.accounts.map((account) => cells(app, account, look)),
  );
  if (rows.length === 0) return ['No app is configured.'];
  const widths = plan(COLUMNS, rows, look.style);
  return [...head(COLUMNS, widths, look.style), ...rows.flatMap((line) => row(COLUMNS, line, widths, look.style))];
}

/** Only a list that was read whole can say that somebody is not in it. */
function absent(app: PersonApp, look: Look): Cell[] {
  const text = app.error !== null ? 'not read' : app.list === 'unproven' ? 'none seen' : 'none';
  const open = app.error !== null || app.list === 'unproven';
  const status = { text: open ? '?' : look.dash, folded: '' };
  return [{ text: shown(app.name) }, { text, paint: look.faint }, status, ...['', '', ''].map((nothing) => ({ text: nothing }))];
}

function cells(app: PersonApp, account: PersonAccount, look: Look): Cell[] {
  const { status, lastLoginAt, roles, admin, letsIn, belongs, credentials } = account;
  const name = account.userName ?? account.email ?? account.id;
  const used = credentials
    .flatMap(({ lastUsedAt }) => (lastUsedAt === undefined ? [] : [lastUsedAt]))
    .sort()
    .at(-1);
  const ways = [
    ...letsIn,
    ...(used === undefined ? [] : [`last used ${when(used)}`]),
    ...(status === 'unknown' ? ['its status is not known'] : []),
    ...(belongs === 'same name' ? ['called like this person, and not correlated'] : []),
    ...(belongs === 'same key' ? ["has this person's key, and it is not clear whose it is"] : []),
  ].join('; ');
  const paint = letsIn.length > 0 ? look.alarm : undefined;
  const held = [...(admin && roles.length === 0 ? ['admin'] : []), ...roles].join(', ');
  return [
    { text: shown(app.name) },
    { text: shown(name) },
    { text: status, ...(paint === undefined ? {} : { paint }) },
    {
      text: lastLoginAt === undefined ? '' : when(lastLoginAt),
      folded: lastLoginAt === undefined ? '' : `last login ${when(lastLoginAt)}`,
    },
    { text: shown(held), folded: held === '' ? '' : `roles ${shown(held)}` },
    { text: shown(ways) },
  ];
}

function wrong({ apps, accessEndsBy }: PersonReport, look: Look): string[] {
  const lines = apps.flatMap((app) =>
    app.findings
      .filter((f) => f.class !== 'inconclusive')
      .map((f) => `${shown(app.name, 60)}: ${f.severity}, ${f.class} ${f.reason}: ${shown(f.summary)}`),
  );
  const due = accessEndsBy === null ? [] : [`All access should have ended by ${when(accessEndsBy)}.`];
  return [...due, ...lines].flatMap((line) => wrap(line, look.style.width, 6, look.style.ellipsis));
}

/** The last so many lines: what happened lately is what is looked for. */
const LATEST = 60;
const MOMENTS: readonly Column[] = [{ head: '' }, { head: '', max: 40 }, { head: '', fold: 1, wrapFrom: 30 }];

/** What happened again and again without anything in between stands on one line. */
function timeline({ timeline: all }: PersonReport, look: Look): string[] {
  const runs: { last: PersonMoment; since: string; times: number }[] = [];
  for (const moment of all) {
    const run = runs.at(-1);
    if (run?.last.what === moment.what && run.last.source === moment.source) Object.assign(run, { last: moment, times: run.times + 1 });
    else runs.push({ last: moment, since: moment.at, times: 1 });
  }
  const rows = runs
    .slice(-LATEST)
    .map(({ last, since, times }): Cell[] => [
      { text: when(last.at) },
      { text: shown(last.source) },
      { text: `${shown(last.what)}${times === 1 ? '' : ` (${times} times since ${when(since)})`}` },
    ]);
  const left = runs.length - rows.length;
  const widths = plan(MOMENTS, rows, look.style);
  return [
    ...(left > 0 ? [`${look.style.ellipsis} and ${counted(left, 'line', 'lines')} before: --json has all of them`] : []),
    ...rows.flatMap((cells) => row(MOMENTS, cells, widths, look.style)),
  ];
}

function notTold({ directory, apps }: PersonReport, look: Look): string[] {
  const filtered = apps.filter((app) => app.askedByFilter).map((app) => shown(app.name, 60));
  const lines = [
    ...(filtered.length === 0
      ? []
      : [
          `${filtered.join(', ')}: asked by filter, and a way in was found; further accounts under other names would not show (--whole reads every list)`,
        ]),
    ...directory
      .filter((d) => d.error !== null || d.list === 'unproven')
      .map((d) =>
        d.error === null ? `${shown(d.name, 60)}: the list is not proven whole: this person may have other records` : shown(d.error),
      ),
    ...apps.flatMap((app) => [
      ...(app.error === null ? [] : [shown(app.error)]),
      ...(app.error === null && app.reasons.length > 0
        ? [`${shown(app.name, 60)}: ${app.reasons.map((reason) => shown(reason)).join('; ')}`]
        : []),
      ...(app.logs ?? []).map(
        ({ name, error, reasons }) =>
          `${shown(app.name, 60)}: log ${shown(name, 60)}: ${[error ?? 'not read whole', ...reasons].map((text) => shown(text)).join('; ')}`,
      ),
      ...app.findings.filter((f) => f.class === 'inconclusive').map((f) => `${shown(app.name, 60)}: ${shown(f.summary)}`),
    ]),
  ];
  return lines.flatMap((line) => wrap(line, look.style.width, 6, look.style.ellipsis));
}
