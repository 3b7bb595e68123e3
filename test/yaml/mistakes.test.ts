import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/errors.js';
import { load, mistakes, yaml } from '../config/files.js';

const inApp = (app: string): Promise<string[]> => mistakes(yaml({ app }));
const inPolicy = (policy: string): Promise<string[]> => mistakes(yaml({ rest: `policy: ${policy}\n` }));

describe('mistakes', () => {
  it('are said all at once, with line, column, path and the nearest word, in the order of the file', async () => {
    const text = yaml({
      app: 'match: [extrenalId=id]\nexpected: state eq (\nlifecycle: { delet: { by: none } }',
      rest: 'polcy: {}\npolicy: { fail_on: [orphan], leavers: [termnated] }\n',
    });
    const error = await load(text).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ exitCode: 2 });
    const lines = (error as Error).message.split('\n');
    expect(lines).toEqual([
      '6 mistakes in lifegap.yaml; nothing was read',
      'lifegap.yaml:7:13 apps.crm.match[0]: expected one of id, externalId, employeeId, email, userName, alias for the account, got "extrenalId=id". Did you mean externalId?',
      expect.stringMatching(/^lifegap\.yaml:8:\d+ apps\.crm\.expected: /),
      'lifegap.yaml:9:18 apps.crm.lifecycle.delet: unknown key. Did you mean delete?',
      'lifegap.yaml:10:1 polcy: unknown key. Did you mean policy?',
      expect.stringMatching(/^lifegap\.yaml:11:21 policy\.fail_on\[0\]: .*got "orphan"\. Did you mean orphaned\?$/),
      expect.stringMatching(/^lifegap\.yaml:11:40 policy\.leavers\[0\]: .*got "termnated"\. Did you mean terminated\?$/),
    ]);
  });

  it.each([
    [
      'connector: scmi',
      /^lifegap.yaml:5:16 apps.crm.connector: expected one of file, ldap, scim, sql, .*, got "scmi"\. Did you mean scim\?$/,
    ],
    ['connector: 5', /^lifegap.yaml:5:16 apps.crm.connector: expected one of file, ldap, scim, sql, .*, got a number$/],
    ['connector: toString', /^lifegap.yaml:5:16 apps.crm.connector: expected one of file, ldap, scim, sql, .*, got "toString"\.$/],
  ])('in the connector: %s', async (line, message) => {
    const lines = await mistakes(`version: 1\ndirectory: { name: hr, connector: file, path: p.csv }\napps:\n  crm:\n    ${line}\n`);
    expect(lines).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['match: []', 'match: expected one rule at least'],
    ['match: [shoe]', 'match[0]: expected one of'],
    ['match: [email=a=b]', 'match[0]: expected a key, or "account key=person key"'],
    ['compare: [givenNmae]', 'Did you mean givenName?'],
    ['compare: [shoe]\nfields: { shoe: s }', 'not mapped under fields of the directory'],
    ['fields: { email: mail }', 'the field is called emails'],
    ['fields: { status: s }', 'stands beside `fields`'],
    ['fields: { user_name: s }', 'Did you mean userName?'],
    ['fields: { id: [] }', 'fields.id: expected one path at least'],
    ['fields: { id: { form: x } }', 'fields.id.form: unknown key. Did you mean from?'],
    ['status: { from: [a, b], prefer: of }', 'status.prefer: expected one of on, off, active, pending'],
    ['status: { from: [a, { from: b, map: { x: gone } }] }', 'status.from[1].map.x: expected one of active'],
    ['status: { from: a, absent: gone }', 'status.absent: expected one of active'],
    ['fields: { title: { from: [a, b], prefer: on } }', 'fields.title.prefer: prefer is for state, status, kind and admin'],
    ['fields: { title: { from: a, absent: x } }', 'fields.title.absent: absent is for state, status, kind and admin'],
    [
      'fields: { kind: { from: [a, { from: b, map: { x: robot } }], map: { y: bot } } }',
      'fields.kind.from[1].map.x: expected one of human',
    ],
    ['fields: { kind: { from: [a, b], prefer: robot } }', 'fields.kind.prefer: expected one of human'],
    ['fields: { id: 5 }', 'fields.id: expected a path, a list of paths, { from, map } or { const }'],
    ['fields: { id: "a.__proto__.b" }', 'must not go through __proto__'],
    ['fields: { kind: { from: t, map: { x: humn } } }', 'Did you mean human?'],
    ['status: { from: s, map: { x: actve } }', 'Did you mean active?'],
    ['status: { const: disabled }', 'status.const: expected one of active'],
    ['lifecycle: { create: { by: scimm } }', 'Did you mean scim?'],
    ['lifecycle: { create: { by: scim, review_by: 2027-02-30 } }', 'there is no such day'],
    ['lifecycle: { create: { by: scim, review_by: next week } }', 'expected a date such as 2027-03-31'],
    ['accounts: [{ match: userName sw "svc-", kind: servce }]', 'Did you mean service?'],
    ['accounts: [{ match: userName sw, kind: service }]', 'accounts[0].match: '],
    ['probe: { allowed: yes }', 'probe.allowed: expected true or false, got text'],
    ['page_size: 5', 'page_size: unknown key'],
    ['delimiter: ";;"', 'delimiter: '],
    ['format: xls', 'format: expected one of csv, json, ndjson, xlsx, got "xls"'],
    ['expected: ""', 'expected: expected text, got an empty string'],
    ['owner: ${env:X}', 'owner: unknown key'],
    ['expected: department eq "${env:X}"', 'references are resolved in the options of a connector only'],
  ])('in an app: %s', async (app, message) => {
    const lines = await inApp(app);
    expect(lines.join('\n')).toContain(message);
    for (const line of lines) expect(line).toMatch(/^lifegap\.yaml:\d+:\d+ apps\.crm/);
  });

  it.each([
    ['{ grace: { create: 24 } }', 'policy.grace.create: expected a duration'],
    ['{ window: 3 months }', 'policy.window: expected a duration'],
    ['{ window: -1d }', 'policy.window: expected a duration'],
    ['{ guard: { shrink: 20 } }', 'policy.guard.shrink: expected a share'],
    ['{ guard: { shrink: 120% } }', 'policy.guard.shrink: expected a share'],
    ['{ coverage: { min_trials: 0 } }', 'policy.coverage.min_trials: expected at least 1'],
    ['{ coverage: { min_trials: 1.5 } }', 'policy.coverage.min_trials: '],
    ['{ leavers: [] }', 'policy.leavers: expected one state at least'],
    ['{ fail_on: [orphaned:no-ownr] }', 'Did you mean no-owner?'],
    ['{ fail_on: ["severity>=hgh"] }', 'Did you mean high?'],
    ['{ fail_on: [inconclusive] }', 'exit code 3'],
    ['{ guests: maybe }', 'policy.guests: expected one of report, allow'],
    ['{ gaurd: {} }', 'Did you mean guard?'],
    ['', 'policy: expected a mapping (key: value), got nothing'],
    ['[]', 'policy: expected a mapping (key: value), got a list'],
  ])('in the policy: %s', async (policy, message) => {
    expect((await inPolicy(policy)).join('\n')).toContain(message);
  });

  it.each([
    ['version: 2\n', 'version: expected 1, got 2'],
    ['{}', 'version: missing; expected 1'],
    ['{}', 'directory: '],
    ['{}', 'apps: missing'],
    ['apps: {}\n', 'apps: expected one app at least'],
    ['directory: []\n', 'directory: expected one entry at least'],
    ['directory: 5\n', 'directory: expected one entry, or a list of entries'],
    ['history: true\n', 'history: expected a path, { path, retain }, or false'],
    ['- a\n', 'expected a mapping (key: value), got a list'],
    ['apps: { "a/b": { connector: file, path: x } }\n', 'apps."a/b": expected a name'],
  ])('at the top: %j', async (text, message) => {
    expect((await mistakes(text)).join('\n')).toContain(message);
  });

  it('in a directory that names two entries alike', async () => {
    const lines = await mistakes(
      yaml({ directory: 'directory:\n  - { name: hr, connector: file, path: a }\n  - { name: hr, connector: file, path: b }\n' }),
    );
    expect(lines).toEqual(['lifegap.yaml:4:13 directory[1].name: the name "hr" is taken by an earlier entry']);
  });

  it('point into a filter at the offending character', async () => {
    const [line] = await inApp('allowed: \'state eq "active" annd kind eq "human"\'');
    expect(line).toMatch(/^lifegap\.yaml:7:(\d+) apps\.crm\.allowed: /);
    const column = Number(/:7:(\d+)/.exec(line ?? '')?.[1]);
    expect(column).toBeGreaterThan('    allowed: \'state eq "active"'.length);
  });

  it('in a filter over an attribute that nobody has: it would let everyone through', async () => {
    expect((await inApp('expected: departmnt eq "Sales"')).join('\n')).toMatch(/departmnt.*department/);
    expect(await inApp('expected: groups.display eq "all-staff" and name.familyName pr\nallowed: state eq "active"')).toEqual([]);
  });

  it('shows hostile names visibly and on one line', async () => {
    const [line] = await mistakes(yaml({ rest: '"a\\e[31m\\u202Eb\\nc": 1\n' }));
    expect(line).toContain('"a\\u{1b}[31m\\u{202e}b\\u{a}c": unknown key');
  });

  it('warns of a field that is nearly one of the normal form', async () => {
    const config = await load(yaml({ app: 'fields: { titel: t, tilte: u, jobTitle: v }' }));
    expect(config.warnings).toEqual([
      expect.stringMatching(/^lifegap\.yaml:7:\d+ apps\.crm\.fields\.titel: .*title\?$/),
      expect.stringContaining('tilte'),
    ]);
  });
});

