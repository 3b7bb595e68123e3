import type { AppConfig, Config, SourceConfig } from '../model/config.js';
import { Providers } from './assigned.js';
import { auditApp, type AppResult } from './app.js';
import type { Census } from './census.js';
import { withControls } from './controls.js';
import { counted } from '../model/counted.js';
import type { Framework } from '../model/controls.js';
import { compareFindings } from '../model/finding-order.js';
import type { Baseline } from '../gate/baseline.js';
import { gate } from '../gate/gate.js';
import { guardShrink } from './shrink.js';
import { ChangeDates } from '../diff/dates.js';
import { undated } from '../diff/unread.js';
import { untold } from '../diff/untold.js';
import { contradictions, overruled } from '../diff/unknowns.js';
import { weigh } from './weigh.js';
import { PersonIndex } from '../match/person-index.js';
import { Standing } from '../match/standing.js';
import type { PersonState } from '../model/person.js';
import { factsOf } from '../model/completeness.js';
import { wordRemarks } from '../model/word-remarks.js';
import type { Finding, FindingClass } from '../model/finding.js';
import { CLASSES } from '../model/finding.js';
import type { DirectoryReport, Report, Summary } from '../model/report.js';
import type { Past } from '../model/past.js';
import type { Witness } from './witness.js';
import { inParallel } from '../contract/in-parallel.js';
import { readAll } from './read-all.js';
import { sizeOf, type About, type Source } from '../contract/source.js';
import type { Role, RowOf } from '../model/role.js';
import { SYSTEMS } from '../sources/registry.js';
import type { SourceContext, Systems } from '../contract/system.js';
import { VERSION } from '../contract/version.js';

export interface Progress {
  readonly source: string;
  readonly role: Role;
  readonly rows: number;
  readonly state: 'reading' | 'done' | 'failed';
}

export interface AuditOptions {
  /** The instant that the verdicts speak of, ms. */
  readonly asOf: number;
  readonly now: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Overrides `policy.fail_on`. */
  readonly failOn?: readonly string[];
  readonly appConcurrency?: number;
  readonly pageConcurrency?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly trace?: (line: string) => void;
  /** Keep every trial of every stage by name (`StageCoverage.evidence`); without it only their counts are kept. */
  readonly trials?: boolean;
  /** What is in it and has not worsened does not fail. */
  readonly baseline?: Baseline;
  /** What is in the baseline does not fail, worsened or not. */
  readonly newOnly?: boolean;
  /** Sees every row that is read. */
  readonly witness?: Witness;
  /** Sees what becomes of every account and every person. */
  readonly census?: Census;
  /** The one person that the apps are asked about, once the directory is known; the audit then speaks of nobody else. */
  readonly about?: (standing: Standing) => About | undefined;
  /** What earlier audits saw. */
  readonly past?: Past;
  /** Directories and apps that may have shrunk beyond `policy.guard.shrink`, this once. */
  readonly acceptShrink?: readonly string[];
  /** What is read in place of the systems themselves. */
  readonly systems?: Systems;
  /** Frameworks whose controls are named; default: NIST CSF 2.0. */
  readonly controls?: readonly Framework[];
}

