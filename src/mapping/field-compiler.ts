import type { FieldMap, FieldSpec } from '../model/config.js';
import type { Attributes, Moment } from '../model/person.js';
import { UsageError } from '../model/errors.js';
import { ACCOUNT_FIELDS, ATTRIBUTES, PERSON_FIELDS } from '../model/field-names.js';
import { isOneOf } from '../model/words.js';
import type { UnreadCause } from '../model/completeness.js';
import type { Numbers } from './dates/order.js';
import { dateReading, OrderWanted, type DateReading } from './dates/reading.js';
import { UnreadOfRow } from './dates/unread-of-row.js';
import { numbersOf } from './dates/written.js';
import { oneOfTwo, readMoment } from './moment.js';
import type { Problems } from './problems.js';
import type { Role } from '../model/role.js';
import { isNoValue, nothingOf } from './placeholder.js';
import { constOf, isEmpty, isWorkedOut, meaningOf, pathsOf, placesOf, type Place } from '../model/places.js';
import { listOf, lookup, RowError, textOf, type TextUse } from './values.js';
import {
  givenReason,
  settled,
  tellAbsence,
  tellDisagreement,
  tiersOf,
  TRUTHS,
  UNKNOWN,
  vocabulary,
  wordReader,
  type Vocabulary,
} from './word-places.js';
import { itemAt } from '../model/at.js';

/**
 * Compiles one path for the kind of record at hand: a key of JSON, a CSV column, an LDAP attribute. Undefined: not there. `ofList`: the field is a list,
 * and a record may keep its entries apart.
 */
export type Access<Raw> = (path: string, ofList?: boolean) => (record: Raw) => unknown;
export type Read<Raw, Value = unknown> = (record: Raw) => Value;

/** The names under which a mapping gives attributes. */
export function attributeNames(role: Role, fields: FieldMap): string[] {
  return Object.keys(fields).filter((name) => !NO_ATTRIBUTE[role].has(name) && (fields[name] ?? undefined) !== undefined);
}

/** Normal-form names that are no attributes. Of the rest, each is one, whatever it is called. */
const NO_ATTRIBUTE: Readonly<Record<Role, ReadonlySet<string>>> = {
  person: new Set([...PERSON_FIELDS.filter((name) => !isOneOf(ATTRIBUTES, name)), 'state', 'status']),
  account: new Set([...ACCOUNT_FIELDS.filter((name) => !isOneOf(ATTRIBUTES, name)), 'status', 'state', 'admin']),
};
const UNSAFE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

const absent = (): undefined => undefined;

