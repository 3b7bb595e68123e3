import type { ListPage } from './list-response.js';

interface Slot {
  readonly startIndex: number;
  readonly page: Promise<ListPage>;
}

/**
 * Fetches pages whose place is known beforehand, `concurrency` at a time, and yields them in order. At most twice that many
 * pages are held. Leaving the loop early aborts what is still in flight.
 */
export async function* readAhead(
  starts: Iterable<number>,
  concurrency: number,
  signal: AbortSignal,
  read: (startIndex: number, signal: AbortSignal) => Promise<ListPage>,
): AsyncGenerator<{ readonly startIndex: number; readonly page: ListPage }, void, void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const queue: Slot[] = [];
  const iterator = starts[Symbol.iterator]();
  let inFlight = 0;
  let over = false;

  const launch = (): void => {
    while (!over && inFlight < concurrency && queue.length < 2 * concurrency) {
      const next = iterator.next();
      if (next.done) {
        over = true;
        return;
      }
      inFlight++;
      const page = read(next.value, either);
      queue.push({ startIndex: next.value, page });
      const landed = (): void => {
        inFlight--;
        launch();
      };
      // The failure itself is met in order, when the page's turn comes; here it must only not go unhandled.
      page.then(landed, () => {
        over = true;
        inFlight--;
      });
    }
  };

  launch();
  try {
    for (let slot = queue.shift(); slot !== undefined; slot = queue.shift()) {
      const page = await slot.page;
      launch();
      yield { startIndex: slot.startIndex, page };
    }
  } finally {
    over = true;
    stop.abort();
    await Promise.allSettled(queue.map((slot) => slot.page));
  }
}
