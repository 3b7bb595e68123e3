import type { FieldMap, FieldSpec } from '../../model/config.js';
import { pathsOf } from '../../model/places.js';
import { sampleOf } from '../../mapping/problems.js';
import { FileFault } from './fault.js';

/** Columns named of a file that lacks one. */
const NAMED_COLUMNS = 30;

/** The paths that the config itself names, by the field that they are for. */
export function namedPaths(fields: FieldMap, state: FieldSpec | undefined, stateName: string): ReadonlyMap<string, readonly string[]> {
  const specs = Object.entries<FieldSpec | null | undefined>({ ...fields, ...(state === undefined ? {} : { [stateName]: state }) });
  return new Map(specs.map(([name, spec]) => [name, pathsOf(spec)] as const).filter(([, paths]) => paths.length > 0));
}

/** Places that the config names: a file with columns has them, and of other records some one has. */
export class NamedPlaces {
  /** Those that no record has shown yet. */
  readonly unseen: Set<string>;

  /** @throws {FileFault} for a column that is not there */
  constructor(
    private readonly named: ReadonlyMap<string, readonly string[]>,
    columns: readonly string[] | undefined,
    isThere: (path: string, columns: readonly string[]) => boolean = () => false,
  ) {
    const paths = new Set([...named.values()].flat());
    const lacking = columns === undefined ? [] : [...paths].filter((path) => !columns.includes(path) && !isThere(path, columns));
    if (lacking.length > 0)
      throw new FileFault(`it has no column ${lacking.map(sampleOf).join(', ')}`, `the columns are ${listed(columns ?? [])}`);
    this.unseen = new Set(columns === undefined ? paths : []);
  }

  /** Reads a place, and notes that it is there. */
  watch<Raw>(path: string, read: (record: Raw) => unknown): (record: Raw) => unknown {
    const { unseen } = this;
    if (!unseen.has(path)) return read;
    return (record) => {
      const value = read(record);
      if (value !== undefined) unseen.delete(path);
      return value;
    };
  }

  /** At the end: the fields that no record has. Of several places only the first that has a value is asked: one is missing when none ever had one. */
  missing(): readonly (readonly [field: string, sentence: string])[] {
    return [...this.named]
      .filter(([, places]) => places.every((path) => this.unseen.has(path)))
      .map(([field, places]) => [field, `${field}: no record has ${places.map(sampleOf).join(' or ')}`]);
  }
}

export function listed(columns: readonly string[]): string {
  const names = columns.filter((name) => name !== '').map(sampleOf);
  return names.length > NAMED_COLUMNS ? `${names.slice(0, NAMED_COLUMNS).join(', ')}, …` : names.join(', ');
}
