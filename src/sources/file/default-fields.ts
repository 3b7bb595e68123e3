import type { FieldMap, FieldSpec } from '../../model/config.js';
import { SHARED_FIELDS } from '../../model/field-names.js';
import { spreadColumns } from './spread.js';
import type { Role } from '../../model/role.js';

const SHARED = SHARED_FIELDS.filter((name) => name !== 'emails');
const OWN: Readonly<Record<Role, readonly string[]>> = {
  person: ['groups', 'startAt', 'endAt'],
  account: ['lastLoginAt', 'deactivatedAt'],
};

/** Names that count for a field besides its own, best first. */
const SYNONYMS: Readonly<Record<Role, Readonly<Record<string, readonly string[]>>>> = {
  person: { emails: ['emails', 'email', 'mail'], changedAt: ['changedAt', 'updatedAt'], state: ['state', 'status'] },
  account: {
    emails: ['emails', 'email', 'mail'],
    updatedAt: ['updatedAt', 'changedAt'],
    status: ['status', 'state'],
    roles: ['roles', 'groups'],
  },
};

/** Where a file keeps what, when the config does not say: under the normal form's own names. With `columns`, those that exist. */
export function defaultFields(role: Role, columns: readonly string[] | undefined): FieldMap {
  const exists = (name: string): boolean => columns === undefined || columns.includes(name) || isSpread(name, columns);
  const fields: Record<string, FieldSpec> = {};
  for (const name of [...SHARED, ...OWN[role]]) if (exists(name)) fields[name] = name;
  for (const [name, names] of Object.entries(SYNONYMS[role])) {
    const known = names.filter(exists);
    if (known.length > 0) fields[name] = known;
  }
  return fields;
}

/** Names of lists, which an export may spread over columns. */
const LISTS = new Set(['aliases', 'groups', 'roles', ...(SYNONYMS.person['emails'] ?? [])]);

function isSpread(name: string, columns: readonly string[]): boolean {
  return LISTS.has(name) && spreadColumns(name, columns).length > 0;
}
