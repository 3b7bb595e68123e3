import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { STARTER } from '../../src/config/starter.js';
import { builtBin, lifegap } from '../build.js';
import { load } from '../config/files.js';

const CONTRACT = readFileSync(new URL('../../fixtures/config/contract.yaml', import.meta.url), 'utf8');

let validate: (value: unknown) => boolean;
let schema: { $schema?: string; properties: object };

beforeAll(async () => {
  await builtBin();
  const ran = await lifegap(['schema']);
  schema = JSON.parse(ran.stdout) as typeof schema;
  // strictTypes would ask that `oneOf` branches repeat their type beside them.
  validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema) as typeof validate;
}, 120_000);

describe('lifegap schema', () => {
  it('prints a draft-7 schema of what people write', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(Object.keys(schema.properties)).toEqual(['version', 'directory', 'apps', 'policy', 'history']);
  });

  it('takes the contract and the starter, as the loader does', async () => {
    expect(validate(parse(CONTRACT))).toBe(true);
    expect(validate(parse(STARTER))).toBe(true);
    const env = { LDAP_BIND_DN: 'cn=lifegap', LDAP_PASSWORD: 'ldap-secret', HR_TOKEN: 'hr-secret' };
    const config = await load(CONTRACT, { env });
    expect(config.directory.map(({ name }) => name)).toEqual(['corp-ad', 'contractors']);
    expect(config.apps.map(({ name }) => name)).toEqual(['crm', 'hr-portal', 'payroll']);
  });

  it.each([
    ['an unknown key', 'policy:', 'polcy:'],
    ['an unknown key of a connector', 'bind_dn:', 'bind-dn:'],
    ['an unknown connector', 'connector: scim', 'connector: scmi'],
    ['a literal secret', 'token: ${env:HR_TOKEN}', 'token: hunter2'],
    ['a wrong duration', 'window: 90d', 'window: 90 days'],
    ['a wrong share', 'shrink: 20%', 'shrink: 20'],
    ['a wrong state', 'leavers: [terminated', 'leavers: [gone'],
    ['a wrong status', 'true: active', 'true: enabled'],
    ['a wrong mechanism', 'by: jit', 'by: magic'],
    ['a wrong version', 'version: 1', 'version: 3'],
    ['a missing key', '    url: https://hr.example/scim/v2\n', ''],
  ])('refuses %s, as the loader does', async (_, from, to) => {
    expect(CONTRACT).toContain(from);
    const bad = CONTRACT.replace(from, to);
    expect(validate(parse(bad))).toBe(false);
    await expect(load(bad, { env: { LDAP_BIND_DN: 'cn=x', LDAP_PASSWORD: 'ldap-secret', HR_TOKEN: 'hr-secret' } })).rejects.toThrow(
      /mistake/,
    );
  });
});
