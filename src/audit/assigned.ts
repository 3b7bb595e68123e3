import type { AppConfig } from '../model/config.js';
import type { PersonIndex } from '../match/person-index.js';
import type { Standing } from '../match/standing.js';
import { isGone } from '../match/state-at.js';
import type { Assignment, AssignmentList, IdentityProvider, Provisioning } from '../model/assignment.js';
import { doubtsOf } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import type { AssignedReport } from '../model/report.js';
import { SYSTEMS } from '../sources/registry.js';
import type { Directory } from './directory.js';
import { sourceContext } from './open.js';
import type { AuditRun } from './begin.js';

/** What the identity provider says of one app, in rows of the directory. */
export interface Assigned {
  /** Is this person assigned? Undefined: it cannot be said of them. No function: the provider does not tell. */
  readonly is?: (row: number) => boolean | undefined;
  readonly links: ReadonlyMap<string, number>;
  /** The app lets in people who are not assigned, too: an assignment says who is expected, and not who is allowed. */
  readonly isOpen?: boolean;
  /** Why nothing can be concluded from who is not assigned; one sentence. */
  readonly doubt?: string;
  readonly report?: AssignedReport;
  readonly notes: readonly string[];
  readonly provisioning?: Provisioning;
}

/** The identity providers of an audit: each is opened when an app first names it, and asked for one app after the other. */
export class Providers {
  readonly #open = new Map<string, Promise<IdentityProvider>>();
  readonly #rows = new Map<string, ReadonlyMap<string, number>>();

  constructor(
    private readonly run: AuditRun,
    private readonly directory: Directory,
  ) {}

  /** Undefined where the config does not name the app at a provider. A provider that fails leaves doubt, and no error. */
  async ask(app: AppConfig): Promise<Assigned | undefined> {
    if (app.assigned === undefined) return undefined;
    const { directory, app: id } = app.assigned;
    const { signal, past } = this.run.options;
    const { standing, reports } = this.directory;
    const provider = await this.#provider(directory);
    const came = await provider.assignments?.(id, signal);
    const before = past?.assignedBefore(app.name, app.assigned);
    const list = came && { ...came, completeness: this.run.believed(app.name, came.completeness, before) };
    const provisioning = await provider.provisioning?.(id, signal);
    const rows = this.#rowsOf(directory, standing.index);
    // Who is not in a list that is not whole is not known to be missing there.
    const isWhole = reports.some(({ name, completeness }) => name === directory && completeness.verdict !== 'unproven');
    const found = list === undefined ? NOTHING : inRows(list, { directory, app: id }, rows, standing, isWhole);
    return { ...found, ...(provisioning === undefined ? {} : { provisioning }) };
  }

  async close(): Promise<void> {
    // One that could not be opened has nothing to close.
    const opened = await Promise.allSettled([...this.#open.values()]);
    await Promise.all(opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])));
  }

  #provider(directory: string): Promise<IdentityProvider> {
    const source = this.run.config.directory.find(({ name }) => name === directory);
    if (source === undefined) throw new Error(`the directory ${directory} passed validation and is not there`);
    let provider = this.#open.get(directory);
    if (provider === undefined) {
      const { config, options } = this.run;
      this.#open.set(directory, (provider = (options.systems ?? SYSTEMS).provider(source, sourceContext(config, options))));
    }
    return provider;
  }

  #rowsOf(directory: string, index: PersonIndex): ReadonlyMap<string, number> {
    let rows = this.#rows.get(directory);
    if (rows !== undefined) return rows;
    const source = index.sources.indexOf(directory);
    const found = new Map<string, number>();
    for (let row = 0; row < index.size; row++) if (index.source(row) === source) found.set(index.id(row), row);
    this.#rows.set(directory, (rows = found));
    return rows;
  }
}

/** The provider has no list of assignments: then only the filters of the config decide. */
const NOTHING: Assigned = { links: new Map(), notes: [] };

function inRows(
  list: AssignmentList,
  at: { readonly directory: string; readonly app: string },
  rowsById: ReadonlyMap<string, number>,
  standing: Standing,
  isWhole: boolean,
): Assigned {
  const { completeness, error } = list;
  const assigned = new Set<number>();
  const unknown = new Set<number>();
  const strangers = new Set<string>();
  const people = new Set<number>();
  const linked = new Set<number>();
  const links = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const assignment of list.assignments) {
    const row = rowsById.get(assignment.person);
    if (row === undefined) {
      if (assignment.state !== 'ended') strangers.add(assignment.person);
      continue;
    }
    if (assignment.account !== undefined) {
      linked.add(row);
      const other = links.get(assignment.account);
      if (other !== undefined && other !== row) ambiguous.add(assignment.account);
      links.set(assignment.account, row);
    }
    if (assignment.state === 'assigned') people.add(row);
    if (assignment.state === 'ended') continue;
    for (const one of recordsOf(row, standing)) (assignment.state === 'assigned' ? assigned : unknown).add(one);
  }
  for (const account of ambiguous) links.delete(account);
  const open = list.isOpen === true ? { isOpen: true } : {};
  const words = `the assignments of app ${at.app} in ${at.directory}`;
  const report = {
    ...at,
    people: people.size,
    unknown: list.assignments.filter(({ state }) => state === 'unknown').length,
    notInDirectory: strangers.size,
    linked: linked.size,
    completeness,
    error,
  };
  const notes = remarks(list.assignments, report, ambiguous.size, isWhole);
  if (list.isOpen === true)
    notes.push(`app ${at.app} needs no assignment in ${at.directory}: nobody is called not entitled for want of one`);
  if (completeness.verdict === 'unproven') {
    const doubt = `${words} are not proven whole: ${error ?? doubtsOf(completeness).join('; ')}; so nobody is called missing or not entitled here`;
    return { is: () => undefined, links, ...open, doubt, report, notes };
  }
  return { is: (row) => (assigned.has(row) ? true : unknown.has(row) ? undefined : false), links, ...open, report, notes };
}

/** Every record of the human whom the provider knows by this one: whichever speaks for them is assigned. */
function recordsOf(row: number, standing: Standing): readonly number[] {
  const current = standing.current(row);
  const records = current === row ? [row] : [row, current];
  return isGone(standing.state(current)) ? records : [...records, ...standing.twins(current)];
}

function remarks(
  assignments: readonly Assignment[],
  { directory, unknown, notInDirectory }: AssignedReport,
  ambiguous: number,
  isWhole: boolean,
): string[] {
  const failed = assignments.filter(({ sync }) => sync === 'error').length;
  const notes: string[] = [];
  if (notInDirectory > 0 && isWhole)
    notes.push(
      `${counted(notInDirectory, 'assigned id is', 'assigned ids are')} not in the list of ${directory}: they are judged by nothing`,
    );
  if (unknown > 0) notes.push(`${counted(unknown, 'assignment has', 'assignments have')} a state that the manifest has no word for`);
  if (failed > 0) notes.push(`${directory} says that ${counted(failed, 'assignment', 'assignments')} could not be brought into the app`);
  if (ambiguous > 0)
    notes.push(`${counted(ambiguous, 'account id is', 'account ids are')} linked to several people in ${directory}, and match nobody`);
  return notes;
}
