import { describe, expect, it, onTestFinished } from 'vitest';
import type { IdentityProvider } from '../../src/model/assignment.js';
import { Secret } from '../../src/model/secret.js';
import { catalogueManifest } from '../../src/manifest/form/catalogue.js';
import { openProvider } from '../../src/manifest/provider/provider.js';
import { type Answer, json, raw, startFaultServer } from '../http/fault-server.js';

const { signal } = new AbortController();

/** Path and query (decoded) -> body, or what the server does; a request that is not among them is answered 404. */
type Said = Readonly<Record<string, unknown>>;

async function provider(connector: string, options: Readonly<Record<string, unknown>>, said: Said) {
  const server = await startFaultServer((seen) => {
    const answer = said[decodeURIComponent(seen.url)];
    if (typeof answer === 'function') return answer as Answer;
    return answer === undefined ? json({ error: { code: 'itemNotFound' } }, { status: 404 }) : json(answer);
  });
  const opened: IdentityProvider = openProvider(
    {
      name: 'idp',
      connector,
      options: { ...options, base_url: server.origin, token_url: `${server.origin}/token` },
      fields: {},
      dir: '/',
    },
    { redact: (text) => text, env: {}, pageConcurrency: 1 },
  );
  onTestFinished(async () => {
    await opened.close();
    await server.close();
  });
  const { assignments, provisioning } = opened;
  if (assignments === undefined) throw new Error('the manifest has no assignments');
  return { assigned: (app: string) => assignments(app, signal), provisioning: (app: string) => provisioning?.(app, signal), server };
}

const ENTRA = { tenant: 'corp.example', client_id: 'client', client_secret: new Secret('entra-test-secret-662607') };
const SP = '/servicePrincipals/sp-1';
const NEEDS = `${SP}?$select=id,appRoleAssignmentRequired`;
const TOKEN = { '/token': { access_token: 'entra-test-access-914' }, [NEEDS]: { id: 'sp-1', appRoleAssignmentRequired: true } };
const direct = (id: string, principalId: string, principalType = 'User') => ({ id, principalId, principalType, resourceId: 'sp-1' });
const members = (group: string): string => `/groups/${group}/members/microsoft.graph.user?$select=id&$top=999`;

describe('assignments of Entra ID', () => {
  it('are the people with an app role, and the members of groups with one; each person once', async () => {
    const { assigned, server } = await provider('entra', ENTRA, {
      ...TOKEN,
      [`${SP}/appRoleAssignedTo?$top=999`]: {
        '@odata.nextLink': `/servicePrincipals/sp-1/appRoleAssignedTo?$skiptoken=2`,
        // One person with two roles has two assignments.
        value: [direct('r1', 'ada'), direct('r2', 'ada'), direct('r3', 'g1', 'Group'), direct('r4', 'robot', 'ServicePrincipal')],
      },
      [`${SP}/appRoleAssignedTo?$skiptoken=2`]: { value: [direct('r5', 'bob'), direct('r6', 'g1', 'Group'), direct('r7', 'g2', 'Group')] },
      [members('g1')]: { value: [{ id: 'ada' }, { id: 'cyd' }] },
      [members('g2')]: { value: [] },
    });
    const { assignments, completeness, error } = await assigned('sp-1');
    expect(error).toBeNull();
    expect([...new Set(assignments.map(({ person }) => person))].sort()).toEqual(['ada', 'bob', 'cyd']);
    expect(assignments.every(({ state }) => state === 'assigned')).toBe(true);
    expect(completeness.verdict).toBe('consistent');
    expect(server.seen.filter(({ url }) => url.includes('g1'))).toHaveLength(1);
  });

  it.each([
    [{ id: 'sp-1', appRoleAssignmentRequired: false }, true, 'consistent'],
    [{ id: 'sp-1', appRoleAssignmentRequired: true }, undefined, 'consistent'],
    [{ id: 'sp-1' }, undefined, 'consistent'],
    [raw(403), undefined, 'unproven'],
  ])('say whether the app lets anybody in: %j', async (settings, isOpen, verdict) => {
    const { assigned } = await provider('entra', ENTRA, {
      ...TOKEN,
      [`${SP}/appRoleAssignedTo?$top=999`]: { value: [direct('r1', 'ada')] },
      [NEEDS]: settings,
    });
    const list = await assigned('sp-1');
    expect({ isOpen: list.isOpen, verdict: list.completeness.verdict }).toEqual({ isOpen, verdict });
    if (verdict === 'unproven') expect(list.error).toContain('reading whether sp-1 needs an assignment');
  });

  it('are not proven whole where the members of one group cannot be read', async () => {
    const { assigned } = await provider('entra', ENTRA, {
      ...TOKEN,
      [`${SP}/appRoleAssignedTo?$top=999`]: { value: [direct('r1', 'ada'), direct('r3', 'g1', 'Group')] },
      [members('g1')]: raw(403, { 'content-type': 'application/json' }, '{"error":{"code":"Authorization_RequestDenied"}}'),
    });
    const { assignments, completeness, error } = await assigned('sp-1');
    expect(assignments).toEqual([{ person: 'ada', state: 'assigned' }]);
    expect(error).toMatch(/^idp: .*the members of group g1.* 403/);
    expect(completeness.verdict).toBe('unproven');
  });

  it('do not let the id of an app climb out of its place', async () => {
    const { assigned, server } = await provider('entra', ENTRA, TOKEN);
    expect((await assigned('../users')).error).toContain('404');
    expect(server.seen.map(({ url }) => url)).toContain('/servicePrincipals/..%2Fusers?%24select=id%2CappRoleAssignmentRequired');
  });
});

