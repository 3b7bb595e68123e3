import { FIXED_TEXTS, LIST, MOMENTS, plainColumn, TEXTS, type Columns } from '../store/columns.js';
import type { UnreadDates } from '../model/completeness.js';
import { PERSON_KINDS, PERSON_STATES, type Moment, type Person, type PersonKind, type PersonState } from '../model/person.js';
import type { AddressRules } from '../model/policy.js';
import { TextTable, type TextColumn } from '../store/text-table.js';
import { DateColumns, isDateField, type DateField } from './date-columns.js';
import { KeyIndex } from './key-index.js';
import { foldKey, keyValue } from './keys.js';
import { byteAt, itemAt } from '../model/at.js';
import { byWord, isOneOf } from '../model/words.js';

export const NO_ROW = -1;

type TextField = 'id' | 'userName' | 'email' | 'aliases' | 'employeeId' | 'externalId' | 'groups';
const TEXT_FIELDS: readonly TextField[] = ['id', 'userName', 'email', 'aliases', 'employeeId', 'externalId', 'groups'];
/**
 * The directory in columns, one row per person: built once, shared by every app. Rows are numbers; ties are broken by source
 * precedence and id, never by the order in which rows came.
 */
export class PersonIndex {
  readonly sources: string[] = [];
  /** By source: dates of its list that could not be read. */
  readonly unreadDates: (readonly UnreadDates[] | undefined)[] = [];
  readonly #table = new TextTable();
  readonly #text: Record<TextField, TextColumn>;
  readonly #dates = new DateColumns();
  readonly #attributes = new Map<string, TextColumn>();
  readonly #order: { readonly names: string[]; readonly columns: TextColumn[] } = { names: [], columns: [] };
  #source = new Uint16Array(1024);
  #state = new Uint8Array(1024);
  #kind = new Uint8Array(1024);
  #size = 0;
  readonly #keys = new Map<string, KeyIndex>();
  /** Of pages by column: the references of their words, source by source and column by column. */
  readonly #words = new WeakMap<readonly string[], number[]>();

  /** `keyWords`: the person side of the match rules in use; only these are indexed as rows arrive. */
  constructor(
    keyWords: Iterable<string>,
    readonly addresses?: AddressRules,
  ) {
    this.#text = byWord(TEXT_FIELDS, () => this.#table.column());
    for (const word of keyWords) this.#keys.set(word, this.#newIndex(word, 0));
  }

  get size(): number {
    return this.#size;
  }

  /** Registers a directory source; earlier ones take precedence. */
  addSource(name: string): number {
    // A config that names so many is larger than a config may be.
    if (this.sources.length === 65_536) throw new RangeError('more than 65,536 directories');
    return this.sources.push(name) - 1;
  }

