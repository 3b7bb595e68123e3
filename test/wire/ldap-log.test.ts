import { Attribute, Change, Client } from 'ldapts';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Completeness } from '../../src/model/completeness.js';
import type { FieldMap, FieldSpec, LogConfig } from '../../src/model/config.js';
import { SourceError } from '../../src/model/errors.js';
import type { LogEntry } from '../../src/model/log.js';
import { Secret } from '../../src/model/secret.js';
import { openLdapLog } from '../../src/sources/ldap/log/source.js';
import type { LdifEntry } from './ldif.js';
import { ADMIN_DN, ADMIN_PASSWORD, BASE, PEOPLE_BASE, personDn, personId, type SlapdPerson } from './slapd-people.js';
import { describeWithSlapd, type Slapd, startSlapd } from './slapd.js';

const DAY = 86_400_000;
const people: SlapdPerson[] = [{ uid: 'moved' }, { uid: 'locked' }, { uid: 'gone' }, { uid: 'away' }, { uid: 'renamed' }];
const id = (uid: string): string => personId(people.findIndex((one) => one.uid === uid));
const dnOf = (uid: string): string => personDn({ uid });
const retired: LdifEntry = { dn: `ou=retired,${BASE}`, attributes: { objectClass: 'organizationalUnit', ou: 'retired' } };

const change = (operation: 'add' | 'delete' | 'replace', type: string, ...values: string[]): Change =>
  new Change({ operation, modification: new Attribute({ type, values }) });

async function asAdmin(slapd: Slapd, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ url: slapd.url });
  try {
    await client.bind(ADMIN_DN, ADMIN_PASSWORD);
    await work(client);
  } finally {
    await client.unbind();
  }
}

/** A day of an administrator. */
const day = (slapd: Slapd): Promise<void> =>
  asAdmin(slapd, async (client) => {
    await client.add(`uid=new,${PEOPLE_BASE}`, { objectClass: 'inetOrgPerson', uid: 'new', cn: 'New One', sn: 'One', mail: 'new@corp.example', employeeNumber: '77', userPassword: 'secret-of-the-new' }); // prettier-ignore
    await client.modify(dnOf('moved'), [
      change('replace', 'sn', 'Other'), change('add', 'mail', 'm@corp.example'), change('replace', 'departmentNumber', '7'),
      change('replace', 'manager', dnOf('gone')), change('replace', 'telephoneNumber', '+49 30 1'), change('replace', 'userPassword', 'another-secret'),
    ]); // prettier-ignore
    await client.modify(dnOf('locked'), [change('replace', 'pwdAccountLockedTime', '000001010000Z'), change('replace', 'title', 'left')]);
    await client.modify(dnOf('locked'), change('delete', 'pwdAccountLockedTime'));
    await client.modify(dnOf('locked'), change('replace', 'pwdAccountLockedTime', '20261122080000Z'));
    await client.modifyDN(dnOf('renamed'), `cn=Renamed Person,${PEOPLE_BASE}`);
    await client.modifyDN(dnOf('away'), `cn=away,${retired.dn}`);
    await client.modify(`cn=away,${retired.dn}`, change('replace', 'title', 'of no interest'));
    await client.modifyDN(`cn=away,${retired.dn}`, dnOf('away'));
    await expect(client.modify(`uid=nobody,${PEOPLE_BASE}`, change('replace', 'title', 'x'))).rejects.toMatchObject({ code: 32 });
    await expect(client.add(`uid=half,${PEOPLE_BASE}`, { objectClass: 'inetOrgPerson', uid: 'half', cn: 'Half' })).rejects.toMatchObject({ code: 65 }); // prettier-ignore
    await client.del(dnOf('gone'));
  });

interface Setup {
  readonly of?: string;
  readonly fields?: FieldMap;
  readonly state?: FieldSpec;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly since?: number;
  readonly firstPagesOnly?: boolean;
  readonly onRaw?: (raw: unknown, row: unknown) => void;
}

async function readLog(slapd: Slapd, setup: Setup = {}): Promise<{ entries: LogEntry[]; pages: number; completeness: Completeness }> {
  const { of = 'app', fields = {}, state, options, since = Date.now() - DAY, firstPagesOnly = false, onRaw } = setup;
  const config: LogConfig = {
    name: 'corp',
    connector: 'ldap',
    options: { url: slapd.url, base: PEOPLE_BASE, bind_dn: slapd.bindDn, password: new Secret(slapd.password), schema: 'inetorgperson', ...options },
    fields,
    dir: '/',
    of,
    which: 'own',
    ...(state === undefined ? {} : { state }),
  }; // prettier-ignore
  const log = openLdapLog(config, { redact: (text) => text, env: {}, pageConcurrency: 1 });
  const window = { since, until: Date.now() + DAY };
  const list = log.pull({ signal: new AbortController().signal, window, firstPagesOnly, ...(onRaw === undefined ? {} : { onRaw }) });
  const entries: LogEntry[] = [];
  let pages = 0;
  let step = await list.next();
  for (; step.done !== true; step = await list.next(), pages++) entries.push(...step.value.rows);
  return { entries, pages, completeness: step.value };
}

const errorOf = async (slapd: Slapd, setup?: Setup): Promise<string> => {
  const error: unknown = await readLog(slapd, setup).catch((thrown: unknown) => thrown);
  return error instanceof SourceError ? `${error.fault}: ${error.message}` : 'no error';
};

