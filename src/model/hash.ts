/** 32 bits of a text, well mixed: FNV-1a over its UTF-16 units, then a finaliser. Equal texts have equal hashes, and no more is promised. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 13);
}
