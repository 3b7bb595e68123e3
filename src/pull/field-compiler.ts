import type { FieldMap, FieldSpec } from '../config/config.js';
import type { Attributes, Moment } from '../model/person.js';
import { UsageError } from '../model/errors.js';
import type { UnreadCause } from '../model/completeness.js';
import type { Numbers } from './dates/order.js';
import { dateReading, OrderWanted, type DateReading } from './dates/reading.js';
import { numbersOf } from './dates/written.js';
import { readMoment } from './moment.js';
import type { Problems } from './problems.js';
import type { Role } from './source.js';
import { listOf, lookup, RowError, textOf, type TextUse } from './values.js';

/** Compiles one path for the kind of record at hand: a key of JSON, a CSV column, an LDAP attribute. Undefined: not there. */
export type Access<Raw> = (path: string) => (record: Raw) => unknown;
export type Read<Raw, Value = unknown> = (record: Raw) => Value;

/** The names under which a mapping gives attributes. */
export function attributeNames(role: Role, fields: FieldMap): string[] {
  return Object.keys(fields).filter((name) => !NO_ATTRIBUTE[role].has(name) && (fields[name] ?? undefined) !== undefined);
}

/** Every place that a field may be read from. */
export function pathsOf(spec: FieldSpec | null | undefined): readonly string[] {
  if (spec === null || spec === undefined) return [];
  if (typeof spec === 'string') return [spec];
  if (!('from' in spec)) return 'const' in spec ? [] : spec;
  return typeof spec.from === 'string' ? [spec.from] : spec.from;
}

/** Normal-form names that are no attributes. Of the rest, each is one, whatever it is called. */
const NO_ATTRIBUTE: Readonly<Record<Role, ReadonlySet<string>>> = {
  person: new Set('id userName emails aliases employeeId externalId kind state status groups startAt endAt createdAt changedAt'.split(' ')),
  account: new Set(
    'id userName emails aliases employeeId externalId kind state status roles admin createdAt updatedAt lastLoginAt deactivatedAt builtIn'.split(
      ' ',
    ),
  ),
};
const UNSAFE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

const absent = (): undefined => undefined;

/** Compiles single fields of a mapping into readers. What is not mapped reads as undefined, `unknown` for words. */
export class FieldCompiler<Raw> {
  #unread: string[] | undefined;

  constructor(
    private readonly fields: FieldMap,
    private readonly access: Access<Raw>,
    private readonly problems: Problems,
    private readonly dates: DateReading = dateReading({}),
  ) {}

  spec(name: string): FieldSpec | undefined {
    return (Object.hasOwn(this.fields, name) ? this.fields[name] : undefined) ?? undefined;
  }

  id(): Read<Raw, string> {
    const spec = this.spec('id');
    if (spec === undefined) throw new UsageError('no field is mapped to id; set fields: { id: … }');
    const read = this.text('id', 'id');
    const place = typeof spec === 'string' && spec !== 'id' ? ` (${spec})` : '';
    return (record) => {
      const id = read(record);
      if (id === undefined || id.trim() === '') throw new RowError(`id${place} is missing or empty`);
      return id;
    };
  }

  text(name: string, use: TextUse): Read<Raw, string | undefined> {
    const read = this.#value(name);
    if (read === undefined) return absent;
    const { problems } = this;
    return (record) => textOf(read(record), name, use, problems);
  }

  list(name: string): Read<Raw, readonly string[] | undefined> {
    const spec = this.spec(name);
    if (spec === undefined) return absent;
    const { problems } = this;
    const read = this.#place(spec);
    const map = mapOf(spec);
    const whole: Read<Raw, readonly string[] | undefined> = (record) => {
      const list = listOf(read(record), name, problems);
      // Addresses are no list that can be "held none of": an empty one is no address.
      return list?.length === 0 && name === 'emails' ? undefined : list;
    };
    if (map === undefined) return whole;
    const find = lookup(map);
    return (record) => whole(record)?.map((entry) => find(entry) ?? entry);
  }

  moment(name: string): Read<Raw, Moment | undefined> {
    const read = this.#dateValue(name);
    if (read === undefined) return absent;
    const orders = this.dates.orders(name);
    return (record) => {
      const value = read(record);
      const moment = readMoment(value, orders);
      if (typeof moment === 'object') return moment;
      if (moment !== 'never') this.#unreadable(name, moment, value);
      return undefined;
    };
  }

  /** What the value of a field shows of the order of day and month in its column; undefined when it is not mapped. */
  numbers(name: string): Read<Raw, Numbers | undefined> | undefined {
    const read = this.#dateValue(name);
    return read === undefined ? undefined : (record) => numbersOf(read(record));
  }

  /** The dates of the row being read that are there and could not be read; the next row begins. */
  takeUnread(): readonly string[] | undefined {
    const unread = this.#unread;
    this.#unread = undefined;
    return unread;
  }