/** The audit, step by step: pull the directory, index it, then for each app pull, match, diff and judge; gate; report. */
export async function runAudit(config: Config, given: AuditOptions): Promise<Report> {
  // What breaks the audit off at one list (a full disk, a bug) stops the others, and is told when all of them have ended.
  const broken = new AbortController();
  const options = { ...given, signal: AbortSignal.any([given.signal, broken.signal]) };
  const startedAt = options.now();
  const index = new PersonIndex(
    config.apps.flatMap((app) => app.match.map((rule) => rule.person)),
    config.policy.addresses,
  );
  const lists = await inParallel(
    config.directory,
    config.directory.length,
    (source) => pullDirectory(source, index, config, options),
    () => broken.abort(),
  );
  await options.past?.directoryRead(
    new Map(lists.map((list, at) => [(config.directory[at] as SourceConfig).name, list.completeness.verdict !== 'unproven'])),
  );
  const standing = new Standing(index, options.asOf, config.policy.leavers);
  const about = options.about?.(standing);
  options.census?.directory(standing, config.policy);
  const directory = lists.map((list, at) => directoryReport(config.directory[at] as SourceConfig, list, standing, index, at));
  const directoryProven = directory.every((d) => d.completeness.verdict !== 'unproven');
  const datedChanges = changesAreDated(index, options.asOf - config.policy.grace.update);
  const leftBy = options.past === undefined ? undefined : (row: number) => options.past?.leftBy(row, config.policy.leavers) ?? NaN;
  const dates = new ChangeDates(standing, config.policy, datedChanges, leftBy);
  const context = {
    standing,
    policy: config.policy,
    directoryProven,
    dates,
    trials: options.trials === true,
    ...(options.past === undefined ? {} : { past: options.past, acceptShrink: options.acceptShrink ?? [] }),
  };
  const providers = new Providers(config, sourceContext(config, options), options.systems ?? SYSTEMS, ({ name }, at, list) => {
    const before = options.past?.assignedBefore(name, at);
    return guardShrink(list, name, before, config.policy.guard.shrink, options.acceptShrink?.includes(name) === true);
  });
  const isWhole = (name: string): boolean => directory.some((list) => list.name === name && list.completeness.verdict !== 'unproven');
  const audited = async (app: AppConfig): Promise<AppResult> => {
    const source = await open('account', app, config, options);
    const watch = {
      signal: options.signal,
      onRows: counter(app.name, 'account', options),
      ...(options.witness === undefined ? {} : { witness: options.witness }),
      ...(options.census === undefined ? {} : { census: options.census }),
      ...(about === undefined ? {} : { about }),
    };
    try {
      const assigned = await providers.ask(app, standing, options.signal, isWhole);
      return await auditApp(app, source, context, watch, assigned);
    } finally {
      await source.close?.();
    }
  };
  const results = await inParallel(config.apps, options.appConcurrency ?? appsAtOnce(index.size), audited, () => broken.abort()).finally(
    () => providers.close(),
  );
  // Where the audit speaks of one person or of some apps alone, the directories are no part of it.
  const speaksOfAll = options.about === undefined && config.apps.length === config.allApps.length;
  const inDirectories = speaksOfAll ? untold(standing, config.policy, dates) : [];
  const unknown = options.about === undefined ? undated(standing) : [];
  return assemble(config, options, startedAt, directory, results, [...inDirectories, ...unknown]);
}

/** Every app in hand keeps a few numbers for every person: many small companies' apps at once, and few of a huge one. */
const KEPT = 4_000_000;
const MIN_APPS = 4;
export const MAX_APPS = 64;

/** How many apps are read at the same time: each waits for its own system nearly all of the time. */
export function appsAtOnce(people: number): number {
  return Math.max(MIN_APPS, Math.min(MAX_APPS, Math.floor(KEPT / Math.max(1, people))));
}

function assemble(
  config: Config,
  options: AuditOptions,
  startedAt: number,
  directory: DirectoryReport[],
  results: readonly AppResult[],
  inDirectories: readonly Finding[],
): Report {
  const ofApps = results.flatMap((result) => result.findings);
  // A system may be an app as well: then its own list has said it.
  const said = new Set(ofApps.map(({ id }) => id));
  const found = [...ofApps, ...inDirectories.filter(({ id }) => !said.has(id))].sort(compareFindings);
  const apps = results.map((result) => result.report).sort((a, b) => (a.name < b.name ? -1 : 1));
  const failOn = options.failOn ?? config.policy.failOn;
  const lists = [...directory, ...apps];
  const weighed = weigh(config, options, { directory, apps, findings: found });
  const { findings } = weighed;
  const verdict = gate({
    findings,
    apps,
    failOn,
    ...(options.newOnly === undefined ? {} : { newOnly: options.newOnly }),
    failed: lists.filter((list) => list.error !== null).map((list) => list.name),
    unproven: [
      ...lists.filter((list) => list.completeness.verdict === 'unproven').map((list) => `the list of ${list.name}`),
      ...apps.filter(({ completeness }) => completeness.credentials !== undefined).map(({ name }) => `the credentials of ${name}`),
      ...inDirectories.filter((finding) => finding.class === 'inconclusive').map(({ app }) => `the states of ${app}`),
      ...results.filter((r) => r.inconclusive && r.report.completeness.verdict !== 'unproven').map((r) => `verdicts of ${r.report.name}`),
    ],
  });
  const summary = Object.fromEntries(CLASSES.map((c) => [c, 0])) as Record<FindingClass, number>;
  for (const finding of findings) summary[finding.class]++;
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    schemaVersion: 1,
    run: {
      tool: `lifegap ${VERSION}`,
      startedAt: iso(startedAt),
      finishedAt: iso(options.now()),
      configSha256: config.sha256,
      config: { path: config.shownPath, lines: Object.fromEntries(config.apps.map(({ name, line }) => [name, line])) },
      failOn,
      ...(options.newOnly === undefined ? {} : { newOnly: options.newOnly }),
      exitCode: verdict.exitCode,
      exitReason: verdict.reason,
    },
    asOf: iso(options.asOf),
    directory,
    summary: { ...summary, accepted: findings.filter((f) => f.accepted !== null).length, failing: verdict.failing } satisfies Summary,
    ...weighed,
    ...withControls({ apps, findings }, options.controls),
  };
}

