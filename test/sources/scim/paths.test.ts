import { expect, it } from 'vitest';
import { readerOf } from '../../../src/sources/scim/paths.js';

const record = {
  userName: 'ada',
  name: { familyName: 'Lovelace' },
  emails: [{ value: 'home@x', type: 'home' }, { value: 'work@x', type: 'Work', primary: 'True' }, { display: 'no value' }, null],
  groups: [{ value: 'g1', display: 'Staff' }, { value: 'g2' }, 'g3'],
  roles: [],
  'urn:acme:2.1:User': { team: { value: 't1' }, badge: { number: 12 } },
};

it.each<[string, unknown]>([
  ['username', 'ada'],
  ['urn:ietf:params:scim:schemas:core:2.0:User:name.familyname', 'Lovelace'],
  ['emails', ['work@x', 'no value', 'home@x']],
  ['emails.value', ['work@x', 'home@x']],
  ['emails[type eq "WORK"].value', ['work@x']],
  ['emails[type=home]', ['home@x']],
  ['emails[0].value', ['home@x']],
  ['emails.0.value', 'home@x'],
  ['emails.9.value', undefined],
  ['emails[type eq "other"].value', []],
  ['groups', ['Staff', 'g2', 'g3']],
  ['groups.value', ['g1', 'g2', 'g3']],
  ['roles', []],
  ['roles+groups', ['Staff', 'g2', 'g3']],
  ['entitlements', undefined],
  ['entitlements+licences', undefined],
  ['urn:ACME:2.1:user:team', 't1'],
  ['urn:acme:2.1:User:badge.number', 12],
  ['urn:acme:2.1:User.badge.number', 12],
  ['urn:acme:9.9:User:team', undefined],
  ['name.familyName.value', 'Lovelace'],
  ['name.familyName.length', undefined],
  ['__proto__', undefined],
  ['constructor.name', undefined],
])('%s', (path, value) => {
  expect(readerOf(path)(record)).toEqual(value);
});
