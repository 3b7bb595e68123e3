import { Problems } from '../../../mapping/rows.js';
import { pathsOf } from '../../../model/places.js';
import type { FieldMap, LogConfig } from '../../../model/config.js';
import type { LogAction, LogEntry } from '../../../model/log.js';
import type { Role } from '../../../model/role.js';
import { dnKey } from '../dn.js';
import type { DirectoryEntry } from '../entry.js';
import { inetOrgPerson } from '../inetorgperson.js';
import { rawRecord } from '../raw-record.js';
import { compileEntries, fieldsOf } from '../rows.js';
import { type AuditRecord, isBelow } from './record.js';
import { compileSwitches } from './switches.js';

/** What slapd itself writes with every change, and what it notes of passwords and logins: by itself it is no update. */
const NOTES = new Set([
  'entrycsn', 'modifiersname', 'modifytimestamp', 'creatorsname', 'createtimestamp', 'structuralobjectclass', 'entryuuid', 'objectclass',
  'pwdchangedtime', 'pwdhistory', 'pwdfailuretime', 'pwdgraceusetime', 'pwdreset', 'pwdlastsuccess', 'authtimestamp', 'pwdpolicysubentry',
]); // prettier-ignore
/** Fields that say whose an entry is. */
const KEYS = ['userName', 'emails', 'employeeId', 'externalId'];
/** What an update of a field is called; any other by the field itself. */
const CALLED: Readonly<Record<string, string>> = { emails: 'email', aliases: 'email' };
const NEVER_CHANGED = new Set(['id', 'kind', 'createdAt', 'changedAt', 'updatedAt', 'lastLoginAt', 'endAt']);
const SUCCESS = '0';

export interface AuditEntries {
  of(record: AuditRecord): readonly LogEntry[];
  /** Did it rename the base, or what is above it? The names of all people change with it, and no record tells of theirs. */
  movesBase(record: AuditRecord): boolean;
  /** As people may see it: of what the list does not read (passwords among it) the name alone. */
  shown(entry: DirectoryEntry): unknown;
}

/** Records of slapo-accesslog(5) to entries: whose they are and what they did is read as the list is. */
export function compileAuditEntries(config: LogConfig, base: string): AuditEntries {
  const role: Role = config.of === 'app' ? 'account' : 'person';
  const baseKey = dnKey(base) ?? '';
  const fields = fieldsOf(role, config, inetOrgPerson);
  const switches = compileSwitches(role, config);
  const names = namesOf(fields);
  const whose = compileWhose(role, config, fields);

  return { of: entriesOf, movesBase, shown };

  function entriesOf(record: AuditRecord): readonly LogEntry[] {
    const { id, at, result, actor } = record;
    const told = {
      id,
      at,
      outcome: result === undefined ? 'unknown' : result === SUCCESS ? 'success' : 'failure',
      outcomeTold: true,
      actor,
      by: 'unknown',
      ...(result === undefined || result === SUCCESS ? {} : { detail: result }),
    } as const;
    const deeds = deedsOf(record);
    if (deeds.length === 0) return [{ ...told, action: 'other' }];
    const who = whose(record);
    return deeds.map((deed) => ({ ...told, ...who, ...deed }));
  }

  function deedsOf(record: AuditRecord): readonly { readonly action: LogAction; readonly changed?: readonly string[] }[] {
    const { operation, key, newKey, known, at } = record;
    const [was, is] = [isBelow(key, baseKey), isBelow(newKey, baseKey)];
    if (!was && !is) return [];
    const time = at?.at ?? NaN;
    switch (operation) {
      case 'add':
        return [{ action: 'create' }, ...(switches.isOff(known, time) ? [{ action: 'disable' } as const] : [])];
      case 'delete':
        return [{ action: 'delete' }];
      case 'modrdn':
        // The list ends at the base: who is moved out of it is gone from there.
        if (was !== is) return [{ action: was ? 'delete' : 'create' }];
        return [{ action: 'update', changed: calledBy(record.renamed) }];
      case 'modify': {
        const turned = switches.of(record.changes, time);
        const changed = calledBy(record.changes.map(({ attribute }) => attribute));
        return [
          ...(turned === undefined ? [] : [{ action: turned }]),
          ...(changed.length === 0 ? [] : [{ action: 'update' as const, changed }]),
        ];
      }
      case undefined:
        return [];
    }
  }

  function calledBy(attributes: readonly string[]): readonly string[] {
    const of = attributes.filter((name) => !NOTES.has(name) && !switches.attributes.has(name));
    return [...new Set(of.flatMap((name) => names.get(name) ?? [name === 'userpassword' ? 'password' : name]))];
  }

  function movesBase({ operation, result, key, newKey }: AuditRecord): boolean {
    return operation === 'modrdn' && result === SUCCESS && [key, newKey].some((one) => one !== '' && isBelow(baseKey, one));
  }

  function shown(entry: DirectoryEntry): unknown {
    const isRead = (name: string): boolean => names.has(name) || switches.attributes.has(name) || name === 'entryuuid';
    const veil = (value: Buffer | string): string => {
      const [, head = '', name = ''] = /^(([^:\s]*):[+=#-]?)/.exec(String(value)) ?? [];
      return isRead(name.toLowerCase()) ? String(value) : `${head} …`;
    };
    const values = [...entry.values].map(([name, list]) => [name, name === 'reqmod' || name === 'reqold' ? list.map(veil) : list] as const);
    return rawRecord({ dn: entry.dn, values: new Map(values) });
  }
}

type Who = Pick<LogEntry, 'accountId' | 'userName' | 'email' | 'employeeId' | 'externalId'>;

function compileWhose(role: Role, config: LogConfig, fields: FieldMap): (record: AuditRecord) => Who {
  const context = { role, now: 0, idOf: () => undefined, isBookkeeper: () => false, count: () => {} };
  const compile = (own: FieldMap) => compileEntries(role, config.name, inetOrgPerson, { fields: own }, context, new Problems());
  const ids = compile({ id: fields['id'] ?? null });
  const keys = compile({ id: { const: 'any' }, ...Object.fromEntries(KEYS.map((name) => [name, fields[name] ?? null])) });
  return ({ dn, known }) => {
    const entry = { dn, values: known };
    const { userName, emails, employeeId, externalId } = keys.row(entry) ?? {};
    return { accountId: ids.row(entry)?.id, userName, email: emails?.[0], employeeId, externalId };
  };
}

/** What the list calls an attribute, by its name in lower case. */
function namesOf(fields: FieldMap): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const [field, spec] of Object.entries(fields)) {
    if (NEVER_CHANGED.has(field)) continue;
    for (const path of pathsOf(spec)) {
      const reading = inetOrgPerson.readings[path.toLowerCase()];
      for (const name of reading?.needs ?? [path])
        names.set(name.toLowerCase(), [...(names.get(name.toLowerCase()) ?? []), CALLED[field] ?? field]);
    }
  }
  return names;
}
