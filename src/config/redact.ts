/** Shorter values would tear holes into ordinary words; such a secret protects nothing anyway. */
const SHORTEST = 4;

/**
 * Every secret that this process has resolved. Only the last line of defence asks for it: the message of a crash, printed
 * by code that has no Config at hand.
 */
const known = new Set<string>();

/** Takes values out of a text, in the forms in which they travel: as they are, base64 (both alphabets), URL-encoded, inside JSON. */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set([...secrets].filter((secret) => secret.length >= SHORTEST).flatMap(formsOf));
  if (forms.size === 0) return (text) => text;
  const alternatives = [...forms].sort((a, b) => b.length - a.length).map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = new RegExp(alternatives.join('|'), 'g');
  return (text) => text.replace(pattern, '***');
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64');
  const url = encodeURIComponent(bytes.toString());
  return [
    secret,
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('base64url'),
    url,
    url.replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
  ];
}

export function remember(secrets: Iterable<string>): void {
  for (const secret of secrets) known.add(secret);
}

/** Redacts every secret that any config of this process has resolved. */
export function redactKnown(text: string): string {
  return redactor(known)(text);
}
