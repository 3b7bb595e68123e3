import type { Filter, FilterValue } from '../filter/filter.js';
import type { Account } from '../model/account.js';
import { isDateField } from './date-columns.js';
import type { PersonIndex } from './person-index.js';
import type { Standing } from './standing.js';

/** SCIM's names for what the normal form calls otherwise (RFC 7643 section 4.1). */
const PERSON_ALIASES: Readonly<Record<string, string>> = {
  'name.givenname': 'givenName',
  'name.familyname': 'familyName',
  'name.formatted': 'displayName',
  employeenumber: 'employeeId',
  email: 'emails',
  'emails.value': 'emails',
  alias: 'aliases',
  'groups.display': 'groups',
  'groups.value': 'groups',
  'roles.value': 'roles',
  'roles.display': 'roles',
  'manager.value': 'manager',
};

export const PERSON_WORDS = [
  'id',
  'userName',
  'emails',
  'aliases',
  'employeeId',
  'externalId',
  'groups',
  'state',
  'kind',
  'source',
  'startAt',
  'endAt',
  'createdAt',
  'changedAt',
] as const;
export const ACCOUNT_WORDS = [
  'id',
  'userName',
  'emails',
  'aliases',
  'employeeId',
  'externalId',
  'roles',
  'status',
  'kind',
  'createdAt',
  'updatedAt',
  'lastLoginAt',
  'deactivatedAt',
] as const;

/** The normal-form name that a filter's attribute path means. */
export function normalName(path: string, words: readonly string[]): string {
  const lower = path.toLowerCase();
  const alias = PERSON_ALIASES[lower];
  if (alias !== undefined) return alias;
  return words.find((word) => word.toLowerCase() === lower) ?? path;
}

/**
 * Compiles a filter to a test over rows of the directory. Undefined: it came to ask for what the row's source never gives, so
 * it cannot be judged. (What stands before may decide: `source eq "contractors" or department eq "Sales"`.)
 */
export function personTest(filter: Filter, standing: Standing): (row: number) => boolean | undefined {
  const { index } = standing;
  const words = [...PERSON_WORDS, ...index.attributeNames];
  const readers = new Map<string, (row: number) => FilterValue>();
  /** Counts readers that were asked for what the row's source never gives. */
  let unseen = 0;
  for (const path of filter.attributes) {
    const name = normalName(path, words);
    const reader = personReader(name, standing);
    const without = sourcesWithout(name, reader, index);
    const isUnread = isDateField(name) ? (at: number) => index.isUnread(name, at) : undefined;
    if (without.size === 0 && isUnread === undefined) readers.set(path, reader);
    else {
      readers.set(path, (row) => {
        // A date that could not be read may pass or not.
        if (without.has(index.source(row)) || isUnread?.(row) === true) unseen++;
        return reader(row);
      });
    }
  }
  let row = 0;
  const read = (path: string): FilterValue => readers.get(path)?.(row);
  return (r) => {
    row = r;
    unseen = 0;
    const matches = filter.matches(read);
    return unseen > 0 ? undefined : matches;
  };
}

/** Sources none of whose people carry the field: it is not that these people have none, their source does not say. */
function sourcesWithout(name: string, reader: (row: number) => FilterValue, index: PersonIndex): ReadonlySet<number> {
  const without = new Set(index.sources.keys());
  if (name === 'source' || name === 'state' || name === 'kind') without.clear();
  for (let row = 0; row < index.size && without.size > 0; row++) {
    if (without.has(index.source(row)) && reader(row) !== undefined) without.delete(index.source(row));
  }
  return without;
}

function personReader(name: string, standing: Standing): (row: number) => FilterValue {
  const { index } = standing;
  switch (name) {
    case 'state':
      return (row) => standing.state(row);
    case 'kind':
      return (row) => index.kind(row);
    case 'source':
      return (row) => index.sources[index.source(row)];
    case 'emails':
      return (row) => {
        const email = index.text('email', row);
        return email === undefined ? undefined : [email, ...(index.list('aliases', row) ?? [])];
      };
    case 'groups':
    case 'aliases':
      return (row) => index.list(name, row);
    case 'id':
    case 'userName':
    case 'employeeId':
    case 'externalId':
      return (row) => index.text(name, row);
    case 'startAt':
    case 'endAt':
    case 'createdAt':
    case 'changedAt':
      return (row) => {
        const at = index.instant(name, row);
        return Number.isNaN(at) ? undefined : new Date(at).toISOString();
      };
    default:
      return (row) => index.attribute(name, row);
  }
}

/** Compiles a filter to a test over accounts. */
export function accountTest(filter: Filter): (account: Account) => boolean {
  return (account) =>
    filter.matches((path) => accountFilterValue(account, normalName(path, [...ACCOUNT_WORDS, ...Object.keys(account.attributes)])));
}

/** What a filter reads of an account under a normal-form name. */
export function accountFilterValue(account: Account, name: string): FilterValue {
  switch (name) {
    case 'id':
    case 'userName':
    case 'externalId':
    case 'employeeId':
    case 'status':
    case 'kind':
    case 'emails':
    case 'aliases':
    case 'roles':
      return account[name];
    case 'createdAt':
    case 'updatedAt':
    case 'lastLoginAt':
    case 'deactivatedAt': {
      const moment = account[name];
      return moment === undefined ? undefined : new Date(moment.at).toISOString();
    }
    default:
      return account.attributes[name];
  }
}
