import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';

beforeAll(() => builtBin(), 120_000);

const DAY = 86_400_000;
const ago = (days: number, hours = 0): string => new Date(Date.now() - days * DAY + hours * 3_600_000).toISOString();
const day = (days: number): string => ago(days).slice(0, 10);

const CRM = `name: crm
title: CRM
kind: app
permission: none
leavers: listed
params: { token: { secret: true } }
base_url: https://crm.example
auth: { bearer: '\${token}' }
request: { path: users }
records: users
fields: { id: id, emails: email, createdAt: created }
status: { from: state, map: { on: active, off: deactivated } }
log:
  permission: the scope audit
  request: { path: audit, query: { since: '\${since}', until: '\${until}' } }
  paging: { cursor: { next: next, param: cursor } }
  records: entries
  fields: { id: id, at: at, accountId: who }
  action: { from: what, map: { made: create, off: disable } }
  by: { from: by, map: { scim: scim, admin: human } }
`;

/** Ten people who left, each on another day; the app switched all of them off three hours later, and Okta had told it after one. */
const LEAVERS = Array.from({ length: 10 }, (_, i) => ({ id: `l${i}`, left: 20 + 2 * i }));

async function systems(cut: boolean) {
  const asked: string[] = [];
  const entries = LEAVERS.map(({ id, left }) => ({ id: `e-${id}`, at: ago(left, 27), who: `a-${id}`, what: 'off', by: 'scim' }));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://any.example');
    asked.push(url.pathname);
    const users = [...LEAVERS.map(({ id }) => ({ id: `a-${id}`, email: `${id}@corp.example`, state: 'off', created: '2024-01-01T00:00:00Z' })),
      ...Array.from({ length: 30 }, (_, i) => ({ id: `a-s${i}`, email: `s${i}@corp.example`, state: 'on', created: '2024-01-01T00:00:00Z' }))]; // prettier-ignore
    const pushes = LEAVERS.map(({ id, left }) => ({
      uuid: `p-${id}`,
      published: ago(left, 25),
      eventType: 'application.provision.user.deactivate',
      outcome: { result: 'SUCCESS' },
      target: [
        { type: 'User', id, alternateId: `${id}@corp.example` },
        { type: 'AppInstance', id: '0oa1' },
      ],
    }));
    const people = [...LEAVERS.map(({ id, left }) => ({ id, status: 'DEPROVISIONED', statusChanged: ago(left, 24), created: ago(900), profile: { login: `${id}@corp.example`, email: `${id}@corp.example` } })),
      ...Array.from({ length: 30 }, (_, i) => ({ id: `s${i}`, status: 'ACTIVE', created: ago(900), profile: { login: `s${i}@corp.example`, email: `s${i}@corp.example` } }))]; // prettier-ignore
    const lifecycle = LEAVERS.map(({ id, left }) => ({ uuid: `d-${id}`, published: ago(left, 24), eventType: 'user.lifecycle.deactivate', outcome: { result: 'SUCCESS' }, target: [{ type: 'User', id }] })); // prettier-ignore
    const isOfApp = url.searchParams.get('filter')?.includes('0oa1') === true;
    const bodies: Readonly<Record<string, unknown>> = {
      '/users': { users },
      '/audit': { entries, ...(cut ? { next: 'again' } : {}) },
      '/api/v1/users': people,
      '/api/v1/logs': isOfApp ? pushes : lifecycle,
    };
    const body = bodies[url.pathname] ?? {};
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function audit(logs: string, cut = false) {
  const { origin, asked } = await systems(cut);
  const people = [
    'id,email,state,endAt',
    ...LEAVERS.map(({ id, left }) => `${id},${id}@corp.example,terminated,${day(left)}`),
    ...Array.from({ length: 30 }, (_, i) => `s${i},s${i}@corp.example,active,`),
  ];
  const cwd = folder({
    'crm.yaml': CRM,
    'hr.csv': `${people.join('\n')}\n`,
    'lifegap.yaml': `version: 1
directory: ${
      logs.includes('corp-okta')
        ? `{ name: corp-okta, connector: okta, org_url: "${origin}", token: "\${env:TOKEN}", log: true }`
        : '{ name: hr, connector: file, path: hr.csv }'
    }
apps:
  crm: { connector: http, manifest: ./crm.yaml, token: "\${env:TOKEN}", base_url: "${origin}"${logs} }
`,
  });
  const ran = await lifegap(['audit', '--format', 'json', '--no-history'], { cwd, env: { TOKEN: 'a-token-that-nobody-may-see' } });
  return { ...ran, asked, report: JSON.parse(ran.stdout) as { apps: { coverage: Record<string, { grade: string; verdict: string; hops?: unknown[]; trials?: unknown }>; logs?: { name: string; entries: number; completeness: { verdict: string } }[] }[] } }; // prettier-ignore
}

it('judges by the log of an app that its manifest describes', async () => {
  const without = await audit('');
  const { report, asked, stdout } = await audit(', log: [{ of: app }]');
  expect(asked).toContain('/audit');
  const [app] = report.apps;
  expect(app?.logs).toMatchObject([{ name: 'crm', of: 'app', entries: 10, unmatched: 0, completeness: { verdict: 'consistent' } }]);
  expect(without.report.apps[0]?.coverage['delete']?.grade).not.toBe('logged');
  expect(app?.coverage['delete']).toMatchObject({ grade: 'logged' });
  expect(stdout).not.toContain('a-token-that-nobody-may-see');
});

it('is none the surer for a log that goes round in a circle', async () => {
  const { report } = await audit(', log: [{ of: app }]', true);
  const [app] = report.apps;
  expect(app?.logs).toMatchObject([{ completeness: { verdict: 'unproven' } }]);
  expect(app?.coverage['delete']?.grade).not.toBe('logged');
});

it('names the hops from the directory over its pushes into the app', async () => {
  const { report } = await audit(', log: [{ of: app }, { of: corp-okta, app: 0oa1 }]');
  const [app] = report.apps;
  expect(app?.logs?.map(({ name, entries, completeness }) => [name, entries, completeness.verdict])).toEqual([
    ['crm', 10, 'consistent'],
    ['corp-okta', 10, 'consistent'],
  ]);
  expect(app?.coverage['delete']).toMatchObject({ grade: 'logged' });
  expect(app?.coverage['delete']?.hops).toMatchObject([
    { from: 'left', to: 'directory-off', median: 0, trials: 10, failed: 0 },
    { from: 'directory-off', to: 'pushed', median: 1, trials: 10, failed: 0 },
    { from: 'pushed', to: 'acknowledged', trials: 10 },
    { from: 'acknowledged', to: 'app-off', median: 2, trials: 10 },
  ]);
});
