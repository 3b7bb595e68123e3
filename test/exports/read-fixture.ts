import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../src/config/load.js';
import type { Config, SourceConfig } from '../../src/model/config.js';
import type { KnownExport, Reading } from '../../src/exports/known-export.js';
import { readingOf } from '../../src/exports/reading.js';
import type { Role } from '../../src/model/role.js';
import { startOf } from '../../src/sources/file/csv-header.js';
import { openFile } from '../../src/sources/file/source.js';
import { pullAll } from '../sources/file/files.js';

export const FIXTURES = path.join(import.meta.dirname, '../../fixtures/exports');

/** The invented export that stands for a known one. */
export function fixtureOf(name: string): string {
  const files = [`${name}.csv`, `${name}.json`].filter((file) => existsSync(path.join(FIXTURES, file)));
  if (files.length !== 1) throw new Error(`fixtures/exports has ${files.length} files for ${name}`);
  return path.join(FIXTURES, String(files[0]));
}

/** Files there that belong to no known export. */
export function fixturesBeside(names: readonly string[]): string[] {
  return readdirSync(FIXTURES).filter((file) => !names.includes(file.split('.')[0] ?? ''));
}

/** The columns of a file, or the keys of its records, as they are written there. */
export function columnsIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) return [...new Set((JSON.parse(text) as object[]).flatMap((record) => Object.keys(record)))];
  const { skip, delimiter } = startOf(text);
  const [header = ''] = text.slice(skip).split(/\r?\n/);
  return header.split(delimiter).map((column) => column.replace(/^"(.*)"$/, '$1'));
}

export function rolesOf({ role }: KnownExport): Role[] {
  return role === 'either' ? ['person', 'account'] : [role];
}

/** A config that reads this file by what is known of it, through the door that every config comes in by. */
export async function configOf(role: Role, file: string, reading: Reading): Promise<Config> {
  const read = { connector: 'file', path: path.basename(file), ...reading };
  const other = { connector: 'file', path: path.basename(file) };
  const document =
    role === 'person'
      ? { version: 1, directory: { name: 'hr', ...read }, apps: { crm: other }, history: false }
      : { version: 1, directory: { name: 'hr', ...other }, apps: { crm: read }, history: false };
  return loadConfig({ text: JSON.stringify(document), path: 'lifegap.yaml', cwd: path.dirname(file), env: {} });
}

export interface Read {
  readonly rows: unknown;
  readonly reasons: readonly string[];
}

/** What the file source makes of it: instants as ISO 8601, days as days. */
export async function readAs(role: Role, file: string, known: KnownExport, columns = columnsIn(file)): Promise<Read> {
  const reading = readingOf(known, role, columns);
  if (reading === undefined) throw new Error(`${known.name} has no reading as ${role}`);
  const config = await configOf(role, file, reading);
  const source: SourceConfig | undefined = role === 'person' ? config.directory[0] : config.apps[0];
  if (source === undefined) throw new Error('the config names no source');
  const { rows, completeness } = await pullAll<unknown>(openFile(role, source, { redact: (text) => text, env: {}, pageConcurrency: 1 }));
  return { rows: shown(rows), reasons: completeness.reasons };
}

function shown(rows: readonly unknown[]): unknown {
  const plain = (_: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !('at' in value) || typeof value.at !== 'number') return value;
    const iso = new Date(value.at).toISOString();
    return 'day' in value && value.day === true ? iso.slice(0, 10) : iso;
  };
  return JSON.parse(JSON.stringify(rows, plain));
}
