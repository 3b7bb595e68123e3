import type { FieldSpec } from '../../model/config.js';
import type { Account, Credential } from '../../model/account.js';
import type { Leavers } from '../../model/check.js';
import { FieldCompiler } from '../../mapping/field-compiler.js';
import { jsonPath, type Problems, RowError } from '../../mapping/rows.js';
import { Places } from '../mapping/rows.js';
import type { CredentialList } from '../form/credentials.js';
import { compileAny } from '../form/tests.js';

/** Makes a credential of one record. Undefined: the manifest leaves it out, or nothing names it (a problem that is counted, and told to `lost`). */
export function compileCredential(
  { fields, keep, drop }: Pick<CredentialList, 'fields' | 'keep' | 'drop'>,
  problems: Problems,
  lost: () => void = () => undefined,
): (record: unknown) => Credential | undefined {
  const places = new Places(problems);
  const map: Record<string, FieldSpec> = {};
  for (const [name, field] of Object.entries(fields)) map[`credentials.${name}`] = places.field(name, field);
  const compile = new FieldCompiler(map, places.access, problems);
  const id = compile.text('credentials.id', 'key');
  const createdAt = compile.moment('credentials.createdAt');
  const lastUsedAt = compile.moment('credentials.lastUsedAt');
  const expiresAt = compile.moment('credentials.expiresAt');
  const kept = keep === undefined ? () => true : compileAny(keep, true);
  const dropped = drop === undefined ? () => false : compileAny(drop);
  return (record) => {
    if (!kept(record) || dropped(record)) return undefined;
    const name = nameOf(record);
    if (name === undefined) {
      problems.add('credentials.id', 'could not be found: left out', '');
      lost();
      return undefined;
    }
    const dates = { createdAt: createdAt(record), lastUsedAt: lastUsedAt(record), expiresAt: expiresAt(record) };
    const given = Object.fromEntries(Object.entries(dates).filter(([, moment]) => moment !== undefined));
    return { id: name, ...given };
  };

  function nameOf(record: unknown): string | undefined {
    try {
      return id(record);
    } catch (error) {
      if (error instanceof RowError) return undefined;
      throw error;
    }
  }
}

/** Whose a credential is. */
export interface Holder {
  /** The key of the account that a record names. */
  keyOf(record: unknown): string | undefined;
  /** The keys under which an account may be named. */
  keysOf(account: Account): string[];
  /** An account that shows through its credentials alone. */
  account(key: string, credentials: readonly Credential[], leavers: Leavers): Account;
}

const NAMES = ['id', 'userName', 'email'] as const;

export function compileHolder(account: NonNullable<CredentialList['account']>): Holder {
  const readers = NAMES.flatMap((name) => {
    const path = account[name];
    return path === undefined ? [] : [[name, jsonPath(path)] as const];
  });
  const names = readers.map(([name]) => name);
  const key = (name: (typeof NAMES)[number], value: string): string => `${name} ${name === 'email' ? value.trim().toLowerCase() : value}`;
  return {
    keyOf(record) {
      for (const [name, read] of readers) {
        const value = read(record);
        if ((typeof value === 'string' && value.trim() !== '') || Number.isSafeInteger(value)) return key(name, String(value));
      }
      return undefined;
    },
    keysOf({ id, userName, emails = [] }) {
      return names.flatMap((name) => {
        const values = name === 'email' ? emails : [name === 'id' ? id : userName];
        return values.flatMap((value) => (value === undefined ? [] : [key(name, value)]));
      });
    },
    account(whole, credentials, leavers) {
      const [name = ''] = whole.split(' ', 1);
      const value = whole.slice(name.length + 1);
      return {
        id: value,
        ...(name === 'userName' ? { userName: value } : name === 'email' ? { userName: value, emails: [value] } : {}),
        // Where accounts that are off are left out of the list, this one may be off; otherwise it is gone.
        status: leavers === 'hidden' ? 'deactivated' : 'deleted',
        kind: 'unknown',
        attributes: {},
        credentials,
      };
    },
  };
}
