import { createHash, createHmac } from 'node:crypto';
import { Secret } from '../../model/secret.js';
import type { Auth } from '../form/auth.js';
import { fill, type Values } from '../form/template.js';
import { canonicalQuery, type Signable, type Signer } from './signer.js';

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  readonly service: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Signs by a manifest's `sigv4`, at the time of each request. */
export function sigv4Signer(form: NonNullable<Exclude<Auth, 'none'>['sigv4']>, values: Values, now: () => number): Signer {
  const text = (template: string): string => fill(template, values) ?? '';
  return (request) =>
    sign(request, {
      accessKeyId: text(form.access_key_id),
      secretAccessKey: text(form.secret_access_key),
      sessionToken: form.session_token === undefined ? undefined : fill(form.session_token, values),
      region: text(form.region),
      service: form.service,
      now: now(),
    });
}

/** AWS Signature Version 4 in headers: docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
export function sign({ method, url, body, headers = {} }: Signable, key: SigningKey): Record<string, string | Secret> {
  const time = new Date(key.now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const signed: Record<string, string> = {
    // Of what else is sent, whatever is called x-amz-… has to be signed, too.
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-'))),
    host: url.host,
    'x-amz-date': time,
    ...(key.sessionToken === undefined ? {} : { 'x-amz-security-token': key.sessionToken }),
  };
  const names = Object.keys(signed).sort();
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url),
    ...names.map((name) => `${name}:${(signed[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const scope = `${day}/${key.region}/${key.service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const signing = [day, key.region, key.service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${key.secretAccessKey}`,
  );
  const signature = hmac(signing, toSign).toString('hex');
  return {
    'x-amz-date': time,
    ...(key.sessionToken === undefined ? {} : { 'x-amz-security-token': new Secret(key.sessionToken) }),
    authorization: `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
