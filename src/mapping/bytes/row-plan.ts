import type { FieldMap, FieldSpec } from '../../model/config.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES } from '../../model/account.js';
import { AROUND_ADDRESS } from '../../model/address.js';
import { ADMIN, DAY, MOMENTS, TEXTS } from '../../store/columns.js';
import { PERSON_KINDS, PERSON_STATES } from '../../model/person.js';
import { attributeNames } from '../field-compiler.js';
import { stateSpec } from '../rows.js';
import { UNSETTLED, type Orders } from '../dates/order.js';
import type { DateReading } from '../dates/reading.js';
import { constOf, hasMap, pathsOf } from '../../model/places.js';
import { instantInBytes, readMoment } from '../moment.js';
import type { Role } from '../../model/role.js';
import { MAX_TEXT } from '../values.js';
import {
  choose,
  isNothing,
  NULL,
  slotsOf,
  sole,
  truthReader,
  valueOf,
  wordReader,
  type CellWord,
  type SlotOf,
  type Slots,
} from './cell-words.js';
import { CELL, type Cells } from './cells.js';
import { dayOf, type ColumnBuilder } from '../../store/column-builder.js';
import { itemAt } from '../../model/at.js';

/** A mapping, ready to fill a row of columns from cells. */
export interface RowPlan {
  /** Fills the next row and ends it. False, and a row half set: something is out of the ordinary, the plain way must look at it. */
  fill(bytes: Buffer, cells: Cells, base: number): boolean;
}

/**
 * Compiles a mapping for rows whose cells are texts as they stand. Undefined: a field is read in a way that only the plain
 * mapping knows (mapping/rows.ts), which is also what every row falls back to that is out of the ordinary.
 * `own`: readers of state and kind under names of their own.
 */
