/** What says who somebody is, and is compared. */
export const ATTRIBUTES = ['givenName', 'familyName', 'displayName', 'department', 'title', 'manager'] as const;

/** Normal-form names that `fields` maps (contract: lifegap.yaml). Any other name there is an attribute of one's own. */
export const SHARED_FIELDS = [
  'id',
  'userName',
  'emails',
  'aliases',
  'employeeId',
  'externalId',
  ...ATTRIBUTES,
  'kind',
  'createdAt',
] as const;
export const PERSON_FIELDS: readonly string[] = [...SHARED_FIELDS, 'groups', 'startAt', 'endAt', 'changedAt'];
export const ACCOUNT_FIELDS: readonly string[] = [...SHARED_FIELDS, 'roles', 'updatedAt', 'lastLoginAt', 'deactivatedAt', 'builtIn'];
