import type { Account, Credential } from '../../model/account.js';
import type { Leavers } from '../../model/check.js';
import { counted } from '../../model/counted.js';
import { SourceError } from '../../model/errors.js';
import { Problems } from '../../mapping/rows.js';
import { Ledger } from '../../contract/ledger.js';
import { compileCredential } from './fields.js';
import { readPages, type Reading } from '../ask/read-pages.js';
import type { CredentialList } from '../form/credentials.js';
import type { Values } from '../form/template.js';

/** A row of the list, with the record that it was made of. */
export interface Taken<Row = Account> {
  readonly row: Row;
  readonly record: unknown;
}

export interface Context extends Reading {
  readonly problems: Problems;
  readonly remark: (text: string) => void;
  /** Why some of them are not known. */
  readonly unread: (reason: string) => void;
}

/** What one list says of one account. A fact that could not be read is absent, and not "none". */
export interface Found {
  /** Undefined: the list does not say. */
  readonly held: readonly Credential[] | undefined;
  /** The list was read whole, or has nothing that could be. */
  readonly whole: boolean;
}

export const SILENT: Found = { held: undefined, whole: true };
export const UNREAD: Found = { held: undefined, whole: false };

export interface Lister {
  /** Before the first row. */
  begin?(values: Values): Promise<void>;
  of(taken: readonly Taken[], values: Values): Found[] | Promise<Found[]>;
  /** An account that the manifest leaves out is still there. */
  leftOut?(account: Account): void;
  /** After the last row: accounts that show through their keys alone. */
  strays?(leavers: Leavers): Promise<Account[]>;
  /** After the last row: what is to be said of all accounts together. */
  end?(): void;
}

export function namelessOf(form: CredentialList, nameless: number): string {
  return `${nameOf(form)}: ${counted(nameless, 'has no id and is', 'have no id and are')} left out`;
}

export function nameOf({ name }: CredentialList): string {
  return name === undefined ? 'credentials' : `credentials (${name})`;
}

/** Reads one list to its end; false, with the reason, when it could not be read whole. */
export async function readList(
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
      // What nothing names gets a name that is no id of another.
      const rows = page.map((record) => ({ id: id(record)?.id ?? `left out ${at++}`, record }));
      for (const { record } of ledger.take(rows)) take(record);
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    if (speaks) context.unread(`${nameOf(form)} could not be read, so nothing is known of them: ${error.message}`);
    return false;
  }
  const { verdict, reasons } = ledger.completeness();
  if (verdict === 'unproven' && speaks && context.firstPages === undefined)
    for (const reason of reasons) context.unread(`${nameOf(form)}: ${reason}`);
  return verdict !== 'unproven' && context.firstPages === undefined;
}