type PulledList = Awaited<ReturnType<typeof readAll>>;

async function pullDirectory(config: SourceConfig, index: PersonIndex, all: Config, options: AuditOptions): Promise<PulledList> {
  const at = index.addSource(config.name);
  const source = await open('person', config, all, options);
  const count = counter(config.name, 'person', options);
  const list = await readAll(source, { signal: options.signal }, (page) => {
    if (page.columns !== undefined) index.addColumns(page.columns, at);
    else for (const person of page.rows) index.add(person, at);
    count(sizeOf(page));
    return options.witness?.people?.(config.name, page.rows);
  }).finally(() => source.close?.());
  count(0, list.error === null ? 'done' : 'failed');
  const before = options.past?.rowsBefore('directory', config.name);
  const accepted = options.acceptShrink?.includes(config.name) === true;
  index.unreadDates[at] = list.completeness.unread;
  return { ...list, completeness: guardShrink(list.completeness, config.name, before, all.policy.guard.shrink, accepted) };
}

/** Opens a source. */
export async function open<R extends Role>(
  role: R,
  config: SourceConfig | AppConfig,
  all: Config,
  options: AuditOptions,
): Promise<Source<RowOf<R>>> {
  return (options.systems ?? SYSTEMS).source(role, config, sourceContext(all, options));
}

export function sourceContext({ redact, hide }: Config, { env, pageConcurrency = 4, trace }: AuditOptions): SourceContext {
  return { redact, ...(hide === undefined ? {} : { hide }), env, pageConcurrency, ...(trace === undefined ? {} : { trace }) };
}

function directoryReport(config: SourceConfig, list: PulledList, standing: Standing, index: PersonIndex, source: number): DirectoryReport {
  const byState: Partial<Record<PersonState, number>> = {};
  let people = 0;
  let unread = 0;
  for (let row = 0; row < index.size; row++) {
    if (index.source(row) !== source) continue;
    people++;
    const state = standing.state(row);
    byState[state] = (byState[state] ?? 0) + 1;
    if (standing.undated(row).length > 0) unread++;
  }
  const notes: string[] = [];
  if (source === 0) {
    for (const [word, n] of index.droppedKeys)
      notes.push(`${n} ${word} ${n === 1 ? 'value is' : 'values are'} shared by more than eight people and match nobody`);
  }
  const contrary = contradictions(standing, source);
  const unmapped = (byState.unknown ?? 0) - contrary.records - unread;
  if (unmapped > 0)
    notes.push(
      `${counted(unmapped, 'person has', 'people have')} an unknown state: say under \`state\` what its values mean (\`map\`), and what no value does (\`absent\`)`,
    );
  notes.push(
    ...wordRemarks(list.completeness),
    ...contrary.notes,
    ...overruled(standing, source),
    ...factsOf(list.completeness).flatMap(({ kind, text }) => (kind === 'contrary' ? [text] : [])),
  );
  const sorted = Object.fromEntries(Object.entries(byState).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    name: config.name,
    connector: config.connector,
    people,
    byState: sorted,
    completeness: list.completeness,
    error: list.error,
    notes,
  };
}

/** An export that stamps everybody alike says nothing about who changed: then its change dates are not used. */
function changesAreDated(index: PersonIndex, since: number): boolean {
  let dated = 0;
  let recent = 0;
  for (let row = 0; row < index.size; row++) {
    const at = index.instant('changedAt', row);
    if (Number.isNaN(at)) continue;
    dated++;
    if (at > since) recent++;
  }
  return dated > 0 && (dated < 10 || recent < dated / 2);
}

function counter(source: string, role: Role, options: AuditOptions): (rows: number, state?: Progress['state']) => void {
  let total = 0;
  return (rows, state = 'reading') => {
    total += rows;
    options.onProgress?.({ source, role, rows: total, state });
  };
}
