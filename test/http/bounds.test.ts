import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { realWorld } from '../../src/http/world.js';
import { bench } from './bench.js';
import { drip, endless, gzipBomb, json, raw, stallBody, stallHeaders } from './fault-server.js';

const MIB = 1024 * 1024;

describe('clocks', () => {
  it('a server that takes the request and says nothing', async () => {
    const { fails, server } = await bench([stallHeaders], { timeouts: { idleMs: 40 } });
    const error = await fails();
    expect(error.fault).toBe('timeout');
    expect(error.message).toContain('sent nothing for 40 ms (attempt 3, the last)');
    expect(server.seen).toHaveLength(3);
  });

  it('a body that stops in the middle', async () => {
    const { fails } = await bench([stallBody], { timeouts: { idleMs: 40 } });
    expect((await fails()).message).toContain('sent nothing for 40 ms');
  });

  it('a byte now and then: no silence is long, yet the whole takes too long', async () => {
    const { fails, server } = await bench([drip(10)], { timeouts: { idleMs: 5000, totalMs: 150 } });
    const error = await fails();
    expect(error.message).toContain('did not finish its answer within 150 ms (attempt 2, the last)');
    expect(server.seen).toHaveLength(2);
  });

  it('a stalled error keeps its status', async () => {
    const { fails } = await bench(
      [
        (response) => {
          response.writeHead(404, { 'content-type': 'application/json' });
          response.write('{"detail":');
        },
      ],
      { timeouts: { idleMs: 40 } },
    );
    expect((await fails()).fault).toBe('not-found');
  });

  it('the signal ends a request in flight, and a wait', async () => {
    const { fails, server } = await bench([stallHeaders]);
    const flight = new AbortController();
    const pending = fails('Users', { signal: flight.signal });
    await expect.poll(() => server.seen.length).toBe(1);
    flight.abort();
    expect((await pending).fault).toBe('aborted');

    const slept = await bench([json({}, { status: 429, headers: { 'retry-after': '300' } })]);
    const stop = new AbortController();
    slept.world.wait = (ms, signal) => {
      setImmediate(() => stop.abort());
      return realWorld.wait(ms, signal);
    };
    expect((await slept.fails('Users', { signal: stop.signal })).fault).toBe('aborted');
    expect((await slept.fails('Users', { signal: AbortSignal.abort() })).fault).toBe('aborted');
    expect(slept.server.seen).toHaveLength(1);
  });

  it('many requests may share one signal without a warning', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    try {
      const { get } = await bench([json({})]);
      const { signal } = new AbortController();
      await Promise.all(Array.from({ length: 40 }, () => get('Users', { signal })));
      await new Promise(setImmediate);
    } finally {
      process.off('warning', onWarning);
    }
    expect(warnings).toEqual([]);
  });

  it('closing the client ends what is under way', async () => {
    const { fails, client, server } = await bench([stallHeaders]);
    const pending = fails();
    await expect.poll(() => server.seen.length).toBe(1);
    await client.close();
    expect((await pending).fault).toBe('aborted');
    expect((await fails()).fault).toBe('aborted');
  });
});

describe('size', () => {
  it('a gzip bomb stops at the bound', async () => {
    const { fails, server } = await bench([gzipBomb(200 * MIB)], { maxBodyBytes: MIB });
    const error = await fails();
    expect(error.fault).toBe('too-large');
    expect(error.message).toContain('answered with more than 1 MiB');
    expect(server.seen).toHaveLength(1);
  });

  it('an endless body stops at the bound, on the wire too', async () => {
    let written = 0;
    const { fails } = await bench([endless((bytes) => (written = bytes))], { maxBodyBytes: MIB });
    expect((await fails()).fault).toBe('too-large');
    await expect.poll(() => written).toBeGreaterThan(0);
    expect(written).toBeLessThan(16 * MIB);
  });

  it('an announced size is believed before a byte is read', async () => {
    const { fails } = await bench([raw(200, { 'content-type': 'application/json', 'content-length': String(1024 ** 3) }, '{')]);
    expect((await fails()).message).toContain('more than 64 MiB');
  });

  it('an error of any size costs only its text', async () => {
    const { fails } = await bench([raw(400, { 'content-type': 'text/plain' }, 'x'.repeat(MIB))]);
    expect((await fails()).message).toMatch(/answered 400; check/);
  });
});

describe('compression', () => {
  const body = Buffer.from('{"Resources":[{"id":"1"}]}');
  it.each([
    ['gzip', gzipSync(body)],
    ['GZIP', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', body],
  ])('%s', async (encoding, bytes) => {
    const { get } = await bench([raw(200, { 'content-type': 'application/json', 'content-encoding': encoding }, bytes)]);
    expect((await get()).body).toEqual({ Resources: [{ id: '1' }] });
  });

  it('nothing at all, in a named encoding', async () => {
    const { get } = await bench([raw(204, { 'content-encoding': 'gzip' }), raw(200, { 'content-encoding': 'br' })]);
    expect((await get('Users', { accept: [204] })).body).toBeUndefined();
    expect((await get('Users', { accept: [200] })).body).toBeUndefined();
  });

  it('an unknown encoding is a failure', async () => {
    const { fails } = await bench([raw(200, { 'content-type': 'application/json', 'content-encoding': 'zstd' }, body)]);
    expect((await fails()).message).toContain('unknown content encoding ("zstd")');
  });

  it('damaged data is a failure', async () => {
    const { fails, server } = await bench([
      raw(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'not gzip at all'),
    ]);
    expect((await fails()).message).toContain('compressed data that is damaged');
    expect(server.seen).toHaveLength(2);
  });
});