/** Compiles single fields of a mapping into readers. What is not mapped reads as undefined, `unknown` for words. */
export class FieldCompiler<Raw> {
  readonly unread = new UnreadOfRow();

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
    const read = this.#value(name, use);
    if (read === undefined) return absent;
    const { problems } = this;
    return (record) => textOf(read(record), name, use, problems);
  }

  /** All entries of all places, those of the first place first. */
  list(name: string): Read<Raw, readonly string[] | undefined> {
    const spec = this.spec(name);
    if (spec === undefined) return absent;
    const { problems } = this;
    const constant = constOf(spec);
    const readers = placesOf(spec).map(({ path, map }) => {
      const read = this.access(path, true);
      const find = map === undefined ? undefined : lookup(map);
      return (record: Raw): readonly string[] | undefined => {
        const list = listOf(read(record), name, problems);
        return find === undefined ? list : list?.map((entry) => find(entry) ?? entry);
      };
    });
    if (constant !== undefined) readers.push(() => listOf(constant, name, problems));
    const [only] = readers;
    // Addresses are no list that can be "held none of": an empty one is no address.
    const isNone = (list: readonly string[] | undefined): boolean => list?.length === 0 && name === 'emails';
    if (only !== undefined && readers.length === 1) {
      return (record) => {
        const list = only(record);
        return isNone(list) ? undefined : list;
      };
    }
    return (record) => {
      const lists = readers.map((read) => read(record)).filter((list) => list !== undefined);
      const all = [...new Set(lists.flat())];
      return lists.length === 0 || isNone(all) ? undefined : all;
    };
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

  #unreadable(name: string, cause: UnreadCause, value: unknown): void {
    if (cause === 'two-ways' && this.dates.canAsk === true) throw new OrderWanted();
    const places = pathsOf(this.spec(name)).filter((path) => !isWorkedOut(path));
    this.problems.unread(name, places.join(' or '), cause, value);
    this.unread.add(name, cause === 'two-ways' ? oneOfTwo(value) : undefined);
  }

  /**
   * The first that is a date, or should be: what says "never", or nothing, leaves the word to the next place. A date is read through a map where
   * the map has a word for it, and otherwise as it stands: left out, it would be none.
   */
  #dateValue(name: string): Read<Raw> | undefined {
    const spec = this.spec(name);
    if (spec === undefined) return undefined;
    const constant = constOf(spec);
    if (constant !== undefined) return () => constant;
    const readers = placesOf(spec).map(({ path, map }): Read<Raw> => {
      const read = this.access(path, true);
      const find = map === undefined ? undefined : lookup(map);
      return (record) => {
        const value = read(record);
        const first: unknown = Array.isArray(value) ? value[0] : value;
        return find?.(first) ?? first;
      };
    });
    const [only] = readers;
    if (only !== undefined && readers.length === 1) return only;
    return (record) => {
      for (const read of readers) {
        const value = read(record);
        if (readMoment(value) !== 'never') return value;
      }
      return undefined;
    };
  }

  /** A word of a closed list that has `unknown` for everything else. `isTold`: that a record has none is worth a word. */
  word<Word extends string>(name: string, spec: FieldSpec | null | undefined, words: readonly Word[], isTold = false): Read<Raw, Word> {
    const unknown = UNKNOWN as Word;
    if (spec === null || spec === undefined) return () => unknown;
    const read = this.#word(name, spec, vocabulary(words));
    const { problems } = this;
    const places = placesOf(spec);
    return (record) => {
      const word = read(record);
      if (word === undefined && isTold && places.length > 0) tellAbsence(name, places, problems);
      return word === undefined || word === 'disagree' ? unknown : word;
    };
  }

  /** A word of a closed list, `unknown` for a value that is none of them. Undefined: the record has no value. */
  told<Word extends string>(name: string, words: Vocabulary<Word>): Read<Raw, Word | typeof UNKNOWN | undefined> {
    const spec = this.spec(name);
    if (spec === undefined) return absent;
    const read = this.#word(name, spec, words);
    return (record) => {
      const word = read(record);
      return word === 'disagree' ? UNKNOWN : word;
    };
  }

  truth(name: string): Read<Raw, boolean | undefined> {
    const spec = this.spec(name);
    if (spec === undefined) return absent;
    const read = this.#word(name, spec, TRUTHS);
    return (record) => {
      const word = read(record);
      return word === 'true' ? true : word === 'false' ? false : undefined;
    };
  }

  #word<Word extends string>(name: string, spec: FieldSpec, words: Vocabulary<Word>): Read<Raw, Word | 'disagree' | undefined> {
    const { problems } = this;
    const constant = constOf(spec);
    if (constant !== undefined) {
      const word = wordReader(name, {}, words, problems);
      return () => word(constant);
    }
    const places = placesOf(spec);
    const { absent: nothing, prefer } = meaningOf(spec);
    const meant = nothing === undefined ? undefined : words.words.get(nothing);
    const readers = places.map((place) => {
      const read = this.access(place.path);
      const word = wordReader(name, place, words, problems);
      return (record: Raw): Word | undefined => word(read(record));
    });
    const [only] = readers;
    if (only !== undefined && readers.length === 1) return (record) => only(record) ?? meant;
    const tiers = tiersOf(prefer);
    return (record) => {
      const found = readers.map((read) => read(record));
      const word = settled(found, tiers);
      if (word === 'disagree') tellDisagreement(name, found, places, problems);
      return word ?? meant;
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
      for (let i = 0; i < names.length; i++) attributes[itemAt(names, i)] = itemAt(readers, i)(record);
      return attributes;
    };
  }

  /** The first value that is one; where none is, the first empty one, so that empty stays empty. A placeholder is neither. */
  #value(name: string, use: TextUse): Read<Raw> | undefined {
    const spec = this.spec(name);
    if (spec === undefined) return undefined;
    const constant = constOf(spec);
    const readers = constant === undefined ? placesOf(spec).map((place) => this.#mapped(name, place)) : [() => constant];
    const isNothing = nothingOf(use, readers.length > 1);
    return (record) => {
      let empty: unknown;
      for (const read of readers) {
        const value = read(record);
        if (value === undefined || isNothing(value)) continue;
        if (!isEmpty(value)) return value;
        if (empty === undefined) empty = value;
      }
      return empty;
    };
  }

  #mapped(name: string, { path, map }: Place): Read<Raw> {
    const read = this.access(path);
    if (map === undefined) return read;
    const find = lookup(map);
    const { problems } = this;
    return (record) => {
      const value = read(record);
      if (value === undefined) return undefined;
      const first: unknown = Array.isArray(value) ? value[0] : value;
      const found = find(first);
      // Empty stays empty, unless the map has a word for it.
      if (
        found !== undefined ||
        first === '' ||
        first === null ||
        first === undefined ||
        (typeof first === 'string' && isNoValue(first, true))
      )
        return found ?? first;
      problems.add(name, 'could not be found in its map: left out', first);
      return undefined;
    };
  }
}
