import type { Buffer } from 'node:buffer';
import { AROUND_ADDRESS } from '../model/address.js';
import { HASH_START, HASH_STEP, mixed } from './hash.js';

/** Longer than any word that stands for "nobody" (match/keys.ts). */
export const NO_NAME = 16;
/** The longest type that may stand before an address, with its colon (model/address.ts). */
const PREFIX = 'mailto:'.length;

/** By byte: neither a capital, nor a space, nor beyond ASCII, nor what may stand around an address; a colon does so in front of it alone. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, c) =>
  Number(c > 32 && c < 127 && !(c >= 65 && c <= 90) && (c === 58 || !AROUND_ADDRESS.includes(String.fromCharCode(c)))),
);

/**
 * The hash (as `hashText` gives it) of a key that is ready for comparison as it stands: printable ASCII without capitals or
 * spaces, and no word that names nobody. 0 for any other: it may well be a key, yet only `foldKey` (match/keys.ts) can tell.
 */
export function plainHash(bytes: Buffer, from: number, to: number): number {
  let hash = HASH_START;
  let counts = false;
  let at = -1;
  for (let i = from; i < to; i++) {
    const c = bytes[i] as number;
    if (PLAIN[c] === 0) return 0;
    // No word for nobody has a digit but 0 in it.
    if (c >= 49 && c <= 57) counts = true;
    else if (c === 64) {
      // Neither an empty local part nor one that may be `noreply`.
      if (i === from || (!counts && i - from < NO_NAME)) return 0;
      at = i;
    } else if (c === 58 && at < 0 && i - from < PREFIX) return 0;
    hash = Math.imul(hash ^ c, HASH_STEP);
  }
  return counts || to - from >= NO_NAME ? mixed(hash) : 0;
}
