import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src/contract/in-parallel.js';

/** A promise that ends when told to. */
function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('work in parallel', () => {
  it('gives results in the order of the items, with no more in hand than its width', async () => {
    let inHand = 0;
    let most = 0;
    const results = await inParallel([3, 1, 2, 0], 2, async (item) => {
      most = Math.max(most, ++inHand);
      for (let i = 0; i < item; i++) await Promise.resolve();
      inHand--;
      return item * 10;
    });
    expect(results).toEqual([30, 10, 20, 0]);
    expect(most).toBe(2);
  });

  it('after an error begins nothing, stops once, and throws the first only when all in hand have ended', async () => {
    const slow = gate();
    const told: string[] = [];
    const all = inParallel(
      ['slow', 'bad', 'never'],
      2,
      async (item) => {
        told.push(`begin ${item}`);
        if (item === 'bad') throw new Error('first');
        await slow.opened;
        told.push(`end ${item}`);
        throw new Error('second');
      },
      () => {
        told.push('stop');
        slow.open();
      },
    ).catch((error: unknown) => told.push((error as Error).message));
    await all;
    expect(told).toEqual(['begin slow', 'begin bad', 'stop', 'end slow', 'first']);
  });
});
