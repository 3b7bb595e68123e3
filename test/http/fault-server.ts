import { createServer as createHttpServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** One request as the server saw it. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with one request. It may leave it hanging: `close()` ends whatever is open. */
export type Answer = (response: ServerResponse, seen: Seen) => void;

export interface FaultServer {
  /** http(s)://127.0.0.1:port */
  readonly origin: string;
  readonly port: number;
  readonly seen: Seen[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/**
 * A real server on loopback that misbehaves on a schedule. The n-th request gets the n-th answer, and the last answer stays; a
 * function picks the answer by the request and its number (from 1).
 */
export async function startFaultServer(
  schedule: readonly Answer[] | ((seen: Seen, number: number) => Answer),
  tls?: ServerOptions,
): Promise<FaultServer> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(pieces).toString('utf8'),
      };
      seen.push(one);
      const answer = typeof schedule === 'function' ? schedule(one, seen.length) : schedule[Math.min(seen.length, schedule.length) - 1];
      answer?.(response, one);
    });
    response.on('error', () => undefined);
  };
  const server = tls === undefined ? createHttpServer(onRequest) : createHttpsServer(tls, onRequest);
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    seen,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Headers = Readonly<Record<string, string>>;

/** A whole JSON answer. */
export function json(body: unknown, options: { readonly status?: number; readonly headers?: Headers } = {}): Answer {
  return raw(options.status ?? 200, { 'content-type': 'application/json', ...options.headers }, JSON.stringify(body));
}

/** Any status, headers and bytes; no content type unless given. */
export function raw(status: number, headers: Headers = {}, body: string | Buffer = ''): Answer {
  const bytes = Buffer.from(body);
  return (response) => send(response, status, headers, bytes);
}

/** Takes the request and never answers. */
export const stallHeaders: Answer = () => undefined;

/** Headers and the first bytes, then nothing more. */
export const stallBody: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"Resources":[');
};

/** One byte at a time, for ever. */
export const drip =
  (everyMs: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), everyMs);
    response.on('close', () => clearInterval(timer));
  };

/** A reset (RST) before any answer, or in the middle of a body. */
export const reset =
  (when: 'at once' | 'in the body'): Answer =>
  (response) => {
    const socket = response.socket;
    if (when === 'at once') {
      socket?.resetAndDestroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"Resources":[', () => socket?.resetAndDestroy());
  };

/** A body that ends before its Content-Length, or before its last chunk. */
export const truncated =
  (how: 'length' | 'chunked'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...(how === 'length' ? { 'content-length': '1000' } : {}) });
    response.write('{"Resources":[', () => response.socket?.end());
  };

/** Few bytes on the wire, `size` bytes of spaces once decompressed. */
export const gzipBomb =
  (size: number): Answer =>
  (response) =>
    send(response, 200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(size, ' ')));

/** A body that never ends, as fast as the reader takes it. `onStop` gets the bytes written once the reader hung up. */
export const endless =
  (onStop: (bytes: number) => void = () => undefined): Answer =>
  (response) => {
    const piece = Buffer.alloc(64 * 1024, ' ');
    let written = 0;
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed) {
        written += piece.length;
        if (!response.write(piece)) return;
      }
    };
    response.on('drain', more);
    response.on('close', () => onStop(written));
    more();
  };

/** Writes these bytes to the socket in place of an HTTP answer, and hangs up. */
export const bytes =
  (text: string): Answer =>
  (response) => {
    response.socket?.end(text);
  };

function send(response: ServerResponse, status: number, headers: Headers, body: Buffer): void {
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { ...length, ...headers });
  response.end(body);
}
