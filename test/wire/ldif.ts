/** One entry of a directory. */
export interface LdifEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, string | Buffer | readonly (string | Buffer)[] | undefined>>;
}

/** LDIF (RFC 2849); every value in base64, so that nothing in it needs thought. */
export function ldif(entries: readonly LdifEntry[]): string {
  return entries.map(({ dn, attributes }) => [line('dn', dn), ...lines(attributes), '', ''].join('\n')).join('');
}

function lines(attributes: LdifEntry['attributes']): string[] {
  return Object.entries(attributes).flatMap(([name, given]) => {
    const values = Array.isArray(given) ? (given as readonly (string | Buffer)[]) : [given as string | Buffer | undefined];
    return values.filter((value) => value !== undefined).map((value) => line(name, value));
  });
}

function line(name: string, value: string | Buffer): string {
  return `${name}:: ${Buffer.from(value as string).toString('base64')}`;
}

/** RFC 4514 section 2.4. */
export function escapeRdn(value: string): string {
  return value.replace(/[\\,+"<>;=]/g, '\\$&').replace(/^[ #]|(?<!^) $/g, '\\$&');
}
