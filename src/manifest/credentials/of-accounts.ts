import type { Account, Credential } from '../../model/account.js';
import type { Leavers } from '../../model/check.js';
import { counted } from '../../model/counted.js';
import { SourceError } from '../../model/errors.js';
import { inParallel } from '../../contract/in-parallel.js';
import type { Role, RowOf } from '../../model/role.js';
import { compileCredential, compileHolder, type Holder } from './fields.js';
import { nameOf, namelessOf, readList, UNREAD, SILENT, type Context, type Found, type Lister, type Taken } from './list.js';
import { compileRecords } from '../ask/records.js';
import { credentialLists, type CredentialList } from '../form/credentials.js';
import type { Manifest } from '../form/schema.js';
import { namesIn, type Values } from '../form/template.js';

/** Accounts asked one by one when only the first page is looked at. */
const ASKED_FIRST = 3;
/** Accounts in a row whose keys could not be read, before the rest are not asked. */
const MAX_FAILED = 3;
/** Requests in flight where every account is asked by itself. */
const WIDTH = 4;

/** What the rows of one pull hold; people hold none. */
export interface RowCredentials<Row> {
  /** Before the first row; once for each parent. */
  begin(parents: readonly Values[]): Promise<void>;
  /** The rows, with what they hold. */
  give(taken: readonly Taken<Row>[], values: Values): Promise<Row[]>;
  /** An account that the manifest leaves out of the list is still there. */
  leftOut(row: () => Row | undefined): void;
  /** After the last row of a list that is whole: accounts that show through live credentials alone. */
  strays(): Promise<Row[]>;
  /** After all of that. */
  end(): void;
}

export function credentialsOf<R extends Role>(role: R, manifest: Manifest, context: Context): RowCredentials<RowOf<R>> | undefined {
  const isNone = role !== 'account' || credentialLists(manifest.credentials).length === 0;
  return isNone ? undefined : (new AccountCredentials(manifest, context) as RowCredentials<unknown> as RowCredentials<RowOf<R>>);
}

/** The live keys and tokens of the accounts of one pull. Where they cannot be read that is said, and the list of accounts is none the worse. */
class AccountCredentials implements RowCredentials<Account> {
  readonly #listers: readonly Lister[];

