import { Buffer } from 'node:buffer';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../model/account.js';
import { ADMIN, DAY, FIXED_TEXTS, KEY_TEXTS, LIST, MOMENTS, TEXTS, type PageColumns } from './columns.js';
import { PERSON_KINDS, PERSON_STATES, type Moment, type Person } from '../model/person.js';
import { plainHash } from './plain-key.js';
import { HEAD, mostBytes, putHead, putText } from './text-bytes.js';
import type { Role, RowOf } from '../model/role.js';
import { WordList } from './word-list.js';
import { itemAt } from '../model/at.js';

type Column = Int32Array | Float64Array | Uint8Array;

/** Builds pages as columns: from rows, or cell by cell from the bytes of a file. */
export class ColumnBuilder<R extends Role> {
  /** Rows of the page so far; the row that is being set is the next one. */
  rows = 0;
  #room = 1024;
  #bytes = Buffer.allocUnsafeSlow(1 << 16);
  #end = 0;
  readonly #texts: Int32Array[] = [];
  readonly #hashes: Int32Array[] = [];
  readonly #words: WordList[] = [];
  readonly #at: Float64Array[] = [];
  readonly #day: Uint8Array[] = [];
  #states = new Uint8Array(this.#room);
  #kinds = new Uint8Array(this.#room);
  #admin = new Uint8Array(this.#room);
  #single = new Uint8Array(this.#room);
  readonly #attributes: string[] = [];

  constructor(private readonly role: R) {
    for (let i = 0; i < FIXED_TEXTS; i++) this.#addColumn();
    for (let i = 0; i < KEY_TEXTS; i++) this.#hashes.push(new Int32Array(this.#room));
    for (let i = 0; i < MOMENTS[role].length; i++) {
      this.#at.push(new Float64Array(this.#room).fill(NaN));
      this.#day.push(new Uint8Array(this.#room));
    }
  }

  /** The column of an attribute, made if need be. */
  attribute(name: string): number {
    const known = this.#attributes.indexOf(name);
    if (known >= 0) return FIXED_TEXTS + known;
    this.#addColumn();
    return FIXED_TEXTS + this.#attributes.push(name) - 1;
  }

  /** Where the next text of the page begins; with `rows`, what `undo` wants to know. */
  get place(): number {
    return this.#end;
  }

  /** Forgets all rows from this one on, and what was set of the row that is not ended. */
  undo(rows: number, place: number): void {
    for (let row = rows; row <= this.rows; row++) this.#clear(row);
    this.rows = rows;
    this.#end = place;
  }

