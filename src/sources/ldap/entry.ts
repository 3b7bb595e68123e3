/** One entry of a directory as it came. Names are lower-cased, `;binary` is taken off; other options stay in the name. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly values: ReadonlyMap<string, readonly (string | Buffer)[]>;
}

/** As ldapts hands it over: one value or a list, text or bytes. */
export type RawEntry = Readonly<Record<string, Buffer | Buffer[] | string | string[]>> & { readonly dn: string };

/** Attributes that came without a value are left out: a server does not send those, ldapts fills them in. */
export function decodeEntry(raw: RawEntry): DirectoryEntry {
  const values = new Map<string, (string | Buffer)[]>();
  for (const [name, given] of Object.entries(raw)) {
    if (name === 'dn') continue;
    const list: readonly (string | Buffer)[] = Array.isArray(given) ? given : [given];
    const key = name.toLowerCase().replace(/;binary(?=;|$)/, '');
    if (list.length > 0) values.set(key, [...(values.get(key) ?? []), ...list]);
  }
  return { dn: raw.dn, values };
}

/** The values of an attribute as text. Bytes that are no UTF-8 show as U+FFFD. */
export function texts(entry: DirectoryEntry, name: string): readonly string[] {
  return (entry.values.get(name) ?? []).map((value) => (typeof value === 'string' ? value : value.toString('utf8')));
}

export function firstText(entry: DirectoryEntry, name: string): string | undefined {
  return texts(entry, name)[0];
}

/** The first value as bytes. ldapts gives text where bytes happen to be UTF-8 and it was not told. */
export function firstBytes(entry: DirectoryEntry, name: string): Buffer | undefined {
  const value = entry.values.get(name)?.[0];
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
}
