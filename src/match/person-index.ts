import { PERSON_KINDS, PERSON_STATES, type Moment, type Person, type PersonKind, type PersonState } from '../model/person.js';
import type { AddressRules } from '../model/policy.js';
import { TextTable, type TextColumn } from '../model/text-table.js';
import { KeyIndex } from './key-index.js';
import { foldKey, keyValue } from './keys.js';

/** Between the texts of a list: the one character that the mapping takes out of every text. */
const LIST = '\0';
export const NO_ROW = -1;

type TextField = 'id' | 'userName' | 'email' | 'aliases' | 'employeeId' | 'externalId' | 'groups';
const TEXT_FIELDS: readonly TextField[] = ['id', 'userName', 'email', 'aliases', 'employeeId', 'externalId', 'groups'];
type DateField = 'startAt' | 'endAt' | 'createdAt' | 'changedAt';
const DATE_FIELDS: readonly DateField[] = ['startAt', 'endAt', 'createdAt', 'changedAt'];

/** A date column: milliseconds, NaN when absent, and whether only the day is known. */
interface DateColumn {
  at: Float64Array;
  day: Uint8Array;
}

/**
 * The directory in columns, one row per person: built once, shared by every app. Rows are numbers; ties are broken by source
 * precedence and id, never by the order in which rows came.
 */
export class PersonIndex {
  readonly sources: string[] = [];
  readonly #table = new TextTable();
  readonly #text: Record<TextField, TextColumn>;
  readonly #dates: Record<DateField, DateColumn>;
  readonly #attributes = new Map<string, TextColumn>();
  readonly #order: { readonly names: string[]; readonly columns: TextColumn[] } = { names: [], columns: [] };
  #source = new Uint8Array(1024);
  #state = new Uint8Array(1024);
  #kind = new Uint8Array(1024);
  #size = 0;
  readonly #keys = new Map<string, KeyIndex>();

  /** `keyWords`: the person side of the match rules in use; only these are indexed as rows arrive. */
  constructor(
    keyWords: Iterable<string>,
    readonly addresses?: AddressRules,
  ) {
    this.#text = Object.fromEntries(TEXT_FIELDS.map((f) => [f, this.#table.column()])) as Record<TextField, TextColumn>;
    this.#dates = Object.fromEntries(DATE_FIELDS.map((f) => [f, { at: new Float64Array(0), day: new Uint8Array(0) }])) as Record<
      DateField,
      DateColumn
    >;
    for (const word of keyWords) this.#keys.set(word, this.#newIndex(word, 0));
  }

  get size(): number {
    return this.#size;
  }

  /** Registers a directory source; earlier ones take precedence. */
  addSource(name: string): number {
    return this.sources.push(name) - 1;
  }

  add(person: Person, source: number): void {
    const row = this.#size++;
    if (row >= this.#state.length) this.#grow();
    const text = this.#text;
    text.id.set(row, person.id);
    text.userName.set(row, person.userName);
    text.email.set(row, person.emails?.[0]);
    if (person.aliases !== undefined || (person.emails !== undefined && person.emails.length > 1)) {
      const further = [...(person.emails?.slice(1) ?? []), ...(person.aliases ?? [])];
      if (further.length > 0) text.aliases.set(row, further.join(LIST));
    }
    text.employeeId.set(row, person.employeeId);
    text.externalId.set(row, person.externalId);
    if (person.groups !== undefined) text.groups.set(row, person.groups.join(LIST));
    this.#setAttributes(row, person.attributes);
    this.#source[row] = source;
    this.#state[row] = PERSON_STATES.indexOf(person.state);
    this.#kind[row] = PERSON_KINDS.indexOf(person.kind);
    this.#setDate('startAt', row, person.startAt);
    this.#setDate('endAt', row, person.endAt);
    this.#setDate('createdAt', row, person.createdAt);
    this.#setDate('changedAt', row, person.changedAt);
    for (const [word, index] of this.#keys) {
      const value = keyValue(person, word);
      if (typeof value === 'object') for (const one of value) this.#addKey(index, row, one);
      else if (value !== undefined) this.#addKey(index, row, value);
    }
  }

  /** Rows of one source bring their attributes in one order: then no name is looked up. */
  #setAttributes(row: number, attributes: Person['attributes']): void {
    const { names, columns } = this.#order;
    let at = 0;
    for (const name in attributes) {
      if (names[at] !== name) {
        let column = this.#attributes.get(name);
        if (column === undefined) this.#attributes.set(name, (column = this.#table.column()));
        names[at] = name;
        columns[at] = column;
      }
      const value = attributes[name];
      if (value !== undefined) (columns[at] as TextColumn).set(row, value);
      at++;
    }
  }

