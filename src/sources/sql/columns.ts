import { jsonPath } from '../../mapping/json-path.js';
import type { Access } from '../../mapping/rows.js';
import { pathsOf } from '../../model/places.js';
import { FileFault } from '../file/fault.js';
import { sampleOf } from '../../mapping/problems.js';
import { itemAt } from '../../model/at.js';
import type { FieldMap, FieldSpec } from '../../model/config.js';

/** The columns of a query, and the ways into those that hold JSON. */
export class QueryColumns {
  /** The columns, and behind them the paths of the config that lead into one. */
  readonly names: readonly string[];

  /** @throws {FileFault} where two have one name */
  constructor(
    readonly columns: readonly string[],
    paths: readonly string[],
    /** Those whose values are JSON by their type. */
    private readonly json: ReadonlySet<string>,
  ) {
    const twice = columns.find((name, at) => columns.indexOf(name) !== at);
    if (twice !== undefined) throw new FileFault(`two columns are called ${sampleOf(twice)}`, 'name one of them otherwise: … as …');
    const into = [...new Set(paths)].filter((path) => !columns.includes(path) && this.#columnOf(path) !== undefined);
    this.names = [...columns, ...into];
  }

  /** The place of a column whose text is the value; undefined: more than its text is asked for. */
  plain(path: string): number | undefined {
    const index = this.columns.indexOf(path);
    return index < 0 || this.json.has(path) ? undefined : index;
  }

  /** The places of these columns; without them, of all. */
  placesOf(only: readonly string[] | undefined): readonly number[] {
    return this.columns.map((_, at) => at).filter((at) => only === undefined || only.includes(itemAt(this.columns, at)));
  }

  /** These columns alone. */
  narrowed(places: readonly number[]): QueryColumns {
    const columns = places.map((at) => itemAt(this.columns, at));
    return new QueryColumns(columns, [], this.json);
  }

  /** How a path is followed, of records whose cells are texts. */
  access<Raw>(cell: (record: Raw, index: number) => string | undefined): Access<Raw> {
    return (path) => {
      const plain = this.plain(path);
      if (plain !== undefined) return (record) => cell(record, plain);
      const column = this.columns.includes(path) ? path : this.#columnOf(path);
      if (column === undefined) return () => undefined;
      const index = this.columns.indexOf(column);
      const rest = path.slice(column.length);
      const follow = jsonPath(`value${rest}`);
      return (record) => {
        const text = cell(record, index);
        if (text === undefined) return undefined;
        const value = parsed(text);
        // Text that is no JSON can be read no further: it stays, so that it is no "none".
        return value === undefined ? text : (follow({ value }) ?? undefined);
      };
    };
  }

  /** The longest column that a path begins with. */
  #columnOf(path: string): string | undefined {
    const fits = this.columns.filter((name) => path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
    return fits.sort((a, b) => b.length - a.length)[0];
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Every path that a config names. */
export function pathsIn(fields: FieldMap, state: FieldSpec | undefined): readonly string[] {
  return [...Object.values(fields), state].flatMap(pathsOf);
}
