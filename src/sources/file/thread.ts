import { setMaxListeners } from 'node:events';
import { stat } from 'node:fs/promises';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { SourceConfig } from '../../model/config.js';
import { Columns, type PageColumns, type Words } from '../../store/columns.js';
import type { Completeness } from '../../model/completeness.js';
import { SourceError, UsageError, type SourceFault } from '../../model/errors.js';
import type { RequestSeen } from '../../model/request-seen.js';
import type { SourceContext } from '../../contract/system.js';
import { ColumnPage, type Page, type PullOptions } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import type { FileOptions } from './options.js';

/** Below this many bytes a thread costs more than it saves. */
const LARGE = 32 << 20;
/** A workbook is compressed to a tenth. */
const LARGE_WORKBOOK = 3 << 20;
/** Pages that may be under way; more would only wait in memory. */
export const WINDOW = 16;

const ENTRY = new URL('./thread-entry.js', import.meta.url);

export interface ThreadTask {
  readonly role: Role;
  readonly config: SourceConfig;
  readonly port: MessagePort;
  /** Shared: how many pages were taken. */
  readonly taken: Int32Array;
  /** Is what was read wanted as evidence? */
  readonly seen: boolean;
}

export type FromThread =
  | { readonly page: PageColumns }
  | { readonly seen: RequestSeen }
  | { readonly done: Completeness }
  | { readonly fault: SourceFault | 'usage'; readonly message: string }
  | { readonly bug: string };

/** Is the export worth a thread of its own? Only compiled code can start one, and what shows raw records stays here. */
export async function isWorthAThread(
  { path, format }: Pick<FileOptions, 'path' | 'format'>,
  { firstPagesOnly, onRaw }: PullOptions,
): Promise<boolean> {
  if (firstPagesOnly === true || onRaw !== undefined || !import.meta.url.endsWith('.js')) return false;
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size >= (format === 'xlsx' ? LARGE_WORKBOOK : LARGE);
}

/** The same pull, with parsing and mapping on a second core: pages come encoded, the completeness proof comes with the last one. */
export async function* pullInThread<R extends Role>(
  role: R,
  config: SourceConfig,
  signal: AbortSignal,
  onRequest: SourceContext['onRequest'],
): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
  const { port1: port, port2 } = new MessageChannel();
  const { name, connector, options, fields, state, dates, dir } = config;
  const given = { ...(state === undefined ? {} : { state }), ...(dates === undefined ? {} : { dates }) };
  const own = { name, connector, options, fields, ...given, dir };
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const task: ThreadTask = { role, config: own, port: port2, taken, seen: onRequest !== undefined };
  const worker = new Worker(ENTRY, { workerData: task, transferList: [port2] });
  const waiting: FromThread[] = [];
  const words: Words = [];
  let wake: (() => void) | undefined;
  const tell = (message: FromThread): void => {
    waiting.push(message);
    wake?.();
  };
  const stop = (): void => tell({ fault: 'aborted', message: `${name}: was stopped; run it again for a whole list` });
  port.on('message', tell);
  worker.on('error', (error) => tell({ bug: error.stack ?? String(error) }));
  worker.on('exit', (code) => {
    takeRest(port, tell);
    tell({ bug: `the reading thread of ${name} ended with ${code}` });
  });
  // One for each export that is read at the same time.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const message = waiting.shift() as FromThread;
      if ('bug' in message) throw new Error(message.bug);
      if ('seen' in message) {
        onRequest?.(message.seen);
        continue;
      }
      if ('done' in message) return message.done;
      if ('fault' in message) {
        if (message.fault === 'usage') throw new UsageError(message.message);
        throw new SourceError(name, message.fault, message.message);
      }
      Atomics.add(taken, 0, 1);
      Atomics.notify(taken, 0);
      yield new ColumnPage(role, new Columns(message.page, words));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    port.close();
    await worker.terminate();
  }
}

/** What a thread has sent before it ended: on a busy machine its end is told of before its last messages are, and they are as good. */
export function takeRest(port: MessagePort, tell: (message: FromThread) => void): void {
  for (let rest = receiveMessageOnPort(port); rest !== undefined; rest = receiveMessageOnPort(port)) tell(rest.message as FromThread);
}

/** Waits, in the reading thread, until there is room for one more page. `taken`: how many the other side has taken. */
export function waitForRoom(taken: Int32Array, sent: number): void {
  for (let seen = Atomics.load(taken, 0); sent - seen >= WINDOW; seen = Atomics.load(taken, 0)) Atomics.wait(taken, 0, seen);
}
