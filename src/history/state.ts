import type { Database, QueryResult } from 'node-sqlite3-wasm';
import { checkTables, SMALL, WrongType } from './damage.js';
import { instant, number, text } from './database.js';
import { headsIn } from './heads.js';
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
  readonly heads: Map<number, Uint8Array>;
  readonly next: { audit: number; person: number; personVersion: number; accountVersion: number };
}

export function readState(db: Database, wanted: readonly Pick<SourceOfFile, 'role' | 'name' | 'basis'>[]): FileState {
  checkTables(db, SMALL);
  const salt = db.get('SELECT salt FROM meta')?.['salt'] as Uint8Array;
  if (salt.byteLength !== 16) throw new WrongType('meta.salt has another length');
  const view = new DataView(salt.buffer, salt.byteOffset, salt.byteLength);
  const audits = db
    .all('SELECT id, as_of FROM audits ORDER BY id')
    .map((row) => ({ id: number(row['id']), asOf: Date.parse(instant(row['as_of'])) }));
  let nextSource = highest(db, 'sources');
  const sources = wanted.map(({ role, name, basis }): SourceOfFile => {
    const found = db.get('SELECT id FROM sources WHERE role = ? AND name = ?', [role, name])?.['id'];
    return found === undefined
      ? { id: ++nextSource, role, name, basis, known: false }
      : { id: number(found), role, name, basis, known: true };
  });
  const lists = new Map<number, ListOfFile[]>();
  const heads = new Map<number, Uint8Array>();
  for (const { id, role } of sources) {
    const rows = db.all('SELECT audit, whole, rows, came, went, basis, summary FROM lists WHERE source = ? ORDER BY audit', id);
    lists.set(id, rows.map(listOf));
    const blob = role === 'directory' ? headsIn(db.get('SELECT heads FROM sources WHERE id = ?', id)?.['heads']) : undefined;
    if (blob !== undefined) heads.set(id, blob);
  }
  const attributes = new Map(db.all('SELECT name, id FROM attributes ORDER BY id').map((row) => [text(row['name']), number(row['id'])]));
  return {
    salt: [view.getInt32(0), view.getInt32(4)],
    audits,
    sources,
    lists,
    attributes,
    knownAttributes: attributes.size,
    heads,
    next: {
      // Numbers of audits that were pruned are never given again.
      audit: Math.max(highest(db, 'audits'), number(db.get('SELECT max(audit) AS n FROM lists')?.['n'])) + 1,
      person: highest(db, 'people') + 1,
      personVersion: highest(db, 'person_versions') + 1,
      accountVersion: highest(db, 'account_versions') + 1,
    },
  };
}

/** Was another audit recorded, or one forgotten, since the state was read? Then what the file holds now does not go with it. */
export function isOvertaken(db: Database, { audits }: FileState): boolean {
  const now = db.get('SELECT min(id) AS first, max(id) AS last FROM audits');
  return number(now?.['first']) !== (audits[0]?.id ?? 0) || number(now?.['last']) !== (audits.at(-1)?.id ?? 0);
}

/** The instant of the last audit that read this source, ms. */
export function lastRead({ lists, audits }: FileState, source: number): number | undefined {
  const last = lists.get(source)?.at(-1)?.audit;
  return audits.find(({ id }) => id === last)?.asOf;
}

function listOf(row: QueryResult): ListOfFile {
  const { assigned, idle, credentialsUnread } = readSummary(text(row['summary']));
  return {
    audit: number(row['audit']),
    whole: row['whole'] === 1,
    rows: number(row['rows']),
    came: number(row['came']),
    went: number(row['went']),
    basis: text(row['basis']),
    assigned,
    idle,
    credentialsUnread: credentialsUnread === true,
  };
}

function highest(db: Database, table: string): number {
  return number(db.get(`SELECT max(id) AS n FROM ${table}`)?.['n']);
}
