import path from 'node:path';
import { z } from 'zod';
import type { FieldMap, LogConfig, SourceConfig } from '../model/config.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_FIELDS, LOG_OUTCOMES } from '../model/log.js';
import { didYouMean } from '../model/nearest.js';
import type { Mistakes, Path } from '../yaml/mistakes.js';
import { quoted } from '../yaml/quote.js';
import { logEntries, mapAt, noMeaning, noReferences, type Entry } from './entries.js';
import { fieldSpec } from './fields.js';
import { tellsLog } from './manifests.js';
import { dates, text } from './scalars.js';
import { file, sql } from './sources.js';

/** What an app's own log is called in `of`. */
const OWN = 'app';
/** What to do where a connector has no log. */
const EXPORT = 'name an export of it: { connector: file, path: … }';
/** Options of what a log of its own is read from. */
const OPTIONS = { ...file.shape, ...sql.shape };
/** They stand beside `fields`, as the status of an account does. */
const WORDS = ['action', 'outcome', 'by'] as const;
const PLACES = LOG_FIELDS.filter((name) => !WORDS.some((word) => word === name));

const placeName = z
  .string()
  .superRefine((name, context) => {
    if (PLACES.includes(name)) return;
    const isWord = WORDS.some((word) => word === name);
    const message = `expected one of ${PLACES.join(', ')}, got ${quoted(name)}.${didYouMean(name, PLACES)}`;
    context.addIssue({ code: 'custom', message: isWord ? `it stands beside \`fields\`, as \`${name}:\`` : message });
  })
  .meta({ enum: PLACES });

/** Keys of a log besides the options of its file. */
export const LOG_KEYS = {
  of: text.max(64).optional().describe('Whose log: app (its own), or the directory entry that pushes into the app'),
  app: text.max(200).optional().describe('Only entries of this app, as the log calls it'),
  name: text.max(64).optional().describe('Its name in the report'),
  connector: z.enum(['file', 'sql'], 'expected file or sql; the log of a connector is { of: app } or { of: <directory> }').optional(),
  fields: z.record(placeName, fieldSpec().nullable()).optional().describe('Normal-form name -> place'),
  action: fieldSpec(LOG_ACTIONS).optional().describe('What was done'),
  outcome: fieldSpec(LOG_OUTCOMES).optional().describe('How it went'),
  by: fieldSpec(LOG_ACTORS).optional().describe('What did it'),
  dates,
};

const log = z.strictObject({
  ...z.object(file.shape).partial().shape,
  ...z.object(sql.shape).partial().shape,
  path: text.optional().describe('The export, or a folder of them: .csv, .tsv, .json, .ndjson, .jsonl, or one of them with .gz'),
  ...LOG_KEYS,
});
type ParsedLog = z.output<typeof log>;

export const logs = z
  .array(log)
  .min(1, 'expected one log at least')
  .max(100, 'expected 100 logs at most; a folder of files is one')
  .optional()
  .describe('What was done to its accounts, when and by whom: its own log, the pushes of the identity provider, exports of either');

/** The rules between the keys of an app's logs, over the raw values. `directories`: the entries that may push. */
export function checkLogs(app: Entry, directories: readonly Entry[], mistakes: Mistakes): void {
  const taken = new Set<string>();
  for (const [at, entry] of logEntries(app)) {
    for (const [key, value] of Object.entries(entry)) if (!(key in OPTIONS)) noReferences([...at, key], value, mistakes);
    for (const [name, place] of Object.entries(mapAt(entry.fields)))
      for (const key of ['absent', 'dated', 'prefer']) noMeaning([...at, 'fields', name], mapAt(place), key, WORDS.join(', '), mistakes);
    if (entry.connector === undefined) checkConnected(at, entry, app, directories, mistakes);
    else if (entry.connector === 'file') checkFile(at, entry, directories, mistakes);
    else if (entry.connector === 'sql') checkSql(at, entry, directories, mistakes);
    const name = nameOf(entry, String(app[0].at(-1)));
    if (name === undefined) continue;
    if (taken.has(name))
      mistakes.at(entry.name === undefined ? at : [...at, 'name'], `the name ${quoted(name)} is taken by an earlier log; set name:`);
    taken.add(name);
  }
}

function checkFile(at: Path, { of = OWN, path: given }: Entry[1], directories: readonly Entry[], mistakes: Mistakes): void {
  if (given === undefined) mistakes.at([...at, 'path'], 'missing; expected the path of the export');
  if (of !== OWN && typeof of === 'string') directoryOf(at, of, directories, mistakes);
}

function checkSql(at: Path, entry: Entry[1], directories: readonly Entry[], mistakes: Mistakes): void {
  for (const [key, what] of sql.rules?.(entry) ?? []) mistakes.at([...at, key], what);
  const foreign = Object.keys(entry).find((name) => name in OPTIONS && !(name in sql.shape) && !(name in LOG_KEYS));
  if (foreign !== undefined) mistakes.at([...at, foreign], 'it is no option of connector: sql', 'key');
  if (entry.of !== undefined && entry.of !== OWN && typeof entry.of === 'string') directoryOf(at, entry.of, directories, mistakes);
}

