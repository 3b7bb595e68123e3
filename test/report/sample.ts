import type { Finding } from '../../src/model/finding.js';
import type { LogReport } from '../../src/model/log.js';
import type { AppReport, Lag, Report, StageCoverage } from '../../src/model/report.js';

/** A hand-written audit of a company with seven apps, each of another temper: every class, verdict and list state occurs. */
export function sampleReport(): Report {
  return {
    schemaVersion: 1,
    run: {
      tool: 'lifegap 0.1.0',
      startedAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:41.000Z',
      configSha256: '9f2c6d0d6f2f3c7a7d0b3a4f6f3a8f1f9a4a1b2c3d4e5f60718293a4b5c6d7e8',
      config: {
        path: 'iam/lifegap.yaml',
        lines: { badge: 46, billing: 38, crm: 21, slack: 9, vpn: 52, wiki: 31, 人事ポータル: 60 },
      },
      failOn: ['orphaned'],
      exitCode: 1,
      exitReason: '6 proven findings reached --fail-on orphaned',
    },
    asOf: '2026-11-23T10:00:00.000Z',
    directory: [
      {
        name: 'corp-ad',
        connector: 'ldap',
        people: 1204,
        byState: { active: 1130, suspended: 6, terminated: 68 },
        completeness: whole(1204, 2),
        error: null,
        notes: ['2 employeeId values are shared by more than eight people and match nobody'],
      },
      {
        name: 'contractors',
        connector: 'file',
        people: 88,
        byState: { active: 71, terminated: 17 },
        completeness: { verdict: 'consistent', reasons: [], received: 88, unique: 88, pages: 1 },
        error: null,
        notes: [],
      },
    ],
    apps: [slack, crm, wiki, billing, badge, vpn, hrPortal].map((make) => make()),
    findings: FINDINGS,
    summary: { orphaned: 7, stale: 3, missing: 3, conflict: 3, inconclusive: 3, accepted: 1, failing: 6 },
  };
}

/** The same audit beside a baseline and a file of accepted findings, with one acceptance that has run out. */
export function decidedReport(): Report {
  const sample = sampleReport();
  const states: Readonly<Record<string, Finding['baseline']>> = { 'f-03': 'worsened', 'f-77': 'overdue', 'f-70': 'new', 'f-02': 'new' };
  const findings = sample.findings.map((finding): Finding => {
    if (finding.class === 'inconclusive') return finding;
    const expired = { reason: 'waits for the export to move', owner: 'data@corp.example', until: '2026-10-31' };
    return {
      ...finding,
      ...(finding.id.startsWith('f-10') ? { expired } : {}),
      ...(finding.id.startsWith('f-03') ? { loggedOff: '2026-10-01T18:04:00.000Z' } : {}),
      baseline: states[finding.id.slice(0, 4)] ?? 'known',
    };
  });
  return {
    ...sample,
    run: { ...sample.run, exitReason: '4 proven findings, new or worse than the baseline, reached --fail-on orphaned' },
    findings,
    summary: { ...sample.summary, failing: 4 },
    accepted: {
      file: 'lifegap-accepted.yaml',
      expired: 1,
      outgrown: [{ line: 17, what: 'f-03c2d3e4f506172877aa', until: '2027-01-31', was: 'not-entitled', now: 'owner-terminated' }],
      unused: [{ line: 12, what: 'orphaned:no-owner of U0042 in slack', until: '2027-03-31' }],
    },
    baseline: {
      file: 'lifegap-baseline.json',
      new: 2, known: 12, worsened: 1, overdue: 1,
      fixed: [
        { id: 'f-0bc2d3e4f506172877aa', app: 'crm', class: 'orphaned', reason: 'owner-terminated', severity: 'high', firstSeen: '2026-09-14' },
      ],
      notProven: 2,
    }, // prettier-ignore
  };
}

function whole(n: number, pages: number): AppReport['completeness'] {
  return { verdict: 'proven', reasons: [], declaredTotal: n, received: n, unique: n, pages };
}

function lag(medianHours: number | null, p95Hours: number | null, open = 0, longestOpenHours: number | null = null): Lag {
  return { medianHours, p95Hours, open, longestOpenHours };
}

function stage(over: Partial<StageCoverage>): StageCoverage {
  return {
    verdict: 'unproven',
    grade: 'snapshot',
    trials: 0,
    successes: 0,
    interval: null,
    lag: null,
    declared: null,
    reasons: [],
    ...over,
  };
}