  constructor(
    private readonly manifest: Pick<Manifest, 'credentials' | 'leavers' | 'parents'>,
    context: Context,
  ) {
    this.#listers = credentialLists(manifest.credentials).map((form) => {
      if (form.request === undefined) return new InRecord(form, context);
      return form.per_account === true ? new PerAccount(form, context) : new OwnList(form, context, manifest.parents?.as);
    });
  }

  async begin(parents: readonly Values[]): Promise<void> {
    for (const lister of this.#listers) for (const values of parents) await lister.begin?.(values);
  }

  async give(taken: readonly Taken[], values: Values): Promise<Account[]> {
    const found: Found[][] = [];
    for (const lister of this.#listers) found.push(await lister.of(taken, values));
    return taken.map(({ row }, i) => {
      const lists = found.map((one) => one[i] ?? UNREAD);
      const credentials = lists.flatMap(({ held }) => held ?? []);
      const more = lists.every(({ whole }) => whole) ? {} : ({ moreCredentials: true } as const);
      // "Holds none" is known only where every list has said so.
      return credentials.length === 0 && lists.some(({ held }) => held === undefined)
        ? { ...row, ...more }
        : { ...row, credentials, ...more };
    });
  }

  leftOut(row: () => Account | undefined): void {
    const listers = this.#listers.filter((lister) => lister.leftOut !== undefined);
    if (listers.length === 0) return;
    try {
      const account = row();
      if (account !== undefined) for (const lister of listers) lister.leftOut?.(account);
    } catch (error) {
      // A record that is left out need not be one that the mapping can read.
      if (!(error instanceof SourceError)) throw error;
    }
  }

  async strays(): Promise<Account[]> {
    const strays: Account[] = [];
    for (const lister of this.#listers) strays.push(...((await lister.strays?.(this.manifest.leavers)) ?? []));
    return strays;
  }

  end(): void {
    for (const lister of this.#listers) lister.end?.();
  }
}

/** The keys stand in the account's own record. */
class InRecord implements Lister {
  readonly #read: (record: unknown) => Found;
  #nameless = 0;

  constructor(
    private readonly form: CredentialList,
    private readonly context: Context,
  ) {
    const recordsOf = compileRecords(form.records);
    const toCredential = compileCredential(form, context.problems, () => this.#nameless++);
    this.#read = (record) => {
      const before = this.#nameless;
      const held = recordsOf(record)?.flatMap((one) => toCredential(one) ?? []);
      return held === undefined ? SILENT : { held, whole: this.#nameless === before };
    };
  }

  of(taken: readonly Taken[]): Found[] {
    return taken.map(({ record }) => this.#read(record));
  }

  end(): void {
    if (this.#nameless > 0) this.context.unread(namelessOf(this.form, this.#nameless));
  }
}

/** The keys of all accounts are one list of their own. */
class OwnList implements Lister {
  readonly #holder: Holder;
  readonly #held = new Map<string, Credential[]>();
  /** The values (of each parent) that the list was read for. */
  readonly #readFor: Values[] = [];
  /** Keys of the accounts that are in the list of accounts. */
  readonly #there = new Set<string>();
  readonly #byParent: boolean;
  #isWhole = true;

  constructor(
    private readonly form: CredentialList,
    private readonly context: Context,
    parent: string | undefined,
  ) {
    this.#holder = compileHolder(form.account ?? {});
    this.#byParent = parent !== undefined && namesIn(JSON.stringify(form.request)).includes(parent);
  }

  async begin(values: Values): Promise<void> {
    if (this.#readFor.length > 0 && !this.#byParent) return;
    this.#readFor.push(values);
    this.#isWhole = (await this.#read(values, this.#held, true)) && this.#isWhole;
  }

  of(taken: readonly Taken[]): Found[] {
    return taken.map(({ row }) => {
      const found = this.#keysOf(row).flatMap((key) => this.#held.get(key) ?? []);
      const whole = this.#isWhole;
      return { held: found.length > 0 ? [...new Set(found)] : whole ? [] : undefined, whole };
    });
  }

  leftOut(account: Account): void {
    this.#keysOf(account);
  }

  async strays(leavers: Leavers): Promise<Account[]> {
    const left = [...this.#held].filter(([key]) => !this.#there.has(key));
    if (left.length === 0) return [];
    // An account that went while the lists were read took its keys with it: only those that are still there are left over.
    const again = new Map<string, Credential[]>();
    let whole = true;
    for (const values of this.#readFor) whole = (await this.#read(values, again, false)) && whole;
    if (this.#isWhole && !whole)
      this.context.unread(
        `${nameOf(this.form)}: which are left of accounts that are gone is not known: the second look at them was not whole`,
      );
    return left.flatMap(([key]) => {
      const credentials = again.get(key);
      return credentials === undefined ? [] : [this.#holder.account(key, credentials, leavers)];
    });
  }

  #keysOf(account: Account): string[] {
    const keys = this.#holder.keysOf(account);
    for (const key of keys) this.#there.add(key);
    return keys;
  }

  async #read(values: Values, held: Map<string, Credential[]>, speaks: boolean): Promise<boolean> {
    const { context, form } = this;
    let nameless = 0;
    const toCredential = compileCredential(form, context.problems, () => nameless++);
    let nobodys = 0;
    const whole = await readList(form, values, context, speaks, (record) => {
      const credential = toCredential(record);
      if (credential === undefined) return;
      const key = this.#holder.keyOf(record);
      if (key === undefined) nobodys++;
      else if (held.has(key)) held.get(key)?.push(credential);
      else held.set(key, [credential]);
    });
    if (speaks && nobodys > 0) context.remark(`${nameOf(form)}: ${counted(nobodys, 'names', 'name')} no account`);
    if (speaks && nameless > 0) context.unread(namelessOf(form, nameless));
    return whole && nameless === 0;
  }
}

/** Every account is asked for its own keys. */
class PerAccount implements Lister {
  #failed = 0;
  #stopped = false;
  #accounts = 0;
  #unread = 0;
  #nameless = 0;

  constructor(
    private readonly form: CredentialList,
    private readonly context: Context,
  ) {}

  async of(taken: readonly Taken[], values: Values): Promise<Found[]> {
    const asked = this.context.firstPages !== undefined ? taken.slice(0, ASKED_FIRST) : taken;
    const found = await inParallel(asked, WIDTH, ({ row }) => this.#ask(row, values));
    this.#accounts += found.length;
    this.#unread += found.filter(({ whole }) => !whole).length;
    return taken.map((_, i) => found[i] ?? UNREAD);
  }

  end(): void {
    const { context, form } = this;
    if (this.#nameless > 0) context.unread(namelessOf(form, this.#nameless));
    if (this.#unread > 0 && context.firstPages === undefined)
      context.unread(`${nameOf(form)}: those of ${this.#unread} of ${counted(this.#accounts, 'account', 'accounts')} are not all known`);
  }

  async #ask(account: Account, values: Values): Promise<Found> {
    const { form, context } = this;
    const own: Values = { ...values, 'account.id': account.id, 'account.userName': account.userName, 'account.email': account.emails?.[0] };
    if (this.#stopped) return UNREAD;
    const names = namesIn(JSON.stringify(form.request)).filter((name) => name.startsWith('account.'));
    const unnamed = names.find((name) => own[name] === undefined);
    if (unnamed !== undefined) {
      context.unread(`${nameOf(form)}: an account without ${unnamed.slice('account.'.length)} cannot be asked for its own`);
      return UNREAD;
    }
    const credentials: Credential[] = [];
    const before = this.#nameless;
    const toCredential = compileCredential(form, context.problems, () => this.#nameless++);
    const read = await readList(form, own, context, this.#failed === 0, (record) => {
      const credential = toCredential(record);
      if (credential !== undefined) credentials.push(credential);
    });
    const whole = read && this.#nameless === before;
    this.#failed = read ? 0 : this.#failed + 1;
    if (this.#failed === MAX_FAILED) {
      this.#stopped = true;
      context.unread(`${nameOf(form)}: ${MAX_FAILED} accounts in a row could not be read, so the rest were not asked`);
    }
    return { held: whole || credentials.length > 0 ? credentials : undefined, whole };
  }
}