/** A log that a connector reads: the app's, or that of its identity provider. */
function checkConnected(at: Path, { of, app: id, ...more }: Entry[1], app: Entry, directories: readonly Entry[], mistakes: Mistakes): void {
  const ofFile = Object.keys(more).find((key) => key !== 'name' && (key in OPTIONS || key in LOG_KEYS));
  if (ofFile !== undefined) {
    mistakes.at([...at, ofFile], 'expected beside `connector: file`: it is for an export', 'key');
    return;
  }
  if (of === undefined) {
    mistakes.at(at, 'expected of: app, of: with the name of a directory entry, or connector: file with a path');
    return;
  }
  if (typeof of !== 'string' || of === '') return;
  const which = of === OWN ? 'own' : 'pushes';
  const source = of === OWN ? app[1] : directoryOf(at, of, directories, mistakes);
  if (source === undefined) return;
  const lack = lackOfLog(source, which);
  if (lack !== undefined) mistakes.at([...at, 'of'], `${lack}; ${EXPORT}`);
  const assigned = mapAt(app[1].assigned);
  if (which === 'pushes' && id === undefined && assigned.directory !== of)
    mistakes.at([...at, 'app'], `missing; expected the id of the app in ${quoted(of)}`);
}

function directoryOf(at: Path, of: string, directories: readonly Entry[], mistakes: Mistakes): Entry[1] | undefined {
  const found = directories.find(([, { name }]) => name === of)?.[1];
  const known = [OWN, ...directories.flatMap(([, { name }]) => (typeof name === 'string' ? [name] : []))];
  if (found === undefined) mistakes.at([...at, 'of'], `expected one of ${known.join(', ')}, got ${quoted(of)}.${didYouMean(of, known)}`);
  return found;
}

/** Why a source has no such log; undefined where it may have one. */
export function lackOfLog({ connector, schema }: Entry[1], which: LogConfig['which']): string | undefined {
  if (typeof connector !== 'string') return undefined;
  if (connector === 'ldap' && which === 'own' && schema === 'active-directory')
    return 'Active Directory has no log that LDAP reads (that of OpenLDAP goes with schema: inetorgperson)';
  return tellsLog(connector, which) ? undefined : noLog(connector, which);
}

/** Says that a connector has no such log. */
function noLog(connector: string, which: LogConfig['which']): string {
  const what = which === 'own' ? 'no log of its own' : 'no log of what it pushes into apps';
  return `the connector ${connector} has ${what}`;
}

/** Undefined: no name can be made of it, and something else is wrong. */
function nameOf({ name, connector, path: given, of, table }: Readonly<Record<string, unknown>>, app: string): string | undefined {
  const own = typeof given === 'string' ? path.basename(given) : (table ?? (connector === 'sql' ? 'sql' : undefined));
  const found = name ?? (connector === undefined ? (of === OWN ? app : of) : own);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** What the logs of an app are made of. */
export interface LogsOf {
  readonly app: SourceConfig;
  /** The app as its identity provider knows it. */
  readonly assigned: { readonly directory: string; readonly app: string } | undefined;
  readonly directories: readonly SourceConfig[];
  readonly mistakes: Mistakes;
  /** The options of a connector, resolved. */
  readonly resolve: (connector: string, options: Readonly<Record<string, unknown>>, at: Path) => Promise<Record<string, unknown>>;
}

/** The logs of an app whose entries `checkLogs` has seen. */
export async function toLogs(
  given: readonly ParsedLog[],
  at: Path,
  { app, assigned, directories, mistakes, resolve }: LogsOf,
): Promise<LogConfig[]> {
  const all: LogConfig[] = [];
  for (const [i, entry] of given.entries()) {
    const { of = OWN, app: named, name, connector, fields, action, outcome, by, dates: order, ...options } = entry;
    const which = of === OWN ? 'own' : 'pushes';
    if (connector !== undefined) {
      const words = {
        ...(action === undefined ? {} : { action }),
        ...(outcome === undefined ? {} : { outcome }),
        ...(by === undefined ? {} : { by }),
      };
      const own: FieldMap = { ...fields, ...words };
      const { shape } = connector === 'sql' ? sql : file;
      const resolved = await resolve(connector, Object.fromEntries(Object.entries(options).filter(([key]) => key in shape)), [...at, i]);
      all.push({
        name: nameOf(entry, app.name) ?? connector,
        connector,
        options: resolved,
        fields: own,
        ...(order === undefined ? {} : { dates: order }),
        dir: app.dir,
        of,
        ...(named === undefined ? {} : { app: named }),
        which,
      });
      continue;
    }
    const source = of === OWN ? app : directories.find((one) => one.name === of);
    if (source === undefined) continue;
    const id = named ?? (which === 'pushes' && assigned?.directory === of ? assigned.app : undefined);
    all.push({
      ...ownLog(source, [...at, i, 'of'], which, mistakes),
      name: name ?? source.name,
      of,
      ...(id === undefined ? {} : { app: id }),
      which,
    });
  }
  return all;
}

/**
 * What a connector reads its log by: the source, without what its rows are mapped by; but records of LDAP tell of the same attributes. Of a manifest of one's
 * own, only the file can tell whether it has one.
 */
function ownLog(
  { name, connector, options, fields, state, dates: order, dir }: SourceConfig,
  at: Path,
  which: LogConfig['which'],
  mistakes: Mistakes,
): SourceConfig {
  const { manifest } = options;
  if (typeof manifest === 'string' && !tellsLog(connector, which, manifest)) mistakes.at(at, `${noLog(connector, which)}; ${EXPORT}`);
  const shared = { name, connector, options, ...(order === undefined ? {} : { dates: order }), dir };
  return connector === 'ldap' ? { ...shared, fields, ...(state === undefined ? {} : { state }) } : { ...shared, fields: {} };
}
