import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { takeRest, type FromThread } from '../../../src/sources/file/thread.js';
import { WHOLE } from '../../in-memory.js';

it('what a reading thread sent before it ended is taken before its end is', () => {
  const { port1, port2 } = new MessageChannel();
  const told: FromThread[] = [];
  port1.on('message', (message: FromThread) => told.push(message));
  port2.postMessage({ fault: 'usage', message: 'first' } satisfies FromThread);
  port2.postMessage({ done: WHOLE } satisfies FromThread);
  // No turn of the loop has brought them yet, and the thread is gone.
  expect(told).toEqual([]);
  takeRest(port1, (message) => told.push(message));
  expect(told).toEqual([{ fault: 'usage', message: 'first' }, { done: WHOLE }]);
  port1.close();
});
