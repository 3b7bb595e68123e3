import type { FieldMap } from '../../model/config.js';
import { hashText } from '../../store/hash.js';
import { hashAt } from '../../store/text-bytes.js';
import { ColumnBuilder } from '../../store/column-builder.js';
import { planRows } from '../../mapping/bytes/row-plan.js';
import { pathsOf } from '../../model/places.js';
import { compileRows, Problems, RowError } from '../../mapping/rows.js';
import type { Role } from '../../model/role.js';
import { Twice } from '../../mapping/together/twice.js';
import { byCells } from './column-pages.js';
import { fieldsIn } from './mapping.js';
import type { Table } from './table.js';

/** Reads nothing of a table but its ids: which of them stand on several rows? What is wrong with a row is told by those who read it whole. */
export async function idsThatRepeat<Raw>(role: Role, given: FieldMap, table: Table<Raw>): Promise<Twice> {
  const twice = new Twice();
  const { id } = fieldsIn(role, given, table.columns);
  if (id === undefined || id === null) return twice;
  const fields = { id };
  const builder = new ColumnBuilder(role);
  const row = compileRows(role, { fields, state: undefined }, table.access, new Problems());
  const scanner = table.scanner(pathsOf(id));
  const plan = scanner === undefined ? undefined : planRows(role, { fields, state: undefined }, (path) => scanner.slotOf(path), builder);
  for await (const batch of table.batches) {
    if (scanner !== undefined && plan !== undefined && byCells(batch, scanner, plan, { row }, builder)) {
      builder.sift(0, (bytes, at, hash) => {
        twice.add(hash === 0 ? hashAt(bytes, at) : hash);
        return false;
      });
      builder.undo(0, 0);
      batch.done?.();
      continue;
    }
    for (const record of batch.records) {
      try {
        twice.add(hashText(row(record).id));
      } catch (error) {
        if (error instanceof RowError) return twice.settle();
        throw error;
      }
    }
  }
  return twice.settle();
}
