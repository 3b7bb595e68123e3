import fs from 'node:fs';
import path from 'node:path';
import type { Database } from 'node-sqlite3-wasm';
import { EXIT, LifegapError } from '../model/errors.js';
import { ALL, checkTables, WrongType } from './damage.js';
import { acquire, type Lock } from './lock.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.js';

/** The history could not be read or written. The message names the file, and what to do. */
export class HistoryError extends LifegapError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, EXIT.usage, options);
  }
}

/** Another process wrote the file since this audit began: nothing of it was written. */
export class OvertakenError extends HistoryError {}

export interface Access {
  /** Absolute. */
  readonly path: string;
  /** Milliseconds to wait for another process. */
  readonly wait: number;
  /** Make the file where there is none. Without it, `use` is not called, and the result is undefined. */
  readonly create?: boolean;
  /** The file is there, and holds nothing: a first audit was killed, or what was in it is lost. It is begun anew. */
  readonly onEmpty?: () => unknown;
}

export interface Held {
  readonly db: Database;
  /** Between the steps of long work: shows that this process lives, and throws when it lost the lock. */
  readonly beat: () => void;
}

/** Opens the history for this process alone, and closes it after `use`. An open transaction is rolled back when `use` throws. */
export async function withDatabase<T>(access: Access, use: (held: Held) => T | Promise<T>): Promise<T | undefined> {
  const file = access.path;
  if (access.create !== true && !fs.existsSync(file)) return undefined;
  let lock: Lock | undefined;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    lock = await acquire(`${file}.owner`, access.wait);
  } catch (error) {
    throw failure(file, error);
  }
  if (lock === undefined)
    throw new HistoryError(
      `${file}: another lifegap has held the history for ${Math.round(access.wait / 1000)} s; try again, or delete ${path.basename(file)}.owner if none is running`,
    );
  try {
    const db = await open(access);
    try {
      return await use({ db, beat: lock.beat });
    } catch (error) {
      throw asDamage(error, db, file);
    } finally {
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    }
  } catch (error) {
    if (error instanceof LifegapError || !isSqlite(error)) throw error;
    throw failure(file, error);
  } finally {
    lock.release();
  }
}

async function open({ path: file, onEmpty }: Access): Promise<Database> {
  // CommonJS, and a megabyte of WebAssembly: loaded when a history is used, never at start-up.
  const { default: sqlite } = await import('node-sqlite3-wasm');
  try {
    if (fs.statSync(file, { throwIfNoEntry: false })?.size === 0) onEmpty?.();
    // SQLite would make it readable to everybody.
    fs.closeSync(fs.openSync(file, 'a', 0o600));
    const db = new sqlite.Database(file);
    try {
      recover(db, file);
      prepare(db, file);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  } catch (error) {
    throw error instanceof HistoryError ? error : failure(file, error);
  }
}

/**
 * Reads the first page, and so rolls back what a killed process left half written. node-sqlite3-wasm locks with a folder beside the file,
 * which outlives a killed process, and it takes its own folder for another writer at work, so that it never finds a journal to
 * roll back: the file would stay torn. We hold a lock of our own, so the folder is either stale or ours, and must not be seen here.
 */
function recover(db: Database, file: string): void {
  const folder = `${file}.lock`;
  fs.rmSync(folder, { recursive: true, force: true });
  const real = fs.accessSync;
  fs.accessSync = (at, mode) => {
    if (at === folder) throw Object.assign(new Error(`ENOENT: ${folder}`), { code: 'ENOENT' });
    real(at, mode);
  };
  try {
    db.get('SELECT count(*) FROM sqlite_schema');
  } finally {
    fs.accessSync = real;
  }
  // Held until `close`, so that no statement locks for itself.
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16000');
}

function prepare(db: Database, file: string): void {
  const version = number(db.get('PRAGMA user_version')?.['user_version']);
  const application = number(db.get('PRAGMA application_id')?.['application_id']);
  if (version === 0 && application === 0 && number(db.get('SELECT count(*) AS n FROM sqlite_schema')?.['n']) === 0) {
    db.exec(`BEGIN; ${SCHEMA} INSERT INTO meta (salt) VALUES (randomblob(16));
      PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
    return;
  }
  if (application !== APPLICATION_ID) throw new HistoryError(`${file} is no history of lifegap; give \`history\` another path`);
  if (version > SCHEMA_VERSION)
    throw new HistoryError(
      `${file} was written by a newer lifegap (format ${version}, this one knows ${SCHEMA_VERSION}): update lifegap, or give \`history\` another path`,
    );
}

function isSqlite(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // ERR_…: Node's own, over arguments.
  return error.constructor.name === 'SQLite3Error' || ('code' in error && !String(error.code).startsWith('ERR_'));
}

function failure(file: string, error: unknown): HistoryError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code ?? message.split('\n', 1)[0] ?? 'unknown';
  if (/malformed|not a database|no such (table|column)/.test(why)) return damaged(file, why, error);
  return new HistoryError(`the history ${file} could not be used (${why}): check who may write there, or run without it (--no-history)`, {
    cause: error,
  });
}

function damaged(file: string, why: string, cause: unknown): HistoryError {
  return new HistoryError(
    `the history ${file} is damaged (${why}): put a copy of it back, or move it away and begin a new one; without it: --no-history`,
    { cause },
  );
}

/** What fails over values that no lifegap wrote is no bug of ours. Whether there are any is looked up when something fails: a look at every row takes its time. */
function asDamage(error: unknown, db: Database, file: string): unknown {
  if (error instanceof WrongType) return damaged(file, error.message, error);
  if (error instanceof LifegapError || isSqlite(error)) return error;
  try {
    checkTables(db, ALL);
    return error;
  } catch (found) {
    return found instanceof WrongType ? damaged(file, found.message, error) : error;
  }
}

/** SQLite gives integers as numbers, or as bigint beyond 2^53. */
export function number(value: unknown): number {
  if (value !== null && value !== undefined && typeof value !== 'number' && typeof value !== 'bigint')
    throw new WrongType('a column of numbers holds something else');
  return Number(value ?? 0);
}

/** A moment in ms since 1970, as ISO 8601. */
export function instant(value: unknown): string {
  const at = new Date(number(value));
  if (Number.isNaN(at.getTime())) throw new WrongType('a moment is out of all time');
  return at.toISOString();
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new WrongType('a column of texts holds something else');
  return value;
}
