import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { freePort } from './free-port.js';
import { startServer } from './server-process.js';

const run = promisify(execFile);
const SERVER = '/usr/sbin/mariadbd';
const INSTALL = '/usr/bin/mariadb-install-db';
const CLIENT = '/usr/bin/mariadb';

const present = [SERVER, INSTALL, CLIENT].every((place) => existsSync(place));
const required = process.env['LIFEGAP_REQUIRE_MARIADB'] === '1';
if (!present && !required) {
  process.stderr.write('\n*** MariaDB is not installed (Debian: apt-get install mariadb-server): the tests against it are SKIPPED ***\n\n');
}
/** `describe` for tests that need MariaDB: skipped where it is missing, unless LIFEGAP_REQUIRE_MARIADB=1 makes that a failure. */
export const describeWithMariadb = present || required ? describe : describe.skip;

export interface Mariadb {
  readonly port: number;
  readonly socket: string;
  /** Runs SQL as its superuser. */
  readonly sql: (text: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts Debian's MariaDB on loopback, in a folder of its own, as whoever runs the tests. */
export async function startMariadb(): Promise<Mariadb> {
  if (!present) throw new Error('MariaDB is not installed, and LIFEGAP_REQUIRE_MARIADB=1 forbids to go on without it');
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-mariadb-'));
  const data = path.join(dir, 'data');
  const socket = path.join(dir, 's');
  const small = ['--innodb-log-file-size=4M', '--innodb-buffer-pool-size=16M', '--innodb-flush-method=nosync'];
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  await run(INSTALL, [
    '--no-defaults',
    `--datadir=${data}`,
    ...user,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...small,
  ]);
  const port = await freePort();
  const place = [`--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, `--pid-file=${path.join(dir, 'pid')}`];
  const stop = await startServer(
    SERVER,
    ['--no-defaults', ...place, ...user, ...small, '--bind-address=127.0.0.1', '--skip-name-resolve'],
    { cwd: dir },
    'ready for connections',
  );
  return {
    port,
    socket,
    sql: async (text) => (await run(CLIENT, ['--no-defaults', `--socket=${socket}`, '-uroot', '-N', '-B', '-e', text])).stdout.trim(),
    stop: async () => {
      await stop('SIGKILL');
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
