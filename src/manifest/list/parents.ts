import { factsOf } from '../../model/completeness.js';
import { SourceError } from '../../model/errors.js';
import { jsonPath } from '../../mapping/json-path.js';
import { Ledger } from '../../contract/ledger.js';
import { visible } from '../../http/server-text.js';
import { readPages, type ListPlan, type Reading } from '../ask/read-pages.js';
import { numbered } from '../form/batch.js';
import type { Manifest, Parents } from '../form/schema.js';
import type { Values } from '../form/template.js';
import type { Union } from './union.js';

/** What one request for rows hangs below: nothing, one parent, or a batch of them. */
export interface Below {
  /** For messages. */
  readonly name?: string;
  readonly values: Values;
  /** How many parents are asked for at once: as many rows must come. */
  readonly batch?: { readonly rows: number; readonly areAll: boolean };
}

/** A list of parents that is not proven whole leaves the list of rows unproven. */
export async function readParents({ parents }: Manifest, values: Values, reading: Reading, union: Union): Promise<Below[]> {
  if (parents === undefined) return [{ values }];
  const { as, batch } = parents;
  const { ids, areAll } = await readIds(parents, values, reading, union);
  if (batch === undefined) return ids.map((id) => ({ name: visible(id.slice(0, 60)), values: { ...values, [as]: id } }));
  const starts = Array.from({ length: Math.ceil(ids.length / batch) }, (_, i) => i * batch);
  return starts.map((start) => {
    const some = ids.slice(start, start + batch);
    const name = `${as}s ${start + 1} to ${start + some.length}`;
    return { name, values: { ...values, ...numbered(as, some) }, batch: { rows: some.length, areAll } };
  });
}

/** `areAll`: the list of ids is proven whole. */
async function readIds(
  parents: Parents,
  values: Values,
  reading: Reading,
  union: Union,
): Promise<{ readonly ids: readonly string[]; readonly areAll: boolean }> {
  const { system } = reading;
  // In a list of plain texts, the text is the id.
  const read = parents.id === '.' ? (record: unknown) => record : jsonPath(parents.id);
  const ledger = new Ledger();
  const ids: string[] = [];
  const { request, records, paging = 'none' } = parents;
  const plan: ListPlan = { name: `the list of ${parents.as}s`, request, records, paging, values, ofTexts: parents.id === '.' };
  for await (const page of readPages(plan, ledger, reading)) {
    const rows = page.map((record) => {
      const id = read(record);
      if ((typeof id === 'string' && id !== '') || typeof id === 'number') return { id: String(id) };
      throw new SourceError(system, 'malformed', `${system}: ${plan.name}: a record has nothing at ${parents.id}; check the manifest`);
    });
    ids.push(...ledger.take(rows).map(({ id }) => id));
  }
  const completeness = ledger.completeness();
  for (const { kind, isDoubt, text } of factsOf(completeness)) union.all[isDoubt ? 'doubt' : 'remark'](`${plan.name}: ${text}`, kind);
  if (ids.length === 0) union.all.doubt(`${plan.name} is empty`);
  return { ids, areAll: completeness.verdict === 'proven' };
}
