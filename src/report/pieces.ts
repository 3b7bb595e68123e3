/** Joins small texts into pieces of about 64 KiB: few writes, and never the whole report in one string. */
export function* pieces(texts: Iterable<string>): Generator<string> {
  let held = '';
  for (const text of texts) {
    held += text;
    if (held.length >= 65_536) {
      yield held;
      held = '';
    }
  }
  if (held !== '') yield held;
}
