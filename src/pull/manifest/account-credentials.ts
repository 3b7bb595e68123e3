import type { Account, Credential } from '../../model/account.js';
import type { Leavers } from '../../model/check.js';
import { counted } from '../../model/counted.js';
import { SourceError } from '../../model/errors.js';
import { Problems } from '../fields.js';
import { inParallel } from '../in-parallel.js';
import { Ledger } from '../ledger.js';
import { OF_CREDENTIALS, type Role, type RowOf } from '../source.js';
import { compileCredential, compileHolder, type Holder } from './credential-fields.js';
import { readPages, type Reading } from './read-pages.js';
import { compileRecords } from './records.js';
import { credentialLists, type CredentialList } from './schema-credentials.js';
import type { Manifest } from './schema.js';
import { namesIn, type Values } from './template.js';

/** Accounts asked one by one when only the first page is looked at. */
const ASKED_FIRST = 3;
/** Accounts in a row whose keys could not be read, before the rest are not asked. */
const MAX_FAILED = 3;
/** Requests in flight where every account is asked by itself. */
const WIDTH = 4;

/** A row of the list, with the record that it was made of. */
export interface Taken<Row = Account> {
  readonly row: Row;
  readonly record: unknown;
}

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
}

export function credentialsOf<R extends Role>(role: R, manifest: Manifest, context: Context): RowCredentials<RowOf<R>> | undefined {
  const isNone = role !== 'account' || credentialLists(manifest.credentials).length === 0;
  return isNone ? undefined : (new AccountCredentials(manifest, context) as RowCredentials<unknown> as RowCredentials<RowOf<R>>);
}

interface Context extends Reading {
  readonly problems: Problems;
  readonly remark: (text: string) => void;
}

/** Undefined: this list does not say; a fact that could not be read is absent, and not "none". */
type Found = readonly Credential[] | undefined;

interface Lister {
  /** Before the first row. */
  begin?(values: Values): Promise<void>;
  of(taken: readonly Taken[], values: Values): Found[] | Promise<Found[]>;
  /** An account that the manifest leaves out is still there. */
  leftOut?(account: Account): void;
  /** After the last row: accounts that show through their keys alone. */
  strays?(leavers: Leavers): Promise<Account[]>;
}

/** The live keys and tokens of the accounts of one pull. What cannot be read is remarked, and makes no list of accounts wrong. */
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
      const lists = found.map((one) => one[i]);
      const credentials = lists.flatMap((list) => list ?? []);
      // "Holds none" is known only where every list has said so.
      return credentials.length === 0 && lists.includes(undefined) ? row : { ...row, credentials };
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
}

/** The keys stand in the account's own record. */
class InRecord implements Lister {
  readonly #read: (record: unknown) => Found;

  constructor(form: CredentialList, { problems }: Context) {
    const recordsOf = compileRecords(form.records);
    const toCredential = compileCredential(form, problems);
    this.#read = (record) => recordsOf(record)?.flatMap((one) => toCredential(one) ?? []);
  }

  of(taken: readonly Taken[]): Found[] {
    return taken.map(({ record }) => this.#read(record));
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
      return found.length > 0 ? [...new Set(found)] : this.#isWhole ? [] : undefined;
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
    for (const values of this.#readFor) await this.#read(values, again, false);
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
    const toCredential = compileCredential(form, context.problems);
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
    return whole;
  }
}

/** Every account is asked for its own keys. */
class PerAccount implements Lister {
  #failed = 0;
  #stopped = false;

  constructor(
    private readonly form: CredentialList,
    private readonly context: Context,
  ) {}

  async of(taken: readonly Taken[], values: Values): Promise<Found[]> {
    const asked = this.context.firstPages !== undefined ? taken.slice(0, ASKED_FIRST) : taken;
    const found = await inParallel(asked, WIDTH, ({ row }) => this.#ask(row, values));
    return taken.map((_, i) => found[i]);
  }

  async #ask(account: Account, values: Values): Promise<Found> {
    const { form, context } = this;
    const own: Values = { ...values, 'account.id': account.id, 'account.userName': account.userName, 'account.email': account.emails?.[0] };
    const names = namesIn(JSON.stringify(form.request)).filter((name) => name.startsWith('account.'));
    if (this.#stopped || names.some((name) => own[name] === undefined)) return undefined;
    const credentials: Credential[] = [];
    const toCredential = compileCredential(form, context.problems);
    const whole = await readList(form, own, context, this.#failed === 0, (record) => {
      const credential = toCredential(record);
      if (credential !== undefined) credentials.push(credential);
    });
    this.#failed = whole ? 0 : this.#failed + 1;
    if (this.#failed >= MAX_FAILED) {
      this.#stopped = true;
      context.remark(`${nameOf(form)}: ${MAX_FAILED} accounts in a row could not be read, so the rest were not asked`);
    }
    return whole || credentials.length > 0 ? credentials : undefined;
  }
}

function nameOf({ name }: CredentialList): string {
  return `${OF_CREDENTIALS}${name === undefined ? '' : ` (${name})`}`;
}

/** Reads one list to its end; false, with a remark, when it could not be read whole. */
async function readList(
  form: CredentialList,
  values: Values,
  context: Context,
  speaks: boolean,
  take: (record: unknown) => void,
): Promise<boolean> {
  const ledger = new Ledger();
  const { request = {}, records, paging = 'none' } = form;
  const id = compileCredential({ fields: form.fields }, new Problems());
  let at = 0;
  try {
    for await (const page of readPages({ name: nameOf(form), request, records, paging, values }, ledger, context)) {
      const rows = page.map((record) => ({ id: id(record)?.id ?? `${at++}`, record }));
      for (const { record } of ledger.take(rows)) take(record);
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    if (speaks) context.remark(`${nameOf(form)} could not be read, so nothing is known of them: ${error.message}`);
    return false;
  }
  const { verdict, reasons } = ledger.completeness();
  if (verdict === 'unproven' && speaks && context.firstPages === undefined)
    for (const reason of reasons) context.remark(`${nameOf(form)}: ${reason}`);
  return verdict !== 'unproven' && context.firstPages === undefined;
}
