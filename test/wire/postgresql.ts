import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { freePort } from './free-port.js';
import { startServer } from './server-process.js';

const run = promisify(execFile);

/** Debian keeps the server of each version in a folder of its own. */
const VERSIONS = '/usr/lib/postgresql';
const BIN = (existsSync(VERSIONS) ? readdirSync(VERSIONS) : [])
  .sort((a, b) => Number(b) - Number(a))
  .map((version) => path.join(VERSIONS, version, 'bin'))
  .find((folder) => existsSync(path.join(folder, 'postgres')));

const required = process.env['LIFEGAP_REQUIRE_POSTGRESQL'] === '1';
if (BIN === undefined && !required) {
  process.stderr.write('\n*** PostgreSQL is not installed (Debian: apt-get install postgresql): the tests against it are SKIPPED ***\n\n');
}
/** `describe` for tests that need PostgreSQL: skipped where it is missing, unless LIFEGAP_REQUIRE_POSTGRESQL=1 makes that a failure. */
export const describeWithPostgresql = BIN !== undefined || required ? describe : describe.skip;

export interface Postgresql {
  readonly port: number;
  /** Its folder, which holds its socket, too. */
  readonly dir: string;
  /** Runs SQL as its superuser. */
  readonly sql: (text: string, database?: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** PostgreSQL refuses to be run by root: there it is nobody. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const as = isRoot ? NOBODY : {};

/** Starts Debian's PostgreSQL on loopback, in a folder of its own. Its superuser is `root`, without a password; others have to log in with one. `tls`: its certificate and key. */
export async function startPostgresql(tls?: { readonly cert: string; readonly key: string }): Promise<Postgresql> {
  if (BIN === undefined) throw new Error('PostgreSQL is not installed, and LIFEGAP_REQUIRE_POSTGRESQL=1 forbids to go on without it');
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-postgresql-'));
  if (isRoot) {
    await chown(dir, NOBODY.uid, NOBODY.gid);
    // The folder of the whole run is root's: nobody may go through it, and look at nothing.
    await chmod(tmpdir(), (await stat(tmpdir())).mode | 0o011);
  }
  const data = path.join(dir, 'data');
  await run(path.join(BIN, 'initdb'), ['-D', data, '-U', 'root', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'], {
    ...as,
    cwd: dir,
  });
  await writeFile(
    path.join(data, 'pg_hba.conf'),
    'local all root trust\nhost all root 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n',
  );
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dir,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    autovacuum: 'off',
    max_wal_senders: '0',
    wal_level: 'minimal',
    ...(tls === undefined ? {} : { ssl: 'on', ssl_cert_file: tls.cert, ssl_key_file: tls.key }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const stop = await startServer(
    path.join(BIN, 'postgres'),
    ['-D', data, '-p', String(port), ...options],
    { ...as, cwd: dir },
    'ready to accept connections',
  );
  return {
    port,
    dir,
    sql: async (text, database = 'postgres') => {
      const { stdout } = await run('psql', [
        '-h',
        dir,
        '-p',
        String(port),
        '-U',
        'root',
        '-d',
        database,
        '-v',
        'ON_ERROR_STOP=1',
        '-qAtc',
        text,
      ]);
      return stdout.trim();
    },
    stop: async () => {
      await stop('SIGQUIT');
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
