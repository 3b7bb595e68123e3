import type { FieldSpec } from '../../model/config.js';
import { isPlaceholder } from '../../model/placeholder.js';
import type { Role } from '../../model/role.js';
import type { Given, Rows } from './given.js';
import type { ColumnLook } from './look.js';
import { meaningsOf } from './name-index.js';
import { maySayOff } from './perhaps.js';
import type { ColumnTold, Question, WordTold } from './question.js';
import {
  agree,
  dayOfThoseWhoAreOn,
  isDated,
  isOfCustomer,
  isOnSense,
  namedStateColumn,
  stateColumns,
  statesByWords,
  type StateColumn,
} from './state-column.js';
import { wordsLike } from './words.js';

interface StateTold {
  readonly spec: FieldSpec;
  readonly columns: readonly ColumnTold[];
  readonly words: readonly WordTold[];
  readonly questions: readonly Question[];
  /** Somebody in the list is off by its words. */
  readonly tellsOff: boolean;
}

interface About {
  readonly role: Role;
  readonly rows: Rows;
  readonly given: Given;
  /** The column of the last days, where there is one. */
  readonly endAt?: string | undefined;
  /** Columns that have another meaning. */
  readonly taken: ReadonlySet<string>;
}

const PRESENT: StateTold = { spec: { const: 'active' }, columns: [], words: [], questions: [], tellsOff: false };

/** Where the state of people, or the status of accounts, stands. What is not sure is a question, and nothing else is made of it. */
export function tellState(about: About): StateTold {
  const { role, rows, given } = about;
  const field = fieldOf(role);
  const named = given.columns.get(field);
  if (named?.length === 0) return PRESENT;
  if (named !== undefined) {
    const own = named.flatMap((name) => {
      const index = rows.looks.findIndex((look) => look.name === name);
      const look = rows.looks[index];
      return look === undefined ? [] : [namedStateColumn(role, look, index)];
    });
    const [first, ...more] = own;
    if (role === 'account' && first !== undefined && more.length === 0 && isDated(first.look)) return ofDates(first.look.name, given.words);
    return readFrom(about, own, 'as --map says');
  }
  const all = stateColumns(role, rows.looks);
  const found = all.filter((column) => !isOfCustomer(role, column, rows.looks));
  const [customer] = all;
  if (customer !== undefined && found.length === 0) return { ...PRESENT, questions: [saysOff(role, customer.look)] };
  if (found.length === 0) return rows.cells.length === 0 ? ofNoRows(about) : byWords(about);
  const sure = found.filter(({ unknown }) => unknown.length === 0);
  const telling = sure.filter(({ isContract }) => !isContract);
  const certain = telling.length > 0 ? telling : sure;
  const [best] = [...certain].sort((a, b) => b.senses.size - a.senses.size);
  // What knows none of the words that tell of it speaks of something else, as long as another column is sure.
  const rivals = found.filter((one) => one !== best && !one.isContract && (best === undefined || one.unknown.length < one.senses.size));
  if (best === undefined) {
    const [only, ...more] = found;
    return only !== undefined && more.length === 0 ? readFrom(about, [only], 'by its name') : whichOf(about, found);
  }
  const day = role === 'account' ? dayOfThoseWhoAreOn(best, rows) : undefined;
  if (day !== undefined) return { ...PRESENT, questions: [ofDayOrWord(best, day)] };
  if (rivals.every((other) => agree(best, other, rows.cells))) return readFrom(about, [best], 'by its name and its words');
  return whichOf(about, [best, ...rivals]);
}

const fieldOf = (role: Role): 'state' | 'status' => (role === 'person' ? 'state' : 'status');

/** A header without rows: there is nobody to be wrong about, and the audit says that the list is empty. */
function ofNoRows({ role, rows }: About): StateTold {
  const empty = rows.looks.map((look) => ({ ...look, filled: 1 }));
  const [column] = stateColumns(role, empty);
  return column === undefined
    ? PRESENT
    : {
        ...PRESENT,
        spec: { from: column.look.name, map: {} },
        columns: [{ column: column.look.name, as: fieldOf(role), why: 'by its name' }],
      };
}

