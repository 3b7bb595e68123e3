import type { SourceConfig } from '../../model/config.js';
import { Columns, type Words } from '../../store/columns.js';
import { hashAt } from '../../store/text-bytes.js';
import { ColumnBuilder } from '../../store/column-builder.js';
import { ScannedList } from '../../mapping/bytes/list-scan.js';
import { stepsOf } from '../../mapping/json-path.js';
import { ColumnPage } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import { compileCellMapping, type CellMapping } from '../mapping/cell-mapping.js';
import type { PassPlan } from './plan.js';
import { readRecords, type ListPlan, type Reading } from '../ask/read-pages.js';
import type { Manifest } from '../form/schema.js';
import type { PagingForms } from '../form/paging.js';
import type { Predicate, Records } from '../form/parts.js';
import type { Union } from './union.js';

/**
 * The pages of a manifest's one list as columns. What stands plainly in the bytes of a page goes from there into the columns; any other
 * record goes through the parser and the mapping. Rows, proof and messages are those of the plain way
 * (test/manifest/columns.test.ts).
 */
export class ColumnList<R extends Role> {
  readonly #words: Words = [];

  private constructor(
    private readonly role: R,
    private readonly mapping: CellMapping,
    private readonly builder: ColumnBuilder<R>,
  ) {}

  /** Undefined: the manifest, or the config, says more than can be read so. */
  static open<R extends Role>(role: R, manifest: Manifest, passes: readonly PassPlan[], config: SourceConfig): ColumnList<R> | undefined {
    const [pass] = passes;
    const isOne = passes.length === 1 && manifest.parents === undefined && !pass?.adds;
    const isFiltered = (manifest.passes?.[0]?.keep ?? manifest.passes?.[0]?.drop ?? manifest.keep ?? manifest.drop) !== undefined;
    if (pass === undefined || !isOne || isFiltered || manifest.no_change_at !== undefined) return undefined;
    const { records, paging } = pass.list({ values: {} });
    const way = wayTo(records);
    if (way === undefined || looksAt(manifest, typeof paging === 'object' ? paging : {}, way)) return undefined;
    const builder = new ColumnBuilder(role);
    const mapping = compileCellMapping(role, pass.mapping, config, way, builder);
    return mapping === undefined ? undefined : new ColumnList(role, mapping, builder);
  }

  async *pages(
    list: ListPlan,
    union: Union,
    reading: Reading,
    toRow: (record: unknown) => RowOf<R>,
    again: (record: unknown) => void,
  ): AsyncGenerator<ColumnPage<R>, void, void> {
    const { role, builder, mapping } = this;
    const ledger = union.open();
    for await (const records of readRecords(list, ledger, reading, mapping.scan)) {
      if (records instanceof ScannedList) this.#fill(records, toRow);
      else for (const record of records) builder.add(toRow(record));
      ledger.count(builder.rows, 1);
      const gone = builder.sift(0, (bytes, at, hash) => ledger.isNew(bytes, at, hash === 0 ? hashAt(bytes, at) : hash));
      for (const index of gone) again(records.at(index));
      if (builder.rows > 0) yield new ColumnPage(role, new Columns(builder.take(), this.#words));
    }
  }

  #fill(records: ScannedList, toRow: (record: unknown) => RowOf<R>): void {
    const { builder, mapping } = this;
    const { cells } = mapping.scan;
    const { odd } = mapping;
    for (let index = 0; index < records.length; index++) {
      const base = records.base(index);
      const begun = builder.place;
      if (base >= 0 && (odd === undefined || odd(records.bytes, cells, base) === 0) && mapping.plan.fill(records.bytes, cells, base))
        continue;
      builder.undo(builder.rows, begun);
      builder.add(toRow(records.at(index)));
    }
  }
}

/** The keys that lead to the records; none where the body is the list. Undefined: they are found in another way. */
function wayTo(records: Records): readonly string[] | undefined {
  const path = typeof records === 'string' ? records : records.values_of === undefined ? (records.path ?? '.') : undefined;
  return path === '.' ? [] : path === undefined ? undefined : stepsOf(path);
}

/** Does anything besides the mapping look at the records, or at what they stand in? They are not there when an answer is judged. */
function looksAt(manifest: Manifest, forms: PagingForms, way: readonly string[]): boolean {
  const { ok, errors = [], request } = manifest;
  const predicates: readonly (Predicate | undefined)[] = [ok?.when, ...errors.map(({ when }) => when.body)];
  const { cursor } = forms;
  const places: unknown[] = Object.values(forms).flatMap((form) => {
    const { next, path, total, more, done, last_page: last, page_info: info } = form as Readonly<Record<string, unknown>>;
    return [next, path, total, more, done, last, info];
  });
  if (typeof cursor?.next === 'object' && 'last_record' in cursor.next) return true;
  const paths = [
    ...predicates.flatMap((predicate) => Object.keys(predicate ?? {})),
    ok?.error,
    ...places,
    forms.scim && 'totalResults',
    request.graphql && 'errors',
  ];
  return paths.some((path) => typeof path === 'string' && (path === 'cel' || touches(path, way)));
}

/** May the path lead to the list, into it, or to an object around it? */
function touches(path: string, way: readonly string[]): boolean {
  const list = `${way.join('.')}.`;
  const other = `${path.replace(/[:[]/g, '.')}.`;
  return way.length === 0 || other.startsWith(list) || list.startsWith(other);
}