describe('options of ldap and scim', () => {
  const app = (text: string): Promise<string[]> =>
    mistakes(`version: 1\ndirectory: { name: hr, connector: file, path: p.csv }\napps:\n  x: ${text}\n`, {
      env: { T: 'token-value', U: 'https://user:pw@h' },
    });

  it.each([
    ['{ connector: scim, url: "https://h/v2", token: "${env:T}", username: u }', 'expected either token, or username and password'],
    ['{ connector: scim, url: "https://h/v2", username: u }', 'username needs a password'],
    ['{ connector: scim, url: "https://h/v2", password: "${env:T}" }', 'password needs a username'],
    ['{ connector: scim, url: "ftp://h" }', 'expected a URL https://… or http://…'],
    ['{ connector: scim, url: "https://u:secret@h" }', 'must not hold credentials'],
    ['{ connector: scim, url: "https://h/?token=secret" }', 'without ?query'],
    ['{ connector: scim, url: "${env:U}" }', 'must not hold credentials'],
    ['{ connector: scim, url: "https://h", page_size: 0 }', 'page_size: expected at least 1'],
    ['{ connector: scim, url: "https://h", headers: { "a b": "${env:T}" } }', 'not a header name'],
    ['{ connector: ldap, url: "ldaps://h", bind_dn: cn=x, base: o=x, schema: inetorgperson }', 'password: '],
    [
      '{ connector: ldap, url: "ldaps://h", bind_dn: cn=x, password: "${env:T}", base: o=x, schema: active-directry }',
      'Did you mean active-directory?',
    ],
    [
      '{ connector: ldap, url: "ldaps://h", bind_dn: cn=x, password: "${env:T}", base: o=x, schema: inetorgperson, starttls: true }',
      'starttls belongs to ldap://',
    ],
  ])('%s', async (text, message) => {
    const lines = await app(text);
    expect(lines.join('\n')).toContain(message);
    expect(lines.join('\n')).not.toMatch(/token-value|secret@|=secret|user:pw/);
  });
});
