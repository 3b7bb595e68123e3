import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { type Certificates, makeCertificates } from './certificates.js';
import { freePort } from './free-port.js';
import { type LdifEntry, ldif } from './ldif.js';
import { ADMIN_DN, BASE, PEOPLE_BASE, peopleEntries, READER_DN, READER_PASSWORD, skeleton, type SlapdPerson } from './slapd-people.js';

const run = promisify(execFile);
const SLAPD = '/usr/sbin/slapd';
const SLAPADD = '/usr/sbin/slapadd';
const SCHEMAS = '/etc/ldap/schema';
const MODULES = '/usr/lib/ldap';

const present = [SLAPD, SLAPADD, SCHEMAS, MODULES].every((place) => existsSync(place));
const required = process.env['LIFEGAP_REQUIRE_SLAPD'] === '1';
if (!present && !required) {
  process.stderr.write(
    '\n*** slapd is not installed (Debian: apt-get install slapd): the tests against a real LDAP server are SKIPPED ***\n\n',
  );
}
/** `describe` for tests that need slapd: skipped where it is missing, unless LIFEGAP_REQUIRE_SLAPD=1 makes that a failure. */
export const describeWithSlapd = present || required ? describe : describe.skip;

export interface SlapdOptions {
  readonly people?: readonly SlapdPerson[];
  /** Further entries, below `base`. */
  readonly entries?: readonly LdifEntry[];
  /** Listen with ldaps:// too, and offer StartTLS. */
  readonly tls?: boolean;
  /** Most entries that the reader gets from one search, pages together. */
  readonly sizelimit?: number;
  /** Load the password policy overlay, which defines pwdAccountLockedTime. Default: true. */
  readonly ppolicy?: boolean;
  /** Schema files beside core, cosine and inetorgperson. */
  readonly schemas?: readonly string[];
  /** Lines of slapd.conf for the database. */
  readonly database?: readonly string[];
  /** Further modules, such as `lastbind`. */
  readonly modules?: readonly string[];
  /** Lines of slapd.conf behind those of the database: overlays and their settings. */
  readonly overlays?: readonly string[];
  /** Keep a log of all operations below `cn=accesslog` (slapo-accesslog), which the reader may read. */
  readonly log?: {
    /** Lines of slapd.conf for the overlay. Default: every operation. */
    readonly settings?: readonly string[];
    /** What it holds from before. */
    readonly entries?: readonly LdifEntry[];
    /** May the reader read it? Default: true. */
    readonly readable?: boolean;
  };
}

export interface Slapd {
  /** ldap:// */
  readonly url: string;
  /** ldaps://; the same as `url` without `tls`. */
  readonly secureUrl: string;
  readonly port: number;
  readonly base: string;
  readonly peopleBase: string;
  /** May read everything, and is bound by the limits (the root DN is not). */
  readonly bindDn: string;
  readonly password: string;
  readonly caFile: string | undefined;
  /** A temporary folder, gone after `stop`. */
  readonly dir: string;
  /** Kills the server as it stands. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Debian's slapd on loopback, in the foreground, over a database of its own. */
export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  if (!present) throw new Error('slapd is not installed, and LIFEGAP_REQUIRE_SLAPD=1 forbids to go on without it');
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-slapd-'));
  for (const name of ['db', 'log']) await mkdir(path.join(dir, name));
  const certificates = options.tls === true ? await makeCertificates(dir) : undefined;
  const conf = path.join(dir, 'slapd.conf');
  await writeFile(conf, configuration(dir, options, certificates));
  const data = path.join(dir, 'data.ldif');
  await writeFile(data, ldif([...skeleton, ...peopleEntries(options.people ?? []), ...(options.entries ?? [])]));
  await run(SLAPADD, ['-q', '-f', conf, '-b', BASE, '-l', data]);
  if (options.log?.entries !== undefined) {
    await writeFile(data, ldif([LOG_ROOT, ...options.log.entries]));
    await run(SLAPADD, ['-q', '-f', conf, '-b', LOG_BASE, '-l', data]);
  }
  const server = await listen(conf, certificates !== undefined);
  const kill = async (): Promise<void> => {
    server.process.kill('SIGKILL');
    await server.ended;
  };
  return {
    ...server,
    base: BASE,
    peopleBase: PEOPLE_BASE,
    bindDn: READER_DN,
    password: READER_PASSWORD,
    caFile: certificates?.caFile,
    dir,
    kill,
    stop: async () => {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

interface Listening {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  readonly url: string;
  readonly secureUrl: string;
  readonly port: number;
}

/** slapd cannot pick a port by itself, and a free one may be taken a moment later: so it is tried a few times. */
async function listen(conf: string, tls: boolean): Promise<Listening> {
  let said = '';
  for (let attempt = 0; attempt < 5; attempt++) {
    const port = await freePort();
    const url = `ldap://127.0.0.1:${port}`;
    const securePort = await freePort();
    const secureUrl = tls ? `ldaps://127.0.0.1:${securePort}` : url;
    // `none` is the level of messages that are always logged: "slapd starting" is among them.
    const server = spawn(SLAPD, ['-f', conf, '-h', [...new Set([url, secureUrl])].join(' '), '-d', 'none'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const started = new Promise<boolean>((resolve) => {
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4000);
        if (said.includes('slapd starting')) resolve(true);
      });
      server.once('exit', () => resolve(false));
    });
    if ((await started) && (await accepts(server, port)) && (!tls || (await accepts(server, securePort))))
      return { process: server, ended, url, secureUrl, port };
  }
  throw new Error(`slapd did not start: ${said}`);
}

/** slapd says that it starts before it listens: so it is knocked at until it opens, or has died. */
async function accepts(server: ChildProcess, port: number): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (open) return true;
    await pause(5);
  }
  return false;
}

