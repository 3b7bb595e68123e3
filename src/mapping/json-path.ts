import { UsageError } from '../model/errors.js';

/** What keeps elements of a list: `[0]`, `[primary=true]`, or as SCIM writes it, `[type eq "work"]`. */
type Choice = number | { readonly name: string; readonly value: string };

/** One way to go on from an object: by this own key, then on. */
interface Way {
  readonly key: string;
  readonly choice: Choice | undefined;
  readonly next: readonly Way[] | undefined;
}

const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);
const BRACKET = /\[\s*(?:(\d+)|([\w$-]+)\s*(?:=|\s+eq\s+)\s*"?([^"\]]*?)"?)\s*\]/y;

/**
 * Compiles a path into a record of JSON: `name.familyName`, `emails.value` (of a list: the values of all its elements),
 * `emails[0]` or `emails.0`, `emails[primary=true].value`. Keys may themselves hold dots and colons: the longest own key goes first, so
 * `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department` and `...:User:department` both find it. Own
 * properties only; `.` is the record itself, where it is a plain text. Undefined: not there; null on the way: null. Throws a `UsageError` for a path that is none.
 */
export function jsonPath(path: string): (record: unknown) => unknown {
  if (path === '.') return (record) => record;
  const ways = parse(path, path, new Map());
  const [only] = ways;
  // Nearly every path is one plain key, and no inherited property has its name.
  if (ways.length === 1 && only !== undefined && only.choice === undefined && only.next === undefined && !(only.key in Object.prototype)) {
    const { key } = only;
    return (record) => (isObject(record) ? record[key] : undefined);
  }
  const two = twoKeys(ways);
  if (two === undefined) return (record) => (isObject(record) ? walk(record, ways) : undefined);
  const [whole, outer, inner] = two;
  return (record) => {
    if (!isObject(record)) return undefined;
    const below = record[outer];
    // Everything unusual goes the long way: a key that holds the dot itself, a list, null, nothing at all.
    if (!isObject(below) || whole in record || Array.isArray(record) || Array.isArray(below)) return walk(record, ways);
    return below[inner];
  };
}

/** Of a path of two plain keys (`profile.email`): the path as one key, and both. Undefined for any other. */
function twoKeys(ways: readonly Way[]): readonly [whole: string, outer: string, inner: string] | undefined {
  const [long, short] = ways;
  const end = short?.next?.[0];
  if (long === undefined || short === undefined || end === undefined || ways.length > 2 || short.next?.length !== 1) return undefined;
  const isPlain = [long, short, end].every(({ key, choice }) => choice === undefined && !(key in Object.prototype));
  return isPlain && long.next === undefined && end.next === undefined ? [long.key, short.key, end.key] : undefined;
}

/** Is the path one key of the record itself, and no name that objects inherit? */
export function isPlainKey(path: string): boolean {
  return path !== '' && !/[.:[]/.test(path) && !(path in Object.prototype);
}

/** The keys of a path of plain keys (`profile.email`), one below the other; undefined for a path that is more than that. */
export function stepsOf(path: string): readonly string[] | undefined {
  const steps = path.split('.');
  return steps.every(isPlainKey) ? steps : undefined;
}

/** The ways through what is left of a path, the longest key first. */
function parse(rest: string, path: string, known: Map<string, readonly Way[]>): readonly Way[] {
  const before = known.get(rest);
  if (before !== undefined) return before;
  const open = rest.indexOf('[');
  const names = open < 0 ? rest : rest.slice(0, open);
  const ways: Way[] = [];
  for (let end = names.length; end > 0; end = Math.max(names.lastIndexOf('.', end - 1), names.lastIndexOf(':', end - 1))) {
    const key = names.slice(0, end);
    if (key.split(/[.:]/).some((part) => REFUSED.has(part)))
      throw new UsageError(`the path ${path} must not go through ${[...REFUSED].join(', ')}; map another field`);
    if (end < names.length) {
      ways.push({ key, choice: undefined, next: parse(rest.slice(end + 1), path, known) });
    } else if (open < 0) {
      ways.push({ key, choice: undefined, next: undefined });
    } else {
      ways.push({ key, ...bracket(rest, open, path, known) });
    }
  }
  if (ways.length === 0) throw new UsageError(`the path ${path} has a step without a name; write key.key`);
  known.set(rest, ways);
  return ways;
}

function bracket(rest: string, open: number, path: string, known: Map<string, readonly Way[]>): Omit<Way, 'key'> {
  BRACKET.lastIndex = open;
  const found = BRACKET.exec(rest);
  const after = found === null ? '' : rest.slice(open + found[0].length);
  if (found === null || !/^(?:$|[.:].)/.test(after))
    throw new UsageError(`the path ${path} cannot be read: write list[0].key or list[key=value].key`);
  const [, index, name = '', value = ''] = found;
  const choice = index === undefined ? { name, value: value.trim().toLowerCase() } : Number(index);
  return { choice, next: after === '' ? undefined : parse(after.slice(1), path, known) };
}

function walk(value: object, ways: readonly Way[]): unknown {
  if (Array.isArray(value)) {
    const found = value
      .map((element) => (isObject(element) && !Array.isArray(element) ? walk(element, ways) : undefined))
      .filter((one) => one !== undefined && one !== null);
    return found.length > 0 ? found.flat() : (entryAt(value, ways) ?? []);
  }
  for (const { key, choice, next } of ways) {
    if (!Object.hasOwn(value, key)) continue;
    const at = (value as Readonly<Record<string, unknown>>)[key];
    const chosen = choice === undefined ? at : choose(at, choice);
    if (next === undefined || chosen === null) return chosen;
    const found = isObject(chosen) ? walk(chosen, next) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `aliases.0`, as tools name the columns of a list that they flatten: the entry at that place, where no entry has such a key. */
function entryAt(list: readonly unknown[], ways: readonly Way[]): unknown {
  for (const { key, choice, next } of ways) {
    const entry = /^\d{1,3}$/.test(key) ? list[Number(key)] : undefined;
    const chosen = choice === undefined ? entry : choose(entry, choice);
    const found = next === undefined || chosen === null ? chosen : isObject(chosen) ? walk(chosen, next) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function choose(value: unknown, choice: Choice): unknown {
  if (!Array.isArray(value)) return value === null ? null : undefined;
  if (typeof choice === 'number') return value[choice];
  return value.filter((element) => {
    if (!isObject(element) || !Object.hasOwn(element, choice.name)) return false;
    const found = element[choice.name];
    const plain = typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean';
    return plain && String(found).toLowerCase() === choice.value;
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
