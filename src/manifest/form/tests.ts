import { compileExpression } from './expression.js';
import { jsonPath } from '../../mapping/json-path.js';
import type { Predicate, Scalar, Test } from './parts.js';
import { isList } from '../../model/parsed.js';

export type Holds = (record: unknown) => boolean;

/** Compiles tests of which one must hold. `undecided`: what holds of an expression that names something that is not there. */
export function compileAny(predicates: Predicate | readonly Predicate[], undecided = false): Holds {
  const list = isList(predicates) ? predicates : [predicates];
  const all = list.map((predicate) => compilePredicate(predicate, undecided));
  return (record) => all.some((holds) => holds(record));
}

/** Compiles a map of path and test, all of which must hold. */
export function compilePredicate(predicate: Predicate, undecided = false): Holds {
  const all = Object.entries(predicate).map(([path, test]) => {
    if (path === 'cel' && typeof test === 'string') {
      const evaluate = compileExpression(test, 'test');
      return (record: unknown): boolean => {
        const outcome = evaluate(record);
        return outcome.kind === 'value' ? outcome.value === true : undecided;
      };
    }
    const read = jsonPath(path);
    const holds = compileTest(test);
    return (record: unknown): boolean => holds(read(record));
  });
  return (record) => all.every((holds) => holds(record));
}

export function compileTest(test: Test): (value: unknown) => boolean {
  if (Array.isArray(test)) return oneOf(test);
  if (typeof test !== 'object' || test === null) return oneOf([test]);
  if ('present' in test) return (value) => isPresent(value) === test.present;
  if ('not' in test) {
    const named = oneOf(Array.isArray(test.not) ? test.not : [test.not]);
    // What is not there is not known to be another value.
    return (value) => isPresent(value) && !named(value);
  }
  if ('above' in test) return some((one) => one !== '' && Number(one) > test.above);
  if ('contains' in test) return some((one) => String(one).includes(test.contains));
  if ('starts_with' in test) return some((one) => String(one).startsWith(test.starts_with));
  return some((one) => String(one).endsWith(test.ends_with));
}

type Plain = string | number | boolean;

function oneOf(scalars: readonly Scalar[]): (value: unknown) => boolean {
  const texts = new Set(scalars.filter((scalar) => scalar !== null).map(String));
  const none = scalars.includes(null);
  const named = some(
    (one) => texts.has(String(one)) || (typeof one === 'string' && /^(true|false)$/i.test(one) && texts.has(one.toLowerCase())),
  );
  const [yes, no] = [texts.has('true'), texts.has('false')];
  return (value) => (typeof value === 'boolean' ? (value ? yes : no) : value === undefined || value === null ? none : named(value));
}

/** Of a list, one element must hold. */
function some(holds: (one: Plain) => boolean): (value: unknown) => boolean {
  return (value) => (isList(value) ? value.some((one) => isPlain(one) && holds(one)) : isPlain(value) && holds(value));
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}
