import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority of one's own, and a server certificate for 127.0.0.1 alone (so `localhost` is the wrong name). */
export async function makeCertificates(dir: string, name = 'server'): Promise<Certificates> {
  const file = (end: string): string => path.join(dir, `${name}-${end}`);
  const ca = { cert: file('ca.pem'), key: file('ca.key') };
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run('openssl', [
    'req',
    '-x509',
    ...curve,
    '-keyout',
    ca.key,
    '-out',
    ca.cert,
    '-days',
    '2',
    '-subj',
    `/CN=lifegap test CA ${name}`,
  ]);
  const request = file('server.csr');
  await run('openssl', ['req', ...curve, '-keyout', file('server.key'), '-out', request, '-subj', '/CN=directory']);
  await writeFile(file('san.cnf'), 'subjectAltName=IP:127.0.0.1\n');
  const signed = ['-CA', ca.cert, '-CAkey', ca.key, '-CAcreateserial', '-days', '2', '-extfile', file('san.cnf')];
  await run('openssl', ['x509', '-req', '-in', request, '-out', file('server.pem'), ...signed]);
  return { caFile: ca.cert, certFile: file('server.pem'), keyFile: file('server.key') };
}
