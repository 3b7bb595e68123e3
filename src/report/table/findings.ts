import {
  CLASSES,
  SEVERITIES,
  type BaselineState,
  type Finding,
  type FindingAccount,
  type FindingClass,
  type FindingPerson,
} from '../../model/finding.js';
import { head, plan, row, type Cell, type Column } from '../columns.js';
import { cut } from '../width.js';
import { compareText, inOrder, worstFirst } from '../sort.js';
import { rest } from './everything.js';
import { count, shown, type Look } from './look.js';

const COLUMNS: readonly Column[] = [
  { head: 'severity' },
  { head: 'reason' },
  { head: 'account', max: 30 },
  { head: 'person', max: 34, fold: 1 },
  { head: 'what was seen', fold: 2, wrapFrom: 48 },
];

interface Group {
  readonly app: string;
  readonly class: FindingClass;
  readonly findings: readonly Finding[];
}

/** The findings by app and class, worst first; inconclusive ones stand with what could not be judged. */
export function findings(all: readonly Finding[], look: Look): string[] {
  const groups = grouped(all.filter((finding) => finding.class !== 'inconclusive'));
  const top = groups.map((group) => group.findings.slice(0, look.limit).map((finding) => cells(finding, look)));
  const style = { ...look.style, indent: 2, second: (text: string) => text };
  const widths = plan(COLUMNS, top.flat(), style);
  const out = head(COLUMNS, widths, style);
  groups.forEach((group, i) => {
    const size = group.findings.length;
    out.push(
      '',
      `${look.bold(cut(`${shown(group.app, 60)}${look.style.dot}${group.class}`, look.style.width - 12, look.style.ellipsis))} ${look.faint(count(size))}`,
    );
    for (const line of top[i] ?? []) out.push(...row(COLUMNS, line, widths, style));
    if (size > look.limit) out.push(more(size - look.limit, look));
  });
  return groups.length === 0 ? [] : out;
}

/** Flags only: the whole command stands once, at the end. */
export function more(n: number, look: Look): string {
  const { ellipsis, width } = look.style;
  return look.faint(cut(`  ${ellipsis} and ${count(n)} more: ${rest(n + look.limit, 'csv=findings.csv')}`, width, ellipsis));
}

/** The app with the worst finding first; inside an app the classes in the order of the closed list. */
function grouped(list: readonly Finding[]): Group[] {
  const apps = new Map<string, Map<FindingClass, Finding[]>>();
  for (const finding of list) {
    const classes = apps.get(finding.app) ?? new Map<FindingClass, Finding[]>();
    apps.set(finding.app, classes);
    const group = classes.get(finding.class);
    if (group === undefined) classes.set(finding.class, [finding]);
    else group.push(finding);
  }
  const ranked = [...apps].map(([app, classes]) => ({ app, classes, weight: weight([...classes.values()].flat()) }));
  ranked.sort((a, b) => heavier(a.weight, b.weight) || compareText(a.app, b.app));
  return ranked.flatMap(({ app, classes }) =>
    CLASSES.filter((cls) => classes.has(cls)).map((cls) => ({
      app,
      class: cls,
      findings: inOrder(classes.get(cls) ?? [], worstFirst),
    })),
  );
}

/** How many findings of each severity, worst first. */
function weight(list: readonly Finding[]): number[] {
  const counts = SEVERITIES.map(() => 0);
  for (const finding of list) {
    const at = SEVERITIES.indexOf(finding.severity);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

function heavier(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((n, i) => n !== b[i]);
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
}

function cells(finding: Finding, look: Look): Cell[] {
  const { account, person } = finding;
  const seen = whatWasSeen(finding);
  const told = person !== null && (seen.includes(shown(called(person), 200)) || (account !== null && called(account) === called(person)));
  const personText = person === null ? look.dash : personWords(person, account, look);
  return [
    { text: finding.severity, paint: finding.accepted === null ? look.severity(finding.severity) : look.faint },
    { text: finding.reason },
    { text: account === null ? look.dash : accountWords(account) },
    { text: personText, folded: told || person === null ? '' : personText },
    { text: seen },
  ];
}

function called(who: { readonly id: string; readonly userName?: string; readonly email?: string }): string {
  return who.userName ?? who.email ?? who.id;
}

/** Status and kind are said where they are not what one expects. */
export function accountWords(account: FindingAccount): string {
  const unusual = [
    ...(account.status === 'active' ? [] : [account.status]),
    ...(account.kind === 'human' || account.kind === 'unknown' ? [] : [account.kind]),
  ];
  return `${shown(called(account), 200)}${unusual.length === 0 ? '' : ` (${unusual.join(', ')})`}`;
}

function personWords(person: FindingPerson, account: FindingAccount | null, look: Look): string {
  const since = person.endAt === undefined ? '' : ` ${shown(person.endAt.slice(0, 10))}`;
  const state = `${person.state}${person.state === 'active' ? '' : since}`;
  const same = account !== null && called(account) === called(person);
  return same ? state : `${shown(called(person), 200)}${look.style.dot}${state}`;
}

/** The sentence (or, where attributes differ, their values: the reason says the rest), near misses, and whether somebody accepted it. */
function whatWasSeen(finding: Finding): string {
  const { accepted, expired, baseline } = finding;
  return [
    ...(baseline === undefined ? [] : [baselineWords(baseline)]),
    ...(finding.attributes.length > 0 ? [] : [shown(finding.summary)]),
    ...finding.attributes.map((a) => `${shown(a.name)}: ${quoted(a.app)} here, ${quoted(a.directory)} in the directory`),
    ...finding.hints.map((hint) => shown(hint)),
    ...(accepted === null ? [] : [`accepted until ${shown(accepted.until)} by ${shown(accepted.owner)}: ${shown(accepted.reason)}`]),
    ...(expired === undefined
      ? []
      : [`accepted until ${shown(expired.until)} by ${shown(expired.owner)}, which is over: ${shown(expired.reason)}`]),
  ].join('; ');
}

/** Where there is a baseline, what it makes of a finding comes first: it decides whether the finding fails. */
export function baselineWords(state: BaselineState): string {
  return { new: 'new', known: 'known', worsened: 'known, and worse now', overdue: 'known, and past its time' }[state];
}

function quoted(value: string): string {
  return value === '' ? 'empty' : `"${shown(value, 200)}"`;
}
