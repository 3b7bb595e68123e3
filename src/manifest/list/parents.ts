import { factsOf } from '../../model/completeness.js';
import { SourceError } from '../../model/errors.js';
import { jsonPath } from '../../mapping/json-path.js';
import { Ledger } from '../../contract/ledger.js';
import { readPages, type ListPlan, type Reading } from '../ask/read-pages.js';
import type { Manifest } from '../form/schema.js';
import type { Values } from '../form/template.js';
import type { Union } from './union.js';

/** Ids of what the rows hang below. A list of parents that is not proven whole leaves the list of rows unproven. */
export async function readParents({ parents }: Manifest, values: Values, reading: Reading, union: Union): Promise<string[]> {
  if (parents === undefined) return [];
  const { system } = reading;
  const read = jsonPath(parents.id);
  const ledger = new Ledger();
  const ids: string[] = [];
  const { request, records, paging = 'none' } = parents;
  const plan: ListPlan = { name: `the list of ${parents.as}s`, request, records, paging, values };
  for await (const page of readPages(plan, ledger, reading)) {
    const rows = page.map((record) => {
      const id = read(record);
      if ((typeof id === 'string' && id !== '') || typeof id === 'number') return { id: String(id) };
      throw new SourceError(system, 'malformed', `${system}: ${plan.name}: a record has nothing at ${parents.id}; check the manifest`);
    });
    ids.push(...ledger.take(rows).map(({ id }) => id));
  }
  for (const { kind, isDoubt, text } of factsOf(ledger.completeness()))
    union.all[isDoubt ? 'doubt' : 'remark'](`${plan.name}: ${text}`, kind);
  if (ids.length === 0) union.all.doubt(`${plan.name} is empty`);
  return ids;
}