const job = (more: object = {}) => ({
  id: 'job-1',
  schedule: { state: 'Active' },
  status: { code: 'Active', quarantine: null },
  ...more,
});
const mapping = (flowTypes: string, more: object = {}) => ({
  enabled: true,
  flowTypes,
  sourceObjectName: 'User',
  targetObjectName: 'User',
  ...more,
});
const JOBS = `${SP}/synchronization/jobs`;
const SCHEMA = `${JOBS}/job-1/schema`;
const schema = (...objectMappings: object[]) => ({ synchronizationRules: [{ name: 'USER', objectMappings }] });

describe('provisioning of Entra ID', () => {
  it.each<readonly [string, Said, readonly [string, string, string], string]>([
    [
      'a job that runs is set up for what its mapping of people does',
      {
        [JOBS]: { value: [job()] },
        [SCHEMA]: schema(mapping('Add, Update'), mapping('Add, Update, Delete', { sourceObjectName: 'Group' })),
      },
      ['on', 'on', 'off'],
      'flowTypes: Add, Update',
    ],
    [
      'a job in quarantine declares nothing',
      {
        [JOBS]: { value: [job({ status: { code: 'Quarantine', quarantine: { reason: 'EncounteredEscrowProportionThreshold' } } })] },
        [SCHEMA]: schema(mapping('Add, Update, Delete')),
      },
      ['unknown', 'unknown', 'unknown'],
      'the job is in quarantine: EncounteredEscrowProportionThreshold',
    ],
    [
      'a job that is switched off carries nothing',
      { [JOBS]: { value: [job({ schedule: { state: 'Disabled' }, status: { code: 'Paused' } })] } },
      ['off', 'off', 'off'],
      'the job is switched off: Paused',
    ],
    [
      'a job whose schedule is paused declares nothing, whatever its last status was',
      { [JOBS]: { value: [job({ schedule: { state: 'Paused' } })] }, [SCHEMA]: schema(mapping('Add, Update, Delete')) },
      ['unknown', 'unknown', 'unknown'],
      'the job is paused: Active',
    ],
    [
      'a job that has never run declares nothing',
      { [JOBS]: { value: [job({ status: { code: 'NotRun' } })] } },
      ['unknown', 'unknown', 'unknown'],
      'the job does not run: NotRun',
    ],
    ['no job carries nothing', { [JOBS]: { value: [] } }, ['off', 'off', 'off'], 'no provisioning is set up'],
    [
      'a mapping that is switched off carries no people',
      { [JOBS]: { value: [job()] }, [SCHEMA]: schema(mapping('Add', { enabled: false })) },
      ['off', 'off', 'off'],
      'job job-1 carries no people',
    ],
    [
      'one of two jobs is enough',
      {
        [JOBS]: { value: [job({ id: 'job-0', status: { code: 'Quarantine' } }), job()] },
        [SCHEMA]: schema(mapping('Add')),
      },
      ['on', 'unknown', 'unknown'],
      'flowTypes: Add',
    ],
    [
      'a mapping without its actions declares nothing',
      { [JOBS]: { value: [job()] }, [SCHEMA]: schema({ enabled: true, sourceObjectName: 'User' }) },
      ['unknown', 'unknown', 'unknown'],
      'nothing stands at flowTypes',
    ],
    ['settings that cannot be read declare nothing', {}, ['unknown', 'unknown', 'unknown'], 'the settings could not be read: idp: '],
  ])('%s', async (_, said, [create, update, remove], evidence) => {
    const { provisioning } = await provider('entra', ENTRA, { ...TOKEN, ...said });
    const found = await provisioning('sp-1');
    expect(found).toMatchObject({ create: { set: create, directory: 'idp' }, update: { set: update }, delete: { set: remove } });
    expect(found?.create.evidence.startsWith(evidence)).toBe(true);
  });
});

