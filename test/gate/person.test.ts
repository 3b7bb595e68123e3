import { describe, expect, it } from 'vitest';
import { personExit } from '../../src/gate/person.js';
import type { PersonAccount, PersonApp, PersonRecord, PersonReport } from '../../src/model/person-report.js';

const record = { id: 'p1' } as PersonRecord;
const app = (...accounts: string[]): PersonApp =>
  ({ name: 'crm', accounts: accounts.map((id) => ({ id }) as PersonAccount) }) as unknown as PersonApp;

interface Given {
  readonly people?: readonly PersonRecord[];
  readonly apps?: readonly PersonApp[];
  readonly lettingIn?: number;
  readonly open?: readonly string[];
  readonly failed?: readonly string[];
}

function ended({ people = [record], apps = [app('a1')], lettingIn = 0, open = [], failed = [] }: Given, failIfActive: boolean) {
  const { exitCode, reason } = personExit({ who: 'ada', people, apps, summary: { lettingIn, open, failed } } as unknown as PersonReport, failIfActive);
  return [exitCode, reason];
} // prettier-ignore

describe('how `person` ends', () => {
  it.each<[Given, boolean, number, string]>([
    [{}, true, 0, 'every list was read whole, and nothing lets this person in'],
    [{ lettingIn: 1 }, false, 0, 'what lets this person in is above'],
    [{ lettingIn: 1 }, true, 1, '1 account lets this person in'],
    [{ lettingIn: 2 }, true, 1, '2 accounts let this person in'],
    // A way in outranks a source that failed, and that outranks what cannot be told.
    [{ lettingIn: 1, failed: ['crm'], open: ['x'] }, true, 1, '1 account lets this person in'],
    [{ lettingIn: 1, failed: ['crm'], open: ['x'] }, false, 4, 'could not be read: crm'],
    [{ failed: ['crm', 'wiki'], open: ['x'] }, true, 4, 'could not be read: crm, wiki'],
    [{ open: ['crm is cut off', 'wiki is not whole'] }, true, 3, 'cannot be told: crm is cut off; wiki is not whole'],
    [{ people: [], apps: [app(), app()] }, true, 2, 'neither the directory nor an app knows ada: is it spelt right?'],
    // Nobody is known, and yet: a list that could not be read may know them.
    [{ people: [], apps: [app()], open: ['x'] }, true, 3, 'cannot be told: x'],
    [{ people: [], apps: [app(), app('a1')] }, true, 0, 'every list was read whole, and nothing lets this person in'],
    [{ people: [record], apps: [app()] }, true, 0, 'every list was read whole, and nothing lets this person in'],
  ])('%j, fails if active: %s', (given, failIfActive, code, reason) => {
    expect(ended(given, failIfActive)).toEqual([code, reason]);
  });
});
