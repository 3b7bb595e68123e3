import { Buffer } from 'node:buffer';

/** Shorter values would tear holes into ordinary words; such a secret protects nothing anyway. */
const SHORTEST = 4;
/** Of a base64 text in the middle of another, what is the secret's own: shorter pieces are found by chance. */
const SHORTEST_CORE = 12;
/** A line of a key of several: a certificate's frame is not worth hiding, and an empty line is nothing. */
const SHORTEST_LINE = 16;

const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/**
 * Takes secrets out of texts, in the forms in which they travel, in upper and lower case, one form for each character: as they are, percent-encoded once or twice,
 * form-encoded, in JSON, HTML, XML and CSV, made visible, and in base64 (both alphabets), alone or inside a longer text.
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(secrets: Iterable<string> = []) {
    this.add(secrets);
  }

  add(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      if (secret.length < SHORTEST || this.#secrets.has(secret)) continue;
      this.#secrets.add(secret);
      this.#pattern = undefined;
    }
  }

  redact(text: string): string {
    if (this.#secrets.size === 0) return text;
    this.#pattern ??= new RegExp(
      [...this.#secrets]
        .flatMap(formsOf)
        .sort((a, b) => b.length - a.length)
        .join('|'),
      'giu',
    );
    return text.replace(this.#pattern, '***');
  }

  /** Does one stand in these bytes as it is, or as JSON writes it? */
  isIn(bytes: Buffer): boolean {
    return [...this.#secrets].some((secret) => bytes.includes(secret) || bytes.includes(JSON.stringify(secret).slice(1, -1)));
  }
}

/** Sources of patterns. */
function formsOf(secret: string): string[] {
  const lines = secret
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----'));
  return [...(lines.length > 1 ? lines : []), secret].flatMap((text) => [written(text), ...base64(text)]);
}

function written(text: string): string {
  return Array.from(text, characterForms).join('');
}

/** Letters and digits stand for themselves everywhere. */
function characterForms(character: string): string {
  if (/^[A-Za-z0-9]$/.test(character)) return character;
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16);
  const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i).toString(16).padStart(4, '0'));
  const entity = ENTITIES[character];
  const plain = escaped(character);
  return `(?:${[
    plain,
    bytes.map((byte) => `%${byte}`).join(''),
    bytes.map((byte) => `%25${byte}`).join(''),
    units.map((unit) => `\\\\u${unit}`).join(''),
    `\\\\u\\{0*${hex}\\}`,
    `&#0*${code};`,
    `&#x0*${hex};`,
    ...(entity === undefined ? [] : [`&${entity};`]),
    ...('"\\/'.includes(character) ? [`\\\\${plain}`] : []),
    ...(character === '"' ? ['""'] : []),
    ...(character === ' ' ? ['\\+'] : []),
    ...(character === '\n' ? ['\\\\n', '\\s+'] : []),
    ...(character === '\t' ? ['\\\\t'] : []),
  ].join('|')})`;
}

/** Alone, and as it lies in the base64 of a text around it, at each of the three places where its first byte can be (RFC 4648 section 4). */
function base64(text: string): string[] {
  const cores = [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    // Characters that also carry bits of a neighbour are left out.
    const core = bytes
      .toString('base64')
      .replace(/=+$/, '')
      .slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
    return core.length >= SHORTEST_CORE ? [core] : [];
  });
  const whole = Buffer.from(text).toString('base64');
  return [`${inBase64(whole.replace(/=+$/, ''))}=*`, ...cores.map(inBase64)];
}

function inBase64(text: string): string {
  return Array.from(text, (c) => (c === '+' ? '(?:\\+|-|%2b)' : c === '/' ? '(?:/|_|\\\\/|%2f)' : c)).join('');
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
