import type { FieldMap } from '../../model/config.js';
import { counted } from '../../model/counted.js';
import { pathsOf } from '../../model/places.js';
import type { Ledger } from '../../contract/ledger.js';
import type { Table } from './table.js';

/**
 * An export of Splunk has each result under `result`, and says beside it whether it is one of a search that had not ended: of these it gives all again, as often as
 * it is asked, and what they tell is not final. The line at the end has no result.
 */
export interface SplunkRows<Raw> {
  final(records: readonly Raw[]): readonly Raw[];
  tell(ledger: Ledger): void;
}

/** Undefined: the fields are not those of such an export. */
export function splunkRows<Raw>(
  fields: FieldMap,
  { access, columns }: Pick<Table<Raw>, 'access' | 'columns'>,
): SplunkRows<Raw> | undefined {
  const isUnderResult = Object.values(fields).some((spec) => pathsOf(spec).some((path) => path.startsWith('result.')));
  if (columns !== undefined || !isUnderResult) return undefined;
  const [previewOf, resultOf] = [access('preview'), access('result')];
  let previews = 0;
  let finals = 0;
  return {
    final: (records) =>
      records.filter((record) => {
        const preview = previewOf(record);
        if (preview === true) previews++;
        else if (preview !== false || resultOf(record) !== undefined) finals++;
        else return false;
        return preview !== true;
      }),
    tell(ledger) {
      if (previews === 0) return;
      const text = `${counted(previews, 'row is a preview', 'rows are previews')} of a search of Splunk that had not ended`;
      if (finals === 0) ledger.doubt(`${text}, and there is no other; export again with preview=false`);
      else ledger.remark(`${text}, and left out`, 'left-out');
    },
  };
}
