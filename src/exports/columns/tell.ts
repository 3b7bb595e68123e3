import { pathsOf } from '../../model/places.js';
import type { FieldMap, FieldSpec } from '../../model/config.js';
import type { Role } from '../../model/role.js';
import type { Reading } from '../known-export.js';
import { askedOfEnds, tellEnd } from './ends.js';
import { tellFields } from './fields.js';
import type { Given, Rows } from './given.js';
import type { ColumnTold, Question, WordTold } from './question.js';
import { shown, tellState } from './state.js';

/** A file that nobody knows, told by the names of its columns and by what stands in them. */
export interface Told {
  readonly reading: Reading;
  /** In the order of the file; a column with two meanings stands there twice. */
  readonly columns: readonly ColumnTold[];
  readonly words: readonly WordTold[];
  readonly questions: readonly Question[];
  /** What the list cannot tell. */
  readonly notes: readonly string[];
}

export function tell(role: Role, rows: Rows, given: Given): Told {
  const end = role === 'person' ? tellEnd(rows, given) : undefined;
  const { fields: plain, columns: ofFields, questions: ofIds } = tellFields(role, rows, given, end);
  const taken = new Set(ofFields.flatMap(({ column, as }) => (as === undefined ? [] : [column])));
  const state = tellState({ role, rows, given, endAt: end?.column, taken });
  const fields: Record<string, FieldSpec> = { ...plain, ...(end?.column === undefined ? {} : { endAt: end.column }) };
  // Once the state says who left, an end that may be put off is not needed.
  const ends =
    end === undefined
      ? []
      : [...end.questions, ...(state.tellsOff || end.column !== undefined || given.columns.has('endAt') ? [] : askedOfEnds(end.perhaps))];
  const told = [...ofFields, ...(end?.columns ?? []), ...state.columns];
  const used = new Set(told.filter(({ as }) => as !== undefined).map(({ column }) => column));
  const reasons = new Map(told.filter(({ as }) => as === undefined).map(({ column, why }) => [column, why]));
  const columns = rows.looks.flatMap(({ name }) =>
    used.has(name)
      ? told.filter(({ column, as }) => column === name && as !== undefined)
      : [
          {
            column: name,
            why:
              reasons.get(name) ??
              (end?.perhaps.includes(name) === true
                ? 'an end that may be put off'
                : 'its name and its cells tell nothing that an audit needs'),
          },
        ],
  );
  return {
    reading: readingFrom(role, fields, state.spec, given),
    columns,
    words: state.words,
    questions: [...ofIds, ...state.questions, ...ends, ...datesAsked(rows, fields, given)],
    notes: notesOn(role, state.spec, end?.column),
  };
}

function readingFrom(role: Role, fields: FieldMap, spec: FieldSpec, { dates }: Given): Reading {
  return { fields, ...(role === 'person' ? { state: spec } : { status: spec }), ...(dates === undefined ? {} : { dates }) };
}

function notesOn(role: Role, spec: FieldSpec, endAt: string | undefined): readonly string[] {
  if (typeof spec !== 'object' || !('const' in spec)) return [];
  if (role === 'account') return ['no column says who is off: every account in it counts as active'];
  return endAt === undefined
    ? ['no column says who left: everybody in it counts as here, and whoever left must be missing from it']
    : [`no column says who left: everybody in it counts as here until the day in ${shown(endAt)}`];
}

const DATED = ['startAt', 'endAt', 'createdAt', 'changedAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt'];

/** Dates of which nothing in their column says which number is the day. What another column of the file shows is offered, and not taken. */
export function datesAsked({ looks, isWhole }: Rows, fields: FieldMap, { dates }: Given): readonly Question[] {
  if (dates !== undefined || !isWhole) return [];
  const columns = DATED.flatMap((field) => pathsOf(fields[field]));
  const open = looks.filter(({ name, ambiguous }) => columns.includes(name) && ambiguous > 0);
  const [first] = open;
  if (first === undefined) return [];
  const shows = looks.find(({ order }) => order !== undefined);
  const hint = shows?.order === undefined ? '' : ` (${shown(shows.name)} has ${ORDERS[shows.order]})`;
  return [
    {
      about: `is it the day or the month that stands first in ${open.map(({ name }) => shown(name)).join(', ')}, as in ${shown(first.sample ?? '')}?${hint}`,
      flag: '--dates',
      answer: `=${shows?.order ?? 'dmy'}`,
      or: ['dmy', 'mdy', 'ymd'].filter((order) => order !== (shows?.order ?? 'dmy')).join(', '),
    },
  ];
}

const ORDERS = { dmy: 'the day first', mdy: 'the month first', ymd: 'the year first' };
