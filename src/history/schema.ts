/** Raised when an older lifegap could misread the file. */
export const SCHEMA_VERSION = 1;
/** "lgap": marks the file as ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x6c676170;

/**
 * `since` is the audit that first saw a version, `until` the first that saw another one or saw the row gone (`gone` = 1); NULL: valid still.
 * Values of attributes are kept as keyed hashes only (docs/history.md names every column, and why it is there).
 */
export const SCHEMA = `
CREATE TABLE meta (salt BLOB NOT NULL);
CREATE TABLE audits (
  id INTEGER PRIMARY KEY, as_of INTEGER NOT NULL, started INTEGER NOT NULL, finished INTEGER NOT NULL,
  tool TEXT NOT NULL, config TEXT NOT NULL, exit INTEGER NOT NULL
);
CREATE TABLE sources (id INTEGER PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL, heads BLOB, UNIQUE (role, name));
CREATE TABLE lists (
  audit INTEGER NOT NULL, source INTEGER NOT NULL, whole INTEGER NOT NULL, rows INTEGER NOT NULL, came INTEGER NOT NULL, went INTEGER NOT NULL,
  basis TEXT NOT NULL, summary TEXT NOT NULL, PRIMARY KEY (audit, source)
) WITHOUT ROWID;
CREATE TABLE attributes (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE people (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL);
CREATE TABLE person_versions (
  id INTEGER PRIMARY KEY, person INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER, gone INTEGER NOT NULL DEFAULT 0,
  state INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT, email BLOB, starts INTEGER, ends INTEGER, days INTEGER NOT NULL,
  created INTEGER, changed INTEGER, attributes BLOB
);
CREATE INDEX person_versions_person ON person_versions (person);
CREATE TABLE account_versions (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL, came INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER,
  gone INTEGER NOT NULL DEFAULT 0, owner INTEGER NOT NULL, status INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT, email BLOB, created INTEGER, updated INTEGER, login INTEGER,
  ended INTEGER, roles INTEGER, credentials INTEGER, attributes BLOB
);
CREATE INDEX account_versions_owner ON account_versions (source, owner);
CREATE TABLE findings (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL, class TEXT NOT NULL, reason TEXT NOT NULL, severity TEXT NOT NULL,
  account TEXT, person TEXT, since INTEGER NOT NULL, until INTEGER
);
CREATE INDEX findings_source ON findings (source, until);
`;
