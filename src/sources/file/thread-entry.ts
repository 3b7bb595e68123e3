// The reading thread: the pull, its pages as columns sent on.
import { isMainThread, workerData } from 'node:worker_threads';
import { SourceError, UsageError } from '../../model/errors.js';
import { pullColumns } from './source.js';
import { waitForRoom, type FromThread, type ThreadTask } from './thread.js';

async function read({ role, config, port, taken, seen }: ThreadTask): Promise<void> {
  const send = (message: FromThread): void => port.postMessage(message);
  let sent = 0;
  try {
    // The thread ends when its owner does: nobody aborts it from within.
    const pages = pullColumns(role, config, new AbortController().signal, seen ? (request) => send({ seen: request }) : undefined);
    for (let step = await pages.next(); ; step = await pages.next()) {
      if (step.done === true) return send({ done: step.value });
      waitForRoom(taken, sent++);
      port.postMessage({ page: step.value } satisfies FromThread, [step.value.bytes.buffer as ArrayBuffer]);
    }
  } catch (error) {
    if (error instanceof SourceError) send({ fault: error.fault, message: error.message });
    else if (error instanceof UsageError) send({ fault: 'usage', message: error.message });
    else send({ bug: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

if (!isMainThread) await read(workerData as ThreadTask);
