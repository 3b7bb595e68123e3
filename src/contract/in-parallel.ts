import { itemAt } from '../model/at.js';
/**
 * Works on items with `width` of them in hand at once; the results are in the order of the items. After an error nothing new is begun, `stop` is told
 * once so that what is in hand can end early, and when all of it has ended the first error is thrown: what the caller then takes away, nobody still uses.
 */
export async function inParallel<T, U>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<U>,
  stop: () => void = () => undefined,
): Promise<U[]> {
  const results: U[] = new Array<U>(items.length);
  const errors: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && errors.length === 0) {
      const at = next++;
      try {
        results[at] = await work(itemAt(items, at));
      } catch (error) {
        if (errors.push(error) === 1) stop();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (errors.length > 0) throw errors[0];
  return results;
}
