/** An answer or an export has a handful of levels. Whatever walks a value level by level must not run out of stack. */
export const MAX_LEVELS = 500;

const QUOTE = 34;

/** Does this JSON nest more than `MAX_LEVELS` lists and objects? Of text that is no JSON, any answer will do: the parser refuses it. */
export function nestsTooDeep(text: string): boolean {
  // Short of so many brackets: most lines and small answers.
  if (text.length <= MAX_LEVELS) return false;
  let levels = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // `{` is `[` and `}` is `]` with one bit set.
    if (code === QUOTE) {
      at = endOfText(text, at);
      if (at < 0) return false;
    } else if ((code | 32) === 123) {
      if (++levels > MAX_LEVELS) return true;
    } else if ((code | 32) === 125) levels--;
  }
  return false;
}

/** Where the text that opens here closes; -1: nowhere. */
function endOfText(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (end > 0) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes++;
    if ((slashes & 1) === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}
