import type { SourceConfig } from '../../config/config.js';
import { ListScan } from '../columns/list-scan.js';
import type { ColumnBuilder } from '../columns/column-builder.js';
import { planRows, type RowPlan } from '../columns/row-plan.js';
import { pathsOf } from '../field-compiler.js';
import { Problems } from '../fields.js';
import { stepsOf } from '../json-path.js';
import type { Role } from '../source.js';
import { compileCellRules, rulePaths } from './cell-rules.js';
import { ownPlace, Places, specOf, type Mapping } from './rows.js';

export interface CellMapping {
  readonly scan: ListScan;
  readonly plan: RowPlan;
}

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
  const spec = specOf(role, mapping, config, places);
  const rules = new Map(
    ([['kind_of', mapping.kind], ['status', mapping.status]] as const).flatMap(([name, words]) =>
      Array.isArray(words) ? [[ownPlace(name), words] as const] : [],
    ),
  ); // prettier-ignore
  const named = [...Object.values(spec.fields), spec.state].flatMap(pathsOf).filter((path) => !places.isOwn(path));
  const paths = new Map(
    [...named, ...[...rules.values()].flatMap(rulePaths)].flatMap((path) => {
      const steps = stepsOf(path);
      return steps === undefined ? [] : [[path, steps] as const];
    }),
  );
  const slots = new Map([...paths.keys()].map((path, slot) => [path, slot]));
  const slotOf = (path: string): number | undefined => (places.isOwn(path) ? undefined : slots.get(path));
  const plan = planRows(role, spec, slotOf, builder, (path) => {
    const own = rules.get(path);
    return own === undefined ? undefined : compileCellRules(own, role, slotOf);
  });
  return plan === undefined ? undefined : { scan: new ListScan([...paths.values()], way), plan };
}
