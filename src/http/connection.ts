import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Proxy } from './proxy.js';

/** One client talks to one origin, so one agent with kept-alive connections is all it needs. */
export interface Connection {
  readonly agent: http.Agent;
  readonly secure: boolean;
  readonly proxy?: Proxy;
  close(): void;
}

export function openConnection(target: URL, proxy: Proxy | undefined, ca: string[] | undefined): Connection {
  const secure = target.protocol === 'https:';
  // `rejectUnauthorized` is spelt out: it outranks NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment.
  const tls = { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) } as const;
  if (proxy === undefined) {
    const agent = secure ? new https.Agent({ keepAlive: true, ...tls }) : new http.Agent({ keepAlive: true });
    return { agent, secure, close: () => agent.destroy() };
  }
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  // A tunnel that is still being dug is known to no agent: the signal reaches it.
  const agent = new HttpsProxyAgent(proxy.url, { keepAlive: true, ...tls, signal: closing.signal });
  // What the constructor is given serves the connection to the proxy alone; the TLS inside the tunnel reads `options`.
  agent.options = { ...agent.options, ...tls };
  return {
    agent,
    secure,
    proxy,
    close: () => {
      closing.abort();
      agent.destroy();
    },
  };
}
