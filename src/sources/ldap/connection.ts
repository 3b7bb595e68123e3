import { createHash } from 'node:crypto';
import { isIP, connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { Client, type Control, MessageParser, PagedResultsControl, SearchResponse, type SearchOptions } from 'ldapts';
import { isLoopback } from '../../http/origin.js';
import { trustedAuthorities } from '../../http/trust.js';
import { decodeEntry, type DirectoryEntry } from './entry.js';
import { Attempts } from './attempts.js';
import { bindOutcome, networkOutcome, type Outcome, resultCode, searchOutcome, sourceError } from './faults.js';
import { MAX_MESSAGE, refuseLong } from './message-length.js';
import type { LdapOptions } from './options.js';
import type { LdapWorld } from './world.js';

/** One answer to a search. */
export interface SearchAnswer {
  readonly entries: readonly DirectoryEntry[];
  /** Continuation references (RFC 4511 section 4.5.3). They are never followed. */
  readonly referrals: number;
  /** The paged results control of the answer; undefined when the server sent none. An empty cookie ends the list. */
  readonly page?: { readonly cookie: Buffer; readonly estimate: number };
}

export interface Search {
  /** For messages: "reading page 3". */
  readonly purpose: string;
  readonly base: string;
  readonly scope: 'sub' | 'base';
  readonly filter: string;
  readonly attributes: readonly string[];
  readonly binary: readonly string[];
  readonly controls: readonly Control[];
}

/** One bound connection. It is never opened again behind the caller's back: a new one would be anonymous, and its cookies void. */
export class Connection {
  readonly #client: Client;
  readonly #parser: MessageParser;
  #socket: Socket | undefined;
  #answer: SearchResponse | undefined;
  readonly #attempts: Attempts;

  private constructor(
    private readonly options: LdapOptions,
    private readonly world: LdapWorld,
    signal: AbortSignal,
  ) {
    const { host, port, security } = options;
    this.#attempts = new Attempts(options, world, signal, (error) => this.#socket?.destroy(error));
    this.#client = new Client({
      url: `${security === 'ldaps' ? 'ldaps' : 'ldap'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
      // Only with ldaps: ldapts takes their mere presence for the wish to speak TLS at once.
      ...(security === 'ldaps' ? { tlsOptions: this.#tls() } : {}),
      createConnection: ((to: number, name: string) => this.#hold(connectPlain(to, name))) as typeof connectPlain,
      ...(security === 'ldaps'
        ? {
            createSecureConnection: ((to: number, name: string, tls: ConnectionOptions) =>
              this.#hold(connectTls(to, name, tls))) as typeof connectTls,
          }
        : {}),
    });
    // ldapts keeps the cookie of an answer to itself. Its parser is the one place where the answer can be seen whole.
    const parser: unknown = Reflect.get(this.#client, 'messageParser');
    if (!(parser instanceof MessageParser)) throw new Error('this version of ldapts does not show its answers');
    this.#parser = parser;
    parser.on('message', (message) => {
      if (message instanceof SearchResponse) this.#answer = message;
    });
    // ldapts drops bytes that it cannot read, and would wait for an answer for ever.
    parser.on('error', () => this.#attempts.spoil(GARBLED));
    // ldapts keeps what comes until a message is whole, however long the server says that it will be.
    refuseLong(parser, () => this.#attempts.spoil(TOO_LONG));
  }

  /**
   * Connects, encrypts where the options say so, and binds.
   *
   * @throws {SourceError} also when the password would cross a network in the clear
   */
  static async open(options: LdapOptions, world: LdapWorld, signal: AbortSignal): Promise<Connection> {
    const connection = new Connection(options, world, signal);
    try {
      await connection.#open();
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** @throws {SourceError} unless the server reports success: what came before an error is not a list. */
  async search(search: Search): Promise<SearchAnswer> {
    const { base, scope, filter, attributes, binary, controls } = search;
    const options: SearchOptions = {
      scope,
      filter,
      attributes: [...attributes],
      explicitBufferAttributes: [...binary],
      derefAliases: 'never',
      sizeLimit: 0,
      // ldapts would ask for 10 seconds.
      timeLimit: this.options.timeLimit,
    };
    const started = this.world.elapsed();
    const came = this.options.onRequest === undefined ? undefined : this.#listen();
    const found = await this.#attempts
      .run(search.purpose, searchOutcome, () => {
        // ldapts would connect again, without a bind; and after StartTLS it does not notice that the connection has ended.
        if (!this.#client.isConnected || this.#socket?.destroyed !== false) throw new Error('connection lost');
        this.#answer = undefined;
        return this.#client.search(base, options, [...controls]);
      })
      .finally(() => came?.stop());
    const control = this.#answer?.controls?.find((one) => one instanceof PagedResultsControl);
    this.#answer = undefined;
    const { searchEntries, searchReferences } = found;
    this.options.trace?.(
      `ldap search ${this.options.address} (${search.purpose}): ${searchEntries.length} entries, ${Math.round(this.world.elapsed() - started)} ms`,
    );
    this.options.onRequest?.({
      at: started,
      method: 'SEARCH',
      origin: this.options.address,
      path: search.purpose,
      attempt: 1,
      status: 'success',
      ...came?.digest(),
      rows: searchEntries.length,
    });
    const page =
      control?.value === undefined ? undefined : { cookie: control.value.cookie ?? Buffer.alloc(0), estimate: control.value.size };
    return { entries: searchEntries.map(decodeEntry), referrals: searchReferences.length, ...(page === undefined ? {} : { page }) };
  }

  /** Who the server takes this bind for ("Who am I?", RFC 4532): `dn:…`, `u:…`; undefined where it says nothing. */
  async whoAmI(): Promise<string | undefined> {
    const said = await this.#attempts.run('asking whose the bind is', searchOutcome, () => {
      if (!this.#client.isConnected || this.#socket?.destroyed !== false) throw new Error('connection lost');
      return this.#client.exop(WHO_AM_I);
    });
    return said.value === undefined || said.value === '' ? undefined : said.value;
  }

  /** Hashes what comes over the wire, as it is after TLS: one search at a time is under way, so it is that search's answer. */
  #listen(): { readonly stop: () => void; readonly digest: () => { readonly bytes: number; readonly sha256: string } } {
    const hash = createHash('sha256');
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      hash.update(chunk);
      bytes += chunk.length;
    };
    const socket = this.#socket;
    socket?.on('data', take);
    return { stop: () => void socket?.off('data', take), digest: () => ({ bytes, sha256: hash.digest('hex') }) };
  }

  /** Says goodbye and closes; never throws, never hangs. */
  async close(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.setTimeout(this.world.closeMs, () => socket.destroy());
    await Promise.race([this.#client.unbind().catch(() => undefined), closed]);
    socket.destroy();
  }

  async #open(): Promise<void> {
    const { options } = this;
    const { host, security, bindDn, password } = options;
    const web = `http://${isIP(host) === 6 ? `[${host}]` : host}`;
    if (security === 'none' && !(URL.canParse(web) && isLoopback(new URL(web)))) {
      throw sourceError(options, 'binding', {
        fault: 'refused',
        what: 'the password would cross the network in the clear',
        next: 'use ldaps://, or ldap:// with starttls: true',
      });
    }
    if (security === 'starttls') await this.#startTls();
    await this.#attempts.run(security === 'ldaps' ? 'connecting and binding' : 'binding', bindOutcome, () =>
      this.#client.bind(bindDn, password.reveal()),
    );
  }

  async #startTls(): Promise<void> {
    await this.#attempts.run('starting TLS', startTlsOutcome, () => this.#client.startTLS(this.#tls()));
    // Bytes that came before the handshake are not from behind it: a go-between may have slipped them in.
    if (Reflect.get(this.#parser, 'buffer') !== undefined) {
      const what = 'something was sent in the clear between the request and the TLS handshake';
      throw sourceError(this.options, 'starting TLS', { fault: 'tls', what, next: 'somebody may be interfering: use ldaps://' });
    }
  }

  #tls(): ConnectionOptions {
    const { system, host, caFile, env, verify } = this.options;
    const ca = trustedAuthorities(system, caFile, env['NODE_EXTRA_CA_CERTS']);
    return {
      host,
      // A server name must not be an address (RFC 6066 section 3); Node then checks the certificate against `host`.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: verify,
      ...(ca === undefined ? {} : { ca }),
    };
  }

  #hold<S extends Socket>(socket: S): S {
    this.#socket = socket;
    return socket;
  }
}

/** protocolError and unwillingToPerform are how servers without a certificate answer StartTLS (RFC 4511 section 4.14.2). */
function startTlsOutcome(error: unknown, options: LdapOptions): Outcome {
  const code = resultCode(error);
  if (code === undefined) return networkOutcome(error);
  if (![1, 2, 52, 53].includes(code)) return searchOutcome(error, options);
  return { fault: 'tls', what: `the server does not offer StartTLS (${code})`, next: 'use ldaps://, or have TLS set up on the server' };
}

/** RFC 4532 section 2. */
const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';

const GARBLED: Outcome = {
  fault: 'malformed',
  what: 'what came back is no LDAP',
  next: 'check that url names an LDAP server, and its port',
};

const TOO_LONG: Outcome = {
  fault: 'too-large',
  what: `the server announced a message of more than ${MAX_MESSAGE >> 20} MiB, and reading stopped there`,
  next: 'check that url names an LDAP server, and map fewer attributes',
};
