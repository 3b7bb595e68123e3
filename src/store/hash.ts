/** 32 bits of a text, well mixed: FNV-1a over its UTF-16 units, then a finaliser. Equal texts have equal hashes, and no more is promised. */
export function hashText(text: string): number {
  let h = HASH_START;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), HASH_STEP);
  return mixed(h);
}

/** What `hashText` starts from, and what it multiplies by: for texts that are hashed byte by byte on the way. */
export const HASH_START = 0x811c9dc5;
export const HASH_STEP = 0x01000193;

export function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 13);
}
