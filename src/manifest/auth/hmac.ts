import { createHash, createHmac } from 'node:crypto';
import { Secret } from '../../model/secret.js';
import type { Auth } from '../form/auth.js';
import { fill, type Values } from '../form/template.js';
import { canonicalQuery, type Signer } from './signer.js';

/** Signs what the manifest names, line by line, with the secret; the signature is the password of HTTP Basic. The server checks the header Date, too. */
export function hmacSigner(form: NonNullable<Exclude<Auth, 'none'>['hmac']>, values: Values, now: () => number): Signer {
  const { algorithm, lines } = form;
  const text = (template: string): string => fill(template, values) ?? '';
  const hash = (of: string): string => createHash(algorithm).update(of).digest('hex');
  return ({ method, url, body }) => {
    const date = new Date(now()).toUTCString();
    const line = {
      date: () => date,
      method: () => method,
      host: () => url.host,
      path: () => url.pathname,
      query: () => canonicalQuery(url),
      body: () => hash(body),
      nothing: () => hash(''),
    };
    const signature = createHmac(algorithm, text(form.secret))
      .update(lines.map((name) => line[name]()).join('\n'))
      .digest('hex');
    const pair = Buffer.from(`${text(form.username)}:${signature}`).toString('base64');
    return { date, authorization: new Secret(`Basic ${pair}`) };
  };
}
