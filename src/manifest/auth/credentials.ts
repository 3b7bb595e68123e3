import type { HttpClient } from '../../http/client.js';
import { Secret } from '../../model/secret.js';
import { SourceError } from '../../model/errors.js';
import type { Refusal, Judged } from '../../http/client.js';
import { assertion } from './assertion.js';
import type { Auth } from '../form/auth.js';
import { compilePlace, showPlace } from '../paging/pager.js';
import { prepare, queryText } from '../form/request.js';
import type { Place } from '../form/parts.js';
import { fill, fillSecret, type Values } from '../form/template.js';

type Forms = Exclude<Auth, 'none'>;

/** What proves to the system who asks. */
export interface Credentials {
  /** Gets a token where one is needed and not there yet. Only then do the others hold. */
  ready(signal: AbortSignal): Promise<void>;
  headers(): Readonly<Record<string, Secret>>;
  query(): readonly (readonly [string, string])[];
  /** `login.NAME` for templates. */
  values(): Values;
  /** Throws the token away, so that `ready` gets another; false where there is none to renew. */
  renew(): boolean;
}

export interface CredentialContext {
  readonly system: string;
  readonly values: Values;
  /** The system itself. */
  readonly http: HttpClient;
  /** The token endpoint, which may stand on another host; its base is the token URL. */
  readonly tokenHttp: HttpClient | undefined;
  readonly tokenUrl: string | undefined;
  /** Epoch ms. */
  readonly now: () => number;
  /** Told of every token that was fetched. */
  readonly hide: (secret: string) => void;
}

export function openCredentials(auth: Auth, context: CredentialContext): Credentials {
  // Signatures are made of each request, by the asker.
  if (auth === 'none' || auth.sigv4 !== undefined || auth.hmac !== undefined) return fixed({});
  const { values } = context;
  const { bearer, headers, query, basic, login } = auth;
  if (bearer !== undefined) return fixed(secrets({ authorization: `Bearer ${bearer}` }, values));
  if (headers !== undefined) return fixed(secrets(headers, values));
  if (query !== undefined) {
    const filled = Object.entries(query).flatMap(([name, text]) => {
      const value = fill(text, values);
      return value === undefined ? [] : [[name, value] as const];
    });
    return fixed({}, filled);
  }
  if (basic !== undefined) {
    const pair = `${fill(basic.username, values) ?? ''}:${fill(basic.password, values) ?? ''}`;
    return fixed({ authorization: new Secret(`Basic ${Buffer.from(pair).toString('base64')}`) });
  }
  if (login !== undefined) return new LoginCredentials(login, context);
  return new TokenCredentials(auth, context);
}

function secrets(templates: Readonly<Record<string, string>>, values: Values): Record<string, Secret> {
  return Object.fromEntries(
    Object.entries(templates).flatMap(([name, template]) => {
      const secret = fillSecret(template, values);
      return secret === undefined ? [] : [[name.toLowerCase(), secret]];
    }),
  );
}

function fixed(headers: Readonly<Record<string, Secret>>, query: readonly (readonly [string, string])[] = []): Credentials {
  return { ready: () => Promise.resolve(), headers: () => headers, query: () => query, values: () => ({}), renew: () => false };
}

/** One request signs in; what it gives goes into headers and templates. */
class LoginCredentials implements Credentials {
  #values: Record<string, Secret> | undefined;

  constructor(
    private readonly login: NonNullable<Forms['login']>,
    private readonly context: CredentialContext,
  ) {}

  async ready(signal: AbortSignal): Promise<void> {
    if (this.#values !== undefined) return;
    const { http, values } = this.context;
    const { path, query, headers, method, body } = prepare(this.login.request, values);
    const answer = await http.json({
      method: body === undefined ? method : 'POST',
      url: `./${path}${query.length === 0 ? '' : `?${queryText(query)}`}`,
      headers,
      ...(body === undefined ? {} : { json: body }),
      signal,
      purpose: 'signing in',
      judge: refusedLogin,
      answersSecret: true,
    });
    this.#values = Object.fromEntries(
      Object.entries(this.login.values).map(([name, place]) => [`login.${name}`, tokenAt(answer, place, this.context, 'signing in')]),
    );
  }

