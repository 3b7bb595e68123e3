import type { SourceConfig } from '../../model/config.js';
import { createHttpClient, type HttpClient, type HttpOptions } from '../../http/client.js';
import type { World } from '../../http/world.js';
import type { SourceContext } from '../../contract/system.js';
import { Asker } from './asker.js';
import { openCredentials } from '../auth/credentials.js';
import { address, paramValues } from '../form/params.js';
import type { Auth } from '../form/auth.js';
import type { Manifest } from '../form/schema.js';
import { hmacSigner } from '../auth/hmac.js';
import type { Signer } from '../auth/signer.js';
import { sigv4Signer } from '../auth/sigv4.js';
import type { Values } from '../form/template.js';

/** What it takes to ask a manifest's system anything. The owner closes the clients. */
export interface Wires {
  readonly asker: Asker;
  readonly values: Values;
  readonly clients: readonly HttpClient[];
}

/** @throws {UsageError} for a parameter that is missing, or an address that is none */
export function openWires(config: SourceConfig, context: SourceContext, manifest: Manifest, world: World): Wires {
  const { name: system, options } = config;
  const values = paramValues(system, manifest, options);
  const { auth } = manifest;
  const { env, redact, hide = (): void => undefined, trace, onRequest } = context;
  const interval = manifest.rate_limit?.requests_per_second;
  const shared: Omit<HttpOptions, 'baseUrl'> = {
    system,
    env,
    redact,
    ...(trace === undefined ? {} : { trace }),
    ...(onRequest === undefined ? {} : { onRequest }),
    ...(typeof options.ca_file === 'string' ? { caFile: options.ca_file } : {}),
    ...(typeof options.timeout === 'number' ? { timeouts: { totalMs: options.timeout } } : {}),
    ...(manifest.xml === undefined ? {} : { xml: manifest.xml.lists }),
    ...(manifest.rate_limit?.reset_headers === undefined ? {} : { resetHeaders: manifest.rate_limit.reset_headers }),
  };
  const baseUrl = address(system, 'base_url', manifest.base_url, values, options.base_url);
  const http = createHttpClient({ ...shared, baseUrl, ...(interval === undefined ? {} : { minIntervalMs: 1000 / interval }) }, world);
  const token = typeof auth === 'object' ? (auth.oauth2_client ?? auth.oauth2_refresh ?? auth.jwt_bearer)?.token_url : undefined;
  const tokenUrl = token === undefined ? undefined : address(system, 'token_url', token, values, options.token_url);
  const tokenHttp = tokenUrl === undefined ? undefined : createHttpClient({ ...shared, baseUrl: tokenUrl }, world);
  const now = (): number => world.now();
  const credentials = openCredentials(auth, { system, values, http, tokenHttp, tokenUrl, now, hide });
  const asker = new Asker(
    manifest,
    http,
    credentials,
    signerOf(auth, values, now),
    new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`).href,
  );
  return { asker, values, clients: tokenHttp === undefined ? [http] : [http, tokenHttp] };
}

function signerOf(auth: Auth, values: Values, now: () => number): Signer | undefined {
  if (auth === 'none') return undefined;
  if (auth.hmac !== undefined) return hmacSigner(auth.hmac, values, now);
  return auth.sigv4 === undefined ? undefined : sigv4Signer(auth.sigv4, values, now);
}