function app(name: string, over: Partial<AppReport>): AppReport {
  return {
    name,
    connector: 'scim',
    accounts: 0,
    completeness: whole(over.accounts ?? 0, 1),
    error: null,
    reconciliation: reconciled({}, {}),
    coverage: { create: stage({}), update: stage({}), delete: stage({ stillActive: 0 }) },
    mechanism: { inferred: 'unknown', confidence: 0, declared: null, traces: [] },
    offboarding: { independent: true, reasons: [] },
    notes: [],
    ...over,
  };
}

function log(name: string, over: Partial<LogReport>): LogReport {
  const entries = over.entries ?? 0;
  return {
    name,
    of: 'app',
    from: '2026-08-25T10:02:11.000Z',
    until: '2026-11-23T09:58:40.000Z',
    entries,
    unmatched: 0,
    completeness: { verdict: 'consistent', reasons: [], received: entries, unique: entries, pages: 3 },
    error: null,
    failures: [],
    by: {},
    ...over,
  };
}

function reconciled(
  accounts: Partial<AppReport['reconciliation']['accounts']>,
  people: Partial<AppReport['reconciliation']['people']>,
): AppReport['reconciliation'] {
  return {
    accounts: { inSync: 0, stale: 0, orphaned: 0, conflict: 0, pending: 0, protected: 0, inactive: 0, inconclusive: 0, ...accounts },
    people: { expected: 0, present: 0, missing: 0, pending: 0, awaitingLogin: 0, notDeterminable: 0, ...people },
  };
}

/** Declared as SCIM; behaves like JIT, and nothing removes its leavers. */
function slack(): AppReport {
  return app('slack', {
    connector: 'slack',
    accounts: 1161,
    completeness: { verdict: 'consistent', reasons: ['pages were read one at a time'], received: 1161, unique: 1161, pages: 6 },
    reconciliation: reconciled(
      { inSync: 1117, stale: 2, orphaned: 4, conflict: 2, pending: 3, protected: 6, inactive: 26, inconclusive: 1 },
      { expected: 1130, present: 1121, missing: 2, pending: 6, notDeterminable: 1 },
    ),
    coverage: {
      create: stage({
        verdict: 'covered',
        trials: 41,
        successes: 41,
        interval: [0.914, 1],
        lag: lag(0.7, 2.1),
        declared: 'scim',
        reasons: ['41 of 41 joiners followed through'],
      }),
      update: stage({
        verdict: 'partial',
        trials: 23,
        successes: 17,
        interval: [0.535, 0.875],
        lag: lag(30.5, null, 6, 411),
        declared: 'scim',
        reasons: ['17 of 23 movers followed through', '4 more cannot be judged', 'half of them waited longer than the grace of 24 h'],
      }),
      delete: stage({
        verdict: 'contradicted',
        grade: 'logged',
        trials: 9,
        successes: 2,
        interval: [0.063, 0.547],
        lag: lag(null, null, 7, 1294),
        hops: [
          { from: 'left', to: 'directory-off', median: 0.2, p95: 3.1, trials: 9, failed: 0 },
          { from: 'directory-off', to: 'pushed', median: 0.1, p95: 0.4, trials: 9, failed: 0 },
          {
            from: 'pushed',
            to: 'acknowledged',
            median: 0.05,
            p95: 0.1,
            trials: 6,
            failed: 3,
            failures: [
              { detail: 'User not found', count: 2 },
              { detail: '', count: 1 },
            ],
          },
          { from: 'acknowledged', to: 'app-off', median: 26, p95: 49, trials: 2, failed: 4 },
        ],
        stillActive: 7,
        declared: 'scim',
        provisioned: { directory: 'corp-okta', set: 'on', evidence: 'features: PUSH_NEW_USERS, PUSH_USER_DEACTIVATION' },
        reasons: [
          'declared as carried by scim, and corp-okta is set up to carry it (features: PUSH_NEW_USERS, PUSH_USER_DEACTIVATION), yet it does not happen',
          '2 of 9 leavers followed through',
        ],
      }),
    },
    mechanism: {
      inferred: 'jit',
      confidence: 0.8,
      declared: 'scim',
      traces: [
        '0 of 1120 accounts never logged in',
        '38 of 40 accounts used once on their first day were created within 5 min of that login',
      ],
    },
    offboarding: { independent: false, reasons: ['create and delete are both owned by okta'] },
    logs: [
      log('slack', { entries: 1204, unmatched: 12, by: { scim: 1127, human: 65 } }),
      log('corp-okta', {
        of: 'corp-okta',
        entries: 318,
        failures: [
          { detail: 'User not found', count: 2 },
          { detail: 'Quota of 10,000 seats is used up', count: 1 },
        ],
      }),
    ],
  });
}

