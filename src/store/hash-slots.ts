/**
 * Open addressing over pairs of numbers: a value that is never 0, and its hash. The pair at `(hash << 1) & (length - 1)` is asked
 * first, then the next ones; both numbers lie in one line of the processor's cache. Doubles the room.
 */
export function grown(slots: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(slots.length * 2);
  const mask = wider.length - 1;
  for (let from = 0; from < slots.length; from += 2) {
    if (slots[from] === 0) continue;
    const hash = slots[from + 1] as number;
    let slot = (hash << 1) & mask;
    while (wider[slot] !== 0) slot = (slot + 2) & mask;
    wider[slot] = slots[from] as number;
    wider[slot + 1] = hash;
  }
  return wider;
}
