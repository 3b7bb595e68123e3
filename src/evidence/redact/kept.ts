/** Attributes that stay as they are: they say what people do in the organisation, for many at once. All others name or describe one person. */
export const KEPT_ATTRIBUTES: readonly string[] = ['department', 'division', 'organization', 'costCenter', 'employeeType', 'userType'];
/** Words of filters that speak of no personal attribute (match/person-filter.ts). */
const KEPT_WORDS = [
  'state',
  'status',
  'kind',
  'source',
  'groups',
  'groups.display',
  'groups.value',
  'roles',
  'roles.display',
  'roles.value',
  'startAt',
  'endAt',
  'createdAt',
  'changedAt',
  'updatedAt',
  'lastLoginAt',
  'deactivatedAt',
];

/** What a pack says of itself. */
export const KEPT = [
  'names of systems, apps and logs',
  'states, statuses and kinds',
  'dates',
  'groups and roles',
  'actions and outcomes of logs, names of the attributes that they set, and what kind of thing made the entry',
  ...KEPT_ATTRIBUTES.map((name) => `attribute ${name}`),
];

const attributes = new Set(KEPT_ATTRIBUTES);
const words = new Set([...KEPT_ATTRIBUTES, ...KEPT_WORDS].map((word) => word.toLowerCase()));

export function isKept(attribute: string): boolean {
  return attributes.has(attribute);
}

/** Does a filter that reads `path` read no personal data? */
export function isKeptWord(path: string): boolean {
  return words.has(path.toLowerCase());
}