export function planRows<R extends Role>(
  role: R,
  spec: { readonly fields: FieldMap; readonly state?: FieldSpec | undefined; readonly dates?: DateReading },
  slotOf: SlotOf,
  builder: ColumnBuilder<R>,
  own: (path: string) => CellWord | undefined = () => undefined,
): RowPlan | undefined {
  const { fields } = spec;
  const notPlain: string[] = [];
  const plain = (name: string): Slots => {
    const own = (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? undefined;
    if (own === undefined) return [];
    const slots = constOf(own) === undefined && !hasMap(own) ? slotsOf(pathsOf(own), slotOf) : undefined;
    if (slots === undefined) notPlain.push(name);
    return slots ?? [];
  };
  const keys = (['userName', 'externalId', 'employeeId'] as const).map((name) => ({ column: TEXTS[name], slots: plain(name) }));
  const attributes = attributeNames(role, fields).map((name) => ({ column: builder.attribute(name), slots: plain(name) }));
  const aliases = plain('aliases');
  const lists = [
    { column: TEXTS.emails, slots: plain('emails') },
    { column: TEXTS.aliases, slots: aliases },
    { column: TEXTS.further, slots: plain(role === 'person' ? 'groups' : 'roles') },
  ];
  const moments = MOMENTS[role].map((name) => plain(name));
  const orders = MOMENTS[role].map((name) => spec.dates?.orders(name) ?? UNSETTLED);
  const id = plain('id');
  if (notPlain.length > 0) return undefined;
  const state = wordReader(
    'state',
    stateSpec(role, spec),
    role === 'person' ? PERSON_STATES : ACCOUNT_STATUSES,
    slotOf,
    own,
    spec.state !== undefined,
  );
  const kind = wordReader('kind', fields['kind'], role === 'person' ? PERSON_KINDS : ACCOUNT_KINDS, slotOf, own, false);
  const admin = role === 'person' ? undefined : truthReader(fields, slotOf);
  const builtIn = role === 'person' ? undefined : builtInReader(fields['builtIn'], own);
  if (state === undefined || kind === undefined || admin === null || builtIn === null) return undefined;
  return {
    fill(bytes, cells, base) {
      // Few accounts are the system's own: the plain way says why.
      if (builtIn !== undefined && builtIn(bytes, cells, base) !== '') return false;
      if (!setId(builder, bytes, cells, base, id)) return false;
      for (const { column, slots } of keys) if (!setText(builder, column, bytes, cells, base, slots, false)) return false;
      for (const { column, slots } of attributes) if (!setText(builder, column, bytes, cells, base, slots, true)) return false;
      for (const { column, slots } of lists) if (!setList(builder, column, bytes, cells, base, slots)) return false;
      for (let i = 0; i < moments.length; i++) {
        if (!setMoment(builder, i, bytes, cells, base, itemAt(moments, i), itemAt(orders, i))) return false;
      }
      const stateWord = state(bytes, cells, base);
      const kindWord = kind(bytes, cells, base);
      const adminWord = admin === undefined ? ADMIN.unsaid : admin(bytes, cells, base);
      if (stateWord < 0 || kindWord < 0 || adminWord < 0) return false;
      builder.end(stateWord, kindWord, adminWord, aliases.length === 0 || sole(bytes, cells, base, aliases) < 0);
      return true;
    },
  };
}

/** Gives '' for an account that is nobody's but an ordinary one. Undefined: nothing is told; null: the plain way must read it. */
function builtInReader(spec: FieldSpec | null | undefined, own: (path: string) => CellWord | undefined): CellWord | undefined | null {
  if (spec === undefined || spec === null) return undefined;
  return typeof spec === 'string' ? (own(spec) ?? null) : null;
}

const EQUALS = 61;

/** By byte: does it stand around an address (model/address.ts)? */
const AROUND = Uint8Array.from({ length: 256 }, (_, byte) => Number(AROUND_ADDRESS.includes(String.fromCharCode(byte))));

export function isWrapped(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (AROUND[bytes[i] as number] === 1) return true;
  return false;
}

function setId<R extends Role>(builder: ColumnBuilder<R>, bytes: Buffer, cells: Cells, base: number, slots: Slots): boolean {
  const at = choose(bytes, cells, base, slots, true);
  if (at < 0) return false;
  const what = cells.kind[at];
  const from = cells.from[at] as number;
  const to = cells.to[at] as number;
  const first = bytes[from] as number;
  // White space alone is no id.
  if (what === CELL.literal ? !isPlainLiteral(bytes, from, to) : what !== CELL.ascii && what !== CELL.utf8) return false;
  if (to === from || to - from > MAX_TEXT || first <= 32 || first > 126 || first === EQUALS) return false;
  builder.cell(TEXTS.id, bytes, from, to, what !== CELL.utf8);
  return true;
}

/** Is this true, false, or a whole number that JavaScript writes as it stands here? */
export function isPlainLiteral(bytes: Buffer, from: number, to: number): boolean {
  if (bytes[from] === 116 || bytes[from] === 102) return true;
  for (let i = from; i < to; i++) if ((bytes[i] as number) < 48 || (bytes[i] as number) > 57) return false;
  return to - from <= 15;
}

/** As `textOf` reads it (mapping/values.ts). */
function setText<R extends Role>(
  builder: ColumnBuilder<R>,
  column: number,
  bytes: Buffer,
  cells: Cells,
  base: number,
  slots: Slots,
  mayBeEmpty: boolean,
): boolean {
  if (slots.length === 0) return true;
  const at = choose(bytes, cells, base, slots, !mayBeEmpty);
  if (at < 0) return true;
  const from = cells.from[at] as number;
  const to = cells.to[at] as number;
  if (to - from > MAX_TEXT) return false;
  // `="00123"`, and `Ada <ada@b>` for a user name.
  if (bytes[from] === EQUALS || (column === TEXTS.userName && isWrapped(bytes, from, to))) return false;
  switch (cells.kind[at]) {
    case CELL.ascii:
    case CELL.utf8:
      if (to > from || mayBeEmpty) builder.cell(column, bytes, from, to, cells.kind[at] === CELL.ascii);
      return true;
    case CELL.escaped: {
      const text = JSON.parse(bytes.toString('utf8', from, to)) as string;
      if (text.includes('\0')) return false;
      builder.text(column, text);
      return true;
    }
    case CELL.literal:
      if (isPlainLiteral(bytes, from, to)) builder.cell(column, bytes, from, to, true);
      else if (bytes[from] !== NULL) return false;
      else if (mayBeEmpty) builder.text(column, '');
      return true;
    default:
      return false;
  }
}

/** As `listOf` reads it: here only a text that is one entry, or none. */
function setList<R extends Role>(
  builder: ColumnBuilder<R>,
  column: number,
  bytes: Buffer,
  cells: Cells,
  base: number,
  slots: Slots,
): boolean {
  if (slots.length === 0) return true;
  const at = sole(bytes, cells, base, slots);
  if (at < 0) return at === -1;
  const from = cells.from[at] as number;
  const to = cells.to[at] as number;
  const what = cells.kind[at];
  if (what === CELL.literal) return bytes[from] === NULL;
  if (what !== CELL.ascii || to - from > MAX_TEXT || bytes[from] === EQUALS || isNothing(bytes, cells, at, true)) return false;
  if (from === to) {
    if (column !== TEXTS.emails) builder.text(column, '');
    return true;
  }
  const isAddress = column !== TEXTS.further;
  let shown = false;
  for (let i = from; i < to; i++) {
    const c = bytes[i] as number;
    // ; | , separate entries, and white space addresses.
    if (c === 59 || c === 124 || c === 44 || (isAddress && (c <= 32 || AROUND[c] === 1))) return false;
    if (c > 32 && c < 127) shown = true;
  }
  if (!shown) return false;
  builder.cell(column, bytes, from, to, true);
  return true;
}

function setMoment<R extends Role>(
  builder: ColumnBuilder<R>,
  which: number,
  bytes: Buffer,
  cells: Cells,
  base: number,
  slots: Slots,
  orders: Orders,
): boolean {
  if (slots.length === 0) return true;
  const at = sole(bytes, cells, base, slots);
  if (at < 0) return at === -1;
  if (cells.kind[at] === CELL.ascii) {
    const instant = instantInBytes(bytes, cells.from[at] as number, cells.to[at] as number);
    if (!Number.isNaN(instant)) {
      builder.moment(which, instant, DAY.unsaid);
      return true;
    }
  }
  const value = valueOf(bytes, cells, at);
  if (value === undefined) return false;
  const moment = readMoment(value, orders);
  if (typeof moment === 'object') builder.moment(which, moment.at, dayOf(moment));
  return typeof moment === 'object' || moment === 'never';
}
