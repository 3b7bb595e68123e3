/*
 * Reads at places that are there by construction. The compiler holds every read by index for one that may miss, which a loop within its bounds never does;
 * here it is told so. There is a reader for each kind of array: the engine keeps what it learned of a read with the function that it stands in, and one
 * function for all kinds would be slow at each of them. The path of large files (store, mapping/bytes) reads its arrays itself all the same: a call for each
 * byte or cell costs it some 3 %.
 */

export function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

export function intAt(ints: Int32Array, at: number): number {
  return ints[at] as number;
}

export function floatAt(floats: Float64Array, at: number): number {
  return floats[at] as number;
}

export function numberAt(numbers: readonly number[], at: number): number {
  return numbers[at] as number;
}

export function itemAt<T>(items: readonly T[], at: number): T {
  return items[at] as T;
}

/** Of a list that has one. */
export function lastOf<T>(items: readonly T[]): T {
  return items[items.length - 1] as T;
}
