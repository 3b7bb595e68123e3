import { jsonPath } from '../../mapping/json-path.js';
import type { Manifest, Pass } from '../form/schema.js';
import type { Field } from '../form/fields.js';
import { layered } from '../form/request.js';
import type { ListPlan } from '../ask/read-pages.js';
import type { Mapping } from '../mapping/rows.js';
import { compileAny, type Holds } from '../form/tests.js';
import { spread } from '../form/batch.js';
import type { Below } from './parents.js';

/** One request of the manifest, for whatever parents there are. */
export interface PassPlan {
  /** Of a list that is one of several. */
  readonly name: string | undefined;
  readonly mapping: Mapping;
  readonly mayRepeat: boolean;
  /** Its rows are no rows of the list: they add to those of later passes. */
  readonly adds: boolean;
  /** Where it cannot be read, the list can do without. */
  readonly mayFail: boolean;
  /** Is this record a row of the list? */
  readonly isRow: Holds;
  /** The list under one parent or a batch of them, or the only one. */
  readonly list: (below: Below) => ListPlan;
}

export function planPasses(manifest: Manifest): PassPlan[] {
  const passes: readonly (Pass | undefined)[] = manifest.passes ?? [undefined];
  return passes.map((pass) => {
    const request = layered(manifest.request, pass?.request);
    const keep = pass?.keep ?? manifest.keep;
    const drop = pass?.drop ?? manifest.drop;
    const kept = keep === undefined ? () => true : compileAny(keep, true);
    const dropped = drop === undefined ? () => false : compileAny(drop);
    const { id } = pass?.fields ?? manifest.fields;
    const idOf = typeof id === 'string' ? jsonPath(id) : undefined;
    const ofTexts = id !== undefined && readsWhole(id);
    const what = pass?.name ?? request.path ?? 'the list';
    return {
      name: pass?.name,
      mapping: {
        fields: pass?.fields ?? manifest.fields,
        // What only adds to a row says nothing of its state.
        status: pass?.adds === true ? { const: 'unknown' } : (pass?.status ?? manifest.status),
        kind: pass?.kind_of ?? manifest.kind_of,
        noChangeAt: manifest.no_change_at ?? [],
        builtIn: pass?.built_in ?? manifest.built_in ?? [],
      },
      adds: pass?.adds === true,
      mayFail: pass?.may_fail === true,
      mayRepeat: pass?.may_repeat === true || manifest.parents?.may_repeat === true,
      isRow: (record) => kept(record) && !dropped(record),
      list: ({ name, values, batch }) => ({
        name: name === undefined ? what : `${what} of ${name}`,
        request: batch === undefined || manifest.parents === undefined ? request : spread(request, manifest.parents.as, batch.rows),
        ...(batch === undefined ? {} : { expects: batch }),
        paging: pass?.paging ?? manifest.paging,
        records: pass?.records ?? manifest.records,
        values,
        ...(idOf === undefined ? {} : { idOf }),
        ofTexts,
      }),
    };
  });
}

/** Is the id the record itself? */
function readsWhole(id: Field): boolean {
  if (typeof id === 'string') return id === '.';
  if (Array.isArray(id)) return id.some(readsWhole);
  return 'from' in id && [id.from].flat().includes('.');
}
