import type { FieldMap, FieldSpec } from '../../model/config.js';
import type { Role } from '../../model/role.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Where RFC 7643 (sections 3.1, 4.1 and 4.3) keeps what both roles have. */
const SHARED: FieldMap = {
  id: 'id',
  userName: 'userName',
  externalId: 'externalId',
  emails: 'emails',
  employeeId: `${ENTERPRISE}:employeeNumber`,
  givenName: 'name.givenName',
  familyName: 'name.familyName',
  displayName: 'displayName',
  title: 'title',
  department: `${ENTERPRISE}:department`,
  // The system's own id of the manager: it is joined to a user before it is compared.
  manager: `${ENTERPRISE}:manager.value`,
  createdAt: 'meta.created',
};

/** Default places of the normal form; `fields` of the config lie over them. */
export function userFields(role: Role): FieldMap {
  return role === 'person'
    ? { ...SHARED, groups: 'groups', changedAt: 'meta.lastModified' }
    : { ...SHARED, roles: 'roles+entitlements+groups', updatedAt: 'meta.lastModified' };
}

/** SCIM knows `active` alone (RFC 7643 section 4.1.1): absent is unknown, and false does not tell a leaver from a leave. */
export function userState(role: Role): FieldSpec {
  return { from: 'active', map: { true: 'active', false: role === 'person' ? 'suspended' : 'deactivated' } };
}
