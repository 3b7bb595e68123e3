import { generateKeyPairSync } from 'node:crypto';

let made: string | undefined;

/** A fresh RSA key in PEM: none is kept in the repository, and one takes up to two seconds, so a run makes one. */
export function privateKey(): string {
  made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return made;
}
