import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import axios, { AxiosHeaders } from 'axios';
import { readBody, tooLarge } from './body.js';
import type { Connection } from './connection.js';
import { Fault } from './fault.js';
import { errorCode, networkFault, proxyRefusal, stalled, type Progress } from './network-fault.js';
import type { Answer } from './status-fault.js';
import { realAlarm, type Alarm } from './world.js';

export interface Limits {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly maxBodyBytes: number;
}

export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly signal: AbortSignal;
}

// axios' adapter by itself: interceptors and transformations, of which there are none here, cost as much again for every request.
const send = axios.getAdapter('http');

/** Bytes of an error's body that are read at most: enough for a sentence. */
const ERROR_BODY_BYTES = 64 * 1024;

/**
 * One request, one answer, whatever its status. axios carries it; the clocks and bounds are ours, because axios' own
 * `timeout` is an idle timeout that a byte now and then keeps alive, and it follows redirects and proxies by rules of its own.
 *
 * @throws {Fault} when there is no whole answer
 */
export async function exchange(outgoing: Outgoing, connection: Connection, limits: Limits, alarm = realAlarm): Promise<Answer> {
  const progress: Progress = { connected: false };
  const stop = new AbortController();
  let stopped: Fault | undefined;
  const giveUp = (fault: Fault): void => {
    stopped ??= fault;
    stop.abort();
  };
  const onAbort = (): void =>
    giveUp(new Fault('aborted', 'aborted', 'was stopped before it was answered', 'run it again for a whole list'));
  outgoing.signal.addEventListener('abort', onAbort, { once: true });
  if (outgoing.signal.aborted) onAbort();
  const timers = startTimers(limits, alarm, (phase, ms) => giveUp(stalled(phase, ms, connection.proxy)));
  try {
    return await carry(outgoing, connection, limits, { progress, timers, signal: stop.signal });
  } catch (error) {
    if (stopped !== undefined) throw stopped;
    if (error instanceof Fault && progress.code?.startsWith('HPE_') !== true) throw error;
    const code = progress.code ?? errorCode(error as NodeJS.ErrnoException) ?? 'unknown error';
    throw networkFault(code, progress, connection.proxy);
  } finally {
    timers.clear();
    outgoing.signal.removeEventListener('abort', onAbort);
  }
}

interface Watched {
  readonly progress: Progress;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

async function carry(outgoing: Outgoing, connection: Connection, limits: Limits, { progress, timers, signal }: Watched): Promise<Answer> {
  const response = await send({
    ...axios.defaults,
    method: outgoing.method,
    url: outgoing.url.href,
    headers: new AxiosHeaders(outgoing.headers),
    ...(outgoing.body === undefined ? {} : { data: outgoing.body }),
    httpAgent: connection.agent,
    httpsAgent: connection.agent,
    transport: watchedTransport(connection.secure, progress, timers),
    responseType: 'stream',
    decompress: false,
    maxRedirects: 0,
    proxy: false,
    validateStatus: () => true,
    signal,
  });
  timers.touch();
  const stream = response.data as IncomingMessage;
  if (progress.proxyStatus !== undefined && progress.proxyStatus !== 200 && connection.proxy !== undefined) {
    stream.destroy();
    throw proxyRefusal(progress.proxyStatus, connection.proxy);
  }
  const status = response.status;
  const isError = status >= 400;
  const maxBytes = isError ? Math.min(ERROR_BODY_BYTES, limits.maxBodyBytes) : limits.maxBodyBytes;
  const headers = flatten(stream.headers);
  const announced = Number(headers['content-length']);
  if (announced > maxBytes && !isError) {
    stream.destroy();
    throw tooLarge(maxBytes);
  }
  const reading = readBody(stream, { encoding: headers['content-encoding'], maxBytes, onBytes: timers.touch, signal });
  // The status of an error is the message; a torn or oversized body only costs its text.
  const bytes = isError ? await reading.catch(() => Buffer.alloc(0)) : await reading;
  if (signal.aborted && (!isError || outgoing.signal.aborted)) throw new Fault('aborted', 'aborted', 'was stopped', '');
  return { status, headers, bytes };
}

/** axios' hook for the transport is the only place that sees the request itself: its socket, CONNECT and Node's own error code. */
function watchedTransport(secure: boolean, progress: Progress, timers: Timers) {
  return {
    request(options: https.RequestOptions, onResponse: (response: IncomingMessage) => void): ClientRequest {
      const request = (secure ? https : http).request(options, onResponse);
      const onConnected = (): void => {
        progress.connected = true;
        timers.connected();
      };
      request.on('proxyConnect', (answer: { readonly statusCode: number }) => {
        progress.proxyStatus = answer.statusCode;
      });
      request.on('socket', (socket: Socket & { readonly secureConnecting?: boolean }) => {
        if (!socket.connecting && socket.secureConnecting !== true) onConnected();
        else socket.once(secure ? 'secureConnect' : 'connect', onConnected);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        progress.code ??= errorCode(error);
      });
      return request;
    },
  };
}

interface Timers {
  connected(): void;
  touch(): void;
  clear(): void;
}

function startTimers(limits: Limits, alarm: typeof realAlarm, onStall: (phase: 'connect' | 'idle' | 'total', ms: number) => void): Timers {
  const connect = alarm(limits.connectMs, () => onStall('connect', limits.connectMs));
  const total = alarm(limits.totalMs, () => onStall('total', limits.totalMs));
  let idle: Alarm | undefined;
  let isOver = false;
  const touch = (): void => {
    // A socket may still finish connecting after the request was given up.
    if (isOver) return;
    if (idle === undefined) idle = alarm(limits.idleMs, () => onStall('idle', limits.idleMs));
    else idle.putOff();
  };
  return {
    connected: () => {
      connect.stop();
      touch();
    },
    touch,
    clear: () => {
      isOver = true;
      for (const one of [connect, total, idle]) one?.stop();
    },
  };
}

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}
