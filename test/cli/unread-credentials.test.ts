import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { json, raw, startFaultServer, type Answer, type FaultServer, type Seen } from '../http/fault-server.js';
import { lifegap } from '../build.js';

// A leaver's account is off and has a live key; an account that is gone has left one behind. Whether anybody sees that hangs on a list of its own.
const PEOPLE =
  'id,email,state,end\np1,ada@corp.example,active,\np2,bo@corp.example,terminated,2026-05-01\np3,cy@corp.example,terminated,2026-05-01\n';
const USERS = [
  { id: 'u1', mail: 'ada@corp.example', state: 'on' },
  { id: 'u2', mail: 'bo@corp.example', state: 'off' },
];
const KEYS = [
  { id: 'k1', owner: 'u1' },
  { id: 'k2', owner: 'u2' },
  { id: 'k3', owner: 'cy@corp.example' },
];
const MANIFEST = `name: desk
title: Desk
kind: app
permission: read
leavers: listed
base_url: '\${url}'
params: { url: { describe: where it is } }
auth: none
request: { path: users }
records: users
fields: { id: id, emails: mail, userName: mail }
status: { from: state, map: { 'on': active, 'off': deactivated } }
`;
const OWN_LIST = `credentials:
  name: keys
  request: { path: keys }
  paging: { cursor: { next: next, param: cursor } }
  records: keys
  account: { userName: mail, id: owner }
  fields: { id: id }
`;
const OF_EACH = `credentials:
  name: keys
  request: { path: 'users/\${account.id}/keys' }
  per_account: true
  records: keys
  fields: { id: id }
`;

let dir: string;
let server: FaultServer;
/** What the list of keys answers; undefined: all of them. */
let keys: ((seen: Seen) => Answer | undefined) | undefined;
/** What the list of accounts holds. */
let users: readonly object[];

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-keys-'));
  keys = undefined;
  users = USERS;
  server = await startFaultServer((seen) => {
    if (seen.url === '/users') return json({ users });
    const odd = keys?.(seen);
    if (odd !== undefined) return odd;
    const owner = /^\/users\/(\w+)\/keys/.exec(seen.url)?.[1];
    if (owner !== undefined) return json({ keys: KEYS.filter((key) => key.owner === owner) });
    const named = KEYS.map(({ id, owner: of }) => (of.includes('@') ? { id, mail: of } : { id, owner: of }));
    return json({ keys: named, next: null });
  });
});
afterEach(() => server.close());

function company(credentials: string): void {
  writeFileSync(path.join(dir, 'people.csv'), PEOPLE);
  writeFileSync(path.join(dir, 'desk.yaml'), MANIFEST + credentials);
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { endAt: end } }
apps:
  desk: { connector: http, manifest: desk.yaml, url: '${server.origin}' }