/** Works, though nobody owns the delete stage. */
function crm(): AppReport {
  return app('crm', {
    connector: 'file',
    accounts: 412,
    completeness: { verdict: 'consistent', reasons: [], received: 412, unique: 412, pages: 1 },
    reconciliation: reconciled(
      { inSync: 377, stale: 1, orphaned: 1, inactive: 33 },
      { expected: 380, present: 378, missing: 1, awaitingLogin: 1 },
    ),
    coverage: {
      create: stage({
        verdict: 'covered',
        trials: 12,
        successes: 12,
        interval: [0.757, 1],
        lag: lag(5.2, 19),
        declared: 'jit',
        reasons: ['12 of 12 joiners followed through'],
      }),
      update: stage({
        verdict: 'gap',
        trials: 11,
        successes: 1,
        interval: [0.016, 0.377],
        lag: lag(null, null, 10, 800),
        reasons: ['1 of 11 movers followed through'],
      }),
      delete: stage({
        verdict: 'undeclared',
        trials: 14,
        successes: 14,
        interval: [0.785, 1],
        lag: lag(2.5, 8),
        stillActive: 0,
        declared: 'none',
        reasons: ['it happens, yet nobody is declared to carry it', '14 of 14 leavers followed through'],
      }),
    },
    mechanism: {
      inferred: 'scim+jit',
      confidence: 0.6,
      declared: 'jit',
      traces: ['371 of 378 matched accounts carry the directory’s id as externalId'],
    },
    offboarding: { independent: false, reasons: ['nothing removes accounts, and no compensating control is declared'] },
    logs: [
      log('crm-siem', {
        of: 'corp-okta',
        entries: 88,
        unmatched: 3,
        completeness: { verdict: 'unproven', reasons: ['the last record has no end'], received: 88, unique: 88, pages: 1 },
      }),
    ],
    notes: ['not compared, because one side never gives it: manager, title'],
  });
}

/** Read whole; too little happened to prove anything. */
function wiki(): AppReport {
  const none = (who: string) => [`no ${who} in the last 90 days`];
  return app('wiki', {
    accounts: 64,
    reconciliation: reconciled({ inSync: 62, orphaned: 1, protected: 1 }, { expected: 62, present: 62 }),
    coverage: {
      create: stage({
        trials: 3,
        successes: 3,
        interval: [0.439, 1],
        lag: lag(1, 4),
        reasons: ['3 of 3 joiners followed through', 'fewer than 5 trials prove nothing'],
      }),
      update: stage({ grade: 'declared', declared: 'manual', reasons: none('mover') }),
      delete: stage({ grade: 'declared', declared: 'manual', stillActive: 0, reasons: none('leaver') }),
    },
    mechanism: {
      inferred: 'manual',
      confidence: 0.5,
      declared: 'manual',
      traces: ['60 of 64 accounts were created in one minute: an import'],
    },
    offboarding: { independent: false, reasons: ['create and delete both rest on manual, and no system tells them apart'] },
    logs: [
      log('wiki', {
        from: null,
        until: null,
        completeness: { verdict: 'unproven', reasons: ['the source failed'], received: 0, unique: 0, pages: 0 },
        error: 'wiki: GET https://wiki.example/api/audit answered 403: grant the token the scope audit:read',
      }),
    ],
  });
}

/** Its list lies about its total. */
function billing(): AppReport {
  const doubt = ["the app's list is not proven whole"];
  return app('billing', {
    accounts: 150,
    completeness: {
      verdict: 'unproven',
      reasons: ['the system declares 230 rows, 150 distinct ones came'],
      declaredTotal: 230,
      received: 150,
      unique: 150,
      pages: 2,
    },
    reconciliation: reconciled({ inSync: 148, orphaned: 1, inactive: 1 }, { expected: 220, present: 148, notDeterminable: 72 }),
    coverage: {
      create: stage({ trials: 6, successes: 6, interval: [0.61, 1], declared: 'scim', reasons: doubt }),
      update: stage({ trials: 2, successes: 1, interval: [0.095, 0.905], declared: 'scim', reasons: doubt }),
      delete: stage({ trials: 5, successes: 5, interval: [0.566, 1], stillActive: 0, declared: 'scim', reasons: doubt }),
    },
    mechanism: {
      inferred: 'scim',
      confidence: 0.6,
      declared: 'scim',
      traces: ['148 of 148 matched accounts carry the directory’s id as externalId'],
    },
  });
}

