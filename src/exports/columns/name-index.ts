import type { Role } from '../../model/role.js';
import { entriesOf } from './entries.js';
import { headerKey, headerKeys, isOfAnother, ownKeys } from './header.js';
import { SHARED_NAMES, type Language, type Named } from './names.js';
import { OWN_NAMES } from './names-of-roles.js';

/** A name of a column that is known to mean something. `rank`: the lower, the surer. */
interface NameHit {
  readonly named: Named;
  readonly language: Language;
  readonly rank: number;
}

type Index = ReadonlyMap<string, readonly NameHit[]>;
const indexes: Partial<Record<Role, Index>> = {};

/** What the name of a column may mean, surest first: as it stands, then without whose it is. */
export function meaningsOf(role: Role, name: string): readonly NameHit[] {
  const index = (indexes[role] ??= indexOf(role));
  const hits = (key: string, step: number): readonly NameHit[] =>
    (index.get(key) ?? []).map((hit) => ({ ...hit, rank: hit.rank + step * STEP }));
  if (!isOfAnother(name)) return headerKeys(name).flatMap(hits);
  const own = new Set(ownKeys(name));
  return headerKeys(name).flatMap((key, step) => (own.has(key) ? hits(key, step) : hits(key, step).flatMap(perhaps)));
}

const MOMENTS: ReadonlySet<Named> = new Set<Named>(['startAt', 'createdAt', 'lastLoginAt', 'deactivatedAt', 'contractEnd']);

/** `manager.status`, `Active (last 30 days)`: of something else, or in a sense of its own. A last day is asked for; a moment is checked by its dates. */
function perhaps(hit: NameHit): readonly NameHit[] {
  if (hit.named === 'endAt') return [{ ...hit, named: 'contractEnd' }];
  return MOMENTS.has(hit.named) ? [hit] : [];
}

/** No meaning has more names than this in one language. */
const STEP = 1000;

function indexOf(role: Role): Index {
  const index = new Map<string, NameHit[]>();
  for (const names of [OWN_NAMES[role], SHARED_NAMES]) {
    for (const [named, languages] of entriesOf(names)) {
      for (const [language, list] of entriesOf(languages)) {
        list.split('|').forEach((name, rank) => {
          const key = headerKey(name);
          const known = index.get(key) ?? [];
          if (!known.some((hit) => hit.named === named)) index.set(key, [...known, { named, language, rank }]);
        });
      }
    }
  }
  return index;
}
