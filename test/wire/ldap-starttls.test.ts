import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, ldapFor } from '../sources/ldap/pull.js';
import { type Certificates, makeCertificates } from './certificates.js';

/** ExtendedResponse, success, to message 2: the first that ldapts sends. */
const AGREED = Buffer.from('300c02010278070a010004000400', 'hex');
/** The beginning of a search entry that is to swallow what comes through the tunnel. */
const SLIPPED_IN = Buffer.from('3081ff020104', 'hex');

describe('StartTLS', () => {
  let dir: string;
  let certificates: Certificates;
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'lifegap-starttls-'));
    certificates = await makeCertificates(dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it.each([
    ['a server that hangs up at the bind', AGREED, 'network', true],
    ['a server that never answers the bind', AGREED, 'timeout', false],
    ['bytes in the clear before the handshake', Buffer.concat([AGREED, SLIPPED_IN]), 'tls', false],
  ])('followed by %s is a failure', async (_, answer, fault, hangUp) => {
    const [key, cert] = await Promise.all([readFile(certificates.keyFile), readFile(certificates.certFile)]);
    const sockets: Socket[] = [];
    let bound = false;
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => socket.destroy());
      socket.once('data', () => {
        socket.write(answer);
        const secure = new TLSSocket(socket, { isServer: true, key, cert });
        secure.on('error', () => socket.destroy());
        secure.once('data', () => {
          bound = true;
          if (hangUp) secure.destroy();
        });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const options = { starttls: true, ca_file: certificates.caFile };
    const source = ldapFor('person', { url: `ldap://127.0.0.1:${port}`, base: 'dc=x', options, world: { operationMs: 500, closeMs: 100 } });
    const error = await failureOf(source);
    server.close();
    for (const socket of sockets) socket.destroy();
    expect(error.fault).toBe(fault);
    // The password goes through a tunnel that nobody has tampered with, or not at all.
    expect(bound).toBe(fault !== 'tls');
  });
});
