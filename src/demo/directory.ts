import { type Company, type DirectoryRecord, type Human, iso, isoDay, recordOf } from './lifecycle.js';

export const HR_URN = 'urn:peopledesk:params:scim:schemas:extension:employment:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const WORDS = { active: 'Active', leave: 'OnLeave', suspended: 'Suspended', terminated: 'Terminated' } as const;

interface Entry {
  readonly human: Human;
  readonly record: DirectoryRecord;
}

/** Records of one directory, in the order of their ids. */
function entries(company: Company, source: DirectoryRecord['source']): Entry[] {
  const all = company.people.flatMap((human) => human.records.map((record): Entry => ({ human, record })));
  return all.filter(({ record }) => record.source === source).sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}

function managerId(company: Company, record: DirectoryRecord): string | undefined {
  const human = company.byKey.get(record.profile.manager ?? '');
  return human === undefined ? undefined : recordOf(human).id;
}

/** The HR system's people as SCIM users: it keeps leavers, and an extension of its own says what `active` cannot. */
export function hrUsers(company: Company): Record<string, unknown>[] {
  return entries(company, 'hr').map(({ human, record }) => {
    const { profile } = record;
    const manager = managerId(company, record);
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE, HR_URN],
      id: record.id,
      userName: profile.email,
      name: { givenName: profile.givenName, familyName: profile.familyName },
      emails: [{ value: profile.email, type: 'work', primary: true }, ...record.aliases.map((value) => ({ value, type: 'other' }))],
      active: record.state === 'active',
      title: profile.title,
      [ENTERPRISE]: {
        employeeNumber: record.employeeId,
        department: profile.department,
        ...(manager === undefined ? {} : { manager: { value: manager } }),
      },
      [HR_URN]: {
        employmentStatus: WORDS[record.state],
        hireDate: isoDay(record.startAt),
        ...(record.endAt === undefined ? {} : { terminationDate: iso(record.endAt) }),
        workerType: human.kind === 'service' ? 'ServiceIdentity' : 'Employee',
      },
      meta: { resourceType: 'User', created: iso(record.createdAt), lastModified: iso(record.changedAt) },
    };
  });
}

/** The same people under the normal form's own names, one JSON object a line: what `--keep` leaves. */
export function hrNdjson(company: Company): string {
  const rows = entries(company, 'hr').map(({ human, record }) => {
    const { givenName, familyName, email, department, title } = record.profile;
    return {
      id: record.id,
      userName: email,
      emails: [email],
      aliases: record.aliases,
      employeeId: record.employeeId,
      givenName,
      familyName,
      department,
      title,
      manager: managerId(company, record),
      kind: human.kind,
      state: record.state,
      startAt: isoDay(record.startAt),
      endAt: record.endAt === undefined ? undefined : iso(record.endAt),
      createdAt: iso(record.createdAt),
      changedAt: iso(record.changedAt),
    };
  });
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** The purchasing department's list of contractors. */
export function contractorsCsv(company: Company): string {
  const rows = entries(company, 'contractors').map(({ record }) => {
    const { givenName, familyName, email, department } = record.profile;
    const status = record.state === 'terminated' ? 'closed' : 'open';
    const until = record.endAt === undefined ? '' : isoDay(record.endAt);
    return [record.id, givenName, familyName, email, department, isoDay(record.startAt), until, status];
  });
  const header = ['contract_no', 'first', 'last', 'mail', 'department', 'from', 'until', 'status'];
  return [header, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}
