import { fold, foldCase } from '../model/fold.js';
import { readDate } from './date.js';
import type { Comparison, Literal } from './parse.js';

/** One value of an attribute. */
export type Value = string | number | boolean;
/** One value against the literal of the filter. */
export type ValueTest = (value: Value) => boolean;
type Ordering = (order: number) => boolean;

const ORDERINGS: Readonly<Record<'eq' | 'gt' | 'ge' | 'lt' | 'le', Ordering>> = {
  eq: (order) => order === 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};
const NUMERIC = /^-?\d+(?:\.\d+)?$/;

/**
 * The test of one value, or what is wrong with the comparison. Text compares without regard to case (caseExact is false by
 * default, RFC 7643 section 2.2) and to how an accent is encoded; dates compare as instants. Directories and exports
 * give nearly everything as text, so the literals 12 and true also take the text `12` and `TRUE`.
 */
export function compileComparison(
  op: Exclude<Comparison, 'ne'>,
  literal: Exclude<Literal, null>,
): ValueTest | { readonly mistake: string } {
  if (op === 'co' || op === 'sw' || op === 'ew') {
    if (typeof literal !== 'string') return { mistake: `${op} looks into text: expected a value in double quotes` };
    // White space at the ends of a part is meant: " van " is not "van".
    return compilePart(op, foldCase(literal));
  }
  const ordered = ORDERINGS[op];
  if (typeof literal === 'boolean') {
    // RFC 7644: ordering a Boolean "SHALL cause a failed response".
    if (op !== 'eq') return { mistake: `true and false have no order: expected eq or ne instead of ${op}` };
    return compileText(String(literal), ordered);
  }
  if (typeof literal === 'number') return compileNumber(literal, ordered);
  const date = readDate(literal);
  if (date === 'no such day') return { mistake: `${literal} is no day of the calendar` };
  if (date !== undefined) return compileDate(date, ordered);
  return op === 'eq' ? compileEqual(literal) : compileText(literal, ordered);
}

function compilePart(op: 'co' | 'sw' | 'ew', part: string): ValueTest {
  switch (op) {
    case 'co':
      return (value) => fold(String(value)).includes(part);
    case 'sw':
      return (value) => fold(String(value)).startsWith(part);
    case 'ew':
      return (value) => fold(String(value)).endsWith(part);
  }
}

/** Nearly every filter is made of these; equal spelling needs no folding. */
function compileEqual(literal: string): ValueTest {
  const folded = fold(literal);
  return (value) => value === literal || fold(String(value)) === folded;
}

function compileText(literal: string, ordered: Ordering): ValueTest {
  const folded = fold(literal);
  return (value) => {
    const text = fold(String(value));
    return ordered(text === folded ? 0 : text < folded ? -1 : 1);
  };
}

function compileNumber(literal: number, ordered: Ordering): ValueTest {
  return (value) => {
    const number = typeof value === 'number' ? value : NUMERIC.test(String(value)) ? Number(value) : NaN;
    // NaN - anything is NaN: what is no number is neither equal to one, nor more, nor less.
    return ordered(number - literal);
  };
}

function compileDate(literal: number, ordered: Ordering): ValueTest {
  return (value) => {
    const date = typeof value === 'string' ? readDate(value) : undefined;
    return typeof date === 'number' && ordered(date - literal);
  };
}
