// A process that runs audits one after the other, each with one fault in it: call k of the file system fails, or a signal comes with it, or what lies on the disk at
// that moment is kept, as SIGKILL would leave it. It is told what to do over IPC, and tells what came of it.
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { setImmediate } from 'node:timers';
import timers from 'node:timers/promises';

const real = { cpSync: fs.cpSync };
/** Of the run in hand; undefined between runs. */
let run;
/** Open files, by their number. */
const tracked = new Map();

const WRITES = new Set([
  'write',
  'writeSync',
  'writev',
  'ftruncateSync',
  'truncate',
  'fsyncSync',
  'sync',
  'datasync',
  'appendFile',
  'writeFile',
  'writeFileSync',
]);
const OPENS = new Set(['open', 'openSync', 'mkdir', 'mkdirSync']);

/** Counts the call, and says what is to happen instead of it. */
function faultAt(name, what) {
  const k = ++run.calls;
  const { fault } = run;
  run.names.push(`${name} ${what}`);
  if (fault === undefined || fault.layer !== 'fs') return undefined;
  if (fault.kind === 'snapshot') {
    if (k >= fault.from && k <= fault.to) real.cpSync(run.dir, path.join(fault.into, String(k)), { recursive: true });
    return undefined;
  }
  const isFull = fault.kind === 'ENOSPC' && k > fault.k && WRITES.has(name);
  if (k !== fault.k && !isFull) return undefined;
  if (k === fault.k) run.hit = `${name} ${what}`;
  if (fault.kind === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
  if (fault.kind === 'SIGINT' || fault.kind === 'SIGTERM') {
    setImmediate(() => run?.signal(fault.kind));
    return undefined;
  }
  if (fault.kind === 'short') return WRITES.has(name) ? 'short' : undefined;
  if (fault.kind === 'ENOSPC' && !WRITES.has(name)) return undefined;
  if (fault.kind === 'EMFILE' && !OPENS.has(name)) return undefined;
  return Object.assign(new Error(`${fault.kind}: made to fail, ${name} '${what}'`), { code: fault.kind, syscall: name, errno: -5 });
}

const inside = (at) => run !== undefined && (typeof at === 'string' || at instanceof URL) && String(at).includes(run.dir);
const nameOf = (at) => path.relative(run.dir, String(at)) || '.';

function shortened(args) {
  const [file, data, ...rest] = args;
  if (typeof data === 'string') return [file, data.slice(0, Math.ceil(data.length / 2)), ...rest];
  const [offset = 0, length = data.byteLength - offset, position] = rest;
  return [file, data, offset, Math.max(1, Math.floor(length / 2)), position];
}

for (const name of [
  'openSync',
  'mkdirSync',
  'rmSync',
  'renameSync',
  'statSync',
  'lstatSync',
  'readFileSync',
  'readdirSync',
  'existsSync',
  'unlinkSync',
  'rmdirSync',
  'accessSync',
  'utimesSync',
  'writeFileSync',
]) {
  const call = fs[name];
  fs[name] = (at, ...rest) => {
    if (!inside(at)) return call(at, ...rest);
    const failed = faultAt(name, nameOf(at));
    if (failed instanceof Error) {
      // What never throws says that there is nothing.
      if (name === 'existsSync') return false;
      throw failed;
    }
    const result = call(at, ...rest);
    if (name === 'openSync') tracked.set(result, nameOf(at));
    return result;
  };
}
for (const name of ['writeSync', 'readSync', 'fsyncSync', 'ftruncateSync', 'fstatSync', 'closeSync']) {
  const call = fs[name];
  fs[name] = (file, ...rest) => {
    if (run === undefined || !tracked.has(file)) return call(file, ...rest);
    const failed = faultAt(name, tracked.get(file));
    if (name === 'closeSync') {
      tracked.delete(file);
      call(file);
      if (failed instanceof Error) throw failed;
      return undefined;
    }
    if (failed instanceof Error) throw failed;
    return failed === 'short' && name === 'writeSync' ? call(...shortened([file, ...rest])) : call(file, ...rest);
  };
}
for (const name of ['open', 'read', 'write', 'close']) {
  const call = fs[name];
  fs[name] = (at, ...rest) => {
    const done = rest.at(-1);
    const mine = name === 'open' ? inside(at) : run !== undefined && tracked.has(at);
    if (!mine || typeof done !== 'function') return call(at, ...rest);
    const failed = faultAt(name, name === 'open' ? nameOf(at) : tracked.get(at));
    if (failed instanceof Error && name !== 'close') return setImmediate(() => done(failed));
    if (name !== 'open') return call(at, ...rest);
    rest[rest.length - 1] = (error, file) => {
      if (error === null || error === undefined) tracked.set(file, nameOf(at));
      done(error, file);
    };
    return call(at, ...rest);
  };
}
for (const name of ['open', 'readFile', 'rename', 'rm', 'mkdir', 'readdir', 'stat', 'lstat', 'access', 'unlink', 'realpath', 'writeFile']) {
  const call = fsPromises[name];
  fsPromises[name] = async (at, ...rest) => {
    if (!inside(at)) return call(at, ...rest);
    const failed = faultAt(name, nameOf(at));
    if (failed instanceof Error) throw failed;
    const result = await call(at, ...rest);
    return name === 'open' ? handle(result, nameOf(at)) : result;
  };
}
function handle(file, what) {
  for (const name of ['write', 'writeFile', 'read', 'sync', 'datasync', 'stat', 'readFile', 'close']) {
    const call = file[name].bind(file);
    file[name] = async (...args) => {
      if (run === undefined) return call(...args);
      const failed = faultAt(name, what);
      if (name === 'close') await call();
      if (failed instanceof Error) throw failed;
      if (name === 'close') return undefined;
      return failed === 'short' && name === 'write' ? call(...shortened([undefined, ...args]).slice(1)) : call(...args);
    };
  }
  return file;
}
// Nothing is waited for: a retry comes at once.
const wait = timers.setTimeout;
timers.setTimeout = (ms, ...rest) => wait(Math.min(ms, 2), ...rest);
syncBuiltinESMExports();

const { main } = await import('../../dist/cli/main.js');

async function audit({ dir, args, env, fault }) {
  const written = { stdout: '', stderr: '' };
  const listeners = new Map();
  const stream = (name) => ({
    write: (text) => {
      written[name] += text;
      return true;
    },
    on: () => undefined,
  });
  const host = {
    argv: ['node', 'lifegap', ...args],
    env,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cwd: () => dir,
    on: (name, listener) => void listeners.set(name, [...(listeners.get(name) ?? []), listener]),
    off: () => undefined,
    exit: () => undefined,
  };
  tracked.clear();
  run = {
    dir,
    fault,
    calls: 0,
    names: [],
    hit: undefined,
    signal: (name) => {
      for (const listener of listeners.get(name) ?? []) listener(name);
    },
  };
  let crash;
  const onCrash = (error) => (crash ??= String(error?.stack ?? error));
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  const begin = performance.now();
  const code = await main(host).catch((error) => {
    onCrash(error);
    return 70;
  });
  // What nobody waited for shows itself now.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('uncaughtException', onCrash);
  process.off('unhandledRejection', onCrash);
  const { calls, names, hit } = run;
  run = undefined;
  return { code, ...written, crash, calls, names, hit, ms: performance.now() - begin };
}

process.on('message', (job) => {
  void audit(job).then((outcome) => process.send({ id: job.id, ...outcome }));
});
process.send({ ready: true });
