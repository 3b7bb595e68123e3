export interface Addresses {
  readonly primary?: string;
  /** Every other SMTP address, in the order given. */
  readonly aliases: readonly string[];
}

/**
 * The addresses of a mailbox. `mail` comes first where it is set; in `proxyAddresses` (Exchange) `SMTP:` in capitals is the
 * primary address, `smtp:` an alias, and other types (X400, X500, SIP, EUM, ...) are no mail addresses of the person.
 */
export function addressesOf(mail: readonly string[], proxyAddresses: readonly string[]): Addresses {
  const primaries: string[] = [];
  const others: string[] = [];
  for (const text of proxyAddresses) {
    const address = /^smtp:(.+)$/i.exec(text.trim())?.[1]?.trim();
    if (address !== undefined) (text.trim().startsWith('SMTP:') ? primaries : others).push(address);
  }
  const all = distinct([...mail.map((text) => text.trim()), ...primaries, ...others]);
  const [primary, ...aliases] = mail.some((text) => text.trim() !== '') || primaries.length > 0 ? all : [undefined, ...all];
  return primary === undefined ? { aliases: aliases as string[] } : { primary, aliases: aliases as string[] };
}

function distinct(addresses: readonly string[]): string[] {
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const key = address.toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