  add(person: Person, source: number): void {
    const row = this.#size++;
    if (row >= this.#state.length) this.#grow();
    const text = this.#text;
    text.id.set(row, person.id);
    text.userName.set(row, person.userName);
    this.#setAddresses(row, person);
    text.employeeId.set(row, person.employeeId);
    text.externalId.set(row, person.externalId);
    if (person.groups !== undefined) text.groups.set(row, person.groups.join(LIST));
    this.#setAttributes(row, person.attributes);
    this.#source[row] = source;
    this.#state[row] = PERSON_STATES.indexOf(person.state);
    this.#kind[row] = PERSON_KINDS.indexOf(person.kind);
    const { unread, either } = person;
    for (const field of MOMENTS.person) this.#dates.set(field, row, person[field], unread?.includes(field) === true, either?.[field]);
    for (const [word, index] of this.#keys) {
      const value = keyValue(person, word);
      if (typeof value === 'object') for (const one of value) this.#addKey(index, row, one);
      else if (value !== undefined) this.#addKey(index, row, value);
    }
  }

  /** Adds a page of people by its columns: what `add` does for each of them, without making rows of them. */
  addColumns(columns: Columns, source: number): void {
    const { page, rows } = columns;
    const offset = this.#table.adopt(columns.bytes, 0, columns.bytes.length);
    if (offset === undefined) {
      for (let row = 0; row < rows; row++) this.add(columns.person(row), source);
      return;
    }
    const first = this.#size;
    this.#size += rows;
    while (this.#size > this.#state.length) this.#grow();
    const set = (column: TextColumn, from: number, refs: Int32Array | undefined): void => {
      if (refs !== undefined) column.setRefs(first, refs, this.#wordsOf(column, columns.words[from] ?? []), offset);
    };
    for (const name of ['id', 'userName', 'employeeId', 'externalId'] as const) set(this.#text[name], TEXTS[name], page.texts[TEXTS[name]]);
    set(
      this.#text.email,
      TEXTS.emails,
      page.texts[TEXTS.emails]?.map((ref, row) => (page.single[row] === 1 ? ref : 0)),
    );
    set(this.#text.groups, TEXTS.further, page.texts[TEXTS.further]);
    page.attributes.forEach((name, i) => set(this.#attribute(name), FIXED_TEXTS + i, page.texts[FIXED_TEXTS + i]));
    this.#source.fill(source, first, this.#size);
    this.#state.set(page.states, first);
    this.#kind.set(page.kinds, first);
    MOMENTS.person.forEach((field, which) => this.#dates.setAll(field, first, page.moments[which]));
    for (let row = 0; row < rows; row++) if (page.single[row] === 0) this.#setAddresses(first + row, columns.person(row));
    for (const [word, index] of this.#keys) {
      const place = plainColumn(word);
      const hashes = place < 0 || this.addresses !== undefined ? undefined : page.hashes[place];
      for (let row = 0; row < rows; row++) {
        const hash = hashes?.[row] ?? 0;
        if (hash !== 0 && (place !== TEXTS.emails || page.single[row] === 1) && index.addNew(first + row, hash)) continue;
        for (const key of this.#rowKeys(first + row, word)) index.add(first + row, key);
      }
    }
  }

  /** What `column` calls the words of a page's column. */
  #wordsOf(column: TextColumn, words: readonly string[]): readonly number[] {
    let known = this.#words.get(words);
    if (known === undefined) this.#words.set(words, (known = []));
    for (let i = known.length; i < words.length; i++) known.push(column.refer(itemAt(words, i)));
    return known;
  }

  #setAddresses(row: number, person: Person): void {
    const text = this.#text;
    text.email.set(row, person.emails?.[0]);
    if (person.aliases !== undefined || (person.emails !== undefined && person.emails.length > 1)) {
      const further = [...(person.emails?.slice(1) ?? []), ...(person.aliases ?? [])];
      if (further.length > 0) text.aliases.set(row, further.join(LIST));
    }
  }

  #attribute(name: string): TextColumn {
    let column = this.#attributes.get(name);
    if (column === undefined) this.#attributes.set(name, (column = this.#table.column()));
    return column;
  }

  /** Rows of one source bring their attributes in one order: then no name is looked up. */
  #setAttributes(row: number, attributes: Person['attributes']): void {
    const { names, columns } = this.#order;
    let at = 0;
    for (const name in attributes) {
      if (names[at] !== name) {
        names[at] = name;
        columns[at] = this.#attribute(name);
      }
      const value = attributes[name];
      if (value !== undefined) itemAt(columns, at).set(row, value);
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
    return isOneOf(TEXT_FIELDS, name) ? this.#text[name] : this.#attributes.get(name);
  }

  get attributeNames(): readonly string[] {
    return [...this.#attributes.keys()].sort();
  }

  /** Does any person carry this normal-form field? A field that nobody carries is one that the directory cannot give. */
  carries(name: string): boolean {
    if (name === 'state' || name === 'kind') return true;
    if (name === 'emails') name = 'email';
    if (isOneOf(TEXT_FIELDS, name)) return this.#text[name].present > 0;
    if (isDateField(name)) return this.#dates.carries(name);
    return (this.#attributes.get(name)?.present ?? 0) > 0;
  }

  source(row: number): number {
    return this.#source[row] as number;
  }

  /** As the directory says it; `Standing` adds what the dates say. */
  rawState(row: number): PersonState {
    return itemAt(PERSON_STATES, byteAt(this.#state, row));
  }

  kind(row: number): PersonKind {
    return itemAt(PERSON_KINDS, byteAt(this.#kind, row));
  }

  date(field: DateField, row: number): Moment | undefined {
    return this.#dates.date(field, row);
  }

  /** Milliseconds or NaN, without an object: for loops over everybody. */
  instant(field: DateField, row: number): number {
    return this.#dates.instant(field, row);
  }

  /** Has anybody a date that could not be read? */
  get hasUnread(): boolean {
    return this.#dates.hasUnread;
  }

  /** Has the directory a date here that could not be read? */
  isUnread(field: DateField, row: number): boolean {
    return this.#dates.isUnread(field, row);
  }

  /** The two dates that it may be, of one that could not be read. */
  either(field: DateField, row: number): readonly [Moment, Moment] | undefined {
    return this.#dates.either(field, row);
  }

  /** The index of one key word, built now if no match rule needed it. */
  key(word: string): KeyIndex {
    let index = this.#keys.get(word);
    if (index === undefined) {
      index = this.#newIndex(word, this.#size);
      this.#keys.set(word, index);
      const column = plainColumn(word) < 0 || this.addresses !== undefined ? undefined : this.column(word);
      for (let row = 0; row < this.#size; row++) {
        const hash = column?.plainHash(row) ?? 0;
        if (hash !== 0 && index.addNew(row, hash)) continue;
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
    const values = word === 'alias' ? [this.#text.email.get(row), ...(this.list('aliases', row) ?? [])] : [this.column(word)?.get(row)];
    const keys: string[] = [];
    for (const value of values) {
      const key = this.foldKey(value);
      if (key !== undefined) keys.push(key);
    }
    return keys;
  }

  #grow(): void {
    const length = this.#state.length * 2;
    const wider = <Column extends Uint8Array | Uint16Array>(column: Column, copy: Column): Column => {
      copy.set(column);
      return copy;
    };
    this.#source = wider(this.#source, new Uint16Array(length));
    this.#state = wider(this.#state, new Uint8Array(length));
    this.#kind = wider(this.#kind, new Uint8Array(length));
  }
}
