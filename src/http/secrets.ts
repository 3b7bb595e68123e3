import { Redactor } from '../model/redactor.js';
import { Secret } from '../model/secret.js';

export type SendHeaders = Readonly<Record<string, string | Secret>>;

/**
 * A second net behind the config's own redaction: whatever this client sends as a secret is taken out of whatever it shows. A credential behind a
 * scheme (`Bearer x`) counts without the scheme, Basic also by its password.
 */
export function sentSecrets(headers: SendHeaders): Redactor {
  const secrets: string[] = [];
  for (const value of Object.values(headers)) {
    if (!(value instanceof Secret)) continue;
    const whole = value.reveal().trim();
    const [scheme, ...rest] = whole.split(/\s+/);
    const credential = rest.length > 0 ? rest.join(' ') : whole;
    secrets.push(credential);
    if (/^basic$/i.test(scheme ?? '')) secrets.push(Buffer.from(credential, 'base64').toString('utf8').split(':').slice(1).join(':'));
  }
  return new Redactor(secrets);
}

/** The value without the secrets in its texts and keys. */
export function withoutSecrets(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((inner) => withoutSecrets(inner, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), withoutSecrets(inner, redact)]));
}

/** The text of every header, lower-cased names. The only place in this folder where a secret is revealed to be sent. */
export function reveal(headers: SendHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value instanceof Secret ? value.reveal() : value]),
  );
}

/** What speaks against sending these headers, without showing a value. axios would drop the bad characters and send another token. */
export function sendable(headers: SendHeaders): string | undefined {
  for (const [name, value] of Object.entries(reveal(headers))) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return `"${name.slice(0, 40)}" is no name of an HTTP header`;
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      return `the value for the header ${name} holds characters that HTTP cannot carry: look for a line break in the secret`;
    }
  }
  return undefined;
}
