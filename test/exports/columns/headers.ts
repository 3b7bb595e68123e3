import { looksOf } from '../../../src/compare/looks.js';
import { NOTHING_GIVEN, type Given, type Rows } from '../../../src/exports/columns/given.js';
import { tell, type Told } from '../../../src/exports/columns/tell.js';
import type { Role } from '../../../src/model/role.js';

/** A file as a text: a header and rows, separated by `|`. */
export function rowsOf(text: string, isWhole = true): Rows {
  const [header = '', ...lines] = text.trim().split('\n');
  const columns = header.split('|').map((name) => name.trim());
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  return { looks: looksOf({ columns, cells, isWhole, defaults: [] }), cells, isWhole };
}

export function told(role: Role, text: string, given: Partial<Given> = {}, isWhole = true): Told {
  return tell(role, rowsOf(text, isWhole), { ...NOTHING_GIVEN, ...given });
}

/** `field=column`, for every column that has a meaning, in the order of the file. */
export function meanings(role: Role, text: string): string[] {
  return told(role, text).columns.flatMap(({ column, as }) => (as === undefined ? [] : [`${as}=${column}`]));
}
