import type { Given, Rows } from '../exports/columns/given.js';
import type { ColumnTold, Question, WordTold } from '../exports/columns/question.js';
import { tell } from '../exports/columns/tell.js';
import type { KnownExport, Reading } from '../exports/known-export.js';
import { readingOf } from '../exports/reading.js';
import { recognise } from '../exports/recognise.js';
import { meaningsOf } from '../exports/columns/name-index.js';
import { readMoment } from '../mapping/moment.js';
import type { Role } from '../model/role.js';
import type { FieldSpec } from '../model/config.js';
import { UsageError } from '../model/errors.js';
import { placesOf } from '../model/places.js';
import { fold } from '../model/fold.js';
import { didYouMean } from '../model/nearest.js';
import type { Head } from './head.js';
import { readKnown } from './known.js';
import type { List } from './lists.js';
import { looksOf } from './looks.js';

/** How one file is read. */
export interface Plan {
  readonly list: List;
  readonly rows: Rows;
  readonly known?: KnownExport;
  readonly reading: Reading;
  readonly columns: readonly ColumnTold[];
  readonly words: readonly WordTold[];
  readonly questions: readonly Question[];
  readonly notes: readonly string[];
  /** Options of the file, beside its path. */
  readonly options: Readonly<Record<string, string | number>>;
}

/** Known by its header, or told by its columns. What the user says goes before both. */
export function planOf(list: List, head: Head, given: Given, options: Plan['options']): Plan {
  const { role } = list;
  if (head.columns.length === 0) return ofNothing(list, options);
  checkHeader(list, head);
  const rows: Rows = { looks: looksOf(head), cells: head.cells, isWhole: head.isWhole };
  const answers = { ...given, columns: checkedColumns(list, head.columns, given) };
  const known = recognise(head.columns, role);
  const reading = known === undefined ? undefined : readingOf(known, role, head.columns);
  if (known === undefined || reading === undefined) {
    const { reading: own, ...told } = tell(role, rows, answers);
    return { list, rows, reading: whole(list, head, own), ...told, options };
  }
  checkWords(list, known, reading.state ?? reading.status, answers);
  const { reading: own, ...told } = readKnown(role, head.columns, rows, known, reading, answers);
  return { list, rows, known, reading: whole(list, head, own), ...told, options };
}

/** Without a header, the first row would be taken for one, and whoever stands in it would be lost. @throws {UsageError} */
function checkHeader({ file, role }: List, { columns, cells }: Head): void {
  const value = columns.find(isAddress) ?? (columns.some((name) => isOfSomebody(role, name)) ? undefined : valueIn(columns, cells));
  if (value === undefined) return;
  throw new UsageError(
    `${file}: its first line has ${isAddress(value) ? 'the address ' : ''}${value} where the names of the columns should stand; add a header as its first line, such as Name,Email,Status`,
  );
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+\.[^\s@]+$/.test(text.trim());
}

const OF_SOMEBODY: ReadonlySet<string> = new Set(['id', 'userName', 'emails', 'employeeId', 'givenName', 'familyName', 'displayName']);

function isOfSomebody(role: Role, name: string): boolean {
  return meaningsOf(role, name).some(({ named }) => OF_SOMEBODY.has(named));
}

/** Among names of which none says who it is about: a date or a number, or a word that stands below itself. */
function valueIn(columns: readonly string[], cells: Head['cells']): string | undefined {
  return columns.find(
    (name, i) =>
      name.trim() !== '' &&
      (/^\d+$/.test(name.trim()) || typeof readMoment(name.trim()) === 'object' || cells.some((row) => row[i]?.trim() === name.trim())),
  );
}

/** An empty file: whatever it is read as, the audit says that nothing is in it. */
function ofNothing(list: List, options: Plan['options']): Plan {
  const state: FieldSpec = { const: 'active' };
  return {
    list,
    rows: { looks: [], cells: [], isWhole: true },
    reading: { fields: { id: 'id' }, ...(list.role === 'person' ? { state } : { status: state }) },
    ...{ columns: [], words: [], questions: [], notes: [] },
    options,
  };
}

/** With every default of the file taken away that nobody chose: what is not said is not read. */
function whole({ role }: List, { defaults }: Head, reading: Reading): Reading {
  const fields: Record<string, FieldSpec | null> = { ...reading.fields };
  for (const name of defaults) {
    if (fields[name] === undefined && name !== 'state' && name !== 'status') fields[name] = null;
  }
  const state: FieldSpec = { const: 'active' };
  return role === 'person'
    ? { ...reading, fields, state: reading.state ?? state }
    : { ...reading, fields, status: reading.status ?? state };
}

/** One answer does for every column: where two take a word in two senses, it would turn one of them around. @throws {UsageError} */
function checkWords({ name, role }: List, known: KnownExport, spec: FieldSpec | undefined, { columns, words }: Given): void {
  const field = role === 'person' ? 'state' : 'status';
  if (columns.has(field)) return;
  for (const [word, as] of words) {
    const having = placesOf(spec).filter(({ map = {} }) => Object.hasOwn(map, word));
    if (new Set(having.map(({ map }) => map?.[word])).size < 2) continue;
    const all = having.map(({ path }) => path);
    throw new UsageError(
      `--map ${name}.${field}:${word}=${as}: ${known.title} has this word in ${all.join(' and ')}, in two senses; name the column that counts: --map ${name}.${field}=${all[0] ?? ''}`,
    );
  }
}

/** The columns that the user names, as the file spells them. @throws {UsageError} */
function checkedColumns({ name, file }: List, columns: readonly string[], given: Given): Given['columns'] {
  const spelt = new Map(columns.map((column) => [fold(column), column]));
  return new Map(
    [...given.columns].map(([field, own]) => {
      const found = own.map((column) => {
        const is = columns.includes(column) ? column : spelt.get(fold(column));
        if (is !== undefined && is !== '') return is;
        const near = didYouMean(
          column,
          columns.filter((one) => one !== ''),
        );
        const some = columns.slice(0, 20).join(', ');
        throw new UsageError(
          `--map ${name}.${field}=${column}: ${file} has no such column.${near || ` Its columns are ${some}${columns.length > 20 ? ', …' : ''}`}`,
        );
      });
      return [field, found] as const;
    }),
  );
}
