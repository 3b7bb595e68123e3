import { createHash } from 'node:crypto';
import path from 'node:path';
import { UsageError } from '../model/errors.js';
import type { AddressRules } from '../model/policy.js';
import { readAccepted } from './accepted.js';
import { APP_KEYS, DIRECTORY_KEYS } from './app.js';
import { check } from './checks.js';
import { appEntries, directoryEntries, logEntries } from './entries.js';
import type { AppConfig, Config, DirectoryConfig, FieldSpec, LogConfig, SourceConfig } from '../model/config.js';
import { parseDocument, type ConfigDocument } from '../yaml/document.js';
import { explain, report } from '../yaml/explain.js';
import { findConfig, fromRepository, readConfig } from './find.js';
import { LOG_KEYS, toLogs } from './logs.js';
import { parseMatchRule } from './match-rules.js';
import { didYouMean } from '../model/nearest.js';
import { resolveOptions } from './options.js';
import { printable, quoted } from '../yaml/quote.js';
import type { Path } from '../yaml/mistakes.js';
import { Redactor } from '../model/redactor.js';
import { remember } from './redact.js';
import { References } from './references.js';
import { configSchema, type ParsedConfig } from './schema.js';

export interface LoadOptions {
  /** The config file, relative to `cwd`; undefined: the nearest one upward. */
  readonly path?: string;
  /** The text of the config, in place of a file; `path` is then only its name. */
  readonly text?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Only these apps, in the order of the config: the secrets of the others are not asked for. `directory`: no app at all. */
  readonly only?: { readonly apps?: readonly string[]; readonly directory?: boolean };
}

/**
 * Reads, checks and resolves a config. Throws one UsageError that lists every mistake, each with file, line, column and
 * path. The whole file is checked; secrets are resolved for the directory and the chosen apps only.
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { cwd, env } = options;
  const { file, shown, bytes, document } = await readDocument(options);
  const { mistakes } = document;
  const dir = path.dirname(file);
  const warnings: string[] = [];
  const warn = (text: string): void => {
    if (!warnings.includes(text)) warnings.push(text);
  };
  const hidden = new Set<string>();

  if (document.value === null) throw new UsageError(`${shown} is empty; \`lifegap init\` writes one to start from`);
  const parsed = configSchema(connectorsIn(document)).safeParse(document.value, { error: explain });
  if (!parsed.success) report(parsed.error.issues, [], mistakes);
  check(document, warn);
  const wanted = options.only?.directory === true ? () => false : chooseApps(document, options.only?.apps, shown);

  const references = new References({ dir, env, mistake: (at, message) => mistakes.at(at, message), warn });
  const context = { dir, references, mistakes, warn, hide: (value: string) => void hidden.add(value) };
  if (parsed.data === undefined) {
    await tryReferences(document, wanted, references);
    mistakes.throwIfAny();
    throw new UsageError(`${shown} is no lifegap config`);
  }
  const { data } = parsed;

  const directory: DirectoryConfig[] = [];
  const list = Array.isArray(data.directory) ? data.directory : [data.directory];
  for (const [i, entry] of list.entries()) {
    const at = Array.isArray(data.directory) ? ['directory', i] : ['directory'];
    const given = await resolveOptions(entry.connector, without(entry, DIRECTORY_KEYS), at, context);
    directory.push({ ...toSource(entry.name, entry, entry.state, given, dir), ...(entry.log === true ? { log: true } : {}) });
  }
  const apps: AppConfig[] = [];
  for (const [name, entry] of Object.entries(data.apps)) {
    if (!wanted(name)) continue;
    const given = await resolveOptions(entry.connector, without(entry, APP_KEYS), ['apps', name], context);
    const line = document.locate(['apps', name], 'key')?.line ?? 1;
    const app = toSource(name, entry, entry.status, given, dir);
    const about = { app, assigned: entry.assigned, directories: directory, mistakes };
    const resolve = (connector: string, options: Readonly<Record<string, unknown>>, at: Path) =>
      resolveOptions(connector, options, at, context);
    const logs = entry.log && (await toLogs(entry.log, ['apps', name, 'log'], { ...about, resolve }));
    apps.push(toApp(app, entry, logs, line));
  }
  mistakes.throwIfAny();
  const accepted = await acceptedFindings(data.policy.accepted, dir, cwd, Object.keys(data.apps), warn);
  remember(hidden);
  const secrets = new Redactor(hidden);
  const history = historyOf(data.history, dir);
  if (history !== false && history.retain !== undefined && history.retain < data.policy.policy.window)
    warn('history.retain is shorter than policy.window: leavers who are gone from the directory are forgotten while they still count');
  return {
    path: file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    directory,
    apps,
    allApps: Object.keys(data.apps),
    policy: data.policy.policy,
    history,
    shownPath: await fromRepository(file, cwd),
    ...(accepted === undefined ? {} : { accepted }),
    warnings,
    redact: (text) => secrets.redact(text),
    hide: (secret) => {
      secrets.add([secret]);
      remember([secret]);
    },
  };
}

function historyOf(given: ParsedConfig['history'], dir: string): Config['history'] {
  if (given === false) return false;
  const { path: at, retain } = typeof given === 'string' ? { path: given } : given;
  return { path: path.resolve(dir, at), ...(retain === undefined ? {} : { retain }) };
}

/** What `lifegap history` asks of a config: no secret is resolved for it. */
export async function loadHistory(
  options: Pick<LoadOptions, 'path' | 'cwd'>,
): Promise<{ history: Config['history']; addresses?: AddressRules }> {
  const { file, shown, document } = await readDocument(options);
  const parsed = configSchema(connectorsIn(document)).safeParse(document.value, { error: explain });
  if (!parsed.success) report(parsed.error.issues, [], document.mistakes);
  document.mistakes.throwIfAny();
  if (parsed.data === undefined) throw new UsageError(`${shown} is no lifegap config`);
  const { addresses } = parsed.data.policy.policy;
  return { history: historyOf(parsed.data.history, path.dirname(file)), ...(addresses === undefined ? {} : { addresses }) };
}

