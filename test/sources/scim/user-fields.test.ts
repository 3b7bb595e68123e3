import { describe, expect, it } from 'vitest';
import { pullAll, pullFrom, type Setup, sourceFor } from './pull.js';
import { type FakeUser, listOf, startScim } from './scim-server.js';
import { onTestFinished } from 'vitest';
import type { Account } from '../../../src/model/account.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

async function read(
  user: FakeUser,
  setup: Setup = {},
): Promise<{ readonly row: Account | undefined; readonly reasons: readonly string[] }> {
  const { rows, completeness } = await pullFrom({ list: (query) => listOf([user], query) }, setup);
  return { row: rows[0], reasons: completeness.reasons };
}

const full: FakeUser = {
  id: '2819c223',
  externalId: 'p-17',
  userName: 'bjensen',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  displayName: 'Babs Jensen',
  title: 'Tour Guide',
  userType: 'Employee',
  active: true,
  emails: [
    { value: 'babs@jensen.example', type: 'home' },
    { value: 'bjensen@corp.example', type: 'work', primary: true },
  ],
  groups: [{ value: 'g1', display: 'Tour Guides' }, { value: 'g2' }],
  roles: [{ value: 'admin' }],
  entitlements: [{ value: 'e1', display: 'Licence' }],
  [ENTERPRISE]: { employeeNumber: '701984', department: 'Tours', manager: { value: '26118915', displayName: 'John Smith' } },
  meta: { created: '2010-01-23T04:56:22Z', lastModified: '2011-05-13T04:42:34Z' },
};

describe('a user of RFC 7643 section 8.3', () => {
  it('as an account', async () => {
    const { row } = await read(full);
    expect(row).toMatchObject({
      id: '2819c223',
      externalId: 'p-17',
      userName: 'bjensen',
      emails: ['bjensen@corp.example', 'babs@jensen.example'],
      employeeId: '701984',
      status: 'active',
      roles: ['admin', 'Licence', 'Tour Guides', 'g2'],
      attributes: {
        givenName: 'Barbara',
        familyName: 'Jensen',
        displayName: 'Babs Jensen',
        title: 'Tour Guide',
        department: 'Tours',
        manager: '26118915',
      },
      createdAt: { at: Date.UTC(2010, 0, 23, 4, 56, 22) },
      updatedAt: { at: Date.UTC(2011, 4, 13, 4, 42, 34) },
    });
  });

  it('as a person', async () => {
    const server = await startScim({ list: (query) => listOf([full], query) });
    onTestFinished(server.close);
    const { rows } = await pullAll<'person'>(sourceFor('person', server.url));
    expect(rows[0]).toMatchObject({
      state: 'active',
      employeeId: '701984',
      groups: ['Tour Guides', 'g2'],
      changedAt: { at: Date.UTC(2011, 4, 13, 4, 42, 34) },
    });
  });
});

describe('what servers make of it', () => {
  it('URN and names in another case', async () => {
    const { row } = await read({ id: 'a', UserName: 'x', NAME: { FAMILYNAME: 'Y' }, [ENTERPRISE.toUpperCase()]: { Department: 'Z' } });
    expect(row).toMatchObject({ userName: 'x', attributes: { familyName: 'Y', department: 'Z' } });
  });

  it('what is not sent is absent, and not empty', async () => {
    const { row } = await read({ id: 'a' });
    expect(row).toMatchObject({ id: 'a', status: 'unknown' });
    for (const key of ['userName', 'emails', 'externalId', 'employeeId', 'roles', 'createdAt', 'updatedAt'] as const)
      expect(row?.[key]).toBeUndefined();
    expect(Object.values(row?.attributes ?? {}).filter((value) => value !== undefined)).toEqual([]);
  });

  it('an empty list of groups says that there are none', async () => {
    expect((await read({ id: 'a', groups: [] })).row?.roles).toEqual([]);
  });

  it.each([
    ['False', 'deactivated'],
    ['true', 'active'],
  ])('active as the text "%s"', async (active, status) => {
    const { row, reasons } = await read({ id: 'a', active });
    expect(row?.status).toBe(status);
    expect(reasons.filter((reason) => reason === 'sends active as text')).toHaveLength(1);
  });

  it('any other value of active is unknown, not fine', async () => {
    expect((await read({ id: 'a', active: 'yes' })).row?.status).toBe('unknown');
    expect((await read({ id: 'a', active: null })).row?.status).toBe('unknown');
  });

  it('a manager as plain text, e-mails as plain texts', async () => {
    const { row } = await read({ id: 'a', emails: ['a@corp.example', 'b@corp.example'], [ENTERPRISE]: { manager: '26118915' } });
    expect(row).toMatchObject({ emails: ['a@corp.example', 'b@corp.example'], attributes: { manager: '26118915' } });
  });
});

describe('fields of the config', () => {
  it('reach extensions, nested attributes, and one of several values', async () => {
    const user: FakeUser = {
      id: 'a',
      emails: [
        { value: 'home@x.example', type: 'home' },
        { value: 'work@x.example', type: 'Work' },
      ],
      'urn:acme:params:scim:schemas:2.1:User': { costCentre: 'C7', badge: { number: 12 } },
    };
    const fields = {
      emails: 'emails[type eq "work"].value',
      department: 'urn:acme:params:scim:schemas:2.1:user:costcentre',
      employeeId: 'urn:acme:params:scim:schemas:2.1:User:badge.number',
    };
    expect((await read(user, { fields })).row).toMatchObject({
      emails: ['work@x.example'],
      employeeId: '12',
      attributes: { department: 'C7' },
    });
  });

  it('state by another attribute', async () => {
    const { row } = await read({ id: 'a', active: true, locked: 'yes' }, { state: { from: 'locked', map: { yes: 'suspended' } } });
    expect(row?.status).toBe('suspended');
  });
});