/** Could not be read. */
function badge(): AppReport {
  const doubt = ["the app's list is not proven whole"];
  return app('badge', {
    connector: 'http',
    completeness: { verdict: 'unproven', reasons: ['the source failed'], received: 0, unique: 0, pages: 0 },
    error: 'badge: GET https://badge.example/api/users answered 403 (request id 7f3a): grant the token the scope users:read',
    reconciliation: reconciled({}, { expected: 1201, notDeterminable: 1201 }),
    coverage: {
      create: stage({ grade: 'declared', declared: 'api', reasons: doubt }),
      update: stage({ grade: 'declared', declared: 'api', reasons: doubt }),
      delete: stage({ grade: 'declared', declared: 'api', stillActive: 0, reasons: doubt }),
    },
    mechanism: { inferred: 'unknown', confidence: 0, declared: 'api', traces: ['0 active accounts are too few to show a pattern'] },
  });
}

/** Everything as it should be. */
function vpn(): AppReport {
  const good = (trials: number, declared: 'scim' | 'workflow', who: string): Partial<StageCoverage> => ({
    verdict: 'covered',
    trials,
    successes: trials,
    interval: [0.85, 1],
    lag: lag(0.2, 0.5),
    declared,
    reasons: [`${trials} of ${trials} ${who} followed through`],
  });
  return app('vpn', {
    accounts: 1201,
    reconciliation: reconciled({ inSync: 1120, pending: 3, protected: 4, inactive: 74 }, { expected: 1130, present: 1123, pending: 7 }),
    coverage: {
      create: stage(good(44, 'scim', 'joiners')),
      update: stage(good(31, 'scim', 'movers')),
      delete: stage({ ...good(22, 'workflow', 'leavers'), stillActive: 0 }),
    },
    mechanism: {
      inferred: 'scim',
      confidence: 0.8,
      declared: 'scim',
      traces: ['9 of 1120 accounts never logged in: pure JIT is disproved'],
    },
  });
}

/** A name as people have them elsewhere. */
function hrPortal(): AppReport {
  return app('人事ポータル', {
    accounts: 1190,
    reconciliation: reconciled(
      { inSync: 1150, conflict: 1, inactive: 38, inconclusive: 1 },
      { expected: 1152, present: 1150, pending: 1, notDeterminable: 1 },
    ),
    coverage: {
      create: stage({
        verdict: 'covered',
        trials: 40,
        successes: 39,
        interval: [0.871, 0.996],
        lag: lag(3, 20),
        declared: 'workflow',
        reasons: ['39 of 40 joiners followed through'],
      }),
      update: stage({
        verdict: 'covered',
        trials: 18,
        successes: 18,
        interval: [0.824, 1],
        lag: lag(12, 23),
        declared: 'workflow',
        reasons: ['18 of 18 movers followed through'],
      }),
      delete: stage({
        grade: 'declared',
        stillActive: 0,
        declared: 'workflow',
        reasons: [
          'what followed for 12 leavers cannot be seen',
          'the app does not list accounts that are off: absence means gone or hidden',
        ],
      }),
    },
    mechanism: {
      inferred: 'mixed',
      confidence: 0.5,
      declared: 'workflow',
      traces: ['612 of 1150 matched accounts carry the directory’s id as externalId'],
    },
  });
}

type Given = Pick<Finding, 'id' | 'class' | 'reason' | 'severity' | 'app' | 'summary'> & Partial<Finding>;

function finding(given: Given): Finding {
  return { account: null, person: null, match: null, attributes: [], hints: [], controls: {}, accepted: null, ...given };
}

const ACTIVE = { status: 'active', kind: 'human' } as const;

