import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { json, raw, startFaultServer, type Answer, type FaultServer, type Seen } from '../http/fault-server.js';
import { fakeDirectory, type Asked, type FakeDirectory, type Reply } from '../sources/ldap/fake-directory.js';

// A small company of one directory and four apps, each read in another way; in every app one leaver has access still.
const PEOPLE = 24;
const PAGE = 8;

/** With signs that look otherwise in an address, in Base64 and in HTML. */
export const SECRETS = { DESK_TOKEN: 'desk+/=&<"secret 1', HUB_TOKEN: 'hub.secret~2/+x==', LDAP_PASSWORD: 'ldap&secret="3"' };
/** Every form in which one of them might be written down. */
export const TRACES = Object.values(SECRETS).flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
]);

export const HTTP_FAULTS = [
  'reset',
  '500',
  '500 for ever',
  '403',
  '401',
  'cut',
  'html',
  'garbage',
  'no list',
  'elsewhere',
  'empty',
] as const;
export const LDAP_FAULTS = ['hang-up', 'garbage', 'refused'] as const;

/** What is to happen to request k. */
export interface RequestFault {
  readonly layer: 'http' | 'ldap';
  readonly kind: string;
  readonly k: number;
}

export interface Systems {
  /** Begins to count anew. */
  begin(fault: RequestFault | undefined): void;
  /** Requests since then. */
  readonly requests: () => { readonly http: number; readonly ldap: number };
  readonly write: (dir: string) => void;
  close(): Promise<void>;
}

const mail = (i: number): string => `person-${i}@corp.example`;
const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Everybody up to the last one has left; their accounts are off, but for that of `stays`. */
const isOn = (i: number, stays: number): boolean => i >= 4 || i === stays;

function desk({ url }: Seen): Answer {
  const { pathname, searchParams } = new URL(url, 'http://desk.example');
  const at = Number(searchParams.get('cursor') ?? 0);
  const next = at + PAGE < PEOPLE ? String(at + PAGE) : null;
  if (pathname === '/desk/keys') {
    const keys = range(at, Math.min(at + PAGE, PEOPLE)).map((i) => ({ id: `key-${i}`, owner: `d${i}` }));
    return json({ keys: keys.filter(({ owner }) => owner === 'd1' || owner === 'd9'), next });
  }
  const users = range(at, Math.min(at + PAGE, PEOPLE)).map((i) => ({ id: `d${i}`, mail: mail(i), state: isOn(i, 0) ? 'on' : 'off' }));
  return json({ users, next });
}

function hub({ url }: Seen): Answer {
  const { pathname, searchParams } = new URL(url, 'http://hub.example');
  if (!pathname.endsWith('/Users')) return raw(404, { 'content-type': 'application/json' }, '{}');
  const start = Number(searchParams.get('startIndex') ?? 1);
  const count = Math.min(PAGE, Number(searchParams.get('count') ?? PAGE));
  const Resources = range(start - 1, Math.min(start - 1 + count, PEOPLE)).map((i) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: `h${i}`,
    userName: mail(i),
    active: isOn(i, 1),
  }));
  return json({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: PEOPLE,
    startIndex: start,
    itemsPerPage: Resources.length,
    Resources,
  });
}

function vault({ kind, cookie }: Asked): Reply {
  if (kind !== 'search') return {};
  const at = Number(cookie === undefined || cookie === '' ? 0 : cookie);
  const entries = range(at, Math.min(at + PAGE, PEOPLE)).map((i) => ({
    dn: `uid=v${i},ou=people,dc=corp,dc=example`,
    attributes: { uid: [`v${i}`], mail: [mail(i)], cn: [`Person ${i}`], entryUUID: [`00000000-0000-4000-8000-0000000000${10 + i}`] },
  }));
  return { entries, cookie: at + PAGE < PEOPLE ? String(at + PAGE) : '' };
}

/** A server that fails may repeat what it was sent. */
const echo = ({ headers }: Seen): string => JSON.stringify({ error: `not with ${headers.authorization ?? 'nothing'}` });