/** No name tells of it. If words do, it is asked: an MFA that is enabled has such words, too. */
function byWords(about: About): StateTold {
  const dated = about.rows.looks.find(
    (look) =>
      isDated(look) &&
      meaningsOf(about.role, look.name).some(({ named }) => named === 'deactivatedAt' || (named === 'off' && about.role === 'account')),
  );
  if (dated !== undefined) return { ...PRESENT, questions: [ofDay(dated)] };
  const found = statesByWords(about.role, about.rows.looks).filter(({ look }) => !about.taken.has(look.name));
  const questions = found.map(({ look }) => saysOff(about.role, look));
  if (questions.length > 0 || about.endAt !== undefined || about.given.columns.has('endAt'))
    return { ...PRESENT, questions: questions.slice(0, 3) };
  const perhaps = about.rows.looks.filter((look) => !about.taken.has(look.name) && !isEnd(about.role, look) && maySayOff(about.role, look));
  return { ...PRESENT, questions: perhaps.slice(0, 3).map((look) => ofPerhaps(about.role, look)) };
}

function saysOff(role: Role, { name, words }: ColumnLook): Question {
  const field = fieldOf(role);
  return {
    about: `does ${shown(name)} (${counts(words)}) say who is on and who is off?`,
    flag: '--map',
    answer: `.${field}=${name}`,
    or: `--map NAME.${field}= if it does not`,
  };
}

/** Of these it is asked elsewhere. */
function isEnd(role: Role, { name }: ColumnLook): boolean {
  return role === 'person' && meaningsOf(role, name).some(({ named }) => named === 'endAt' || named === 'contractEnd');
}

/** A name that speaks of an end, and no word or date that is known. */
function ofPerhaps(role: Role, look: ColumnLook): Question {
  const { name, words, filled } = look;
  const field = role === 'person' && isDated(look) ? 'endAt' : fieldOf(role);
  const what = words.size === 0 || isDated(look) ? counted(filled) : counts(words);
  return {
    about: `does ${shown(name)} (${what}) say who ${role === 'person' ? 'left' : 'is off'}? Nothing else does`,
    flag: '--map',
    answer: `.${field}=${name}`,
    or: `--map NAME.${field}= if it does not`,
  };
}

/** A day of deactivation may still be there when the account is on again. */
function ofDay({ name, filled }: ColumnLook): Question {
  return {
    about: `is an account off once it has a ${shown(name)} (${counted(filled)})? Nothing else says who is off`,
    flag: '--map',
    answer: `.status=${name}`,
    or: '--map NAME.status= if that says nothing, and every account is on',
  };
}

function ofDayOrWord({ look }: StateColumn, day: ColumnLook): Question {
  return {
    about: `which says who is off: ${shown(look.name)} (${counts(look.words)}) or ${shown(day.name)}? Some have a day there and are on`,
    flag: '--map',
    answer: `.status=${look.name}`,
    or: `.status=${day.name}`,
  };
}

function ofDates(column: string, words: Given['words']): StateTold {
  const days = [...words].filter(([word]) => word !== '');
  return {
    spec: {
      from: column,
      ...(days.length === 0 ? {} : { map: Object.fromEntries(days) }),
      dated: 'deactivated',
      absent: words.get('') ?? 'active',
    },
    columns: [{ column, as: 'status', why: 'as --map says: off, where a day stands in it' }],
    words: [],
    questions: [],
    tellsOff: true,
  };
}

function whichOf({ role }: About, found: readonly StateColumn[]): StateTold {
  const field = fieldOf(role);
  const [first, ...others] = found;
  if (first === undefined) return PRESENT;
  const question: Question = {
    about: `which column is the ${field}: ${found.map(({ look }) => `${shown(look.name)} (${counts(look.words)})`).join(' or ')}? They do not say the same`,
    flag: '--map',
    answer: `.${field}=${first.look.name}`,
    or: others.map(({ look }) => `.${field}=${look.name}`).join(', '),
  };
  return { ...PRESENT, questions: [question] };
}