const FINDINGS: readonly Finding[] = [
  finding({
    id: 'f-77aa01c2d3e4f5061728', class: 'orphaned', reason: 'no-owner', severity: 'high', app: 'billing',
    account: { id: 'b-3007', userName: 'old.admin', email: 'old.admin@corp.example', ...ACTIVE, createdAt: '2021-02-01T09:00:00Z', lastLoginAt: '2026-11-20T17:31:00Z' },
    summary: 'old.admin is an account that matches nobody in the directory',
    hints: ['would match u-42 (oldadmin@corp.example) if dots were ignored'],
  }),
  finding({
    id: 'f-10c2d3e4f506172877aa', class: 'orphaned', reason: 'orphaned-credential', severity: 'high', app: 'crm',
    account: { id: '5521', userName: 'etl-export', status: 'deactivated', kind: 'service' },
    summary: 'etl-export is switched off and matches nobody, yet holds a live credential',
  }),
  finding({
    id: 'f-20c2d3e4f506172877aa', class: 'stale', reason: 'unknown', severity: 'low', app: 'crm',
    account: { id: '5530', userName: 'zoe.muller', email: 'zoe.muller@corp.example', ...ACTIVE },
    person: { id: 'p-301', source: 'corp-ad', userName: 'zoe.mueller', email: 'zoe.mueller@corp.example', state: 'active' },
    match: { rule: 'email' },
    attributes: [{ name: 'familyName', directory: 'Müller-Lüdenscheidt', app: 'Muller', cause: 'unknown' }],
    summary: 'zoe.mueller: familyName differs from the directory; when it changed is not known',
  }),
  finding({
    id: 'f-30c2d3e4f506172877aa', class: 'missing', reason: 'never-created', severity: 'low', app: 'crm',
    person: { id: 'p-990', source: 'contractors', email: 'sam@partner.example', state: 'active' },
    summary: 'sam@partner.example is expected here and has no account',
  }),
  finding({
    id: 'f-01c2d3e4f506172877aa', class: 'orphaned', reason: 'not-entitled', severity: 'medium', app: 'slack',
    account: { id: 'U0100', userName: 'temp.intern', email: 'temp.intern@corp.example', ...ACTIVE, createdAt: '2026-06-01T08:00:00Z' },
    person: { id: 'p-870', source: 'corp-ad', userName: 'temp.intern', state: 'active' },
    match: { rule: 'email' },
    summary: 'temp.intern is not allowed here, yet has an active account',
    controls: { 'nist-csf-2.0': ['PR.AA-05'] },
  }),
  finding({
    id: 'f-02c2d3e4f506172877aa', class: 'orphaned', reason: 'owner-disabled', severity: 'medium', app: 'slack',
    account: { id: 'U0077', userName: 'li.wei', email: 'li.wei@corp.example', status: 'pending', kind: 'human' },
    person: { id: 'p-612', source: 'corp-ad', userName: 'li.wei', state: 'suspended' },
    match: { rule: 'externalId=id' },
    summary: 'li.wei is disabled in the directory, yet has an open invitation',
  }),
  finding({
    id: 'f-03c2d3e4f506172877aa', class: 'orphaned', reason: 'owner-terminated', severity: 'critical', app: 'slack',
    account: { id: 'U0002', userName: 'ada', email: 'ada@corp.example', ...ACTIVE, createdAt: '2024-01-15T08:00:00Z', lastLoginAt: '2026-10-20T07:12:00Z' },
    person: { id: 'p-17', source: 'corp-ad', userName: 'ada.lovelace', email: 'ada@corp.example', state: 'terminated', endAt: '2026-10-01' },
    match: { rule: 'externalId=id' },
    summary: 'ada.lovelace left on 2026-10-01, yet has an active account, and it logged in on 2026-10-20',
    controls: { 'nist-csf-2.0': ['PR.AA-05'] },
  }),
  finding({
    id: 'f-04c2d3e4f506172877aa', class: 'orphaned', reason: 'unowned-service', severity: 'medium', app: 'slack',
    account: { id: 'B0009', userName: 'svc-deploy', status: 'active', kind: 'bot' },
    summary: 'svc-deploy is a registered service account, but its review was due on 2026-09-30',
    accepted: { reason: 'moves to workload identity', owner: 'iam@corp.example', until: '2027-01-31' },
  }),
  finding({
    id: 'f-05c2d3e4f506172877aa', class: 'stale', reason: 'awaiting-login', severity: 'low', app: 'slack',
    account: { id: 'U0311', userName: 'tariq', email: 'tariq@corp.example', ...ACTIVE, lastLoginAt: '2026-08-02T08:00:00Z' },
    person: { id: 'p-311', source: 'corp-ad', userName: 'tariq', state: 'active' },
    match: { rule: 'externalId=id' },
    attributes: [{ name: 'manager', directory: 'p-12', app: 'p-4', cause: 'awaiting-login' }],
    summary: 'tariq: manager differs from the directory; nobody has logged in since the change, and this app refreshes at login',
  }),
  finding({
    id: 'f-06c2d3e4f506172877aa', class: 'stale', reason: 'not-propagated', severity: 'medium', app: 'slack',
    account: { id: 'U0312', userName: 'noor', email: 'noor@corp.example', ...ACTIVE, lastLoginAt: '2026-11-22T08:00:00Z' },
    person: { id: 'p-312', source: 'corp-ad', userName: 'noor', state: 'active' },
    match: { rule: 'externalId=id' },
    attributes: [
      { name: 'department', directory: 'Sales', app: 'Support', cause: 'not-propagated' },
      { name: 'title', directory: 'Account Executive', app: '', cause: 'not-propagated' },
    ],
    summary: 'noor: department, title differ from the directory; the account was touched after the change and still differs',
  }),
  finding({
    id: 'f-07c2d3e4f506172877aa', class: 'missing', reason: 'inactive-account', severity: 'medium', app: 'slack',
    account: { id: 'U0400', userName: 'rehired.rita', status: 'deactivated', kind: 'human' },
    person: { id: 'p-400', source: 'corp-ad', userName: 'rehired.rita', state: 'active' },
    match: { rule: 'externalId=id' },
    summary: 'rehired.rita is active, but the account is deactivated',
  }),
  finding({
    id: 'f-08c2d3e4f506172877aa', class: 'missing', reason: 'invitation-pending', severity: 'low', app: 'slack',
    account: { id: 'U0401', userName: 'slow.sam', status: 'pending', kind: 'human', createdAt: '2026-10-01T08:00:00Z' },
    person: { id: 'p-401', source: 'corp-ad', userName: 'slow.sam', state: 'active' },
    match: { rule: 'externalId=id' },
    summary: 'slow.sam was invited and never accepted',
  }),
  ...['U0500', 'U0501'].map((id) =>
    finding({
      id: `f-09c2d3e4f50617287${id.slice(2)}`, class: 'conflict', reason: 'duplicate', severity: 'medium', app: 'slack',
      account: { id, userName: `jo.${id.slice(-1)}`, email: 'jo@corp.example', ...ACTIVE },
      person: { id: 'p-500', source: 'corp-ad', userName: 'jo', state: 'active' },
      match: { rule: 'email' },
      summary: `jo has 2 active accounts here; ${id} is one of them`,
    }),
  ),
  finding({
    id: 'f-0ac2d3e4f506172877aa', class: 'inconclusive', reason: 'unknown-status', severity: 'info', app: 'slack',
    account: { id: 'U0600', userName: 'kim', status: 'unknown', kind: 'human' },
    person: { id: 'p-600', source: 'corp-ad', userName: 'kim', state: 'active' },
    match: { rule: 'email' },
    summary: 'the status of kim is not one that the mapping lists',
  }),
  finding({
    id: 'f-50c2d3e4f506172877aa', class: 'orphaned', reason: 'residual-access', severity: 'low', app: 'wiki',
    account: { id: 'w-9', userName: 'grace', status: 'suspended', kind: 'human' },
    person: { id: 'p-18', source: 'corp-ad', userName: 'grace', state: 'terminated', endAt: '2026-09-30' },
    match: { rule: 'userName' },
    summary: 'grace left and the account is suspended, yet it still holds 2 roles',
  }),
  finding({
    id: 'f-60c2d3e4f506172877aa', class: 'inconclusive', reason: 'unproven-list', severity: 'info', app: 'billing',
    summary: 'the list of billing is not proven whole, so nobody is called missing',
  }),
  finding({
    id: 'f-70c2d3e4f506172877aa', class: 'conflict', reason: 'recycled-identifier', severity: 'high', app: '人事ポータル',
    account: { id: 'hr-11', userName: '山田太郎', email: 'taro@corp.example', ...ACTIVE, createdAt: '2019-04-01T00:00:00Z' },
    person: { id: 'p-1101', source: 'corp-ad', userName: 'taro', email: 'taro@corp.example', state: 'active' },
    match: { rule: 'email' },
    summary: 'taro@corp.example named somebody else when 山田太郎 was created on 2019-04-01: taro joined on 2026-04-01',
  }),
  finding({
    id: 'f-71c2d3e4f506172877aa', class: 'inconclusive', reason: 'field-absent', severity: 'info', app: '人事ポータル',
    account: { id: 'hr-12', userName: 'mia', ...ACTIVE },
    summary: 'expected asks for costCenter, which no person carries',
  }),
]; // prettier-ignore
