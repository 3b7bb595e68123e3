import { describe, expect, it } from 'vitest';
import { SetReader } from '../../src/logbook/attributes.js';
import { UNTOLD } from '../../src/logbook/kept.js';

const COMPARE = ['givenName', 'department', 'email', 'costCenter'];

describe('what an update set', () => {
  it.each<[what: string, changed: readonly string[] | undefined, set: number]>([
    ['is not told by a log that names nothing', undefined, UNTOLD],
    ['nor by an empty list', [], UNTOLD],
    ['is an attribute that is compared', ['department'], 2],
    ['is one of those, however the log spells it', ['urn:x:User:Department', 'profile.first_name'], 3],
    ['is an address by another name', ['primaryEmail'], 4],
    ['is an attribute of its own', ['costCenter'], 8],
    ['is nothing that is compared', ['phoneNumber', 'title'], 0],
    ['may be anything where a name is not understood', ['phoneNumber', 'cf_1234'], UNTOLD],
    ['is compared, whatever else was set', ['cf_1234', 'department'], 2],
  ])('%s', (_, changed, set) => {
    expect(new SetReader(COMPARE).read(changed)).toBe(set);
  });
});
