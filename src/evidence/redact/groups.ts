import { createHash } from 'node:crypto';
import type { Account } from '../../model/account.js';
import type { Person } from '../../model/person.js';
import type { Role } from '../../model/role.js';
import { KEPT_ATTRIBUTES } from './kept.js';

/** What stays readable of a row, and could be known of somebody from elsewhere. */
const CLEAR = {
  person: ['state', 'kind', 'startAt', 'endAt', 'createdAt', 'changedAt', 'groups'],
  account: ['status', 'kind', 'roles', 'admin', 'createdAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt', 'credentials'],
} as const;

export interface SmallestGroup {
  /** Rows that share all that stays readable with the fewest others, themselves among them; 0: there are no rows. */
  readonly smallest: number;
  /** Rows that share it with nobody. */
  readonly alone: number;
  readonly rows: number;
}

/** How many rows look alike in a redacted pack: whoever knows such a detail of one of them finds it among so many. */
export class Groups {
  readonly #sizes = { person: new Map<string, number>(), account: new Map<string, number>() };

  /** `row`: as the pack holds it. */
  add(role: Role, list: string, row: Person | Account): void {
    const { attributes } = row;
    const clear = [
      list,
      ...CLEAR[role].map((name) => readable(Reflect.get(row, name))),
      ...KEPT_ATTRIBUTES.map((name) => attributes[name]),
    ];
    const key = createHash('sha256').update(JSON.stringify(clear)).digest('base64').slice(0, 16);
    const sizes = this.#sizes[role];
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }

  /** For the manifest. */
  told(): unknown {
    return {
      meaning:
        'rows of a list that share everything that is kept in clear; a smallest group of 1 means that somebody can be told by it alone',
      people: { over: [...CLEAR.person, ...KEPT_ATTRIBUTES], ...sizeOf(this.#sizes.person) },
      accounts: { over: [...CLEAR.account, ...KEPT_ATTRIBUTES], ...sizeOf(this.#sizes.account) },
    };
  }
}

function sizeOf(sizes: ReadonlyMap<string, number>): SmallestGroup {
  let [smallest, alone, rows] = [0, 0, 0];
  for (const size of sizes.values()) {
    rows += size;
    if (size === 1) alone++;
    if (smallest === 0 || size < smallest) smallest = size;
  }
  return { smallest, alone, rows };
}

/** Groups and roles are sets; of credentials their dates stay. */
function readable(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((one: unknown) => JSON.stringify(typeof one === 'object' && one !== null ? { ...one, id: undefined } : one)).sort();
}
