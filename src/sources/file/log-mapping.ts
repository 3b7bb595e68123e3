import type { FieldMap, FieldSpec } from '../../model/config.js';
import type { DateReading } from '../../mapping/dates/reading.js';
import { compileEntries } from '../../mapping/log-rows.js';
import { hasMap, meaningOf, pathsOf, placesOf } from '../../model/places.js';
import { Problems } from '../../mapping/problems.js';
import type { Ledger } from '../../contract/ledger.js';
import { LOG_FIELDS, type LogEntry } from '../../model/log.js';
import { FileFault } from './fault.js';
import { listed, namedPaths, NamedPlaces } from './named-places.js';
import type { Table } from './table.js';

const ACTION = 'action: { from: …, map: { … } }';
/** Without them, an entry says nothing. */
const NEEDED: Readonly<Record<string, string>> = { at: 'fields: { at: … }', action: ACTION };
/** Where the log tells of several apps: without it, an entry of another one reads as one of this. */
const OF_APP: Readonly<Record<string, string>> = { app: 'fields: { app: … }' };
/** Where the config names a place of it that no record has: what failed reads as done. */
const OUTCOME = 'outcome: { from: …, map: { … } }, with absent: where an entry without it was carried out';

/** The mapping of one log. */
export interface LogMapping<Raw> {
  readonly fields: FieldMap;
  readonly entry: (record: Raw) => LogEntry;
  readonly places: NamedPlaces;
  /**
   * At the end: what was odd about the values, and which fields never came. `isMute`: every action is `other`. Of one file of many, `together` hears what only
   * all of them show.
   */
  tell(ledger: Ledger, isMute: boolean, together?: Together): void;
}

/** What may be so in one file of a log, and says something when it is so in all. */
export interface OfAllFiles {
  readonly text: string;
  readonly isDoubt: boolean;
}

/** What is said of all files of a log, and not of each. */
export interface Together {
  readonly problems: Problems;
  /** A file with entries was read; this is so of it. */
  file(facts: readonly OfAllFiles[]): void;
}

/**
 * `app`: only entries of this one are asked for; `isShort`: what is passed over is given in short.
 * @throws {FileFault} where the file lacks a column that is named, or one that every log has
 */
export function compileLog<Raw>(
  given: FieldMap,
  table: Table<Raw>,
  dates: DateReading,
  { app, isShort }: { readonly app: string | undefined; readonly isShort: boolean },
): LogMapping<Raw> {
  const { columns } = table;
  const problems = new Problems();
  const fields = logFieldsIn(given, columns);
  const needs: Readonly<Record<string, string>> = { ...NEEDED, ...(app === undefined ? {} : OF_APP) };
  for (const [name, how] of Object.entries(needs)) {
    if ((fields[name] ?? undefined) !== undefined) continue;
    throw new FileFault(
      `no field is mapped to ${name}`,
      columns === undefined ? `set ${how}` : `set ${how} with one of ${listed(columns)}`,
    );
  }
  const needed = Object.keys(needs).map((name) => [name, pathsOf(fields[name])] as const);
  const places = new NamedPlaces(
    new Map([...needed.filter(([, paths]) => paths.length > 0), ...namedPaths(given, undefined, '')]),
    columns,
  );
  const entry = compileEntries(fields, table.access, problems, dates, isShort ? { app } : undefined);
  // A place counts as there whatever becomes of its entry.
  const looks = [...places.unseen].map((path) => places.watch(path, table.access(path)));
  return {
    fields,
    entry: (record) => {
      if (places.unseen.size > 0) for (const look of looks) look(record);
      return entry(record);
    },
    places,
    tell(ledger, isMute, together) {
      if (together === undefined) {
        problems.remarkTo(ledger);
        ledger.unread(problems.unreadDates);
      } else together.problems.include(problems);
      if (ledger.received === 0) return;
      const ofAll: OfAllFiles[] = [];
      const missing = places.missing();
      if (isMute && isMapped(fields['action']) && !missing.some(([field]) => field === 'action'))
        ofAll.push({
          text: `action: no record has a word that its map lists, so the log tells of nothing; set ${ACTION}`,
          isDoubt: false,
        });
      for (const [field, text] of missing) {
        const how = needs[field];
        if (how !== undefined) ledger.doubt(`${text}; set ${how}`);
        else if (field === 'outcome' && !saysAbsent(given[field])) ofAll.push({ text: `${text}; set ${OUTCOME}`, isDoubt: true });
        else ofAll.push({ text, isDoubt: false });
      }
      if (together === undefined) tellOfAll(ofAll, ledger);
      else together.file(ofAll);
    },
  };
}

export function tellOfAll(facts: readonly OfAllFiles[], ledger: Ledger): void {
  for (const { text, isDoubt } of facts) {
    if (isDoubt) ledger.doubt(text);
    else ledger.remark(text);
  }
}

function isMapped(spec: FieldSpec | null | undefined): boolean {
  return spec !== null && spec !== undefined && hasMap(spec);
}

/** Does the config say what it means that there is none? */
function saysAbsent(spec: FieldSpec | null | undefined): boolean {
  return spec !== null && spec !== undefined && [meaningOf(spec), ...placesOf(spec)].some(({ absent }) => absent !== undefined);
}

/** All fields, those that the config does not name too: under the normal form's own names, however they are spelt. */
export function logFieldsIn(given: FieldMap, columns: readonly string[] | undefined): FieldMap {
  const fields: Record<string, FieldSpec | null> = {};
  for (const name of LOG_FIELDS) {
    const places = columns === undefined ? spellings(name) : columnsFor(name, columns);
    if (places.length > 0) fields[name] = places;
  }
  return { ...fields, ...given };
}

/** `accountId`, `account_id`. */
function spellings(name: string): readonly string[] {
  return [...new Set([name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)])];
}

/** `User Name`, `user_name` and `USERNAME` are the same; the name itself goes first. */
function columnsFor(name: string, columns: readonly string[]): readonly string[] {
  if (columns.includes(name)) return [name];
  return columns.filter((column) => folded(column) === folded(name));
}

function folded(name: string): string {
  return name.replace(/[\s_.-]/g, '').toLowerCase();
}
