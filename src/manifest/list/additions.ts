import type { Ledger } from '../../contract/ledger.js';
import type { Role, RowOf } from '../../model/role.js';

/** What passes with `adds` bring: no accounts of their own, but values that the rows of later passes lack. */
export class Additions<R extends Role> {
  readonly #held = new Map<string, RowOf<R>>();

  hold(row: RowOf<R>): void {
    const held = this.#held.get(row.id);
    this.#held.set(row.id, held === undefined ? row : united(held, row));
  }

  /** The row, with what it has not itself. Its state and kind are its own, whatever was held. */
  complete(row: RowOf<R>): RowOf<R> {
    const held = this.#held.get(row.id);
    if (held === undefined) return row;
    this.#held.delete(row.id);
    const filled: Record<string, unknown> = { ...row, attributes: filledIn(row.attributes, held.attributes) };
    // What the other list could not read counts where the row itself has no date.
    const unread = [...(row.unread ?? []), ...(held.unread ?? []).filter((name) => isLacking(filled[name]))];
    const own = {
      ...filledIn(filled, held),
      attributes: filled.attributes,
      unread: unread.length === 0 ? undefined : [...new Set(unread)],
    };
    return own as RowOf<R>;
  }

  /** Held rows that nobody came for. */
  get unclaimed(): number {
    return this.#held.size;
  }
}

/** Of records with one id the first: a log of sign-ins, the newest on top, has many of each. */
export function firstOfEach<Row extends { readonly id: string }>(rows: readonly Row[], ledger: Ledger): Row[] {
  const seen = new Set<string>();
  return rows.filter(({ id }) => !ledger.has(id) && !seen.has(id) && seen.add(id));
}

function filledIn<Map extends object>(given: Map, held: object): Map {
  const lacking = Object.entries(held).filter(([key]) => isLacking((given as Readonly<Record<string, unknown>>)[key]));
  return { ...given, ...Object.fromEntries(lacking) };
}

function isLacking(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Of several rows with one id: each place once, of lists (addresses, roles) all entries. */
function united<R extends Role>(held: RowOf<R>, row: RowOf<R>): RowOf<R> {
  const others: Readonly<Record<string, unknown>> = { ...row };
  const lists = Object.entries(held).flatMap(([key, value]: [string, unknown]) => {
    const more = others[key];
    return Array.isArray(value) && Array.isArray(more) ? [[key, [...new Set([...(value as unknown[]), ...(more as unknown[])])]]] : [];
  });
  const attributes = filledIn(held.attributes, row.attributes);
  return { ...filledIn({ ...held, attributes }, row), ...Object.fromEntries(lists) } as RowOf<R>;
}
