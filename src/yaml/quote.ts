/** Everything that moves a cursor or turns text around: C0, DEL, C1, zero-width, bidi controls, line separators, lone surrogates. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;
const LONGEST = 60;

/** Text for a message: one line, unprintable characters visible. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** A value for a message, in quotes and not too long. Never call it with the value of a secret field. */
export function quoted(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `"${printable(short)}"`;
}