/** The config that was named, or the nearest one upward. */
async function readDocument({ path: named, text, cwd }: Pick<LoadOptions, 'path' | 'text' | 'cwd'>) {
  const file = named === undefined ? await findConfig(cwd) : path.resolve(cwd, named);
  const shown = showFile(file, cwd);
  const bytes = text === undefined ? await readConfig(file, shown) : Buffer.from(text);
  return { file, shown, bytes, document: parseDocument(decode(bytes, shown), shown) };
}

function toSource(
  name: string,
  { connector, fields, dates }: Pick<ParsedConfig['apps'][string], 'connector' | 'fields' | 'dates'>,
  state: FieldSpec | undefined,
  options: Record<string, unknown>,
  dir: string,
): SourceConfig {
  const told = { ...(state === undefined ? {} : { state }), ...(dates === undefined ? {} : { dates }) };
  return { name, connector, options, fields, ...told, dir };
}

function toApp(source: SourceConfig, entry: ParsedConfig['apps'][string], logs: readonly LogConfig[] | undefined, line: number): AppConfig {
  const { expected, allowed, assigned, match, compare, lifecycle, accounts, base_roles: baseRoles, probe } = entry;
  return {
    ...source,
    ...(expected === undefined ? {} : { expected }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(assigned === undefined ? {} : { assigned }),
    match: match.map(parseMatchRule),
    compare,
    lifecycle,
    accounts,
    ...(baseRoles === undefined ? {} : { baseRoles }),
    probe,
    ...(logs === undefined ? {} : { logs }),
    line,
  };
}

/** What a connector's own schema takes: the entry without the keys that every entry has. */
function without(entry: Readonly<Record<string, unknown>>, keys: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !Object.hasOwn(keys, key)));
}

/** A file that is not there accepts nothing, which fails more and hides nothing: a warning is enough. */
async function acceptedFindings(
  file: string | undefined,
  dir: string,
  cwd: string,
  apps: readonly string[],
  warn: (text: string) => void,
): Promise<Config['accepted']> {
  if (file === undefined) return undefined;
  const place = path.resolve(dir, file);
  const entries = await readAccepted(place, showFile(place, cwd), apps);
  if (entries === undefined) warn(`policy.accepted: ${showFile(place, cwd)} does not exist, so nothing is accepted`);
  return { file: printable(file), entries: entries ?? [] };
}

/** Throws when a name is no app of the config. */
function chooseApps(document: ConfigDocument, only: readonly string[] | undefined, shown: string): (name: string) => boolean {
  if (only === undefined || only.length === 0) return () => true;
  const names = appEntries(document.value).map(([at]) => String(at[1]));
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0 && names.length > 0) {
    const lines = unknown.map(
      (name) => `--app: ${shown} has no app ${quoted(name)}.${didYouMean(name, names) || ` Known: ${names.map(printable).join(', ')}`}`,
    );
    throw new UsageError(lines.join('\n'));
  }
  return (name) => only.includes(name);
}

function connectorsIn(document: ConfigDocument): ReadonlySet<unknown> {
  return new Set([...directoryEntries(document.value), ...appEntries(document.value)].map(([, entry]) => entry.connector));
}

/** The schema has failed, so nothing can be built; unset variables are still said in the same breath. */
async function tryReferences(document: ConfigDocument, wanted: (name: string) => boolean, references: References): Promise<void> {
  const apps = appEntries(document.value).filter(([at]) => wanted(String(at[1])));
  const sources = [...directoryEntries(document.value), ...apps].map((entry) => [entry, { ...APP_KEYS, ...DIRECTORY_KEYS }] as const);
  for (const [[at, entry], keys] of [...sources, ...apps.flatMap(logEntries).map((log) => [log, LOG_KEYS] as const)]) {
    for (const [key, value] of Object.entries(without(entry, keys))) {
      const texts =
        typeof value === 'object' && value !== null
          ? Object.entries(value).map(([k, v]) => [[...at, key, k], v] as const)
          : [[[...at, key], value] as const];
      for (const [place, text] of texts) if (typeof text === 'string') await references.resolve(text, place);
    }
  }
}

function decode(bytes: Buffer, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`${shown} is not UTF-8 text; save it as UTF-8`, { cause: error });
  }
}

/** As the user would type it: relative to where they stand, unless that climbs out. */
function showFile(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return printable(relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative);
}