describe('provisioning of Okta', () => {
  const OKTA = { org_url: 'https://corp.okta.com', token: new Secret('00test-okta-token-299792') };
  it.each([
    [{ status: 'ACTIVE', features: [] }, 'off', 'features: none'],
    [{ status: 'ACTIVE', features: ['IMPORT_NEW_USERS'] }, 'off', 'features: IMPORT_NEW_USERS'],
    [{ status: 'INACTIVE', features: ['PUSH_USER_DEACTIVATION'] }, 'off', 'the app is not active: INACTIVE'],
    [{ status: 'ACTIVE' }, 'unknown', 'nothing stands at features'],
    [{ status: 'ACTIVE', features: ['PUSH_USER_DEACTIVATION'] }, 'on', 'features: PUSH_USER_DEACTIVATION'],
  ])('%j: delete is %s', async (app, set, evidence) => {
    const { provisioning } = await provider('okta', OKTA, { '/apps/0oa1': app });
    expect((await provisioning('0oa1'))?.delete).toEqual({ directory: 'idp', set, evidence });
  });
});

describe('assignments of OneLogin', () => {
  it('are the users of the app, to the end of the cursor', async () => {
    const options = { subdomain: 'corp', client_id: 'client', client_secret: new Secret('onelogin-test-secret-137035') };
    const page = (ids: readonly number[], next?: string) =>
      json(ids.map((id) => ({ id, email: `p${id}@corp.example` })), { headers: next === undefined ? {} : { 'After-Cursor': next } }); // prettier-ignore
    const { assigned } = await provider('onelogin', options, {
      '/token': { access_token: 'onelogin-test-access-602' },
      '/apps/77/users?limit=100': page([1, 2], 'c2'),
      '/apps/77/users?cursor=c2': page([3], 'c3'),
      '/apps/77/users?cursor=c3': page([], 'c4'),
    });
    const { assignments, completeness } = await assigned('77');
    expect(assignments.map(({ person }) => person)).toEqual(['1', '2', '3']);
    expect(completeness.verdict).toBe('consistent');
  });
});

describe('assignments of JumpCloud', () => {
  it('are the users bound to the application, each page asked for from the last row of the page before', async () => {
    const page = (...ids: readonly string[]) => json(ids.map((id) => ({ type: 'user', id, attributes: null, paths: [[]] })));
    const { assigned } = await provider('jumpcloud', { api_key: new Secret('jumpcloud-test-key-44187') }, {
      '/v2/applications/app1/users?skip=0&limit=100': page('u1', 'u2'),
      '/v2/applications/app1/users?skip=1&limit=100': page('u2', 'u3'),
      '/v2/applications/app1/users?skip=2&limit=100': page('u3'),
      '/v2/applications/app1/users?skip=3&limit=100': page(),
    }); // prettier-ignore
    const { assignments, completeness } = await assigned('app1');
    expect(assignments.map(({ person }) => person)).toEqual(['u1', 'u2', 'u3']);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
  });
});

it('a manifest whose people are all that it knows opens no provider', () => {
  expect(catalogueManifest('auth0').assignments).toBeUndefined();
  const options = { domain: 'corp.auth0.com', client_id: 'c', client_secret: new Secret('auth0-test-secret-2718') };
  const config = { name: 'idp', connector: 'auth0', options, fields: {}, dir: '/' };
  expect(() => openProvider(config, { redact: (text) => text, env: {}, pageConcurrency: 1 })).toThrow('leave `assigned` out');
});
