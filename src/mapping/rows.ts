import type { FieldMap, FieldSpec } from '../model/config.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../model/account.js';
import { MOMENTS } from '../store/columns.js';
import type { UnreadCause } from '../model/completeness.js';
import { PERSON_KINDS, PERSON_STATES, type Person } from '../model/person.js';
import { unreadSentence } from '../model/unread-dates.js';
import { OrderEvidence, UNSETTLED, type Orders } from './dates/order.js';
import type { DateReading } from './dates/reading.js';
import { type Access, FieldCompiler, type Read } from './field-compiler.js';
import { firstOf, Problems, sampleOf } from './problems.js';
import type { Role, RowOf } from '../model/role.js';

export type { Access } from './field-compiler.js';
export { jsonPath } from './json-path.js';
export { Problems } from './problems.js';
export { RowError } from './values.js';

/**
 * Compiles a mapping into the function that makes one row of one record. Absent, empty and unreadable stay apart: what is not
 * in the record is undefined, an empty attribute is the empty text, and what cannot be read is absent and a problem.
 *
 * `problems` is either a `Problems`, which counts (ask it for its sentences at the end), or a function, which gets each kind
 * of problem once, when it first comes up.
 *
 * The row function throws a `RowError` for a record without an id, or with one that cannot be read exactly.
 */
export function compileRows<R extends Role, Raw>(
  role: R,
  spec: { readonly fields: FieldMap; readonly state?: FieldSpec | undefined; readonly dates?: DateReading },
  access: Access<Raw>,
  problems: Problems | ((text: string) => void),
): (record: Raw) => RowOf<R> {
  const compiler = new FieldCompiler(spec.fields, access, typeof problems === 'function' ? new Announced(problems) : problems, spec.dates);
  const state = stateSpec(role, spec);
  // Of a place that nobody has named, only a guess is missing.
  const isTold = spec.state !== undefined;
  const row: (record: Raw) => Person | Account =
    role === 'person' ? personRows(compiler, state, isTold) : accountRows(compiler, state, isTold);
  return row as (record: Raw) => RowOf<R>;
}

/** What records show, one after the other, of the order of their dates; `reading` then knows it. */
export interface OrdersOf<Raw> {
  readonly see: (record: Raw) => void;
  readonly reading: () => DateReading;
}

/** Compiles the mapping's dates into what records show of their order. */
export function compileOrders<Raw>(role: Role, fields: FieldMap, access: Access<Raw>): OrdersOf<Raw> {
  return compileOrdersOf(MOMENTS[role], fields, access);
}

/** The same of these dates. */
export function compileOrdersOf<Raw>(names: readonly string[], fields: FieldMap, access: Access<Raw>): OrdersOf<Raw> {
  const compiler = new FieldCompiler(fields, access, new Problems());
  const dates = names.flatMap((name) => {
    const numbers = compiler.numbers(name);
    return numbers === undefined ? [] : [{ name, numbers, evidence: new OrderEvidence() }];
  });
  return {
    see(record) {
      for (const { numbers, evidence } of dates) {
        const found = numbers(record);
        if (found !== undefined) evidence.see(found);
      }
    },
    reading() {
      const orders = new Map<string, Orders>(dates.map(({ name, evidence }) => [name, evidence.orders()]));
      return { orders: (field) => orders.get(field) ?? UNSETTLED };
    },
  };
}

/** Where the state of a person, or the status of an account, is read from. */
export function stateSpec(
  role: Role,
  { fields, state }: { readonly fields: FieldMap; readonly state?: FieldSpec | undefined },
): FieldSpec | null | undefined {
  return state ?? fields[role === 'person' ? 'state' : 'status'] ?? fields[role === 'person' ? 'status' : 'state'];
}

/** Each kind of problem is told once, and not counted: the row function's owner does not say when the list ends. */
class Announced extends Problems {
  constructor(private readonly tell: (text: string) => void) {
    super();
  }

  override add(field: string, what: string, value: unknown): boolean {
    const fresh = super.add(field, what, value);
    if (fresh) this.tell(`${field}: values ${what}${firstOf(value)}`);
    return fresh;
  }

  override unread(field: string, place: string, cause: UnreadCause, value: unknown): boolean {
    const fresh = super.unread(field, place, cause, value);
    if (fresh) this.tell(unreadSentence({ field, place, cause, values: 1, sample: sampleOf(value) }));
    return fresh;
  }
}

function personRows<Raw>(compile: FieldCompiler<Raw>, state: FieldSpec | null | undefined, isTold: boolean): Read<Raw, Person> {
  const id = compile.id();
  const userName = compile.text('userName', 'key');
  const emails = compile.list('emails');
  const aliases = compile.list('aliases');
  const employeeId = compile.text('employeeId', 'key');
  const externalId = compile.text('externalId', 'key');
  const stateOf = compile.word('state', state, PERSON_STATES, isTold);
  const kind = compile.word('kind', compile.spec('kind'), PERSON_KINDS);
  const attributes = compile.attributes('person');
  const groups = compile.list('groups');
  const startAt = compile.moment('startAt');
  const endAt = compile.moment('endAt');
  const createdAt = compile.moment('createdAt');
  const changedAt = compile.moment('changedAt');
  return (record) => ({
    id: id(record),
    userName: userName(record),
    emails: emails(record),
    aliases: aliases(record),
    employeeId: employeeId(record),
    externalId: externalId(record),
    state: stateOf(record),
    kind: kind(record),
    attributes: attributes(record),
    groups: groups(record),
    startAt: startAt(record),
    endAt: endAt(record),
    createdAt: createdAt(record),
    changedAt: changedAt(record),
    either: compile.unread.either,
    unread: compile.unread.take(),
  });
}

function accountRows<Raw>(compile: FieldCompiler<Raw>, status: FieldSpec | null | undefined, isTold: boolean): Read<Raw, Account> {
  const id = compile.id();
  const userName = compile.text('userName', 'key');
  const emails = compile.list('emails');
  const aliases = compile.list('aliases');
  const externalId = compile.text('externalId', 'key');
  const employeeId = compile.text('employeeId', 'key');
  const statusOf = compile.word('status', status, ACCOUNT_STATUSES, isTold);
  const kind = compile.word('kind', compile.spec('kind'), ACCOUNT_KINDS);
  const attributes = compile.attributes('account');
  const roles = compile.list('roles');
  const admin = compile.truth('admin');
  const createdAt = compile.moment('createdAt');
  const updatedAt = compile.moment('updatedAt');
  const lastLoginAt = compile.moment('lastLoginAt');
  const deactivatedAt = compile.moment('deactivatedAt');
  const builtIn = compile.reason('builtIn');
  return (record) => ({
    id: id(record),
    userName: userName(record),
    emails: emails(record),
    aliases: aliases(record),
    externalId: externalId(record),
    employeeId: employeeId(record),
    status: statusOf(record),
    kind: kind(record),
    attributes: attributes(record),
    roles: roles(record),
    admin: admin(record),
    createdAt: createdAt(record),
    updatedAt: updatedAt(record),
    lastLoginAt: lastLoginAt(record),
    deactivatedAt: deactivatedAt(record),
    builtIn: builtIn(record),
    either: compile.unread.either,
    unread: compile.unread.take(),
  });
}
