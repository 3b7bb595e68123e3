import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { DateOrder, FieldMap, FieldSpec, SourceConfig } from '../../../src/model/config.js';
import type { Account } from '../../../src/model/account.js';
import type { Completeness } from '../../../src/model/completeness.js';
import { SourceError } from '../../../src/model/errors.js';
import type { Person } from '../../../src/model/person.js';
import { openFile } from '../../../src/sources/file/source.js';
import type { PullOptions, Source } from '../../../src/contract/source.js';
import type { Role, RowOf } from '../../../src/model/role.js';

export interface Setup {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fields?: FieldMap;
  readonly state?: FieldSpec;
  readonly dates?: DateOrder;
}

export interface Pulled<Row> {
  readonly rows: readonly Row[];
  readonly pages: readonly number[];
  readonly completeness: Completeness;
}

/** A folder that is gone after the test. */
export function folder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'lifegap-file-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A real file in such a folder; gives its path. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const file = path.join(folder(), name);
  writeFileSync(file, content);
  return file;
}

export function sourceOf<R extends Role>(role: R, file: string, setup: Setup = {}): Source<RowOf<R>> {
  return openFile(role, configOf(file, setup), { redact: (text) => text, env: {}, pageConcurrency: 1 });
}

export function configOf(file: string, { options = {}, fields = {}, state, dates }: Setup = {}): SourceConfig {
  return {
    name: 'crm',
    connector: 'file',
    options: { path: path.basename(file), ...options },
    fields,
    ...(state === undefined ? {} : { state }),
    ...(dates === undefined ? {} : { dates }),
    dir: path.dirname(file),
  };
}

export async function pullAll<Row>(source: Source<Row>, more: Partial<PullOptions> = {}): Promise<Pulled<Row>> {
  const rows: Row[] = [];
  const pages: number[] = [];
  const list = source.pull({ signal: new AbortController().signal, ...more });
  for (;;) {
    const step = await list.next();
    if (step.done === true) return { rows, pages, completeness: step.value };
    rows.push(...step.value.rows);
    pages.push(step.value.rows.length);
  }
}

export async function accounts(name: string, content: string | Uint8Array, setup?: Setup): Promise<Pulled<Account>> {
  return pullAll(sourceOf('account', fileOf(name, content), setup));
}

export async function people(name: string, content: string | Uint8Array, setup?: Setup): Promise<Pulled<Person>> {
  return pullAll(sourceOf('person', fileOf(name, content), setup));
}

/** The message of the SourceError that reading ends with. */
export async function failure(pulled: Promise<unknown>): Promise<string> {
  const error = await pulled.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SourceError)) throw new Error(`no SourceError, but ${String(error)}`);
  return error.message;
}
