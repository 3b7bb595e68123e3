/** mulberry32: the same numbers in every run. */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number of [0, 1) that hangs on its names alone, so that what happens to one person does not move when another is added. */
export function chance(...names: readonly number[]): number {
  let h = 0x811c9dc5;
  for (const name of names) {
    h = Math.imul(h ^ (name & 0xffff), 0x01000193);
    h = Math.imul(h ^ (name >>> 16), 0x01000193);
    h ^= h >>> 15;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}
