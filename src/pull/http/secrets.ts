import { Secret } from '../../model/secret.js';

export type SendHeaders = Readonly<Record<string, string | Secret>>;

/**
 * A second net behind the config's own redaction: whatever this client sends as a secret is taken out of whatever it shows, as
 * is, URL-encoded and in base64. A credential behind a scheme (`Bearer x`) counts without the scheme, Basic also by its password.
 */
export function redactHeaders(headers: SendHeaders | undefined, redact: (text: string) => string): (text: string) => string {
  const secrets = new Set<string>();
  for (const value of Object.values(headers ?? {})) {
    if (!(value instanceof Secret)) continue;
    const whole = value.reveal().trim();
    const [scheme, ...rest] = whole.split(/\s+/);
    const credential = rest.length > 0 ? rest.join(' ') : whole;
    secrets.add(credential);
    if (/^basic$/i.test(scheme ?? '')) secrets.add(Buffer.from(credential, 'base64').toString('utf8').split(':').slice(1).join(':'));
  }
  const forms = [...secrets]
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ])
    .sort((one, other) => other.length - one.length);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, '***'), redact(text));
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
