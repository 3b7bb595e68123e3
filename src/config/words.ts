import { ACCOUNT_FIELDS, PERSON_FIELDS } from '../model/field-names.js';

/** Words with a meaning elsewhere, and what to write instead under `fields`. */
export const NOT_A_FIELD: Readonly<Record<string, string>> = {
  state: 'the state of a person stands beside `fields`, as `state:`',
  status: 'the status of an account stands beside `fields`, as `status:`',
  email: 'the field is called emails (primary first)',
  alias: 'the field is called aliases',
  source: 'source is the name of the directory entry',
};

/** Words of a match rule; `alias` is any address of the account or the person. */
export const MATCH_KEYS: readonly string[] = ['id', 'externalId', 'employeeId', 'email', 'userName', 'alias'];

export const COMPARABLE: readonly string[] = [
  'givenName',
  'familyName',
  'displayName',
  'email',
  'department',
  'title',
  'manager',
  'userName',
  'employeeId',
  'externalId',
];

/** SCIM's own names are understood in filters beside those of the normal form (RFC 7643 section 4.1). */
const SCIM_NAMES = [
  'name.givenName',
  'name.familyName',
  'name.formatted',
  'employeeNumber',
  'email',
  'emails.value',
  'alias',
  'manager.value',
];
export const PERSON_FILTER_WORDS: readonly string[] = [
  ...PERSON_FIELDS,
  ...SCIM_NAMES,
  'groups.display',
  'groups.value',
  'state',
  'source',
];
export const ACCOUNT_FILTER_WORDS: readonly string[] = [...ACCOUNT_FIELDS, ...SCIM_NAMES, 'roles.display', 'roles.value', 'status'];

export const DEFAULT_MATCH: readonly string[] = ['externalId=id', 'employeeId', 'email', 'userName', 'alias'];
export const DEFAULT_COMPARE: readonly string[] = ['givenName', 'familyName', 'email', 'department', 'title', 'manager'];
