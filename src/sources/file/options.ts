import path from 'node:path';
import type { SourceConfig } from '../../model/config.js';
import { UsageError } from '../../model/errors.js';
import { pathsOf } from '../../model/places.js';

export type FileFormat = 'csv' | 'json' | 'ndjson' | 'xlsx';
export type Encoding = 'utf-8' | 'latin1' | 'windows-1252' | 'utf-16le';
const ENCODINGS: readonly Encoding[] = ['utf-8', 'latin1', 'windows-1252', 'utf-16le'];
const FORMATS: readonly FileFormat[] = ['csv', 'json', 'ndjson', 'xlsx'];
export const EXTENSIONS: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
};
/** Other workbooks, which are not read. */
const WORKBOOKS = ['.xls', '.xlsb', '.ods', '.numbers'];
/** Fields that people and accounts are known by, and lists of what they hold, where one that is not known is more than a gap. */
const KEYS = ['id', 'userName', 'externalId', 'employeeId', 'emails', 'aliases', 'roles', 'groups'] as const;

export interface FileOptions {
  /** Of its source, for messages. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** As messages show it: relative to the config where it lies below it. */
  readonly shown: string;
  readonly format: FileFormat;
  /** CSV: found out from the header line when absent. */
  readonly delimiter: string | undefined;
  readonly encoding: Encoding;
  /** JSON: path of the array inside the document. */
  readonly records: string | undefined;
  /** A workbook: the name of the sheet, or the number of its tab. */
  readonly sheet: string | number | undefined;
  /** The places that the config names. */
  readonly named: readonly string[];
  /** Places of keys and lists, named or not. */
  readonly keys: ReadonlySet<string>;
}

/** The extension that tells a file's format, in small letters: `.gz` does not count. */
export function extensionOf(file: string): string {
  return path.extname(file.replace(/\.gz$/i, '')).toLowerCase();
}

/** The options of a folder of files, each of which tells its own format where the config gives none. Throws a `UsageError`. */
export function folderOptions(config: SourceConfig): Pick<FileOptions, 'path' | 'shown'> {
  return fileOptions({ ...config, options: { format: 'json', ...config.options } });
}

/** The options of a `file` source; the format goes by the extension (`.gz` does not count). Throws a `UsageError`. */
export function fileOptions({ name, options, fields, state, dir }: SourceConfig): FileOptions {
  const given = text(options.path);
  if (given === undefined || given.includes('\0')) throw new UsageError(`${name}: a file source needs a path; set path: to the export`);
  const file = path.resolve(dir, given);
  const inside = path.relative(dir, file);
  const extension = extensionOf(file);
  const wanted = text(options.format);
  const format = FORMATS.find((known) => known === wanted) ?? (wanted === undefined ? EXTENSIONS[extension] : undefined);
  if (format === undefined) {
    if (WORKBOOKS.includes(extension))
      throw new UsageError(`${name}: ${path.basename(file)} is a workbook of a kind that is not read; save it as .xlsx, or export CSV`);
    throw new UsageError(
      `${name}: cannot tell the format of ${path.basename(file)} by its extension; set format: to one of ${FORMATS.join(', ')}`,
    );
  }
  const encoding = text(options.encoding) ?? 'utf-8';
  const known = ENCODINGS.find((one) => one === encoding.toLowerCase());
  if (known === undefined) throw new UsageError(`${name}: unknown encoding; set encoding: to one of ${ENCODINGS.join(', ')}`);
  const delimiter = text(options.delimiter) ?? (extension === '.tsv' ? '\t' : undefined);
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n\ufeff]/.test(delimiter))) {
    throw new UsageError(`${name}: a delimiter is one character, and neither a quote nor a line break`);
  }
  const shown = inside === '' || inside.startsWith('..') || path.isAbsolute(inside) ? file : inside;
  return {
    name,
    path: file,
    shown,
    format,
    delimiter,
    encoding: known,
    records: text(options.records),
    sheet: typeof options.sheet === 'number' ? options.sheet : text(options.sheet),
    named: [...Object.values(fields), state].flatMap(pathsOf),
    keys: new Set(KEYS.flatMap((key) => [key, ...pathsOf(fields[key])]).concat(['email', 'mail'])),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