function readFrom(about: About, columns: readonly StateColumn[], why: string): StateTold {
  const { role, rows, given } = about;
  const field = fieldOf(role);
  const map = new Map<string, string>();
  const words: WordTold[] = [];
  const questions: Question[] = [];
  let absent: string | undefined = given.words.get('');
  for (const column of columns) {
    for (const [word, rowsOf] of column.look.words) {
      const as = given.words.get(word) ?? settled(about, column, word);
      words.push({ word, as, rows: rowsOf });
      if (as !== undefined) map.set(word, as);
      else questions.push(ofWord(about, column, word, rowsOf));
    }
    if (column.look.words.size === 0 && column.look.filled > 0) questions.push(tooMany(field, column));
    absent ??= column.absent;
    const empty = column.look.blank;
    if (empty > 0 && column.look.filled > 0 && absent === undefined && columns.length === 1) questions.push(ofEmpty(field, column, empty));
  }
  for (const [word, as] of given.words) if (word !== '') map.set(word, as);
  // The rest of the file was not seen: the words that it may have are written as those that were.
  if (!rows.isWhole && questions.length === 0 && words.every(({ word }) => isNaN(Number(word)))) {
    for (const [word, sense] of wordsLike(
      role,
      words.map(({ word }) => word),
    )) {
      const as = sense === 'inactive' ? inactiveAs(role) : sense;
      if (as !== undefined && !map.has(word)) map.set(word, as);
    }
  }
  const names = columns.map(({ look }) => look.name);
  const [only] = names;
  const spec: FieldSpec = {
    from: names.length === 1 && only !== undefined ? only : names,
    map: Object.fromEntries(map),
    ...(absent === undefined ? {} : { absent }),
  };
  return {
    spec,
    columns: names.map((column) => ({ column, as: field, why })),
    words,
    questions,
    tellsOff: words.some(({ as }) => as !== undefined && !isOnSense(as)),
  };
}

/** "Inactive" is gone, where each of these people has a last day. Else it may be a leave, too: that is asked. */
export function settled({ role, rows, endAt }: About, column: StateColumn, word: string): string | undefined {
  const sense = column.senses.get(word);
  if (sense !== 'inactive') return sense;
  if (role === 'account') return inactiveAs(role);
  const end = rows.looks.findIndex(({ name }) => name === endAt);
  const all = rows.cells.filter((row) => row[column.index]?.trim() === word);
  return end >= 0 && all.every((row) => !isPlaceholder(row[end] ?? '')) ? 'terminated' : undefined;
}

function inactiveAs(role: Role): string | undefined {
  return role === 'account' ? 'deactivated' : undefined;
}

function ofWord({ role }: About, { look, isBare }: StateColumn, word: string, rows: number): Question {
  const field = fieldOf(role);
  const [guess, others] =
    role === 'person' ? ['terminated', 'active, leave, suspended, pre-hire'] : ['deactivated', 'active, pending, suspended, deleted'];
  const isOne = isBare && /^(?:1|y|yes|true)$/i.test(word);
  return {
    about: `${shown(look.name)} says ${shown(word)} (${counted(rows)}): what does it mean?`,
    flag: '--map',
    answer: `.${field}:${word}=${isOne ? 'active' : guess}`,
    or: isOne ? [guess, others].join(', ').replace('active, ', '') : others,
  };
}

function tooMany(field: string, { look }: StateColumn): Question {
  return {
    about: `${shown(look.name)} has too many different values for a ${field}; which column tells it?`,
    flag: '--map',
    answer: `.${field}=COLUMN`,
    or: `--map NAME.${field}= if none does`,
  };
}

function ofEmpty(field: string, { look }: StateColumn, rows: number): Question {
  return {
    about: `${shown(look.name)} is empty in ${counted(rows)}: what does that mean?`,
    flag: '--map',
    answer: `.${field}:=active`,
    or: field === 'state' ? 'terminated, unknown' : 'deactivated, unknown',
  };
}

export const shown = (text: string): string => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;

export const counted = (rows: number): string => `${rows} ${rows === 1 ? 'row' : 'rows'}`;

/** The words that stand there most often. */
export function counts(words: ReadonlyMap<string, number>): string {
  const all = [...words].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const most = all.slice(0, 4).map(([word, rows]) => `${word.slice(0, 24)} ${rows}`);
  return [...most, ...(all.length > 4 ? ['…'] : [])].join(', ');
}