describeWithSlapd('the log of an OpenLDAP directory (slapo-accesslog)', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd({
      people,
      entries: [retired],
      log: { settings: ['logops all', 'logold (objectClass=inetOrgPerson)', 'logoldattr uid'] },
    });
    await day(slapd);
  });
  afterAll(() => slapd.stop());

  it('tells who was made, changed, switched off and removed, when, and by whom', async () => {
    const { entries, completeness } = await readLog(slapd);
    expect(completeness).toMatchObject({ verdict: 'consistent', received: 12, unique: 12, pages: 1 });
    const told = entries.map(({ action, outcome, accountId, userName, changed, detail }) =>
      [action, outcome, accountId ?? userName, ...(changed ?? []), ...(detail === undefined ? [] : [detail])]); // prettier-ignore
    const made = entries[0]?.accountId;
    expect(told).toEqual([
      ['create', 'success', made],
      ['update', 'success', id('moved'), 'familyName', 'email', 'department', 'manager', 'telephonenumber', 'password'],
      ['disable', 'success', id('locked')],
      ['update', 'success', id('locked'), 'title'],
      ['enable', 'success', id('locked')],
      // A lock-out that passes is none.
      ['other', 'success', undefined],
      ['update', 'success', id('renamed'), 'displayName'],
      ['delete', 'success', id('away')],
      // Beyond the base.
      ['other', 'success', undefined],
      ['create', 'success', id('away')],
      ['update', 'failure', 'nobody', 'title', '32'],
      ['create', 'failure', 'half', '65'],
      ['delete', 'success', id('gone')],
    ]);
    expect(entries[0]).toMatchObject({ userName: 'new', email: 'new@corp.example', employeeId: '77', by: 'unknown', actor: ADMIN_DN });
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    // Whose it was, the record of a removal tells where logold keeps the entry.
    expect(entries.at(-1)).toMatchObject({ userName: 'gone' });
    for (const { at } of entries) expect(Math.abs((at?.at ?? 0) - Date.now())).toBeLessThan(DAY);
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it('is read page by page, and only as far back as was asked', async () => {
    const paged = await readLog(slapd, { options: { page_size: 5 } });
    expect(paged).toMatchObject({ pages: 3, completeness: { verdict: 'consistent', received: 12 } });
    expect(paged.entries).toEqual((await readLog(slapd)).entries);
    const first = await readLog(slapd, { options: { page_size: 5 }, firstPagesOnly: true });
    expect(first).toMatchObject({ pages: 1, completeness: { verdict: 'unproven', received: 5 } });
    expect(first.completeness.reasons).toContain('only the first page was read');
    const later = await readLog(slapd, { since: Date.now() + DAY / 2 });
    expect(later).toMatchObject({ entries: [], completeness: { verdict: 'unproven' } });
    expect(later.completeness.reasons.join()).toContain('the log is empty: may the bind DN read below cn=accesslog');
  });

  it('reads state and ids as the list does', async () => {
    const state = { from: 'title', map: { left: 'terminated' }, absent: 'active' };
    const { entries } = await readLog(slapd, { of: 'corp', state, fields: { id: 'uid' } });
    expect(entries.filter(({ action }) => action === 'disable')).toMatchObject([{ accountId: 'locked', userName: 'locked' }]);
    const several = {
      from: [{ from: 'title', map: { left: 'terminated' } }, 'employeeType'],
      map: { left: 'terminated' },
      absent: 'active',
    };
    expect((await readLog(slapd, { of: 'corp', state: several })).entries.map(({ action }) => action)).not.toContain('disable');
  });

  it('shows records without the passwords in them', async () => {
    const raw: unknown[] = [];
    await readLog(slapd, { onRaw: (record) => raw.push(record) });
    const text = JSON.stringify(raw);
    expect(text).toContain('sn:= Other');
    expect(text).toContain('userPassword:+ …');
    expect(text).not.toMatch(/secret|SSHA/);
  });

  it('says what to do where there is no log', async () => {
    expect(await errorOf(slapd, { options: { log_base: 'cn=log' } })).toMatch(
      /^not-found: corp: reading the log on ldap:\S+: there is no cn=log that the bind DN may read; load slapo-accesslog, write its logdb as log_base, and grant/,
    );
  });
});

describeWithSlapd('a log of OpenLDAP', () => {
  const started = async (options: Parameters<typeof startSlapd>[0]): Promise<Slapd> => {
    const slapd = await startSlapd({ people, entries: [retired], ...options });
    onTestFinished(() => slapd.stop());
    return slapd;
  };

  it('that the bind DN may not read fails', async () => {
    const slapd = await started({ log: { readable: false } });
    expect(await errorOf(slapd)).toContain('there is no cn=accesslog that the bind DN may read');
  });

  it('of a base that was renamed meanwhile is not proven whole', async () => {
    const slapd = await started({ log: {} });
    await asAdmin(slapd, (client) => client.modifyDN(retired.dn, `ou=staff,${BASE}`));
    const base = { options: { base: `ou=staff,${BASE}` } };
    expect((await readLog(slapd, base)).completeness).toMatchObject({ verdict: 'unproven', reasons: [expect.stringContaining('was renamed')] }); // prettier-ignore
    expect((await readLog(slapd)).completeness.verdict).toBe('consistent');
  });
});
