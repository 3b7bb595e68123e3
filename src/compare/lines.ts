import type { Question } from '../exports/columns/question.js';
import { counts } from '../exports/columns/state.js';
import { constOf, pathsOf } from '../model/places.js';
import type { FieldSpec } from '../model/config.js';
import type { Plan } from './plan.js';

/** `crm.csv: Salesforce: users report; id=User ID, email=Email, status=Active; matched by email`. */
export function shortLine(plan: Plan, keys: readonly string[] | undefined): string {
  const { fields, state, status } = plan.reading;
  const said: readonly (readonly [string, FieldSpec | null | undefined])[] = [
    ['id', fields.id],
    ['email', fields.emails],
    ['userName', fields.emails === undefined ? fields.userName : undefined],
    ['state', state],
    ['status', status],
    ['endAt', fields.endAt],
  ];
  const meanings = said.flatMap(([name, spec]) => (pathsOf(spec).length === 0 ? [] : [`${name}=${pathsOf(spec).join('+')}`]));
  const one = constOf(state ?? status ?? '');
  const present =
    one === undefined ? [] : [plan.list.role === 'person' ? 'whoever is in it is here' : `no status: every account counts as ${one}`];
  const about = [titleOf(plan), ...options(plan)].join(', ');
  const by = keys === undefined ? [] : [`matched by ${keys.join(', ')}`];
  return `${plan.list.file}: ${[about, [...meanings, ...present].join(', '), ...by].join('; ')}`;
}

function titleOf({ known, rows }: Plan): string {
  return known?.title ?? (rows.looks.length === 0 ? 'empty' : 'told by its columns');
}

function options({ options: of, reading }: Plan): readonly string[] {
  return [
    ...Object.entries(of).map(([key, value]) => `${key} ${value}`),
    ...(reading.dates === undefined ? [] : [`dates ${reading.dates}`]),
  ];
}

/** How every column was read, and why. */
export function explained(plan: Plan, keys: readonly string[] | undefined): readonly string[] {
  const { list, rows, columns, words, notes } = plan;
  const used = columns.filter(({ as }) => as !== undefined);
  const unused = columns.filter(({ as }) => as === undefined);
  const seen = rows.isWhole ? `${rows.cells.length} rows` : `its first ${rows.cells.length} rows`;
  const wide = Math.max(0, ...used.map(({ as = '' }) => as.length));
  const column = Math.min(40, Math.max(0, ...used.map((one) => one.column.length)));
  return [
    `${list.file}: ${list.role === 'person' ? 'people' : 'accounts'}, called ${list.name}; ${titleOf(plan)}; ${seen}`,
    ...used.map((one) => `  ${(one.as ?? '').padEnd(wide)}  ${one.column.slice(0, 60).padEnd(column)}  ${one.why}`),
    ...wordLines(words),
    ...(keys === undefined ? [] : [`  matched by ${keys.join(', ')}`]),
    ...notes.map((note) => `  note: ${note}`),
    ...unused
      .slice(0, MOST)
      .map((one) => `  not used: ${one.column === '' ? '(a column without a name)' : one.column.slice(0, 60)}: ${one.why}`),
    ...(unused.length > MOST ? [`  not used: ${unused.length - MOST} more columns`] : []),
  ];
}

const MOST = 30;

function wordLines(words: Plan['words']): readonly string[] {
  const senses = [...new Set(words.map(({ as }) => as ?? 'unknown'))];
  return senses.map(
    (sense) =>
      `  ${sense}: ${counts(new Map(words.filter(({ as }) => (as ?? 'unknown') === sense).map(({ word, rows }) => [word, rows])))}`,
  );
}

/** Words that nobody knows, of an export that is known: the audit will not judge these rows. */
export function strangeWords(plan: Plan, shellWord: (word: string) => string): readonly string[] {
  if (plan.known === undefined || plan.questions.length > 0) return [];
  const field = plan.list.role === 'person' ? 'state' : 'status';
  return plan.words
    .filter(({ as }) => as === undefined)
    .slice(0, 5)
    .map(
      ({ word, rows }) =>
        `${plan.list.file}: "${word}" (${rows}) is no ${field} that ${plan.known?.name ?? ''} has: it stays unknown, unless you say --map ${shellWord(`${plan.list.name}.${field}:${word}=${field === 'state' ? 'terminated' : 'deactivated'}`)}`,
    );
}

/** A question with the flag that answers it. */
export function questionLine(plan: Plan, { about, flag, answer, or }: Question, shellWord: (word: string) => string): string {
  return `${plan.list.file}: ${about} ${flag} ${shellWord(`${plan.list.name}${answer}`)} (or: ${or.replaceAll('NAME', plan.list.name)})`;
}
