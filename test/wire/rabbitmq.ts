import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { freePort } from './free-port.js';

const run = promisify(execFile);
/** Beside these, Debian has wrappers in /usr/sbin, which change the user and the folder. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const CTL = '/usr/lib/rabbitmq/bin/rabbitmqctl';
const EPMD = '/usr/bin/epmd';

const present = [SERVER, CTL, EPMD].every((place) => existsSync(place));
const required = process.env['LIFEGAP_REQUIRE_RABBITMQ'] === '1';
if (!present && !required) {
  process.stderr.write(
    '\n*** RabbitMQ is not installed (Debian: apt-get install rabbitmq-server): the tests against its management API are SKIPPED ***\n\n',
  );
}
/** `describe` for tests that need RabbitMQ: skipped where it is missing, unless LIFEGAP_REQUIRE_RABBITMQ=1 makes that a failure. */
export const describeWithRabbit = present || required ? describe : describe.skip;

export interface Rabbit {
  /** Of the management plugin, without a path. */
  readonly url: string;
  /** Runs rabbitmqctl against this node. */
  readonly ctl: (...args: readonly string[]) => Promise<void>;
  /** Kills the node as it stands, and takes its folder away. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts Debian's RabbitMQ with the management plugin on loopback, in a folder of its own, with a port mapper of its own. Its one user, in
 * place of guest, has the tag administrator.
 */
export async function startRabbit(username: string, password: string): Promise<Rabbit> {
  if (!present) throw new Error('RabbitMQ is not installed, and LIFEGAP_REQUIRE_RABBITMQ=1 forbids to go on without it');
  let said = '';
  for (let attempt = 0; attempt < 3; attempt++) {
    const node = await launch({ username, password });
    if ((said = await node.started) === '') return node;
    await node.stop();
  }
  throw new Error(`RabbitMQ did not start: ${said}`);
}

/** One attempt: the ports were free a moment ago. `started` is what it said last, or empty when it is up. */
async function launch(user: {
  readonly username: string;
  readonly password: string;
}): Promise<Rabbit & { readonly started: Promise<string> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-rabbitmq-'));
  const [mapper, amqp, distribution, management] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const file = (name: string): string => path.join(dir, name);
  await writeFile(file('enabled_plugins'), '[rabbitmq_management].\n');
  const conf = {
    'management.tcp.ip': '127.0.0.1',
    'management.tcp.port': management,
    default_user: user.username,
    default_pass: user.password,
    'default_user_tags.administrator': true,
  };
  await writeFile(file('rabbitmq.conf'), Object.entries(conf).map(([key, value]) => `${key} = ${value}\n`).join('')); // prettier-ignore
  const env = {
    PATH: process.env['PATH'],
    // The cookie that node and tool share is made here.
    HOME: dir,
    ERL_EPMD_PORT: String(mapper),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: 'lifegap@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(amqp),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_CONF_ENV_FILE: file('rabbitmq-env.conf'),
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('enabled_plugins'),
    RABBITMQ_MNESIA_BASE: file('mnesia'),
    RABBITMQ_LOG_BASE: file('log'),
    RABBITMQ_PID_FILE: file('pid'),
    RABBITMQ_LOGS: '-',
  };
  // Started here, and so ended here: a node without one leaves a mapper running behind it.
  const epmd = spawn(EPMD, ['-port', String(mapper), '-address', '127.0.0.1'], { env, stdio: 'ignore' });
  // A group of its own: the script, the virtual machine and its helpers end together.
  const server = spawn(SERVER, [], { env, cwd: dir, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = Promise.all([epmd, server].map(exitOf));
  return {
    url: `http://127.0.0.1:${management}`,
    started: startedOf(server),
    ctl: async (...args) => {
      await run(CTL, args, { env, cwd: dir });
    },
    stop: async () => {
      if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) process.kill(-server.pid, 'SIGKILL');
      epmd.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function exitOf(process: ChildProcess): Promise<void> {
  return new Promise((resolve) => process.once('exit', () => resolve()).once('error', () => resolve()));
}

function startedOf(server: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve) => {
    const hear = (text: string): void => {
      said = (said + text).slice(-4000);
      if (said.includes('Server startup complete')) resolve('');
    };
    for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', hear);
    server.once('exit', () => resolve(said === '' ? 'it ended without a word' : said)).once('error', (error) => resolve(error.message));
  });
}