`,
  );
}

interface Reported {
  readonly run: { readonly exitCode: number; readonly exitReason: string };
  readonly apps: readonly {
    readonly completeness: { readonly verdict: string; readonly credentials?: readonly string[] };
    readonly coverage: { readonly delete: { readonly verdict: string; readonly reasons: readonly string[] } };
    readonly reconciliation: object;
  }[];
  readonly findings: readonly {
    readonly id: string;
    readonly class: string;
    readonly reason: string;
    readonly severity: string;
    readonly summary: string;
  }[];
  readonly baseline?: { readonly fixed: readonly { readonly reason: string }[]; readonly notProven: number };
}

async function audit(...flags: string[]): Promise<{ code: number | null; report: Reported; found: string[] }> {
  const { code, stdout, stderr } = await lifegap(['audit', '-q', '--no-history', '--as-of', '2026-06-01', '-f', 'json', ...flags], {
    cwd: dir,
  });
  expect({ stderr }).toEqual({ stderr: '' });
  const report = JSON.parse(stdout) as Reported;
  return { code, report, found: report.findings.map(({ class: cls, reason }) => `${cls}:${reason}`) };
}

const REFUSED = (): Answer => raw(403, {}, '{"error":"no"}');
/** Every way in which a list of keys is not read whole, and what the report says of it. */
const FAULTS: [string, string, (seen: Seen) => Answer | undefined, RegExp][] = [
  ['may not be read', OWN_LIST, REFUSED, /credentials \(keys\) could not be read, so nothing is known of them: .*403/],
  ['is no list', OWN_LIST, () => json({ nope: 1 }), /the answer holds no list at keys/],
  [
    'breaks off',
    OWN_LIST,
    (seen) => (seen.url.includes('cursor') ? REFUSED() : json({ keys: KEYS.slice(0, 1), next: '2' })),
    /could not be read/,
  ],
  ['goes round in a circle', OWN_LIST, () => json({ keys: [{ id: 'k1', owner: 'u1' }], next: '2' }), /circle|came before/],
  ['has a key without a name', OWN_LIST, () => json({ keys: [{ owner: 'u2' }], next: null }), /1 has no id and is left out/],
  ['may not be read of anybody', OF_EACH, REFUSED, /those of 2 of 2 accounts are not all known/],
  [
    'may not be read of one',
    OF_EACH,
    (seen) => (seen.url.includes('u2') ? REFUSED() : undefined),
    /those of 1 of 2 accounts are not all known/,
  ],
];

describe('a list of keys that', () => {
  it.each(FAULTS)('%s is not "clean"', async (_, credentials, fault, why) => {
    company(credentials);
    const before = await audit();
    expect(before.code).toBe(1);
    expect(before.found).toContain('orphaned:residual-access');
    keys = fault;
    const { code, report, found } = await audit();
    expect([code, report.run.exitReason]).toEqual([3, 'inconclusive: the credentials of desk']);
    expect(found).toEqual(['inconclusive:field-absent']);
    expect(report.findings[0]?.summary).toMatch(why);
    expect(report.apps[0]?.completeness.verdict).toBe('consistent');
    expect(report.apps[0]?.completeness.credentials?.join()).toMatch(why);
    expect(report.apps[0]?.coverage.delete.reasons.join()).toMatch(why);
    // Of the accounts themselves nothing is in doubt.
    expect(report.apps[0]?.reconciliation).toMatchObject({ people: { notDeterminable: 0 }, accounts: { inconclusive: 0 } });
  });

  it.each(FAULTS)('%s fixes nothing in a baseline', async (_, credentials, fault) => {
    company(credentials);
    const write = (): Promise<unknown> => lifegap(['baseline', 'write', 'known.json', '-q', '--as-of', '2026-06-01'], { cwd: dir });
    const lines = (): string => readFileSync(path.join(dir, 'known.json'), 'utf8');
    await write();
    const known = lines();
    keys = fault;
    const { code, report } = await audit('--baseline', 'known.json');
    expect(code).toBe(3);
    expect(report.baseline?.fixed).toEqual([]);
    expect(report.baseline?.notProven).toBe(credentials === OWN_LIST ? 2 : 1);
    await write();
    expect(lines()).toBe(known);
  });
});

test.each([OWN_LIST, OF_EACH])(
  'the history resolves nothing while keys cannot be read, and does as soon as they can',
  async (credentials) => {
    company(credentials);
    const day = (n: number): Promise<unknown> =>
      lifegap(['audit', '-q', '--history', '--as-of', `2026-06-0${n}`, '-f', 'json'], { cwd: dir });
    const changes = async (from: number, to: number): Promise<{ new: unknown[]; resolved: unknown[]; changed: unknown[] }> => {
      const { stdout } = await lifegap(['history', 'diff', String(from), String(to), '-f', 'json'], { cwd: dir });
      return (JSON.parse(stdout) as { findings: { new: unknown[]; resolved: unknown[]; changed: unknown[] } }).findings;
    };
    await day(1);
    keys = REFUSED;
    await day(2);
    keys = undefined;
    await day(3);
    keys = () => json({ keys: [], next: null });
    await day(4);
    expect(await changes(1, 2)).toEqual({ new: [], resolved: [], changed: [] });
    expect(await changes(2, 3)).toEqual({ new: [], resolved: [], changed: [] });
    expect((await changes(3, 4)).resolved).toHaveLength(credentials === OWN_LIST ? 2 : 1);
  },
);

test('a severity that a live key made is kept while keys cannot be read', async () => {
  company(OWN_LIST);
  users = [USERS[0] as object, { id: 'u2', mail: 'bo@corp.example', state: 'on' }];
  await lifegap(['baseline', 'write', 'known.json', '-q', '--as-of', '2026-06-01'], { cwd: dir });
  await lifegap(['audit', '-q', '--history', '--as-of', '2026-06-01', '-f', 'json'], { cwd: dir });
  keys = REFUSED;
  const { code, report } = await audit('--baseline', 'known.json');
  // It is proven all the same, and known.
  expect(report.findings.map(({ reason, severity }) => `${reason} ${severity}`)).toEqual(['owner-terminated high', 'field-absent info']);
  expect(code).toBe(3);
  expect((await audit()).code).toBe(1);
  await lifegap(['baseline', 'write', 'known.json', '-q', '--as-of', '2026-06-01'], { cwd: dir });
  expect(readFileSync(path.join(dir, 'known.json'), 'utf8')).toMatch(/"reason":"owner-terminated","severity":"critical"/);
  await lifegap(['audit', '-q', '--history', '--as-of', '2026-06-02', '-f', 'json'], { cwd: dir });
  const { stdout } = await lifegap(['history', 'diff', '1', '2', '-f', 'json'], { cwd: dir });
  expect((JSON.parse(stdout) as { findings: object }).findings).toEqual({ new: [], resolved: [], changed: [] });
});

test('what hangs on no key is fixed all the same', async () => {
  company(OWN_LIST);
  users = USERS.slice(1);
  await lifegap(['baseline', 'write', 'known.json', '-q', '--as-of', '2026-06-01'], { cwd: dir });
  users = USERS;
  keys = REFUSED;
  const { report } = await audit('--baseline', 'known.json');
  expect(report.baseline?.fixed.map(({ reason }) => reason)).toEqual(['never-created']);
});

test('a person whose account is gone may have left a key behind: that is open where keys cannot be read', async () => {
  company(OWN_LIST);
  users = USERS.slice(0, 1);
  keys = REFUSED;
  const person = (): Promise<{ code: number | null; stdout: string }> =>
    lifegap(['person', 'bo@corp.example', '--as-of', '2026-06-01', '--fail-if-active', '-q'], { cwd: dir });
  const open = await person();
  expect(open.code).toBe(3);
  keys = () => json({ keys: [], next: null });
  expect((await person()).code).toBe(0);
});

test('every format says of which app they could not be read, and why', async () => {
  company(OWN_LIST);
  keys = REFUSED;
  // Two lists say nothing of keys: people and what they should have, and what a rule left out.
  const formats = ['table', 'json', 'csv', 'csv-coverage', 'csv-accounts', 'sarif', 'junit', 'github', 'markdown', 'gitlab', 'html'];
  for (const format of formats) {
    const { stdout } = await lifegap(['audit', '-q', '--no-history', '--as-of', '2026-06-01', '-f', format], { cwd: dir });
    const text = stdout.replace(/\s+/g, ' ');
    expect({ format, says: text.includes('desk') && /keys\)? ?could not be read|403/.test(text) }).toEqual({ format, says: true });
  }
});

describe('what stays as it was', () => {
  test('an app that lists no keys', async () => {
    company('');
    const { code, report } = await audit();
    expect([code, report.run.exitReason]).toEqual([0, 'every list was read whole, and no finding reached --fail-on']);
  });

  test('keys that nobody wants to be read', async () => {
    company(OWN_LIST);
    keys = REFUSED;
    const config = path.join(dir, 'lifegap.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace('manifest:', 'credentials: false, manifest:'));
    expect((await audit()).code).toBe(0);
  });

  test('a key that belongs to no account, and numbers for ids', async () => {
    company(OWN_LIST);
    keys = () => json({ keys: [{ id: 0 }, { id: 1, owner: 'u1' }], next: null });
    const { code, report } = await audit();
    expect([code, report.apps[0]?.completeness.credentials]).toEqual([0, undefined]);
  });
});
