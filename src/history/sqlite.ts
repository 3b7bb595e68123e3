import type { Database } from 'node-sqlite3-wasm';

declare module 'node-sqlite3-wasm' {
  interface Database {
    /** The library's own: throws SQLite's last message where the result code is not 0, and tells the code to nobody. */
    _handleError(code: number): void;
  }
}

/** Result codes that speak of the file, the disk, the memory or another process (sqlite.org/rescode.html); of what we asked speak all others. */
const OUTER = { PERM: 3, BUSY: 5, NOMEM: 7, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, PROTOCOL: 15, TOOBIG: 18, NOLFS: 22, NOTADB: 26 }; // prettier-ignore
const OUTER_CODES = new Set(Object.values(OUTER));
const DAMAGED = new Set([OUTER.CORRUPT, OUTER.NOTADB]);

/** What SQLite refused, with its result code. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  /** Is it about the world outside, and no mistake in a statement of ours? */
  readonly isOuter: boolean;
  readonly isDamage: boolean;

  constructor(code: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    // Extended codes have the kind in their low byte.
    this.isOuter = OUTER_CODES.has(code & 255);
    this.isDamage = DAMAGED.has(code & 255);
  }
}

/** @throws {SqliteError}, as does everything that is asked of the database */
export async function openSqlite(file: string): Promise<Database> {
  // CommonJS, and a megabyte of WebAssembly: loaded when a history is used, never at start-up.
  const { default: sqlite } = await import('node-sqlite3-wasm');
  class CodedDatabase extends sqlite.Database {
    override _handleError(code: number): void {
      try {
        super._handleError(code);
      } catch (error) {
        throw new SqliteError(code, error);
      }
    }
  }
  try {
    return new CodedDatabase(file);
  } catch (error) {
    throw new SqliteError(OUTER.CANTOPEN, error);
  }
}
