import { Problems } from '../../../mapping/rows.js';
import type { LogConfig } from '../../../model/config.js';
import type { Role } from '../../../model/role.js';
import { inetOrgPerson, LOCKS } from '../inetorgperson.js';
import { compileEntries } from '../rows.js';
import type { Change } from './record.js';

const OFF: readonly string[] = ['suspended', 'terminated', 'deactivated', 'deleted'];
const ON = 'active';
/** A value of it that does not lock for good is a lock-out, which passes. */
const LOCKED_TIME = 'pwdaccountlockedtime';
const LOCK_NAMES: readonly string[] = LOCKS.map((name) => name.toLowerCase());

export interface Switches {
  /** Attributes that the list's state is read from, in lower case. */
  readonly attributes: ReadonlySet<string>;
  /** What these changes of one entry mean, made at an instant (ms); undefined: nothing, or it cannot be said without the rest of the entry. */
  of(changes: readonly Change[], at: number): 'disable' | 'enable' | undefined;
  /** Is an entry with these values switched off from its beginning? */
  isOff(values: ReadonlyMap<string, readonly string[]>, at: number): boolean;
}

/** Reads the state as the list reads it: of the attributes alone that a modification sets. */
export function compileSwitches(role: Role, config: LogConfig): Switches {
  let now = 0;
  const context = { role, get now() { return now; }, idOf: () => undefined, isBookkeeper: () => false, count: () => {} }; // prettier-ignore
  const isOwn = config.state !== undefined;
  const spec = { fields: { id: { const: 'any' } }, state: config.state ?? inetOrgPerson.state };
  const compiled = compileEntries(role, config.name, inetOrgPerson, spec, context, new Problems());
  const attributes = new Set(compiled.attributes.map((name) => name.toLowerCase()));
  const stateOf = (values: ReadonlyMap<string, readonly string[]>, at: number): string | undefined => {
    now = at;
    const row = compiled.row({ dn: '', values });
    return row === undefined ? undefined : 'state' in row ? row.state : row.status;
  };
  return {
    attributes,
    of(changes, at) {
      const touched = changes.filter(({ attribute }) => attributes.has(attribute));
      // Of several attributes the others are not known.
      if (touched.length === 0 || (isOwn && attributes.size > 1)) return undefined;
      const set = valuesOf(touched);
      const state = stateOf(set, at);
      if (state !== undefined && OFF.includes(state)) return 'disable';
      if (state !== ON) return undefined;
      const isLifted = ({ attribute }: Change): boolean =>
        LOCK_NAMES.includes(attribute) && (attribute !== LOCKED_TIME || !set.has(LOCKED_TIME));
      return isOwn || touched.some(isLifted) ? 'enable' : undefined;
    },
    isOff: (values, at) => OFF.includes(stateOf(values, at) ?? ''),
  };
}

function valuesOf(changes: readonly Change[]): Map<string, string[]> {
  const set = new Map<string, string[]>();
  for (const { attribute, sign, value } of changes)
    if (sign !== '-' && value !== undefined) set.set(attribute, [...(set.get(attribute) ?? []), value]);
  return set;
}
