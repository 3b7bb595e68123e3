import { escapeRdn, type LdifEntry } from './ldif.js';

export const BASE = 'dc=corp,dc=example';
export const PEOPLE_BASE = `ou=people,${BASE}`;
export const READER_DN = `cn=reader,${BASE}`;
export const READER_PASSWORD = 'reader-pa55word';
/** Who keeps the records up to date, as a provisioning tool would; not the root DN, as which slapd itself writes. */
export const ADMIN_DN = `cn=admin,${BASE}`;
export const ADMIN_PASSWORD = 'admin-pa55word';

/** A person of the test directory. What is left out is no attribute of the entry. */
export interface SlapdPerson {
  readonly uid: string;
  /** entryUUID; default: made from the place in the list. */
  readonly id?: string;
  /** Default: the uid. It names the entry: commas and the like are escaped. */
  readonly cn?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly mail?: readonly string[];
  readonly employeeNumber?: string;
  readonly department?: string;
  readonly title?: string;
  /** uid of another person in the list, or a DN. */
  readonly manager?: string;
  /** Names of groups; their entries are made as well. */
  readonly groups?: readonly string[];
  /** Locked for good (pwdAccountLockedTime 000001010000Z); needs ppolicy. */
  readonly locked?: boolean;
  /** GeneralizedTime, such as 20260101080000Z. */
  readonly createTimestamp?: string;
  readonly modifyTimestamp?: string;
  readonly userPassword?: string;
  /** Any further attribute. */
  readonly attributes?: LdifEntry['attributes'];
}

const ou = (name: string): LdifEntry => ({ dn: `ou=${name},${BASE}`, attributes: { objectClass: 'organizationalUnit', ou: name } });

export const skeleton: readonly LdifEntry[] = [
  { dn: BASE, attributes: { objectClass: ['dcObject', 'organization'], dc: 'corp', o: 'Corp' } },
  ou('people'),
  ou('groups'),
  {
    dn: READER_DN,
    attributes: { objectClass: ['organizationalRole', 'simpleSecurityObject'], cn: 'reader', userPassword: READER_PASSWORD },
  },
  {
    dn: ADMIN_DN,
    attributes: { objectClass: ['organizationalRole', 'simpleSecurityObject'], cn: 'admin', userPassword: ADMIN_PASSWORD },
  },
];

export function personId(index: number): string {
  return `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
}

export function personDn({ cn, uid }: SlapdPerson): string {
  return `cn=${escapeRdn(cn ?? uid)},${PEOPLE_BASE}`;
}

export function peopleEntries(people: readonly SlapdPerson[]): LdifEntry[] {
  const dns = new Map(people.map((person) => [person.uid, personDn(person)]));
  const members = new Map<string, string[]>();
  for (const person of people) {
    for (const group of person.groups ?? []) members.set(group, [...(members.get(group) ?? []), personDn(person)]);
  }
  const groups = [...members].map(([name, member]) => ({
    dn: groupDn(name),
    attributes: { objectClass: 'groupOfNames', cn: name, member },
  }));
  return [...people.map((person, index) => entryOf(person, index, dns)), ...groups];
}

function groupDn(name: string): string {
  return `cn=${escapeRdn(name)},ou=groups,${BASE}`;
}

function entryOf(person: SlapdPerson, index: number, dns: ReadonlyMap<string, string>): LdifEntry {
  const { uid, cn = uid, manager } = person;
  return {
    dn: personDn(person),
    attributes: {
      objectClass: ['inetOrgPerson'],
      cn,
      uid,
      sn: person.familyName ?? uid,
      givenName: person.givenName,
      mail: person.mail,
      employeeNumber: person.employeeNumber,
      departmentNumber: person.department,
      title: person.title,
      manager: manager === undefined ? undefined : (dns.get(manager) ?? manager),
      memberOf: person.groups?.map(groupDn),
      userPassword: person.userPassword,
      entryUUID: person.id ?? personId(index),
      createTimestamp: person.createTimestamp,
      modifyTimestamp: person.modifyTimestamp,
      pwdAccountLockedTime: person.locked === true ? '000001010000Z' : undefined,
      ...person.attributes,
    },
  };
}
