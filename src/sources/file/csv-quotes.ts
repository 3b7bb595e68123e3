/**
 * Takes the spaces away that stand between a delimiter and a quoted cell: `2, "Doe, Jane"`. RFC 4180 section 2 has none there, and many tools write them; the
 * parser would take the quotes for text, and the comma within for the end of the cell. A quote that does not end where its cell does is text, as it stands.
 */
export function closeUp(text: string, delimiter: string): string {
  const blanks = delimiter === '\t' ? ' ' : ' \t';
  if (!mayHaveGaps(text, delimiter, blanks)) return text;
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const open = skip(text, at, blanks);
    const end = text[open] === '"' ? endOfQuoted(text, open, delimiter, blanks) : undefined;
    // What is quoted from its start, and is not closed yet, is for the parser to judge.
    if (end === undefined && open === at && text[open] === '"') break;
    if (end !== undefined && open > at) {
      parts.push(text.slice(from, at));
      from = open;
    }
    at = end ?? endOfPlain(text, at, delimiter);
  }
  return parts.join('') + text.slice(from);
}

/** Most files have none: a quote behind a blank, behind a delimiter or a line break, is looked for before the cells are walked. */
function mayHaveGaps(text: string, delimiter: string, blanks: string): boolean {
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (before >= 0 && blanks.includes(text.charAt(before))) before--;
    if (before < at - 1 && (before < 0 || text[before] === delimiter || text[before] === '\n')) return true;
  }
  return false;
}

function skip(text: string, from: number, blanks: string): number {
  let at = from;
  while (at < text.length && blanks.includes(text.charAt(at))) at++;
  return at;
}

/** Where the delimiter or the line break after a quoted cell stands; undefined where its quote is not closed there. */
function endOfQuoted(text: string, open: number, delimiter: string, blanks: string): number | undefined {
  let close = text.indexOf('"', open + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return undefined;
  const after = skip(text, close + 1, blanks);
  const end = text[after] === '\r' ? after + 1 : after;
  return end >= text.length || text[end] === '\n' || text[after] === delimiter ? (text[after] === delimiter ? after : end) : undefined;
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
  return at;
}