function configuration(dir: string, options: SlapdOptions, certificates: Certificates | undefined): string {
  const ppolicy = options.ppolicy !== false;
  return [
    `modulepath ${MODULES}`,
    'moduleload back_mdb',
    'moduleload memberof',
    ...(ppolicy ? ['moduleload ppolicy'] : []),
    ...(options.log === undefined ? [] : ['moduleload accesslog']),
    ...(options.modules ?? []).map((name) => `moduleload ${name}`),
    ...['core', 'cosine', 'nis', 'inetorgperson'].map((name) => `include ${SCHEMAS}/${name}.schema`),
    ...(options.schemas ?? []).map((file) => `include ${file}`),
    `pidfile ${path.join(dir, 'slapd.pid')}`,
    ...(certificates === undefined
      ? []
      : [
          `TLSCACertificateFile ${certificates.caFile}`,
          `TLSCertificateFile ${certificates.certFile}`,
          `TLSCertificateKeyFile ${certificates.keyFile}`,
        ]),
    ...(options.log === undefined ? [] : logDatabase(dir, options.log)),
    'database mdb',
    `suffix ${BASE}`,
    `rootdn cn=root,${BASE}`,
    `directory ${path.join(dir, 'db')}`,
    'maxsize 1073741824',
    'index objectClass eq',
    options.sizelimit === undefined ? 'sizelimit unlimited' : `limits * size.prtotal=${options.sizelimit} size=${options.sizelimit}`,
    ...(options.database ?? []),
    `access to attrs=userPassword by dn.exact="${ADMIN_DN}" write by self write by anonymous auth by * none`,
    `access to * by dn.exact="${ADMIN_DN}" write by dn.exact="${READER_DN}" read by * none`,
    ...(ppolicy ? ['overlay ppolicy'] : []),
    ...(options.overlays ?? []),
    ...(options.log === undefined ? [] : ['overlay accesslog', `logdb ${LOG_BASE}`, ...(options.log.settings ?? ['logops all'])]),
    '',
  ].join('\n');
}

const LOG_BASE = 'cn=accesslog';
const LOG_ROOT: LdifEntry = { dn: LOG_BASE, attributes: { objectClass: 'auditContainer', cn: 'accesslog' } };

function logDatabase(dir: string, { readable = true }: NonNullable<SlapdOptions['log']>): string[] {
  return [
    'database mdb',
    `suffix ${LOG_BASE}`,
    `rootdn ${LOG_BASE}`,
    `directory ${path.join(dir, 'log')}`,
    'maxsize 1073741824',
    'index objectClass,reqStart eq',
    'sizelimit unlimited',
    readable ? `access to * by dn.exact="${READER_DN}" read by * none` : 'access to * by * none',
  ];
}
