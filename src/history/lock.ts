import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { EXIT, LifegapError } from '../model/errors.js';
import { writeWhole } from '../disk/whole-write.js';

/** A lock of another host that nobody has touched for so long, watched by our own clock, has no owner any more. */
const FOREIGN_STALE = 60_000;
const POLL = 50;
/** Tokens of the locks that this process holds: one that bears its pid and is not among them could not be taken away. */
const HELD = new Set<string>();

interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the kernel counts it (Linux): a pid is given again, this is not. */
  readonly born?: string;
}

export interface Lock {
  /** Shows that the holder lives; throws when the lock was taken over. */
  readonly beat: () => void;
  readonly release: () => void;
}

/**
 * One process at a time, with a file that names its holder. A holder that was killed is found out by its pid, so it locks nobody out;
 * on another host (a shared volume) by the silence of its file. Resolves to undefined after `wait` ms.
 */
export async function acquire(path: string, wait: number, now: () => number = () => performance.now()): Promise<Lock | undefined> {
  const own: Holder = { token: randomUUID(), pid: process.pid, host: hostname(), ...born(process.pid) };
  const start = now();
  const watched = { token: '', mtime: 0, since: start };
  for (;;) {
    if (create(path, own)) return held(path, own);
    const holder = read(path);
    if (holder !== undefined && isDead(holder, path, watched, now()) && steal(path, holder)) continue;
    if (now() - start >= wait) return undefined;
    await pause(POLL);
  }
}

function held(path: string, own: Holder): Lock {
  HELD.add(own.token);
  return {
    beat: () => {
      if (read(path)?.token !== own.token)
        throw new LifegapError(
          `the lock ${path} of the history was taken over by another process while this one wrote: run it again`,
          EXIT.usage,
        );
      const at = new Date();
      utimesSync(path, at, at);
    },
    release: () => {
      HELD.delete(own.token);
      try {
        if (read(path)?.token === own.token) rmSync(path, { force: true });
      } catch {
        // It locks nobody out: its holder is found to be dead, or to be no holder any more.
      }
    },
  };
}

function create(path: string, own: Holder): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeWhole(file, JSON.stringify(own));
  } catch (error) {
    // One that names nobody would lock out the next for a while.
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

/** Undefined when it is gone; a file that says nothing (its writer was killed in between, or writes just now) has an empty token. */
function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    if (typeof holder.token === 'string' && typeof holder.pid === 'number' && typeof holder.host === 'string') return holder as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  }
  return { token: '', pid: 0, host: '' };
}

function isDead(holder: Holder, path: string, watched: { token: string; mtime: number; since: number }, at: number): boolean {
  if (holder.host === hostname()) {
    if (!isAlive(holder.pid) || (holder.pid === process.pid && !HELD.has(holder.token))) return true;
    const { born: since } = born(holder.pid);
    return holder.born !== undefined && since !== undefined && since !== holder.born;
  }
  const mtime = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (watched.token !== holder.token || watched.mtime !== mtime) Object.assign(watched, { token: holder.token, mtime, since: at });
  // A file without a holder was torn in the writing, which takes no time.
  return at - watched.since >= (holder.token === '' ? 1_000 : FOREIGN_STALE);
}

/** Takes a dead holder's lock away. Only one process can, and only while it is still that holder's. */
function steal(path: string, holder: Holder): boolean {
  const mark = `${path}.${holder.token === '' ? 'torn' : holder.token}`;
  if (!create(mark, holder)) {
    // Whoever began to take it away was killed in the middle.
    const age = statSync(mark, { throwIfNoEntry: false })?.mtimeMs;
    if (age !== undefined && Date.now() - age > FOREIGN_STALE) rmSync(mark, { force: true });
    return false;
  }
  try {
    if (read(path)?.token === holder.token) rmSync(path, { force: true });
  } finally {
    rmSync(mark, { force: true });
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** proc(5): the 22nd field of /proc/PID/stat, counted after the name, which may hold blanks and brackets. */
function born(pid: number): { born?: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const since = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return since === undefined ? {} : { born: since };
  } catch {
    return {};
  }
}
