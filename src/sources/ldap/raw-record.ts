import type { DirectoryEntry } from './entry.js';

/** An entry as people can read it: bytes as `base64:…`, one value as such, several as a list. */
export function rawRecord({ dn, values }: DirectoryEntry): Readonly<Record<string, unknown>> {
  const record = Object.create(null) as Record<string, unknown>;
  record['dn'] = dn;
  for (const [name, list] of values) {
    const shown = list.map((value) => (typeof value === 'string' ? value : `base64:${value.toString('base64')}`));
    record[name] = shown.length === 1 ? shown[0] : shown;
  }
  return record;
}
