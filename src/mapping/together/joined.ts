import { doubting, factsOf, told, type Completeness, type FactKind, type ListFact } from '../../model/completeness.js';
import { sizeOf, type Page } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import { Together } from './together.js';

/** Takes a row whose id came before in the same list. */
export type Again<R extends Role> = (row: RowOf<R>) => void;

/** Most rows that are held back until a list of a system has ended: a directory stays in memory anyway, of apps many are read at once. */
const HELD: Readonly<Record<Role, number>> = { person: 50_000, account: 5_000 };

/** Nobody asks. */
export const unheard = (): void => undefined;

/**
 * Reads a list of which nobody knows beforehand whether ids repeat: its rows are held back until it has ended, and those of one id are made one. A longer list
 * is passed on as it comes; where ids repeat there the first row of each was judged, and the list says so.
 */
export async function* joined<R extends Role>(
  role: R,
  read: (again: Again<R>) => AsyncGenerator<Page<RowOf<R>>, Completeness, void>,
): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
  const repeated: RowOf<R>[] = [];
  let held: Page<RowOf<R>>[] | undefined = [];
  let rows = 0;
  const list = read((row) => void repeated.push(row));
  try {
    for (;;) {
      const step = await list.next();
      if (step.done === true) {
        if (held === undefined) return repeated.length === 0 ? step.value : doubting(step.value, TOO_LONG);
        const notes = new Notes();
        yield* together(role, held, repeated, notes);
        held = undefined;
        return noted(step.value, notes);
      }
      if (held === undefined) yield step.value;
      else {
        held.push(step.value);
        rows += sizeOf(step.value);
        if (rows <= HELD[role]) continue;
        yield* held;
        held = undefined;
      }
    }
  } catch (error) {
    // What was read before stays valid as sightings.
    if (held !== undefined) yield* together(role, held, repeated, new Notes());
    throw error;
  } finally {
    await list.return(undefined as never);
  }
}

const TOO_LONG = 'of rows that repeat an id the first was judged: the list is too long to be held until its end';

class Notes {
  readonly facts: ListFact[] = [];
  together(): void {
    // The books of the list have counted these rows.
  }
  remark(text: string, kind: FactKind = 'other'): void {
    this.facts.push({ kind, isDoubt: false, text });
  }
  doubt(text: string, kind: FactKind = 'other'): void {
    this.facts.push({ kind, isDoubt: true, text });
  }
}

function* together<R extends Role>(
  role: R,
  pages: readonly Page<RowOf<R>>[],
  repeated: readonly RowOf<R>[],
  notes: Notes,
): Generator<Page<RowOf<R>>> {
  if (repeated.length === 0) return yield* pages;
  const ids = new Set(repeated.map(({ id }) => id));
  const all = new Together(role);
  for (const page of pages) for (const row of page.rows) if (ids.has(row.id)) all.add(row, inOneOrder(row));
  const differ = new Set(repeated.filter((row) => all.add(row, inOneOrder(row))).map(({ id }) => id));
  // A row that came twice changes nothing.
  if (differ.size === 0) return yield* pages;
  const merged = new Map(all.merge(notes).map((row) => [row.id, row]));
  for (const page of pages) {
    if (!page.rows.some(({ id }) => differ.has(id))) yield page;
    else yield { rows: page.rows.map((row) => (differ.has(row.id) ? (merged.get(row.id) ?? row) : row)) };
  }
}

/** Rows that say the same are the same, in whatever order their fields were set. Keys and tokens are read for the first of them alone. */
function inOneOrder(row: object): string {
  return JSON.stringify(row, (key, value: unknown) => {
    if (key === 'credentials') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function noted(completeness: Completeness, { facts }: Notes): Completeness {
  if (facts.length === 0) return completeness;
  const isDoubted = facts.some(({ isDoubt }) => isDoubt);
  return { ...completeness, ...(isDoubted ? { verdict: 'unproven' } : {}), ...told([...factsOf(completeness), ...facts]) };
}
