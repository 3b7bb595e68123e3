import fs from 'node:fs';
import path from 'node:path';
import type { Database } from 'node-sqlite3-wasm';
import { EXIT, LifegapError } from '../model/errors.js';
import { acquire, type Lock } from './lock.js';
import { APPLICATION_ID, checkAll, SCHEMA, SCHEMA_VERSION } from './schema.js';
import { openSqlite, SqliteError } from './sqlite.js';
import { numberIn, WrongType } from './table.js';

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
      prepare(db, file);
      return await used(db, file, () => use({ db, beat: lock.beat }));
    } finally {
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    }
  } catch (error) {
    if (isOuter(error)) throw failure(file, error);
    throw error;
  } finally {
    lock.release();
  }
}

/** Whatever fails here speaks of the file: of our own there is only a look at its first page. */
async function open({ path: file, onEmpty }: Access): Promise<Database> {
  try {
    if (fs.statSync(file, { throwIfNoEntry: false })?.size === 0) onEmpty?.();
    // SQLite would make it readable to everybody.
    fs.closeSync(fs.openSync(file, 'a', 0o600));
    const db = await openSqlite(file);
    try {
      recover(db, file);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  } catch (error) {
    throw failure(file, error);
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
  const version = numberIn(db, 'SELECT user_version AS n FROM pragma_user_version');
  const application = numberIn(db, 'SELECT application_id AS n FROM pragma_application_id');
  if (version === 0 && application === 0 && numberIn(db, 'SELECT count(*) AS n FROM sqlite_schema') === 0) {
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

/** Is the error about the file or the disk? Node's own errors over arguments (ERR_…) are mistakes of ours. */
function isOuter(error: unknown): boolean {
  if (error instanceof SqliteError) return error.isOuter;
  return error instanceof Error && !(error instanceof LifegapError) && 'code' in error && !String(error.code).startsWith('ERR_');
}

function failure(file: string, error: unknown): HistoryError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code ?? message.split('\n', 1)[0] ?? 'unknown';
  if (error instanceof SqliteError && (error.isDamage || !error.isOuter)) return damaged(file, why, error);
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

/**
 * What fails over tables or values that no lifegap made is no bug of ours. Whether there are any is looked up when something fails: a look at every row
 * takes its time.
 */
async function used<T>(db: Database, file: string, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof WrongType) throw damaged(file, error.message, error);
    if (error instanceof LifegapError || isOuter(error)) throw error;
    try {
      checkAll(db);
    } catch (found) {
      // What SQLite refuses of these questions is a table or a column that is not there.
      if (found instanceof WrongType || (found instanceof SqliteError && !found.isOuter)) throw damaged(file, found.message, error);
    }
    throw error;
  }
}
