import { SourceError } from '../../model/errors.js';
import type { HttpClient, Judged, JsonResponse, Refusal } from '../../http/client.js';
import type { Credentials } from '../auth/credentials.js';
import { compilePlace, type Turn } from '../paging/pager.js';
import { prepare, queryText, withValue, type Prepared } from '../form/request.js';
import type { ErrorRule, Manifest } from '../form/schema.js';
import type { Request } from '../form/parts.js';
import type { Signer } from '../auth/signer.js';
import type { Values } from '../form/template.js';
import { compilePredicate, type Holds } from '../form/tests.js';
import { isList, isObject } from '../../model/parsed.js';

/** Statuses with which systems refuse a page past their end. */
const REFUSALS = [400, 404, 410, 416, 422];

export interface Ask {
  readonly request: Request;
  readonly values: Values;
  readonly turn: Turn;
  /** "reading page 3 of users" */
  readonly purpose: string;
  readonly signal: AbortSignal;
  readonly scan?: (bytes: Buffer) => unknown;
}

/** `empty`: the manifest says that this answer means "none"; `refused`: a page past the declared total, or one for proof alone, which the system does not give. */
export interface Asked {
  /** What the manifest says of an answer that means "none". */
  readonly said?: string;
  readonly response: JsonResponse;
  readonly outcome: 'answer' | 'empty' | 'refused';
}

/** Sends the requests of one system, with its credentials, and reads its answers by its own rules. */
export class Asker {
  readonly #rules: readonly (readonly [(answer: Judged) => boolean, ErrorRule])[];
  readonly #ok: Holds | undefined;
  readonly #errorAt: ((answer: Judged) => unknown) | undefined;

  constructor(
    manifest: Pick<Manifest, 'ok' | 'errors'>,
    private readonly http: HttpClient,
    private readonly credentials: Credentials,
    private readonly sign: Signer | undefined,
    private readonly base: string,
  ) {
    this.#rules = (manifest.errors ?? []).map((rule) => [compileRule(rule), rule] as const);
    this.#ok = manifest.ok === undefined ? undefined : compilePredicate(manifest.ok.when);
    this.#errorAt = manifest.ok?.error === undefined ? undefined : compilePlace(manifest.ok.error);
  }

  /** One page. A token that has run out is renewed once, and the page asked for again. */
  async ask(ask: Ask): Promise<Asked> {
    for (let renewed = false; ; renewed = true) {
      await this.credentials.ready(ask.signal);
      try {
        return await this.#send(ask);
      } catch (error) {
        if (renewed || !(error instanceof SourceError) || error.fault !== 'auth' || !this.credentials.renew()) throw error;
      }
    }
  }

  async #send({ request, values, turn, purpose, signal, scan }: Ask): Promise<Asked> {
    const prepared = paged(prepare(request, { ...values, ...this.credentials.values(), ...turn.path }), turn);
    const url = this.#url(prepared, turn);
    const refusable = turn.pastEnd === true || turn.probe === true ? REFUSALS : [];
    const empty: { rule?: ErrorRule } = {};
    const judge = (answer: Judged): Refusal | 'accept' | undefined => {
      const rule = this.#rules.find(([holds]) => holds(answer))?.[1];
      if (rule?.means === 'empty') empty.rule = rule;
      if (rule !== undefined) return rule.means === 'empty' ? 'accept' : refusal(rule, this.#errorAt?.(answer));
      if (answer.status < 200 || answer.status >= 300) return undefined;
      if (request.graphql !== undefined) {
        const errors = isObject(answer.body) ? answer.body['errors'] : undefined;
        if (Array.isArray(errors) && errors.length > 0) return { means: 'refused', error: errors };
      }
      if (this.#ok !== undefined && !this.#ok(answer.body)) return { means: 'refused', error: this.#errorAt?.(answer) };
      return undefined;
    };
    const headers = { ...prepared.headers, ...this.credentials.headers() };
    const { method, body } = prepared;
    const text = body === undefined ? '' : JSON.stringify(body);
    const signed = this.sign?.({ method, url: new URL(url, this.base), body: text, headers: prepared.headers }) ?? {};
    const response = await this.http.json({
      method,
      url,
      headers: { ...headers, ...signed },
      ...(body === undefined ? {} : { json: body }),
      signal,
      accept: refusable,
      judge,
      purpose,
      ...(scan === undefined ? {} : { scan }),
    });
    if (empty.rule !== undefined) return { response, outcome: 'empty', ...(empty.rule.say === undefined ? {} : { said: empty.rule.say }) };
    return { response, outcome: refusable.includes(response.status) ? 'refused' : 'answer' };
  }

  #url({ path, query }: Prepared, turn: Turn): string {
    const own = this.credentials.query();
    if (turn.url !== undefined) {
      const url = new URL(turn.url);
      const missing = own.filter(([name]) => !url.searchParams.has(name));
      if (missing.length > 0) url.search = [url.search.replace(/^\?/, ''), queryText(missing)].filter(Boolean).join('&');
      return url.href;
    }
    const text = queryText([...query, ...own]);
    // `./` keeps a colon in the path from being taken for a scheme.
    return `${path === '' ? '' : `./${path}`}${text === '' ? '' : `?${text}`}`;
  }
}

function paged(prepared: Prepared, turn: Turn): Prepared {
  const replaced = new Set([...(turn.query ?? []).map(([name]) => name), ...(turn.without ?? [])]);
  const query = [...prepared.query.filter(([name]) => !replaced.has(name)), ...(turn.query ?? [])];
  const body = (turn.body ?? []).reduce((whole, [place, value]) => withValue(whole, place, value), prepared.body);
  return { ...prepared, query, ...(body === undefined ? {} : { body, method: 'POST' as const }) };
}

function compileRule({ when }: ErrorRule): (answer: Judged) => boolean {
  const statuses = when.status === undefined ? undefined : [when.status].flat();
  const body = when.body === undefined ? undefined : compilePredicate(when.body);
  const headers = Object.entries(when.header ?? {});
  return (answer) =>
    (statuses === undefined || statuses.includes(answer.status)) &&
    headers.every(([name, value]) => answer.headers[name.toLowerCase()]?.trim().toLowerCase() === value.toLowerCase()) &&
    // A refusal may be a list of errors (Salesforce): one of them is enough. Records of a list that came are none.
    (body === undefined || (answer.status >= 400 && isList(answer.body) ? answer.body.some(body) : body(answer.body)));
}

const MEANINGS = {
  auth: 'auth',
  expired_token: 'auth',
  permission: 'permission',
  not_found: 'not-found',
  rate_limited: 'rate-limited',
  retry: 'server',
  refused: 'refused',
} as const;

function refusal({ means, say }: ErrorRule, error: unknown): Refusal | undefined {
  if (means === 'empty') return undefined;
  return { means: MEANINGS[means], ...(error === undefined ? {} : { error }), ...(say === undefined ? {} : { say }) };
}