  #unreadable(name: string, cause: UnreadCause, value: unknown): void {
    if (cause === 'two-ways' && this.dates.canAsk === true) throw new OrderWanted();
    // What a connector works out by itself stands in no place that the user knows.
    const places = pathsOf(this.spec(name)).filter((path) => !/^@|^the manifest's /.test(path));
    this.problems.unread(name, places.join(' or '), cause, value);
    if (this.#unread === undefined) this.#unread = [name];
    else if (!this.#unread.includes(name)) this.#unread.push(name);
  }

  /** A date is read through a map where the map has a word for it, and otherwise as it stands: left out, it would be none. */
  #dateValue(name: string): Read<Raw> | undefined {
    const spec = this.spec(name);
    if (spec === undefined) return undefined;
    const read = this.#place(spec);
    const map = mapOf(spec);
    const find = map === undefined ? undefined : lookup(map);
    return (record) => {
      const value = read(record);
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return find?.(first) ?? first;
    };
  }

  /** A word of a closed list that has `unknown` for everything else. */
  word<Word extends string>(name: string, spec: FieldSpec | null | undefined, words: readonly Word[]): Read<Raw, Word> {
    const unknown = 'unknown' as Word;
    if (spec === null || spec === undefined) return () => unknown;
    const { problems } = this;
    const read = this.#place(spec);
    const own = new Map<string, Word>(words.map((word) => [word, word]));
    const map = mapOf(spec);
    const find = map === undefined ? undefined : lookup(map);
    return (record) => {
      const value = read(record);
      if (value === undefined) return unknown;
      const first: unknown = Array.isArray(value) ? value[0] : value;
      const exact = find === undefined ? own.get(first as string) : undefined;
      if (exact !== undefined) return exact;
      const text = find === undefined ? (typeof first === 'string' ? first.trim().toLowerCase() : undefined) : find(first);
      const word = text === undefined ? undefined : own.get(text);
      if (word !== undefined) return word;
      // No value was given: that is no news. One that nobody has mapped is, and it must not be guessed at.
      if (first !== '' && first !== null && first !== undefined) problems.add(name, find === undefined ? `could not be matched with ${words.join(', ')}: they count as unknown` : 'could not be found in its map: they count as unknown', first); // prettier-ignore
      return unknown;
    };
  }

  truth(name: string): Read<Raw, boolean | undefined> {
    const read = this.#value(name);
    if (read === undefined) return absent;
    const { problems } = this;
    return (record) => {
      const value = read(record);
      const text = textOf(value, name, 'key', problems)?.trim().toLowerCase();
      if (text === undefined) return undefined;
      if (text === 'true' || text === '1' || text === 'yes') return true;
      if (text === 'false' || text === '0' || text === 'no') return false;
      problems.add(name, 'could not be read as true or false', value);
      return undefined;
    };
  }

  /** Why something holds; a value that says "no" says that it does not. */
  reason(name: string): Read<Raw, string | undefined> {
    const read = this.text(name, 'key');
    return read === absent ? absent : (record) => givenReason(read(record));
  }

  /** Every row's attributes have the same keys in the same order, so that they share one hidden class: an absent one is undefined. */
  attributes(role: Role): Read<Raw, Attributes> {
    const names = attributeNames(role, this.fields);
    const unsafe = names.find((name) => UNSAFE_NAMES.has(name));
    if (unsafe !== undefined) throw new UsageError(`${unsafe} cannot be the name of an attribute; rename it under fields`);
    const readers = names.map((name) => this.text(name, 'attribute'));
    const shape: Record<string, string | undefined> = Object.fromEntries(names.map((name) => [name, undefined]));
    return (record) => {
      const attributes = { ...shape };
      for (let i = 0; i < names.length; i++) attributes[names[i] as string] = (readers[i] as Read<Raw, string | undefined>)(record);
      return attributes;
    };
  }

  /** The value of a field after its table; undefined when the field is not mapped at all. */
  #value(name: string): Read<Raw> | undefined {
    const spec = this.spec(name);
    if (spec === undefined) return undefined;
    const read = this.#place(spec);
    const map = mapOf(spec);
    if (map === undefined) return read;
    const find = lookup(map);
    const { problems } = this;
    return (record) => {
      const value = read(record);
      if (value === undefined) return undefined;
      const first: unknown = Array.isArray(value) ? value[0] : value;
      const found = find(first);
      // Empty stays empty, unless the map has a word for it.
      if (found !== undefined || first === '' || first === null || first === undefined) return found ?? first;
      problems.add(name, 'could not be found in its map: left out', first);
      return undefined;
    };
  }

  #place(spec: FieldSpec): Read<Raw> {
    if (typeof spec === 'string') return this.access(spec);
    if (isList(spec)) return this.#firstOf(spec);
    if ('const' in spec) return () => spec.const;
    return typeof spec.from === 'string' ? this.access(spec.from) : this.#firstOf(spec.from);
  }

  /** The first place that has a value; where none has, the first that is there at all, so that empty stays empty. */
  #firstOf(paths: readonly string[]): Read<Raw> {
    const readers = paths.map((path) => this.access(path));
    return (record) => {
      let empty: unknown;
      for (const read of readers) {
        const value = read(record);
        if (value === undefined) continue;
        if (value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)) return value;
        if (empty === undefined) empty = value;
      }
      return empty;
    };
  }
}

function givenReason(text: string | undefined): string | undefined {
  const word = text?.trim().toLowerCase();
  if (word === undefined || ['', 'false', 'no', '0'].includes(word)) return undefined;
  return ['true', 'yes', '1'].includes(word) ? 'the app says so' : text?.trim();
}

function mapOf(spec: FieldSpec): Readonly<Record<string, string>> | undefined {
  return typeof spec === 'object' && !isList(spec) && 'map' in spec ? spec.map : undefined;
}

function isList(spec: FieldSpec): spec is readonly string[] {
  return Array.isArray(spec);
}
