import { RowError } from '../../../mapping/rows.js';
import { sampleOf } from '../../../mapping/problems.js';
import { counted } from '../../../model/counted.js';
import type { Notes } from '../table.js';
import type { SheetRow } from './dense.js';
import { Unread } from './unread.js';

interface Told {
  readonly column: string;
  readonly first: Unread;
  readonly cells: Set<string>;
}

/** Most cells of a column that are told apart. */
const MAX_COUNTED = 1000;

/** What cannot be known of the columns that the mapping reads. A key that is not known finds nobody: where one is, the list proves nothing. */
export class UnreadCells {
  readonly #told = new Map<string, Told>();
  /** Numbers that are too long to be sure of. */
  readonly #long = new Map<string, Told>();

  /** `keys`: columns that people and accounts are known by, and lists of what they hold. */
  constructor(
    private readonly keys: ReadonlySet<string>,
    private readonly notes: Notes,
  ) {}

  access(path: string, read: (row: SheetRow) => string | Unread | undefined): (row: SheetRow) => unknown {
    const isKey = this.keys.has(path);
    return (row) => {
      const cell = read(row);
      if (!(cell instanceof Unread)) return cell;
      if (cell.kind === 'digits') {
        if (isKey)
          throw new RowError(
            `cell ${cell.cell} is a number of ${cell.text.length} digits, and a spreadsheet keeps 15 of them; format the column ${sampleOf(path)} as text, and export it again`,
          );
        this.#note(this.#long, path, cell);
        return cell.text;
      }
      this.#note(this.#told, path, cell);
      return cell;
    };
  }

  tell(): void {
    for (const { column, first, cells } of this.#long.values())
      this.notes.remark(
        `${column}: ${countOf(cells, 'cell holds', 'cells hold')} a number of more than 15 digits (first: ${first.text} in ${first.cell}), and a spreadsheet keeps 15 of them; format the column as text`,
      );
    for (const [path, { column, first, cells }] of this.#told) {
      const count = countOf(cells, 'cell is', 'cells are');
      const what = first.kind === 'error' ? sampleOf(first.text) : first.text;
      const how = first.kind === 'error' ? '' : '; open the workbook in a spreadsheet program and save it';
      const sentence = `${column}: ${count} not known (first: ${what} in ${first.cell})${how}`;
      if (this.keys.has(path)) this.notes.doubt(sentence);
      else this.notes.remark(sentence);
    }
  }

  #note(notes: Map<string, Told>, path: string, cell: Unread): void {
    const told = notes.get(path) ?? { column: `column ${sampleOf(path)}`, first: cell, cells: new Set<string>() };
    if (told.cells.size < MAX_COUNTED) told.cells.add(cell.cell);
    notes.set(path, told);
  }
}

function countOf({ size }: ReadonlySet<string>, one: string, several: string): string {
  return size >= MAX_COUNTED ? `${MAX_COUNTED} or more ${several}` : counted(size, one, several);
}
