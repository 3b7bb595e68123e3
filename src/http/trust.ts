import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { codeOf, UsageError } from '../model/errors.js';

/**
 * The authorities to trust, PEM: Node's built-in ones, those of NODE_EXTRA_CA_CERTS (Node drops them as soon as `ca` is given) and
 * those of `caFile`. Undefined without a `caFile`: Node's default then stands.
 *
 * @throws {UsageError} when the file cannot be read or holds no certificate
 */
export function trustedAuthorities(system: string, caFile: string | undefined, extraFile: string | undefined): string[] | undefined {
  if (caFile === undefined) return undefined;
  const own = certificates(read(system, caFile));
  if (own.length === 0) throw new UsageError(`${system}: ca_file ${caFile} holds no PEM certificate: it must begin with BEGIN CERTIFICATE`);
  for (const pem of own) {
    try {
      new X509Certificate(pem);
    } catch {
      throw new UsageError(`${system}: ca_file ${caFile} holds a damaged certificate: export it again as PEM`);
    }
  }
  return [...rootCertificates, ...extra(extraFile), ...own];
}

function read(system: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = codeOf(error) ?? 'unknown error';
    throw new UsageError(`${system}: ca_file ${file} could not be read (${code}): check the path and its permissions`);
  }
}

/** Node itself only warns when this file cannot be read; so it is no error here either. */
function extra(file: string | undefined): string[] {
  if (!file) return [];
  try {
    return certificates(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

function certificates(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
}
