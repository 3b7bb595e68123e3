export interface Link {
  readonly url: string;
  /** Lower-cased names. */
  readonly params: Readonly<Record<string, string>>;
}

/** The links of a Link header (RFC 8288 section 3). What cannot be read ends the list: a link is never made up. */
export function parseLinks(header: string): Link[] {
  const links: Link[] = [];
  let at = 0;
  const skip = (characters: string): void => {
    while (at < header.length && characters.includes(header.charAt(at))) at++;
  };
  for (;;) {
    skip(' \t,');
    if (header.charAt(at) !== '<') return links;
    const close = header.indexOf('>', at);
    if (close < 0) return links;
    const url = header.slice(at + 1, close).trim();
    at = close + 1;
    const params: Record<string, string> = {};
    for (skip(' \t'); header.charAt(at) === ';'; skip(' \t')) {
      at++;
      skip(' \t');
      const from = at;
      while (at < header.length && !'=;, \t'.includes(header.charAt(at))) at++;
      const name = header.slice(from, at).toLowerCase();
      skip(' \t');
      let value = '';
      if (header.charAt(at) === '=') {
        at++;
        skip(' \t');
        value = readValue();
      }
      // The first one counts (RFC 8288 section 3.3).
      if (name !== '' && !Object.hasOwn(params, name)) params[name] = value;
    }
    links.push({ url, params });
  }

  function readValue(): string {
    let value = '';
    if (header.charAt(at) !== '"') {
      for (; at < header.length && !';, \t'.includes(header.charAt(at)); at++) value += header.charAt(at);
      return value;
    }
    for (at++; at < header.length && header.charAt(at) !== '"'; at++) {
      if (header.charAt(at) === '\\') at++;
      value += header.charAt(at);
    }
    at++;
    return value;
  }
}