  #addKey(index: KeyIndex, row: number, value: string): void {
    const key = foldKey(value, this.addresses);
    if (key !== undefined) index.add(row, key);
  }

  text(field: TextField, row: number): string | undefined {
    return this.#text[field].get(row);
  }

  id(row: number): string {
    return this.#text.id.get(row) as string;
  }

  list(field: 'aliases' | 'groups', row: number): readonly string[] | undefined {
    const joined = this.#text[field].get(row);
    return joined === undefined ? undefined : joined === '' ? [] : joined.split(LIST);
  }

  attribute(name: string, row: number): string | undefined {
    return this.#attributes.get(name)?.get(row);
  }

  /** Is this, to the letter, what the directory has? */
  agrees(name: string, row: number, value: string): boolean {
    const column = this.column(name);
    return column !== undefined && column.is(row, value);
  }

  /** The column of a normal-form text or an attribute; undefined when nobody has it. */
  column(name: string): TextColumn | undefined {
    return (TEXT_FIELDS as readonly string[]).includes(name) ? this.#text[name as TextField] : this.#attributes.get(name);
  }

  get attributeNames(): readonly string[] {
    return [...this.#attributes.keys()].sort();
  }

  /** Does any person carry this normal-form field? A field that nobody carries is one that the directory cannot give. */
  carries(name: string): boolean {
    if (name === 'state' || name === 'kind') return true;
    if (name === 'emails') name = 'email';
    if ((TEXT_FIELDS as readonly string[]).includes(name)) return this.#text[name as TextField].present > 0;
    if ((DATE_FIELDS as readonly string[]).includes(name)) {
      const at = this.#dates[name as DateField].at;
      for (let row = 0; row < this.#size; row++) if (row < at.length && !Number.isNaN(at[row])) return true;
      return false;
    }
    return (this.#attributes.get(name)?.present ?? 0) > 0;
  }

  source(row: number): number {
    return this.#source[row] as number;
  }

  /** As the directory says it; `Standing` adds what the dates say. */
  rawState(row: number): PersonState {
    return PERSON_STATES[this.#state[row] as number] as PersonState;
  }

  kind(row: number): PersonKind {
    return PERSON_KINDS[this.#kind[row] as number] as PersonKind;
  }

  date(field: DateField, row: number): Moment | undefined {
    const { at, day } = this.#dates[field];
    const value = row < at.length ? (at[row] as number) : NaN;
    return Number.isNaN(value) ? undefined : { at: value, day: day[row] === 1 };
  }

  /** Milliseconds or NaN, without an object: for loops over everybody. */
  instant(field: DateField, row: number): number {
    const { at } = this.#dates[field];
    return row < at.length ? (at[row] as number) : NaN;
  }

  /** The index of one key word, built now if no match rule needed it. */
  key(word: string): KeyIndex {
    let index = this.#keys.get(word);
    if (index === undefined) {
      index = this.#newIndex(word, this.#size);
      this.#keys.set(word, index);
      for (let row = 0; row < this.#size; row++) {
        for (const key of this.#rowKeys(row, word)) index.add(row, key);
      }
    }
    return index;
  }

  /** Is the word indexed already? Another one costs a pass over the directory. */
  hasKey(word: string): boolean {
    return this.#keys.has(word);
  }

  /** Keys that were dropped because too many people share them, by key word. */
  get droppedKeys(): ReadonlyMap<string, number> {
    const dropped = new Map<string, number>();
    for (const [word, index] of this.#keys) if (index.dropped > 0) dropped.set(word, index.dropped);
    return dropped;
  }

  foldKey(value: string | undefined): string | undefined {
    return foldKey(value, this.addresses);
  }

  #newIndex(word: string, expected: number): KeyIndex {
    // Most values are stored folded already: then the bytes answer.
    return new KeyIndex(
      (row, key) => (word !== 'alias' && this.agrees(word, row, key)) || this.#rowKeys(row, word).includes(key),
      expected,
    );
  }

  #rowKeys(row: number, word: string): string[] {
    const values =
      word === 'alias'
        ? [this.#text.email.get(row), ...(this.list('aliases', row) ?? [])]
        : [(TEXT_FIELDS as readonly string[]).includes(word) ? this.#text[word as TextField].get(row) : this.attribute(word, row)];
    const keys: string[] = [];
    for (const value of values) {
      const key = this.foldKey(value);
      if (key !== undefined) keys.push(key);
    }
    return keys;
  }

  #setDate(field: DateField, row: number, moment: Moment | undefined): void {
    const column = this.#dates[field];
    if (moment === undefined && column.at.length === 0) return;
    if (row >= column.at.length) {
      const length = Math.max(1024, this.#state.length);
      const at = new Float64Array(length).fill(NaN);
      at.set(column.at);
      const day = new Uint8Array(length);
      day.set(column.day);
      column.at = at;
      column.day = day;
    }
    column.at[row] = moment?.at ?? NaN;
    column.day[row] = moment?.day === true ? 1 : 0;
  }

  #grow(): void {
    const wider = (column: Uint8Array): Uint8Array<ArrayBuffer> => {
      const copy = new Uint8Array(column.length * 2);
      copy.set(column);
      return copy;
    };
    this.#source = wider(this.#source);
    this.#state = wider(this.#state);
    this.#kind = wider(this.#kind);
  }
}