  headers(): Readonly<Record<string, Secret>> {
    return secrets(this.login.headers, { ...this.context.values, ...this.#values });
  }

  query(): readonly (readonly [string, string])[] {
    return [];
  }

  values(): Values {
    return this.#values ?? {};
  }

  renew(): boolean {
    this.#values = undefined;
    return true;
  }
}

/** OAuth 2.0: client credentials, a refresh token or a signed assertion for an access token. */
class TokenCredentials implements Credentials {
  #token: Secret | undefined;

  constructor(
    private readonly auth: Forms,
    private readonly context: CredentialContext,
  ) {}

  async ready(signal: AbortSignal): Promise<void> {
    if (this.#token !== undefined) return;
    const { tokenHttp } = this.context;
    if (tokenHttp === undefined) throw new Error('a token is wanted, and there is no client for its endpoint');
    const { form, headers } = this.#grant();
    const answer = await tokenHttp.json({
      method: 'POST',
      url: '',
      form,
      headers,
      signal,
      purpose: 'getting an access token',
      judge: refusedLogin,
      answersSecret: true,
    });
    this.#token = tokenAt(answer, this.#answer().token_path ?? 'access_token', this.context, 'getting an access token');
  }

  headers(): Readonly<Record<string, Secret>> {
    const { header = 'Authorization', prefix = 'Bearer ' } = this.#answer();
    return this.#token === undefined ? {} : { [header.toLowerCase()]: new Secret(`${prefix}${this.#token.reveal()}`) };
  }

  query(): readonly (readonly [string, string])[] {
    return [];
  }

  values(): Values {
    return {};
  }

  renew(): boolean {
    this.#token = undefined;
    return true;
  }

  #answer(): { readonly token_path?: string | undefined; readonly header?: string | undefined; readonly prefix?: string | undefined } {
    return this.auth.oauth2_client ?? this.auth.oauth2_refresh ?? this.auth.jwt_bearer ?? {};
  }

  #grant(): { form: Record<string, Secret>; headers: Record<string, Secret> } {
    const { values, tokenUrl = '', now } = this.context;
    const { oauth2_client: client, oauth2_refresh: refresh, jwt_bearer: jwt } = this.auth;
    if (jwt !== undefined)
      return {
        form: secretForm(
          { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion(jwt, values, tokenUrl, now()) },
          {},
        ),
        headers: {},
      };
    const given = client ?? refresh;
    if (given === undefined) throw new Error('no form of auth that fetches a token');
    const inHeader = given.client_auth === 'basic';
    const text: Record<string, string | undefined> = {
      ...(client === undefined
        ? { grant_type: 'refresh_token', refresh_token: refresh?.refresh_token }
        : { grant_type: client.grant_type ?? 'client_credentials', audience: client.audience, ...client.params }),
      scope: given.scope,
      ...(inHeader ? {} : { client_id: given.client_id, client_secret: given.client_secret }),
    };
    const id = fill(given.client_id, values) ?? '';
    const secret = given.client_secret === undefined ? '' : (fill(given.client_secret, values) ?? '');
    // RFC 6749 section 2.3.1: both are form-encoded first.
    const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
    return {
      form: secretForm(text, values),
      headers: inHeader ? { authorization: new Secret(`Basic ${Buffer.from(pair).toString('base64')}`) } : {},
    };
  }
}

/** Everything in such a form is hidden: which part is secret, the manifest does not say. */
function secretForm(templates: Readonly<Record<string, string | undefined>>, values: Values): Record<string, Secret> {
  return Object.fromEntries(
    Object.entries(templates).flatMap(([name, template]) => {
      const value = template === undefined ? undefined : fillSecret(template, values);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** RFC 6749 section 5.2 answers 400 for a wrong secret. */
function refusedLogin({ status, body }: Judged): Refusal | undefined {
  const say = 'check the client id, its secret and what it may do';
  return status === 400 || status === 401 || status === 403 ? { means: 'auth', error: body, say } : undefined;
}

function tokenAt(answer: Pick<Judged, 'body' | 'headers'>, place: Place, { system, hide }: CredentialContext, purpose: string): Secret {
  const value = compilePlace(place)(answer);
  if ((typeof value === 'string' && value !== '') || typeof value === 'number') {
    hide(String(value));
    return new Secret(String(value));
  }
  throw new SourceError(
    system,
    'auth',
    `${system}: ${purpose}: the answer holds nothing at ${showPlace(place)}; check auth in the manifest and the credentials`,
  );
}
