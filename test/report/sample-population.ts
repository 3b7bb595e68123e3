import type { AccountRow, PersonRow } from '../../src/model/population.js';
import type { Report } from '../../src/model/report.js';
import { infected } from './infect.js';
import { decidedReport } from './sample.js';

interface Listed {
  readonly name: string;
  readonly accounts: readonly AccountRow[];
  readonly people: readonly PersonRow[];
}

const ADA = { id: 'p-17', source: 'corp-ad', userName: 'ada.lovelace', email: 'ada@corp.example', state: 'terminated', endAt: '2026-10-01' } as const; // prettier-ignore
const NOOR = { id: 'p-312', source: 'corp-ad', userName: 'noor', state: 'active' } as const;
const YUKI = { id: 'p-400', source: 'corp-ad', userName: 'yuki', email: 'yuki@corp.example', state: 'active' } as const;
const SAM = { id: 'c-5', source: 'contractors', userName: 'sam', state: 'active' } as const;
const RULE = 'externalId=id';

/** Some rows of the sample: each verdict, and each way to be kept from one. */
const LISTED: readonly Listed[] = [
  {
    name: 'slack',
    accounts: [
      {
        account: { id: 'U0002', userName: 'ada', email: 'ada@corp.example', status: 'active', kind: 'human', createdAt: '2024-01-15T08:00:00Z', lastLoginAt: '2026-10-20T07:12:00Z', roles: 3, admin: true, liveCredentials: 1 },
        verdict: 'orphaned', why: '', rule: RULE, person: ADA,
      },
      { account: { id: 'U0312', userName: 'noor', email: 'noor@corp.example', status: 'active', kind: 'human', lastLoginAt: '2026-11-22T08:00:00Z', admin: false }, verdict: 'stale', why: '', rule: RULE, person: NOOR },
      { account: { id: 'U0400', userName: 'yuki', status: 'active', kind: 'human', roles: 0, liveCredentials: 0 }, verdict: 'inSync', why: '', rule: RULE, person: YUKI },
      {
        account: { id: 'B0009', userName: 'svc-backup', status: 'active', kind: 'bot' },
        verdict: 'protected', why: 'registered', kept: { by: 'registered', rule: 'accounts: userName sw "svc-"', reason: 'nightly backups', owner: 'ops@corp.example', until: '2027-03-31' },
      },
      { account: { id: 'G0001', email: 'guest@partner.example', status: 'active', kind: 'guest' }, verdict: 'protected', why: 'guest', kept: { by: 'guest', rule: 'policy.guests: allow' } },
      { account: { id: 'U0555', status: 'deactivated', kind: 'human', deactivatedAt: '2026-09-01' }, verdict: 'inactive', why: 'off' },
      { account: { id: 'U0600', userName: '=cmd', status: 'unknown', kind: 'unknown' }, verdict: 'inconclusive', why: 'unknown-status' },
    ],
    people: [
      { person: { ...SAM, kind: 'human' }, verdict: 'notExpected', why: 'expected', kept: { by: 'expected', rule: 'expected: department eq "Sales"' } },
      { person: { ...ADA, kind: 'human', employeeId: '00017' }, verdict: 'notExpected', why: 'state', account: { id: 'U0002', userName: 'ada', email: 'ada@corp.example', status: 'active', kind: 'human', lastLoginAt: '2026-10-20T07:12:00Z' }, rule: RULE },
      { person: { ...NOOR, kind: 'human', startAt: '2020-02-01' }, verdict: 'present', why: '', account: { id: 'U0312', userName: 'noor', status: 'active', kind: 'human' }, rule: RULE },
      { person: { ...YUKI, kind: 'human', startAt: '2026-11-22' }, verdict: 'pending', why: 'grace-create', kept: { by: 'grace-create', rule: 'policy.grace.create: 24 h', until: '2026-11-23T22:00:00Z' } },
    ],
  },
  {
    name: 'billing',
    accounts: [{ account: { id: '7', userName: 'noor', status: 'active', kind: 'human' }, verdict: 'inSync', why: '', rule: 'userName', person: NOOR }],
    people: [{ person: { ...YUKI, kind: 'human' }, verdict: 'notDeterminable', why: 'unproven-list' }],
  },
]; // prettier-ignore

/** The audit with its rows. */
export function populated(report: Report, listed: readonly Listed[] = LISTED): Report {
  const of = (app: string): Listed | undefined => listed.find(({ name }) => name === app);
  return { ...report, population: { accounts: (app) => of(app)?.accounts ?? [], people: (app) => of(app)?.people ?? [] } };
}

/** With `text` wherever a stranger's text can stand, in the rows too. */
export function infectedPopulation(text: () => string): Report {
  const sample = { ...decidedReport(), listed: LISTED };
  const { listed, ...report } = infected(text, sample) as typeof sample;
  return populated(report, listed);
}
