import { readMoment } from '../../../mapping/moment.js';
import type { Moment } from '../../../model/person.js';
import { dnKey, parseDn } from '../dn.js';
import { type DirectoryEntry, firstText, texts } from '../entry.js';

/** One modification of one value, or of a whole attribute: `title:= Head`, `mail:-`. */
export interface Change {
  /** Lower case. */
  readonly attribute: string;
  readonly sign: string;
  readonly value: string | undefined;
}

export const OPERATIONS = ['add', 'modify', 'delete', 'modrdn'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One entry of the log (slapo-accesslog(5), SCHEMA), read and not judged. */
export interface AuditRecord {
  readonly id: string;
  readonly at: Moment | undefined;
  readonly operation: Operation | undefined;
  /** LDAP's result code; absent where it may not be read. */
  readonly result: string | undefined;
  readonly actor: string | undefined;
  /** The name of the entry before, and after. */
  readonly dn: string;
  readonly key: string;
  readonly newKey: string;
  readonly changes: readonly Change[];
  /** What the record tells of the entry itself, by attribute in lower case; not what a modification has set. */
  readonly known: ReadonlyMap<string, readonly string[]>;
  /** Attributes that name the entry anew. */
  readonly renamed: readonly string[];
}

export const ATTRIBUTES_OF_LOG = [
  'reqStart', 'reqType', 'reqResult', 'reqDN', 'reqAuthzID', 'reqEntryUUID', 'reqMod', 'reqOld', 'reqNewRDN', 'reqNewSuperior',
] as const; // prettier-ignore

export function readRecord(entry: DirectoryEntry): AuditRecord {
  const text = (name: string): string | undefined => firstText(entry, name.toLowerCase());
  const at = readMoment(text('reqStart'));
  const operation = OPERATIONS.find((one) => one === text('reqType')?.toLowerCase());
  const dn = text('reqDN') ?? '';
  const key = dnKey(dn) ?? '';
  const changes = texts(entry, 'reqmod').flatMap(readChange);
  const newRdn = text('reqNewRDN');
  return {
    id: entry.dn,
    at: typeof at === 'string' ? undefined : at,
    operation,
    result: text('reqResult')?.trim(),
    actor: text('reqAuthzID') === '' ? undefined : text('reqAuthzID'),
    dn,
    key,
    newKey: newRdn === undefined ? key : newName(key, newRdn, text('reqNewSuperior')),
    changes,
    known: knownOf(dn, text('reqEntryUUID'), texts(entry, 'reqold'), operation === 'add' ? changes : []),
    renamed: newRdn === undefined ? [] : (parseDn(newRdn)?.[0] ?? []).map(({ type }) => type),
  };
}

/** Between two modifications of one attribute slapd writes a lone colon, which is none. */
function readChange(text: string): readonly Change[] {
  const found = /^([^:\s]+):([+=#-])(?: ([\s\S]*))?$/.exec(text);
  return found?.[1] === undefined || found[2] === undefined
    ? []
    : [{ attribute: found[1].toLowerCase(), sign: found[2], value: found[3] === '' ? undefined : found[3] }];
}

function knownOf(dn: string, uuid: string | undefined, old: readonly string[], added: readonly Change[]): Map<string, string[]> {
  const known = new Map<string, string[]>();
  const learn = (name: string, value: string): void => void known.set(name, [...(known.get(name) ?? []), value]);
  for (const { attribute, value } of added) if (value !== undefined) learn(attribute, value);
  for (const text of old) {
    const found = /^([^:\s]+): ([\s\S]+)$/.exec(text);
    if (found?.[1] !== undefined && found[2] !== undefined) learn(found[1].toLowerCase(), found[2]);
  }
  for (const { type, value } of parseDn(dn)?.[0] ?? []) if (!known.has(type)) learn(type, value);
  if (uuid !== undefined) known.set('entryuuid', [uuid]);
  return known;
}

/** The key of the DN after a rename. */
function newName(key: string, newRdn: string, superior: string | undefined): string {
  const parent = superior === undefined ? key.slice(key.indexOf(SEPARATOR) + 1) : dnKey(superior);
  return [dnKey(newRdn) ?? '', parent ?? ''].join(SEPARATOR);
}

/** Between the parts of what `dnKey` makes. */
const SEPARATOR = '\u0000';

/** Is the entry of this key the base, or below it? */
export function isBelow(key: string, base: string): boolean {
  return key === base || key.endsWith(SEPARATOR + base);
}