  /** Sets a text of the row from bytes: ASCII, or well-formed UTF-8. */
  cell(column: number, bytes: Buffer, from: number, to: number, ascii: boolean): void {
    if (column >= KEY_TEXTS) {
      const word = itemAt(this.#words, column).ofBytes(bytes, from, to);
      if (word > 0) {
        itemAt(this.#texts, column)[this.rows] = word;
        return;
      }
    }
    if (!ascii) return this.#own(column, bytes.toString('utf8', from, to));
    const length = to - from;
    const at = this.#reserve(length + HEAD);
    const into = this.#bytes;
    putHead(into, at, length * 2);
    for (let i = 0; i < length; i++) into[at + HEAD + i] = bytes[from + i] as number;
    this.#end = at + HEAD + length;
    itemAt(this.#texts, column)[this.rows] = -at - 1;
    if (column < KEY_TEXTS) itemAt(this.#hashes, column)[this.rows] = plainHash(into, at + HEAD, this.#end);
  }

  /** Sets a text of the row. */
  text(column: number, text: string | undefined): void {
    if (text === undefined) return;
    const word = column < KEY_TEXTS ? 0 : itemAt(this.#words, column).ofText(text);
    if (word > 0) itemAt(this.#texts, column)[this.rows] = word;
    else this.#own(column, text);
  }

  #own(column: number, text: string): void {
    const at = this.#reserve(mostBytes(text.length));
    this.#end = putText(this.#bytes, at, text);
    itemAt(this.#texts, column)[this.rows] = -at - 1;
    const wide = ((this.#bytes[at] as number) & 1) === 1;
    if (column < KEY_TEXTS) itemAt(this.#hashes, column)[this.rows] = wide ? 0 : plainHash(this.#bytes, at + HEAD, this.#end);
  }

  moment(which: number, at: number, day: number): void {
    itemAt(this.#at, which)[this.rows] = at;
    itemAt(this.#day, which)[this.rows] = day;
  }

  /** Ends the row. States and kinds by their places in the closed lists. */
  end(state: number, kind: number, admin: number, single: boolean): void {
    this.#states[this.rows] = state;
    this.#kinds[this.rows] = kind;
    this.#admin[this.rows] = admin;
    this.#single[this.rows] = single ? 1 : 0;
    if (++this.rows === this.#room) this.#grow();
  }

  add(row: RowOf<R>): void {
    const either: Person | Account = row;
    this.text(TEXTS.id, either.id);
    this.text(TEXTS.userName, either.userName);
    this.text(TEXTS.externalId, either.externalId);
    this.text(TEXTS.employeeId, either.employeeId);
    this.#list(TEXTS.emails, either.emails);
    this.#list(TEXTS.aliases, either.aliases);
    this.#list(TEXTS.further, this.role === 'person' ? (either as Person).groups : (either as Account).roles);
    for (const name in either.attributes) this.text(this.attribute(name), either.attributes[name]);
    const dated: { readonly [Name in (typeof MOMENTS)[Role][number]]?: Moment | undefined } = either;
    MOMENTS[this.role].forEach((name, which) => {
      const moment = dated[name];
      const one = row.either?.[name];
      if (moment !== undefined) this.moment(which, moment.at, dayOf(moment));
      else if (one !== undefined) this.moment(which, one.at, one.day === true ? DAY.eitherDay : DAY.either);
      else if (row.unread?.includes(name) === true) this.moment(which, NaN, DAY.unread);
    });
    const single = (either.emails === undefined || either.emails.length === 1) && either.aliases === undefined;
    if (this.role === 'person') {
      const person = row as Person;
      this.end(PERSON_STATES.indexOf(person.state), PERSON_KINDS.indexOf(person.kind), ADMIN.unsaid, single);
    } else {
      const { status, kind, admin, builtIn } = row as Account;
      this.text(TEXTS.builtIn, builtIn);
      const word = admin === undefined ? ADMIN.unsaid : admin ? ADMIN.yes : ADMIN.no;
      this.end(ACCOUNT_STATUSES.indexOf(status), ACCOUNT_KINDS.indexOf(kind), word, single);
    }
  }

  /** Takes out the rows behind `from` that `keep` does not want. It is told where the row's id lies, and its hash or 0. */
  sift(from: number, keep: (bytes: Buffer, at: number, hash: number) => boolean): number[] {
    const gone: number[] = [];
    const ids = itemAt(this.#texts, TEXTS.id);
    const hashes = itemAt(this.#hashes, TEXTS.id);
    let to = from;
    for (let row = from; row < this.rows; row++) {
      if (!keep(this.#bytes, -(ids[row] as number) - 1, hashes[row] as number)) gone.push(row - from);
      else if (to++ < row) this.#move(row, to - 1);
    }
    for (let row = to; row < this.rows; row++) this.#clear(row);
    this.rows = to;
    return gone;
  }

  /** The page, all of it in one buffer; the next one begins. */
  take(): PageColumns {
    const { rows } = this;
    const arrays = [...this.#columns(), ...this.#at];
    const room = arrays.reduce((sum, { BYTES_PER_ELEMENT: each }) => sum + (rows * each + 7), this.#end + 8);
    const buffer = new ArrayBuffer(room);
    let end = 0;
    const cut = <T extends Column>(column: T): T => {
      const from = (end + 7) & ~7;
      end = from + rows * column.BYTES_PER_ELEMENT;
      const own = new (column.constructor as new (buffer: ArrayBuffer, from: number, length: number) => T)(buffer, from, rows);
      own.set(column.subarray(0, rows));
      return own;
    };
    const some = <T extends Column>(column: T): T | undefined => {
      for (let row = 0; row < rows; row++) if (column[row] !== 0) return cut(column);
      return undefined;
    };
    const page: PageColumns = {
      rows,
      attributes: [...this.#attributes],
      texts: this.#texts.map(some),
      hashes: this.#hashes.map(some),
      words: this.#words.map((words) => words.fresh()),
      moments: this.#at.map((column, which) => {
        const day = itemAt(this.#day, which);
        const at = has(column, day, rows) ? cut(column) : undefined;
        return at === undefined ? undefined : { at, day: cut(day) };
      }),
      states: cut(this.#states),
      kinds: cut(this.#kinds),
      admin: some(this.#admin),
      single: cut(this.#single),
      bytes: new Uint8Array(buffer, end, this.#end),
    };
    page.bytes.set(this.#bytes.subarray(0, this.#end));
    for (const column of [...this.#texts, ...this.#hashes, ...this.#day, this.#admin]) column.fill(0, 0, rows);
    for (const column of this.#at) column.fill(NaN, 0, rows);
    this.rows = 0;
    this.#end = 0;
    return page;
  }

  #list(column: number, list: readonly string[] | undefined): void {
    if (list !== undefined) this.text(column, list.length === 1 ? list[0] : list.join(LIST));
  }

  #addColumn(): void {
    this.#words.push(new WordList());
    this.#texts.push(new Int32Array(this.#room));
  }

  #move(from: number, to: number): void {
    for (const column of this.#columns()) column[to] = column[from] as number;
  }

  #clear(row: number): void {
    for (const column of this.#columns()) column[row] = 0;
    for (const column of this.#at) column[row] = NaN;
  }

  #columns(): Column[] {
    return [...this.#texts, ...this.#hashes, ...this.#at, ...this.#day, this.#states, this.#kinds, this.#admin, this.#single];
  }

  /** Where the next text begins; so many bytes fit there. */
  #reserve(bytes: number): number {
    if (this.#end + bytes > this.#bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#end + bytes));
      this.#bytes.copy(wider, 0, 0, this.#end);
      this.#bytes = wider;
    }
    return this.#end;
  }

  #grow(): void {
    this.#room *= 2;
    const widen = <T extends Int32Array | Float64Array | Uint8Array>(column: T, wider: T): T => {
      wider.set(column);
      return wider;
    };
    const widenAll = (columns: Int32Array[]): void =>
      columns.forEach((column, i) => (columns[i] = widen(column, new Int32Array(this.#room))));
    widenAll(this.#texts);
    widenAll(this.#hashes);
    this.#at.forEach((column, i) => (this.#at[i] = widen(column, new Float64Array(this.#room).fill(NaN))));
    this.#day.forEach((column, i) => (this.#day[i] = widen(column, new Uint8Array(this.#room))));
    this.#states = widen(this.#states, new Uint8Array(this.#room));
    this.#kinds = widen(this.#kinds, new Uint8Array(this.#room));
    this.#admin = widen(this.#admin, new Uint8Array(this.#room));
    this.#single = widen(this.#single, new Uint8Array(this.#room));
  }
}

export function dayOf(moment: Moment): number {
  return moment.day === undefined ? DAY.unsaid : moment.day ? DAY.yes : DAY.no;
}

function has(column: Float64Array, day: Uint8Array, rows: number): boolean {
  for (let row = 0; row < rows; row++) if (!Number.isNaN(column[row]) || day[row] === DAY.unread) return true;
  return false;
}
