import { createServer, type AddressInfo } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/errors.js';
import { bench, type Bench } from './bench.js';
import { Authority, type Pair } from './certificates.js';
import { json } from './fault-server.js';

const ok = json({ Resources: [] });
let authority: Authority;
let local: Pair;

beforeAll(() => {
  authority = new Authority();
  local = authority.issue('IP:127.0.0.1');
});
afterAll(() => rmSync(authority.folder, { recursive: true }));

async function refused({ fails, server, trace }: Bench, code: string, advice: string): Promise<void> {
  const error = await fails();
  expect(error.fault).toBe('tls');
  expect(error.message).toContain(code);
  expect(error.message).toContain(advice);
  expect([server.seen.length, trace.length]).toEqual([0, 1]);
}

describe('TLS', () => {
  it("an authority of one's own is accepted through ca_file, on one kept connection", async () => {
    const { get, server } = await bench([ok], { caFile: authority.file }, local);
    for (let page = 0; page < 5; page++) expect((await get()).status).toBe(200);
    expect(server.connections()).toBe(1);
  });

  it('and refused without it', async () => {
    await refused(await bench([ok], {}, local), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'name that certificate in ca_file');
  });

  it('NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      await refused(await bench([ok], {}, local), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ca_file');
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('a self-signed certificate', async () => {
    const own = authority.selfSigned('IP:127.0.0.1');
    await refused(await bench([ok], {}, own), 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ca_file');
    const file = join(authority.folder, 'own.pem');
    writeFileSync(file, own.cert);
    expect((await (await bench([ok], { caFile: file }, own)).get()).status).toBe(200);
  });

  it('a certificate for another host', async () => {
    const other = authority.issue('DNS:other.example');
    await refused(await bench([ok], { caFile: authority.file }, other), 'ERR_TLS_CERT_ALTNAME_INVALID', 'another host name');
  });

  it('an expired certificate', async () => {
    const expired = authority.issue('IP:127.0.0.1', -1);
    await refused(await bench([ok], { caFile: authority.file }, expired), 'CERT_HAS_EXPIRED', 'have it renewed');
  });

  it('a server that offers TLS 1.1 at most', async () => {
    const old = { ...local, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
    await refused(await bench([ok], { caFile: authority.file }, old), 'PROTOCOL', 'TLS 1.2 or later is needed');
  });

  it('a server that wants a client certificate', async () => {
    const strict = { ...local, ca: local.cert, requestCert: true, rejectUnauthorized: true };
    const { fails, server } = await bench([ok], { caFile: authority.file }, strict);
    const error = await fails();
    expect(error.message).toMatch(/client certificate|ECONNRESET/);
    expect(server.seen).toHaveLength(0);
  });

  it('a server that takes the connection and shakes no hands: the connect clock runs out', async () => {
    const mute = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const { fails } = await bench([ok], { baseUrl: `https://127.0.0.1:${port}`, timeouts: { connectMs: 40 } });
    expect((await fails()).message).toContain('could not be connected to within 40 ms (attempt 3, the last)');
    await new Promise<void>((resolve) => mute.close(() => resolve()));
  });

  it('a server that speaks plain http', async () => {
    const plain = await bench([ok]);
    const speaking = await bench([ok], { baseUrl: plain.server.origin.replace('http:', 'https:') });
    const error = await speaking.fails();
    expect([error.fault, plain.server.seen.length]).toEqual(['tls', 0]);
    expect(error.message).toContain('does not speak TLS on this port');
  });

  it.each([
    ['missing.pem', undefined, 'could not be read (ENOENT)'],
    ['empty.pem', '', 'holds no PEM certificate'],
    ['damaged.pem', '-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n', 'damaged certificate'],
  ])('ca_file %s is a mistake in the config', async (name, text, words) => {
    const caFile = join(authority.folder, name);
    if (text !== undefined) writeFileSync(caFile, text);
    const opening = bench([ok], { caFile });
    await expect(opening).rejects.toThrow(UsageError);
    await expect(opening).rejects.toThrow(words);
  });
});
