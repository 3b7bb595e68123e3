import { ThreadsPoolWorker, type PoolOptions, type PoolWorker, type WorkerRequest, type WorkerResponse } from 'vitest/node';

type Listener = [event: string, callback: (arg: unknown) => void];

let thread: ThreadsPoolWorker | undefined;
/** It has been told to start, once and for all. */
let isTold = false;

export async function endThread(): Promise<void> {
  await thread?.stop();
}

/**
 * The thread of one run, which the next run takes over with all modules that it has read. Vitest ends its threads after each run, and a run for
 * each of two thousand faults would read and compile the program two thousand times.
 */
export class KeptThread implements PoolWorker {
  readonly name = 'kept-thread';
  #listeners: Listener[] = [];

  constructor(private readonly options: PoolOptions) {}

  async start(): Promise<void> {
    if (thread !== undefined) return;
    thread = new ThreadsPoolWorker(this.options);
    await thread.start();
  }

  /** The thread goes on. What it is told at its start only, the settings of a run, it is told with each run. */
  send(message: WorkerRequest): void {
    if (message.type === 'start' && isTold) this.#answer({ type: 'started', __vitest_worker_response__: true });
    else if (message.type === 'stop') this.#answer({ type: 'stopped', __vitest_worker_response__: true });
    else if (message.type === 'run') {
      const context = { ...message.context, config: this.options.project.serializedConfig };
      thread?.send({ ...message, context });
    } else thread?.send(message);
    isTold ||= message.type === 'start';
  }

  on(event: string, callback: (arg: unknown) => void): void {
    this.#listeners.push([event, callback]);
    thread?.on(event, callback);
  }

  off(event: string, callback: (arg: unknown) => void): void {
    thread?.off(event, callback);
  }

  async stop(): Promise<void> {
    for (const [event, callback] of this.#listeners.splice(0)) this.off(event, callback);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  #answer(response: WorkerResponse): void {
    queueMicrotask(() => {
      for (const [event, callback] of this.#listeners) if (event === 'message') callback(response);
    });
  }
}
