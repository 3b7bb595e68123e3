import { once } from 'node:events';
import { resolve, sep } from 'node:path';
import { writeInPlace, writeNewFile } from '../disk/new-file.js';
import { UsageError } from '../model/errors.js';
import type { Report } from '../model/report.js';
import type { Format } from '../report/formats.js';
import { asset } from './asset.js';
import type { Io } from './io.js';
import { checkPlace, isSpecial, makeParents, unwritable } from './place.js';
import { stdoutMedium } from './style.js';

/** One `--format NAME[=FILE]`. */
export interface Output {
  readonly format: string;
  /** Undefined: stdout. */
  readonly file?: string;
}

/** Formats by the name that `--format` gives them: a command may have a table of its own. */
export type Formats = Readonly<Record<string, Format>>;

/** Reads the `--format` flags; at most one of them may go to stdout. */
export function parseOutputs(flags: readonly string[], formats: Formats): Output[] {
  const outputs = (flags.length === 0 ? ['table'] : flags).map((flag) => {
    const at = flag.indexOf('=');
    const format = at < 0 ? flag : flag.slice(0, at);
    const file = at < 0 ? undefined : flag.slice(at + 1);
    if (!Object.hasOwn(formats, format)) {
      throw new UsageError(`--format ${format}: expected one of ${Object.keys(formats).join(', ')}, each with =FILE if it goes to a file`);
    }
    if (file === '') throw new UsageError(`--format ${flag}: a file name is missing after =`);
    return { format, ...(file === undefined || file === '-' ? {} : { file }) };
  });
  if (outputs.filter((output) => output.file === undefined).length > 1) {
    throw new UsageError('--format: only one format can go to standard output; give the others a file: --format csv=findings.csv');
  }
  const files = outputs.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined) throw new UsageError(`--format: two formats go to ${twice}; give each a file of its own`);
  return outputs;
}

/** Refuses a file that cannot be written before anything is read: an audit may take an hour. `pack`: the folder of the evidence. */
export async function checkOutputs(outputs: readonly Output[], io: Io, pack?: string): Promise<void> {
  const files = outputs.flatMap(({ file }) => file ?? []);
  const places = pack === undefined ? files : [...files, pack];
  for (const place of places) {
    const other = places.find((one) => one !== place && resolve(io.cwd(), place).startsWith(`${resolve(io.cwd(), one)}${sep}`));
    if (other !== undefined)
      throw new UsageError(`${place} lies in ${other}, which this audit writes as well; give each a place of its own`);
  }
  for (const file of files) await checkPlace(resolve(io.cwd(), file));
}

export interface Look {
  readonly color?: boolean;
  readonly limit: number;
  readonly verbose: boolean;
  /** CSV begins with U+FEFF: Excel takes a file without it for one in the encoding of its country. */
  readonly csvBom?: boolean;
  /** As in `Medium`. */
  readonly command: string;
  readonly formats: Formats;
}

/** Renders the report into every output; files appear whole or not at all. */
export async function writeOutputs(report: Report, outputs: readonly Output[], look: Look, io: Io): Promise<void> {
  for (const { format, file } of outputs) {
    const chunks = await render(report, format, look, io, file === undefined);
    if (file === undefined) await writeStdout(chunks, io);
    else await writeFile(resolve(io.cwd(), file), chunks);
  }
}

/** A file is no terminal: it is read wherever it is carried. */
const FILE = { width: 120, colorLevel: 0, unicode: true } as const;

async function render(report: Report, format: string, look: Look, io: Io, toStdout: boolean): Promise<Iterable<string>> {
  const stdout = stdoutMedium(io, look);
  const medium = { ...(toStdout ? stdout : { ...stdout, ...FILE }), limit: look.limit, command: look.command };
  const { extension, load } = look.formats[format] as Format;
  const text = (await load(asset))(report, medium);
  return look.csvBom === true && extension === 'csv' ? withBom(text) : text;
}

function* withBom(text: Iterable<string>): Generator<string> {
  yield '\ufeff';
  yield* text;
}

async function writeStdout(chunks: Iterable<string>, io: Io): Promise<void> {
  for (const chunk of chunks) {
    if (!io.stdout.write(chunk)) await once(io.stdout, 'drain');
  }
}

/** Writes a file of mode 600 beside its place, in folders of mode 700 where there are none, and moves it there. Throws a LifegapError. */
export async function writeFile(path: string, chunks: Iterable<string>): Promise<void> {
  const special = await isSpecial(path);
  if (!special) await makeParents(path);
  try {
    await (special ? writeInPlace : writeNewFile)(path, chunks);
  } catch (error) {
    // A renderer that fails is our bug, and no trouble with the disk.
    throw (error as NodeJS.ErrnoException).code === undefined ? error : unwritable(path, error);
  }
}
