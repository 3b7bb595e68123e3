import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from './audited.js';

const HR = 'directory: { name: hr, connector: file, path: hr.csv }\n';
const hr = { 'hr.csv': csv('id,email,state,endAt', '1,ada@corp.example,active,', '2,ben@corp.example,terminated,2026-09-30', '3,cy@corp.example,active,') }; // prettier-ignore

describe('CrowdStrike: ids first, then their records', () => {
  const config = `${HR}apps:\n  falcon: { connector: crowdstrike, base_url: "\${env:ORIGIN}", token_url: "\${env:ORIGIN}/token", client_id: lifegap, client_secret: "\${env:SECRET}" }\n`;
  const user = (uuid: string, name: string, more: object = {}): object => ({ uuid, uid: `${name}@corp.example`, first_name: name, status: 'active', created_at: '2019-01-01T08:00:00Z', ...more }); // prettier-ignore
  const falcon =
    (users: readonly object[], ids: readonly string[] = ['u1', 'u2', 'u3']): Vendor =>
    ({ path, query, body }) => {
      const rest = ids.slice(Number(query.get('offset') ?? 0));
      if (path.startsWith('/user-management/queries')) return { body: { resources: rest, meta: { pagination: { total: ids.length } } } };
      return body.includes('u1') ? { body: { resources: users } } : undefined;
    };

  it('shows the leaver who is still on', async () => {
    const report = await audited(config, hr, falcon([user('u1', 'ada'), user('u2', 'ben'), user('u3', 'cy')]));
    expect(verdicts(report)).toEqual(['u2 orphaned:owner-terminated high']);
    expect(report.apps[0]?.completeness.verdict).toBe('proven');
  });

  it('calls nobody missing, and nothing clean, where a record of an id did not come', async () => {
    const report = await audited(config, hr, falcon([user('u1', 'ada'), user('u3', 'cy')]));
    expect(verdicts(report).filter((line) => !line.startsWith('list'))).toEqual([]);
    expect(report.apps[0]?.completeness.verdict).toBe('unproven');
  });
});

describe('Duo: administrators', () => {
  it('are accounts of their own, and a leaver who is one is shown though the user is disabled', async () => {
    const options = `base_url: "\${env:ORIGIN}/admin/v1", host: api-1.duosecurity.com, integration_key: DI, secret_key: "\${env:SECRET}"`;
    const config = `${HR}apps:\n  duo: { connector: duo, ${options} }\n  console: { connector: duo-admins, ${options} }\n`;
    const times = { created: 1500000000, last_login: 1790000000 };
    const users = ['ada', 'ben', 'cy'].map((name) => ({ user_id: `DU-${name}`, username: name, email: `${name}@corp.example`, status: name === 'ben' ? 'disabled' : 'active', ...times })); // prettier-ignore
    const admins = ['ada', 'ben', 'cy'].map((name) => ({ admin_id: `DA-${name}`, name, email: `${name}@corp.example`, role: 'Owner', status: 'Active', ...times })); // prettier-ignore
    const report = await audited(config, hr, ({ path }) => {
      const list = path.endsWith('/admins') ? admins : users;
      return { body: { stat: 'OK', response: list, metadata: { total_objects: list.length } } };
    });
    expect(verdicts(report)).toEqual(['DA-ben orphaned:owner-terminated critical']);
  });
});

describe('Adobe: a last page that comes again', () => {
  it('ends the list, whatever the total that counts technical accounts says', async () => {
    const config = `${HR}apps:\n  adobe: { connector: adobe, base_url: "\${env:ORIGIN}/v2", token_url: "\${env:ORIGIN}/token", org_id: 1@AdobeOrg, client_id: lifegap, client_secret: "\${env:SECRET}" }\n`;
    const user = (id: string, name: string): object => ({ id, email: `${name}@corp.example`, username: name, status: 'active', type: 'federatedID' }); // prettier-ignore
    const pages = [[user('a', 'ada'), user('b', 'ben')], [user('c', 'cy')]];
    const report = await audited(config, hr, ({ path }) => {
      const at = Math.min(Number(path.split('/').at(-1)), 1);
      return { body: { result: 'success', lastPage: at === 1, users: pages[at] }, headers: { 'X-Total-Count': '9' } };
    });
    expect(verdicts(report)).toEqual(['b orphaned:owner-terminated high']);
    expect(report.apps[0]?.completeness.verdict).toBe('consistent');
  });
});
