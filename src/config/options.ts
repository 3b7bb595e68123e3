import path from 'node:path';
import { Secret } from '../model/secret.js';
import type { Mistakes, Path } from '../yaml/mistakes.js';
import type { References } from './references.js';
import { SecretText } from './scalars.js';
import type { ConnectorOptions } from './connector-options.js';
import { CONNECTOR_OPTIONS, urlMistake } from './sources.js';

interface Context {
  readonly dir: string;
  readonly references: References;
  readonly mistakes: Mistakes;
  readonly warn: (text: string) => void;
  /** Called with every value that must never be shown. */
  readonly hide: (value: string) => void;
}

/** Options of one source as its connector gets them: references resolved, secrets wrapped, relative paths made absolute. */
export async function resolveOptions(
  connector: string,
  given: Readonly<Record<string, unknown>>,
  at: Path,
  context: Context,
): Promise<Record<string, unknown>> {
  const { mistakes, references, hide } = context;
  const known: Partial<ConnectorOptions> = CONNECTOR_OPTIONS[connector] ?? {};
  const { paths = [], protocols } = known;
  const parsed = known.later?.(given, context.dir, at, mistakes) ?? given;
  const resolved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (value !== undefined) resolved[key] = await resolveValue(value, [...at, key]);
  }
  for (const key of paths) {
    if (typeof resolved[key] === 'string') resolved[key] = path.resolve(context.dir, resolved[key]);
  }
  if (typeof resolved.url === 'string' && protocols !== undefined) {
    const mistake = urlMistake(resolved.url, protocols);
    if (mistake !== undefined) mistakes.at([...at, 'url'], mistake);
    else if (sendsInClear(resolved))
      context.warn(`${mistakes.place([...at, 'url'])}: http:// sends the credentials in the clear; use https://`);
  }
  if (typeof resolved.username === 'string' && resolved.password instanceof Secret) {
    // What HTTP Basic (RFC 7617) sends: its base64 holds the password at another alignment.
    hide(`${resolved.username}:${resolved.password.reveal()}`);
  }
  return resolved;

  async function resolveValue(value: unknown, place: Path): Promise<unknown> {
    if (typeof value === 'string') return references.resolve(value, place);
    if (value instanceof SecretText) {
      const revealed = await references.resolve(value.text, place);
      if (revealed === undefined) return undefined;
      [revealed, ...references.valuesOf(value.text)].forEach(hide);
      return new Secret(revealed);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(async ([key, item]) => [key, await resolveValue(item, [...place, key])] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
}

function sendsInClear(options: Readonly<Record<string, unknown>>): boolean {
  const { protocol, hostname } = new URL(String(options.url));
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
  return protocol === 'http:' && !loopback && (options.token ?? options.password ?? options.headers) !== undefined;
}
