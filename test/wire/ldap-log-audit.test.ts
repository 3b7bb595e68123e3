import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';
import type { LdifEntry } from './ldif.js';
import { BASE, personId } from './slapd-people.js';
import { describeWithSlapd, startSlapd } from './slapd.js';

beforeAll(() => builtBin(), 120_000);

const HOUR = 3_600_000;
const now = Date.now();
const LEAVERS = 10;
const STAFF = 30;
const ACCOUNTS = `ou=accounts,${BASE}`;
const generalized = (at: number): string => `${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
const left = (i: number): number => Math.floor((now - (20 + 2 * i) * 24 * HOUR) / 1000) * 1000;
const names = Array.from({ length: LEAVERS + STAFF }, (_, i) => `p${i}`);
const times = { createTimestamp: generalized(now - 900 * 24 * HOUR), modifyTimestamp: generalized(now - 24 * HOUR) };
const people = names.map((uid, i) => ({ uid, locked: i < LEAVERS, ...times }));
const accountId = (i: number): string => personId(1000 + i);

/** The same people's accounts elsewhere in the tree: they are locked, too. */
const accounts: LdifEntry[] = [
  { dn: ACCOUNTS, attributes: { objectClass: 'organizationalUnit', ou: 'accounts' } },
  ...people.map(({ uid, locked }, i) => ({
    dn: `uid=${uid},${ACCOUNTS}`,
    attributes: {
      objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid, entryUUID: accountId(i), ...times, pwdAccountLockedTime: locked ? '000001010000Z' : undefined,
    },
  })),
]; // prettier-ignore

/** As slapd 2.5 writes it of a lock. */
function locked(at: number, dn: string, uuid: string): LdifEntry {
  const reqStart = generalized(at).replace('Z', '.000002Z');
  return {
    dn: `reqStart=${reqStart},cn=accesslog`,
    attributes: {
      objectClass: 'auditModify', reqStart, reqEnd: reqStart, reqType: 'modify', reqSession: '1000', reqAuthzID: `cn=admin,${BASE}`, reqDN: dn,
      reqResult: '0', reqMod: ['pwdAccountLockedTime:= 000001010000Z', 'modifiersName:= cn=admin', `modifyTimestamp:= ${generalized(at)}`], reqEntryUUID: uuid,
    },
  }; // prettier-ignore
}

/** Everybody was locked in the directory when they left, and three hours later in the app. */
const log = people
  .slice(0, LEAVERS)
  .flatMap(({ uid }, i) => [
    locked(left(i), `cn=${uid},ou=people,${BASE}`, personId(i)),
    locked(left(i) + 3 * HOUR, `uid=${uid},${ACCOUNTS}`, accountId(i)),
  ]);

interface Report {
  readonly apps: readonly {
    readonly logs?: unknown;
    readonly coverage: Readonly<Record<string, { readonly grade: string; readonly verdict: string; readonly hops?: unknown }>>;
  }[];
}

describeWithSlapd('lifegap audit', () => {
  async function audit(ofDirectory: string, ofApp: string, entries = log): Promise<Report> {
    const slapd = await startSlapd({ people, entries: accounts, log: { entries } });
    onTestFinished(() => slapd.stop());
    const server = `connector: ldap, url: "${slapd.url}", bind_dn: "${slapd.bindDn}", password: "\${env:LDAP}", schema: inetorgperson`;
    const cwd = folder({
      'lifegap.yaml': `version: 1
directory: { name: corp, ${server}, base: "${slapd.peopleBase}"${ofDirectory} }
apps:
  unix: { ${server}, base: "${ACCOUNTS}", match: [userName = userName]${ofApp} }
`,
    });
    const ran = await lifegap(['audit', '--format', 'json', '--no-history'], { cwd, env: { LDAP: slapd.password } });
    expect(ran.stderr).not.toContain('error');
    return JSON.parse(ran.stdout) as Report;
  }

  it("dates leavers by OpenLDAP's log alone, in the directory and in the app", async () => {
    const [app] = (await audit(', log: true', ', log: [{ of: app }]')).apps;
    expect(app?.logs).toMatchObject([{ name: 'unix', of: 'app', entries: 2 * LEAVERS, unmatched: 0, completeness: { verdict: 'consistent' } }]); // prettier-ignore
    expect(app?.coverage['delete']).toMatchObject({
      grade: 'logged',
      verdict: 'undeclared',
      hops: [
        { from: 'left', to: 'directory-off', median: 0, trials: LEAVERS, failed: 0 },
        { from: 'directory-off', to: 'app-off', median: 3, trials: LEAVERS, failed: 0 },
      ],
    });
  });

  it('knows nothing of who left before its first entry: the rest may have been purged', async () => {
    const kept = 4;
    const [app] = (await audit(', log: true', ', log: [{ of: app }]', log.slice(0, 2 * kept))).apps;
    expect(app?.logs).toMatchObject([{ from: new Date(left(kept - 1)).toISOString().replace('.000', ''), entries: 2 * kept }]);
    const hops = app?.coverage['delete']?.hops;
    expect(hops).toMatchObject([{ trials: kept }, { trials: kept }]);
  });

  it('has no date of them without it', async () => {
    const [app] = (await audit('', '')).apps;
    expect(app?.coverage['delete']?.grade).not.toBe('logged');
    expect(app?.coverage['delete']).not.toHaveProperty('hops');
  });
});
