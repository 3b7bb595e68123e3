import { sampleOf } from '../../mapping/problems.js';
import { FileFault } from './fault.js';
import { itemAt, numberAt } from '../../model/at.js';

const DELIMITERS = [',', ';', '\t', '|'];
/** Excel's own first line, which tells the delimiter. */
const EXCEL_MARK = /^"?sep=([^\r\n"])"?\r?\n/i;
/** First lines that are no header: of Windows PowerShell's Export-Csv, and of the files of Entra's bulk operations (a spreadsheet adds its delimiters). */
const OTHER_MARK = /^"?(?:#TYPE [\w.+`[\]]+|version:v\d+\.\d+)"?[,;\t]*\r?\n/;

/** A row costs memory for every column, whatever stands in it; the widest exports of directories have some hundreds. */
export const MAX_COLUMNS = 10_000;

export interface Start {
  readonly delimiter: string;
  /** Characters in front of the header. */
  readonly skip: number;
}

/** What separates the cells: what Excel's `sep=` says, or else the one that stands most often in the header, quotes left out. */
export function startOf(text: string): Start {
  const mark = EXCEL_MARK.exec(text);
  if (mark?.[1] !== undefined) return { delimiter: mark[1], skip: mark[0].length };
  const skip = OTHER_MARK.exec(text)?.[0].length ?? 0;
  const counts = DELIMITERS.map(() => 0);
  let quoted = false;
  for (let at = skip; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '\n') break;
    else if (!quoted && DELIMITERS.includes(char)) counts[DELIMITERS.indexOf(char)] = numberAt(counts, DELIMITERS.indexOf(char)) + 1;
  }
  const most = Math.max(...counts);
  return { delimiter: most === 0 ? ',' : itemAt(DELIMITERS, counts.indexOf(most)), skip };
}

/** The names of the columns; `place`: where they stand. A column without a name can hold anything: it cannot be mapped. */
export function columnsOf(header: readonly string[], place: string): readonly string[] {
  if (header.some((name) => /\r(?!\n)/.test(name))) {
    throw new FileFault('its lines end in CR alone', 'save the file with LF or CR LF line ends');
  }
  const columns = header.map((name) => name.trim());
  if (columns.length > MAX_COLUMNS)
    throw new FileFault(
      `${place} has ${columns.length} columns, and ${MAX_COLUMNS} are read`,
      'export fewer columns, or look for a header that was written into one line with the data',
      'too-large',
    );
  const names = new Set<string>();
  const twice = columns.find((name) => name !== '' && names.size === names.add(name).size);
  if (twice !== undefined) throw new FileFault(`${place} names the column ${sampleOf(twice)} twice`, 'rename one of the two in the export');
  if (columns.every((name) => name === ''))
    throw new FileFault(`${place} names no column`, 'the first line of a CSV file must be its header');
  return columns;
}
