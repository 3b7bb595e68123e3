import type { Secret } from '../../model/secret.js';

export interface Signable {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  /** What else is sent, by lower-cased name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headers that prove who sends this request. */
export type Signer = (request: Signable) => Record<string, string | Secret>;

/** Sorted, with everything encoded that RFC 3986 does not call unreserved. */
export function canonicalQuery(url: URL): string {
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
    .join('&');
}
