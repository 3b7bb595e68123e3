import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority of our own in a temp folder, made by openssl when the test runs. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'lifegap-ca-'));
  /** Path of its certificate, for `caFile`. */
  readonly file = join(this.folder, 'ca.pem');

  constructor() {
    this.#openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=lifegap test authority');
  }

  /** `days` may be negative: the certificate is then valid no more. `name` as in openssl, "DNS:app.test" or "IP:127.0.0.1". */
  issue(name: string, days = 2): Pair {
    const file = `${name.replaceAll(/\W/g, '-')}${days}`;
    writeFileSync(join(this.folder, `${file}.ext`), `subjectAltName=${name}\n`);
    this.#openssl('req', '-new', ...NEW_KEY, '-keyout', `${file}.key`, '-out', `${file}.csr`, '-subj', '/CN=lifegap test');
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days), '-extfile', `${file}.ext`];
    this.#openssl('x509', '-req', '-in', `${file}.csr`, '-out', `${file}.pem`, ...signing);
    return { key: this.#read(`${file}.key`), cert: this.#read(`${file}.pem`) };
  }

  /** A certificate that vouches for itself. */
  selfSigned(name: string): Pair {
    const subject = ['-subj', '/CN=lifegap self-signed', '-addext', `subjectAltName=${name}`];
    this.#openssl('req', '-x509', ...NEW_KEY, '-keyout', 'self.key', '-out', 'self.pem', '-days', '2', ...subject);
    return { key: this.#read('self.key'), cert: this.#read('self.pem') };
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }

  #read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
