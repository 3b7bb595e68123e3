import { createPrivateKey, sign } from 'node:crypto';
import { UsageError } from '../../model/errors.js';
import type { Auth } from '../form/auth.js';
import { fill, type Values } from '../form/template.js';

/** Lifetime of an assertion, s: Google takes an hour at most, others less. */
const LIFETIME = 300;

/** A signed assertion (RFC 7523 section 2.1). A PEM key on one line, with `\n` written out, is taken as well. */
export function assertion(jwt: NonNullable<Exclude<Auth, 'none'>['jwt_bearer']>, values: Values, tokenUrl: string, now: number): string {
  const { algorithm = 'RS256' } = jwt;
  const text = (template: string | undefined): string | undefined => (template === undefined ? undefined : fill(template, values));
  const issued = Math.floor(now / 1000);
  const header = { alg: algorithm, typ: 'JWT', kid: text(jwt.key_id) };
  const claims = {
    iss: text(jwt.issuer),
    sub: text(jwt.subject),
    aud: text(jwt.audience) ?? tokenUrl,
    scope: text(jwt.scope),
    iat: issued,
    exp: issued + LIFETIME,
  };
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  let key;
  try {
    key = createPrivateKey((text(jwt.key) ?? '').replaceAll('\\n', '\n'));
  } catch {
    // The message of the library may quote the key.
    throw new UsageError(
      'the private key cannot be read: expected PEM ("-----BEGIN PRIVATE KEY-----"), on one line with \\n for its line breaks',
    );
  }
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}
