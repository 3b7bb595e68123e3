// One human and one app whose stages do what they are told to: what each audit sees of them, and what it may miss.
import fc from '../property.js';
import { DAY } from '../in-memory.js';
import type { AccountRow, AuditOfOne, PersonRow } from './naive-past.js';

const HOUR = DAY / 24;

export interface Life {
  /** Days, of the first audit and on; negative: before it. `left` and `back` may be beyond the last. */
  readonly joined: number;
  readonly moves: readonly number[];
  readonly left: number;
  readonly back: number;
  /** The directory has them before the first day. */
  readonly preHire: boolean;
  /** Leavers vanish from the directory. */
  readonly vanishes: boolean;
}

export interface App {
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  /** Hours, well below the grace. */
  readonly lag: number;
  /** What is removed is gone from the list. */
  readonly removes: boolean;
}

const day = fc.integer({ min: 1, max: 60 }).map((n) => n + 0.25);
export const life: fc.Arbitrary<Life> = fc
  .record({
    joined: fc.oneof(fc.constant(-400), day),
    moves: fc.array(day, { maxLength: 3 }),
    stays: fc.oneof(fc.constant(900), fc.integer({ min: 3, max: 60 })),
    away: fc.oneof(fc.constant(900), fc.integer({ min: 3, max: 30 })),
    preHire: fc.boolean(),
    vanishes: fc.boolean(),
  })
  .map(({ stays, away, ...rest }) => {
    const left = Math.max(rest.joined, 0.25) + stays;
    return { ...rest, moves: [...new Set(rest.moves)].sort((a, b) => a - b), left, back: left + away };
  });
export const app: fc.Arbitrary<App> = fc.record({
  create: fc.boolean(),
  update: fc.boolean(),
  delete: fc.boolean(),
  lag: fc.integer({ min: 0, max: 20 }),
  removes: fc.boolean(),
});
/** Days of the audits: some close together, some far apart. */
export const days: fc.Arbitrary<number[]> = fc
  .array(fc.constantFrom(0.5, 1, 2, 5, 15), { minLength: 1, maxLength: 8 })
  .map((gaps) => gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [0]));

const department = (moves: readonly number[], at: number): string => `Team ${moves.filter((move) => move <= at).length}`;

function personAt({ joined, moves, left, back, preHire, vanishes }: Life, at: number): PersonRow | null {
  const known = preHire ? joined - 14 : joined;
  if (at < known) return null;
  const gone = left <= at && at < back;
  if (gone && vanishes) return null;
  const first = back <= at ? back : joined;
  const touched = [joined, left, back, ...moves].filter((one) => one <= at);
  return {
    state: gone ? 'terminated' : at < joined ? 'pre-hire' : 'active',
    department: department(moves, at),
    startAt: { at: first * DAY },
    ...(touched.length === 0 ? {} : { changedAt: Math.max(...touched) * DAY }),
    ...(gone ? { endAt: { at: left * DAY } } : {}),
  };
}

/** The truth about the account. One that was deleted and is made anew has another id. */
function accountsAt(one: Life, works: App, at: number): AccountRow[] {
  const { joined, moves, left, back } = one;
  const lag = (works.lag * HOUR) / DAY;
  const wasThere = joined < 0;
  const born = wasThere ? joined : works.create ? joined + lag : Infinity;
  const off = works.delete ? left + lag : Infinity;
  const again = works.create ? back + lag : Infinity;
  if (at < born) return [];
  const isOff = off <= at && at < again;
  if (isOff && works.removes) return [];
  const made = again <= at && (works.removes || born >= left) && off <= at ? again : born;
  const reached = works.update ? at - lag : made;
  const took = Math.max(made, reached);
  const touches = [made, ...(isOff ? [off] : []), ...(again <= at ? [again] : []), ...(works.update ? moves.filter((move) => move + lag <= at).map((move) => move + lag) : [])]; // prettier-ignore
  return [
    {
      id: made === again ? 'b' : 'a',
      status: isOff ? 'deactivated' : 'active',
      // Whoever is gone from the directory moves no more.
      department: department(moves, works.update ? Math.max(made, reached) : took),
      createdAt: made * DAY,
      updatedAt: Math.max(...touches) * DAY,
      ...(isOff ? { deactivatedAt: off * DAY } : {}),
    },
  ];
}

/** What an audit may miss of a list: nothing, all of it, the end of it, or the proof that it has ended. */
const LOSS = ['nothing', 'nothing', 'the list', 'the rows', 'the proof'] as const;
export type Loss = { readonly person?: (typeof LOSS)[number]; readonly accounts?: (typeof LOSS)[number] };
export const losses = (n: number): fc.Arbitrary<Loss[]> =>
  fc.array(fc.record({ person: fc.constantFrom(...LOSS), accounts: fc.constantFrom(...LOSS) }), { minLength: n, maxLength: n });
export const HIDDEN = ['startAt', 'endAt', 'changedAt', 'createdAt', 'updatedAt', 'deactivatedAt'] as const;

export function audits(one: Life, works: App, at: readonly number[], lost: readonly Loss[] = [], hidden: readonly string[] = []): AuditOfOne[] {
  const without = <T extends object>(row: T): T => Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name))) as T;
  return at.map((when, i) => {
    const { person = 'nothing', accounts = 'nothing' } = lost[i] ?? {};
    const row = person === 'the rows' ? null : personAt(one, when);
    const rows = accounts === 'the rows' ? [] : accountsAt(one, works, when);
    return {
      asOf: when * DAY,
      ...(person === 'the list' ? {} : { person: { row: row && without(row), whole: person === 'nothing' } }),
      ...(accounts === 'the list' ? {} : { accounts: { rows: rows.map(without), whole: accounts === 'nothing' } }),
    };
  });
} // prettier-ignore
