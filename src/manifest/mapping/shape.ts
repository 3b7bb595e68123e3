import { compileExpression } from '../form/expression.js';
import { jsonPath } from '../../mapping/json-path.js';
import { readMoment } from '../../mapping/moment.js';
import { isNoValue } from '../../mapping/placeholder.js';
import { isEmpty } from '../../model/places.js';
import { namesIn } from '../form/template.js';
import type { Field } from '../form/fields.js';
import { compileAny } from '../form/tests.js';
import { isList } from '../../model/parsed.js';

export type Shaped = Exclude<Field, string | readonly string[] | { readonly const: string }>;
type Read = (record: unknown) => unknown;
type One = Exclude<Shaped, readonly unknown[]>;

/** What lifegap.yaml says of a field, too. */
const PLAIN = new Set(['from', 'map', 'absent', 'prefer']);

/** True for a field that the mapping of lifegap.yaml has no word for. */
export function isShaped(field: Field): field is Shaped {
  if (typeof field !== 'object' || 'const' in field) return false;
  if (isList(field)) return field.some((place) => typeof place !== 'string');
  return Object.keys(field).some((key) => !PLAIN.has(key));
}

/** The places of a field that has several, each with what shapes it. A table stays with the whole. */
export function placesIn(field: Shaped): readonly Shaped[] {
  if (Array.isArray(field)) return field.map((place) => [place]);
  if (!('from' in field) || typeof field.from === 'string' || field.map !== undefined) return [field];
  return field.from.map((from) => ({ ...field, from }));
}

/** Reads a shaped field of a record: expression, template or place, then null_if, split, lower, trim. A table comes after it. */
export function compileShaped(field: Shaped, failed: (why: string) => void): Read {
  return Array.isArray(field)
    ? firstOf(field.map((place) => (typeof place === 'string' ? jsonPath(place) : compileOne(place, failed))))
    : compileOne(field, failed);
}

function compileOne(field: One, failed: (why: string) => void): Read {
  const holds = field.when === undefined ? () => true : compileAny(field.when);
  const read =
    'cel' in field
      ? fromExpression(field.cel, failed)
      : 'template' in field
        ? fromTemplate(field.template)
        : (field.latest === true ? allOf : firstOf)([field.from].flat().map((path) => jsonPath(path)));
  const none = field.null_if === undefined ? undefined : new Set(field.null_if.map(String));
  const { split, latest, lower, trim } = field;
  const piece = (text: string): string | null => {
    let shaped: string | undefined = text;
    if (split !== undefined) {
      const pieces = text.split(split.at);
      shaped = split.take === 'first' ? pieces[0] : split.take === 'last' ? pieces.at(-1) : pieces[split.take];
    }
    if (trim === true) shaped = shaped?.trim();
    if (lower === true) shaped = shaped?.toLowerCase();
    return shaped ?? null;
  };
  const one = (value: unknown): unknown => {
    if (value === undefined || value === null) return value;
    if (none !== undefined && isPlain(value) && none.has(String(value))) return null;
    return typeof value === 'string' ? piece(value) : value;
  };
  return (record) => {
    if (!holds(record)) return undefined;
    const value = read(record);
    const shaped = Array.isArray(value) ? value.map(one).filter((text) => text !== null) : one(value);
    return latest === true && Array.isArray(shaped) ? latestOf(shaped) : shaped;
  };
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function fromExpression(text: string, failed: (why: string) => void): Read {
  const evaluate = compileExpression(text, 'field');
  return (record) => {
    const outcome = evaluate(record);
    if (outcome.kind === 'failed') failed(outcome.why);
    return outcome.kind === 'value' ? outcome.value : undefined;
  };
}

/** Undefined when none of its paths is there; a missing one among others leaves its place empty, and the text trimmed. */
function fromTemplate(template: string): Read {
  const pieces = template.split(/\$\{[^{}]*\}/);
  const readers = namesIn(template).map((path) => jsonPath(path));
  return (record) => {
    const values = readers.map((read) => read(record));
    if (values.every((value) => value === undefined)) return undefined;
    const texts = values.map((value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : ''));
    return pieces
      .map((piece, i) => piece + (texts[i] ?? ''))
      .join('')
      .trim();
  };
}

function firstOf(readers: readonly Read[]): Read {
  return (record) => {
    let empty: unknown;
    for (const read of readers) {
      const value = read(record);
      if (typeof value === 'string' && isNoValue(value, true)) continue;
      if (!isEmpty(value)) return value;
      empty ??= value;
    }
    return empty;
  };
}

function allOf(readers: readonly Read[]): Read {
  return (record) => readers.flatMap((read) => read(record) ?? []);
}

/** Of dates, the latest. One that cannot be read may be it: then that is what is read, and said. */
function latestOf(values: readonly unknown[]): unknown {
  let last: { readonly value: unknown; readonly at: number } | undefined;
  for (const value of values) {
    const moment = readMoment(value);
    if (moment === 'never') continue;
    if (typeof moment !== 'object') return value;
    if (last === undefined || moment.at > last.at) last = { value, at: moment.at };
  }
  return last?.value;
}