function failing(kind: string, seen: Seen): Answer | undefined {
  if (kind === 'reset') return (response) => void response.socket?.destroy();
  if (kind.startsWith('500')) return raw(500, { 'content-type': 'application/json' }, echo(seen));
  if (kind === '403' || kind === '401') return raw(Number(kind), { 'content-type': 'application/json' }, echo(seen));
  if (kind === 'cut') {
    return (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 5000 });
      response.write('{"users":[{"id":"d0"');
      setImmediate(() => response.socket?.destroy());
    };
  }
  if (kind === 'html') return raw(200, { 'content-type': 'text/html' }, `<html>${echo(seen)}</html>`);
  if (kind === 'garbage') return raw(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'no gzip');
  if (kind === 'no list') return json({ nope: echo(seen) });
  if (kind === 'elsewhere') return raw(302, { location: `http://127.0.0.2:9/?${encodeURIComponent(echo(seen))}` }, '');
  return kind === 'empty' ? raw(200, { 'content-type': 'application/json' }, '') : undefined;
}

export async function startSystems(): Promise<Systems> {
  let fault: RequestFault | undefined;
  let http = 0;
  let ldap = 0;
  const server: FaultServer = await startFaultServer((seen) => {
    const k = ++http;
    const hits = fault?.layer === 'http' && (k === fault.k || (k > fault.k && fault.kind.endsWith('for ever')));
    return (hits ? failing(fault?.kind ?? '', seen) : undefined) ?? (seen.url.startsWith('/desk') ? desk(seen) : hub(seen));
  });
  const directory: FakeDirectory = await fakeDirectory((asked) => {
    const k = ++ldap;
    if (fault?.layer !== 'ldap' || k !== fault.k) return vault(asked);
    if (fault.kind === 'refused') return { code: 50, text: 'no rights' };
    return fault.kind === 'hang-up' ? 'hang-up' : Buffer.from('3006020101ff017f', 'hex');
  });
  return {
    begin: (next) => {
      fault = next;
      http = 0;
      ldap = 0;
    },
    requests: () => ({ http, ldap }),
    write: (dir) => writeCompany(dir, server.origin, directory.url),
    close: async () => {
      await server.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function writeCompany(dir: string, origin: string, ldap: string): void {
  mkdirSync(dir, { recursive: true });
  const people = range(0, PEOPLE).map((i) => `p${i},${mail(i)},${i < 4 ? 'terminated,2026-05-01' : 'active,'}`);
  writeFileSync(path.join(dir, 'people.csv'), `id,email,state,end\n${people.join('\n')}\n`);
  const accounts = range(0, PEOPLE).map((i) => `c${i},${mail(i)},${isOn(i, 2) ? 'active' : 'deactivated'}`);
  writeFileSync(path.join(dir, 'crm.csv'), `id,email,status\n${accounts.join('\n')}\n`);
  writeFileSync(
    path.join(dir, 'desk.yaml'),
    `name: desk
title: Desk
kind: app
permission: read
leavers: listed
base_url: '\${url}'
params: { url: { describe: where it is }, token: { describe: a token, secret: true } }
auth: { bearer: '\${token}' }
request: { path: desk/users }
paging: { cursor: { next: next, param: cursor } }
records: users
fields: { id: id, emails: mail, userName: mail }
status: { from: state, map: { 'on': active, 'off': deactivated } }
credentials:
  request: { path: desk/keys }
  paging: { cursor: { next: next, param: cursor } }
  records: keys
  account: { id: owner }
  fields: { id: id }
`,
  );
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { endAt: end } }
apps:
  crm: { connector: file, path: crm.csv }
  desk: { connector: http, manifest: desk.yaml, url: '${origin}', token: '\${env:DESK_TOKEN}' }
  hub: { connector: scim, url: '${origin}/hub', token: '\${env:HUB_TOKEN}' }
  vault: { connector: ldap, url: '${ldap}', bind_dn: 'cn=reader,dc=corp,dc=example', password: '\${env:LDAP_PASSWORD}', base: 'dc=corp,dc=example', schema: inetorgperson, page_size: ${PAGE} }
`,
  );
}
