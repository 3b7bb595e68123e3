import type { Database } from 'node-sqlite3-wasm';
import { readHeads, type Heads } from './heads.js';
import { ATTRIBUTES, AUDITS, checkSmall, LISTS, META } from './schema.js';
import { instant, numberIn, readAll, WrongType, type RowOf } from './table.js';
import { readSummary, type ListSummary } from './summary.js';

export interface SourceOfFile {
  readonly id: number;
  readonly role: 'directory' | 'app';
  readonly name: string;
  /** Of the audit that runs now. */
  readonly basis: string;
  /** False of a source that no audit on record has read. */
  readonly known: boolean;
}

export interface ListOfFile {
  readonly audit: number;
  readonly whole: boolean;
  readonly rows: number;
  readonly came: number;
  readonly went: number;
  readonly basis: string;
  /** Of the list of who is assigned to the app, where that was whole. */
  readonly assigned: ListSummary['assigned'];
  readonly idle: ListSummary['idle'];
  readonly credentialsUnread: boolean;
}

/** What an audit needs to know of the file before it begins. Numbers that it gives away itself go on from here. */
export interface FileState {
  readonly salt: readonly [number, number];
  readonly audits: readonly { readonly id: number; readonly asOf: number }[];
  /** The sources of this config. */
  readonly sources: readonly SourceOfFile[];
  /** By source, in order of time. */
  readonly lists: ReadonlyMap<number, readonly ListOfFile[]>;
  readonly attributes: Map<string, number>;
  readonly knownAttributes: number;
  /** Of the directory's sources. */
  readonly heads: Map<number, Heads>;
  readonly next: { audit: number; person: number; personVersion: number; accountVersion: number; finding: number };
}

export function readState(db: Database, wanted: readonly Pick<SourceOfFile, 'role' | 'name' | 'basis'>[]): FileState {
  checkSmall(db);
  const [meta] = readAll(db, META.columns, 'SELECT salt FROM meta');
  if (meta?.salt.byteLength !== 16) throw new WrongType('meta.salt has another length');
  const salt = new DataView(meta.salt.buffer, meta.salt.byteOffset);
  const { id, as_of } = AUDITS.columns;
  const audits = readAll(db, { id, as_of }, 'SELECT id, as_of FROM audits ORDER BY id').map((row) => ({
    id: row.id,
    asOf: Date.parse(instant(row.as_of)),
  }));
  let nextSource = highest(db, 'sources');
  const sources = wanted.map(({ role, name, basis }): SourceOfFile => {
    const found = numberIn(db, 'SELECT id AS n FROM sources WHERE role = ? AND name = ?', [role, name]);
    return found === 0 ? { id: ++nextSource, role, name, basis, known: false } : { id: found, role, name, basis, known: true };
  });
  const lists = new Map<number, ListOfFile[]>();
  const heads = new Map<number, Heads>();
  for (const { id: source, role } of sources) {
    lists.set(source, readAll(db, LISTS.columns, 'SELECT * FROM lists WHERE source = ? ORDER BY audit', source).map(listOf));
    if (role === 'directory') heads.set(source, readHeads(db, source));
  }
  const attributes = new Map(readAll(db, ATTRIBUTES.columns, 'SELECT * FROM attributes ORDER BY id').map((row) => [row.name, row.id]));
  return {
    salt: [salt.getInt32(0), salt.getInt32(4)],
    audits,
    sources,
    lists,
    attributes,
    knownAttributes: attributes.size,
    heads,
    next: {
      // Numbers of audits that were pruned are never given again.
      audit: Math.max(highest(db, 'audits'), numberIn(db, 'SELECT max(audit) AS n FROM lists')) + 1,
      person: highest(db, 'people') + 1,
      personVersion: highest(db, 'person_versions') + 1,
      accountVersion: highest(db, 'account_versions') + 1,
      finding: highest(db, 'findings') + 1,
    },
  };
}

/** Was another audit recorded, or one forgotten, since the state was read? Then what the file holds now does not go with it. */
export function isOvertaken(db: Database, { audits }: FileState): boolean {
  const now = (which: string): number => numberIn(db, `SELECT ${which}(id) AS n FROM audits`);
  return now('min') !== (audits[0]?.id ?? 0) || now('max') !== (audits.at(-1)?.id ?? 0);
}

/** The instant of the last audit that read this source, ms. */
export function lastRead({ lists, audits }: FileState, source: number): number | undefined {
  const last = lists.get(source)?.at(-1)?.audit;
  return audits.find(({ id }) => id === last)?.asOf;
}

function listOf({ summary, ...list }: RowOf<typeof LISTS.columns>): ListOfFile {
  const { assigned, idle, credentialsUnread } = readSummary(summary);
  return { ...list, assigned, idle, credentialsUnread: credentialsUnread === true };
}

function highest(db: Database, table: string): number {
  return numberIn(db, `SELECT max(id) AS n FROM ${table}`);
}
