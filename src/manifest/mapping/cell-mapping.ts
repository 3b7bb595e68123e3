import type { FieldMap, SourceConfig } from '../../model/config.js';
import { ListScan } from '../../mapping/bytes/list-scan.js';
import type { CellReader } from '../../mapping/bytes/cell-words.js';
import type { ColumnBuilder } from '../../store/column-builder.js';
import { planRows, type RowPlan } from '../../mapping/bytes/row-plan.js';
import { manifestPlace, pathsOf } from '../../model/places.js';
import { Problems } from '../../mapping/rows.js';
import { stepsOf } from '../../mapping/json-path.js';
import type { Role } from '../../model/role.js';
import { compileBuiltInCells, compileCellRules, compileCellTests } from './cell-rules.js';
import { rulePaths } from './words.js';
import { normalName, Places, specOf, type Mapping } from './rows.js';
import type { Field } from '../form/fields.js';
import type { Predicate } from '../form/parts.js';

export interface CellMapping {
  readonly scan: ListScan;
  readonly plan: RowPlan;
  /** Above 0 for a row that has a date only some have: the plain way reads it. */
  readonly odd: CellReader | undefined;
}

/** Of a row that has none, nothing is in its columns either. Attributes are there for every row. */
const DATES = new Set(['startAt', 'endAt', 'changedAt', 'createdAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt']);

/**
 * A manifest's mapping, ready to fill columns from the bytes of a page. `way`: the keys that lead to its records. Undefined: a field
 * is read in a way that only the plain mapping knows (rows.ts).
 */
export function compileCellMapping<R extends Role>(
  role: R,
  mapping: Mapping,
  config: SourceConfig,
  way: readonly string[],
  builder: ColumnBuilder<R>,
): CellMapping | undefined {
  const places = new Places(new Problems());
  const { state, fields: all, dates } = specOf(role, mapping, config, places);
  const { fields, conditions } = withoutConditions(role, mapping, all);
  const spec = { state, fields, dates };
  const rules = new Map(
    (
      [
        ['kind_of', mapping.kind],
        ['status', mapping.status],
      ] as const
    ).flatMap(([name, words]) => (Array.isArray(words) ? [[manifestPlace(name), words] as const] : [])),
  );
  const builtIn = role === 'person' ? [] : mapping.builtIn;
  const named = [...Object.values(spec.fields), spec.state].flatMap(pathsOf).filter((path) => !places.isOwn(path));
  const paths = new Map(
    [
      ...named,
      ...[...rules.values()].flatMap(rulePaths),
      ...conditions.flatMap(Object.keys),
      ...builtIn.flatMap(({ when }) => Object.keys(when)),
    ].flatMap((path) => {
      const steps = stepsOf(path);
      return steps === undefined ? [] : [[path, steps] as const];
    }),
  );
  const slots = new Map([...paths.keys()].map((path, slot) => [path, slot]));
  const slotOf = (path: string): number | undefined => (places.isOwn(path) ? undefined : slots.get(path));
  const plan = planRows(role, spec, slotOf, builder, (path) => {
    if (path === manifestPlace('built_in')) return compileBuiltInCells(builtIn, slotOf);
    const own = rules.get(path);
    return own === undefined ? undefined : compileCellRules(own, role, slotOf);
  });
  const odd = conditions.length === 0 ? undefined : compileCellTests(conditions, slotOf);
  if (plan === undefined || (odd === undefined && conditions.length > 0)) return undefined;
  return { scan: new ListScan([...paths.values()], way), plan, odd };
}

/** The fields as they are where no condition of a date holds, and these conditions: the plain way reads a record for which one does. */
function withoutConditions(role: Role, mapping: Mapping, all: FieldMap): { readonly fields: FieldMap; readonly conditions: Predicate[] } {
  const fields: Record<string, FieldMap[string]> = { ...all };
  const conditions: Predicate[] = [];
  for (const [name, field] of Object.entries(mapping.fields)) {
    const normal = normalName(role, name, mapping.fields) ?? '';
    const apart = takenApart(field);
    // Where lifegap.yaml has a place of its own, the manifest's does not count.
    if (apart === undefined || !DATES.has(normal) || fields[normal] !== manifestPlace(name)) continue;
    fields[normal] = apart.plain.length === 0 ? null : apart.plain;
    conditions.push(...apart.conditions);
  }
  return { fields, conditions };
}

/** The conditions of a field, and its places without one. Undefined: a place is shaped that has none. */
function takenApart(field: Field): { readonly conditions: readonly Predicate[]; readonly plain: readonly string[] } | undefined {
  const places: readonly unknown[] = [field].flat();
  const plain = places.filter((place) => typeof place === 'string');
  const whens = places.flatMap((place) => (typeof place === 'object' && place !== null && 'when' in place ? [place.when] : []));
  return plain.length + whens.length < places.length ? undefined : { conditions: whens.flat() as Predicate[], plain };
}
