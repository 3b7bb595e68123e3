import { hexOf } from '../text-table.js';

/** A column as the server describes it (MySQL internals: column definition). */
export interface Field {
  readonly name: string;
  readonly columnType?: number;
  readonly characterSet?: number;
}

const BINARY = 63;
const BIT = 16;
const JSON_TYPE = 245;
/** BLOB and the kinds of STRING, which are texts unless their character set says that they are bytes. */
const TEXTS = new Set([249, 250, 251, 252, 253, 254, 15]);
const GEOMETRY = 255;

export function isJson({ columnType }: Field): boolean {
  return columnType === JSON_TYPE;
}

/** How the cells of a column become text: numbers and dates are text already. */
export function cellReader(field: Field | undefined): (cell: Buffer) => string {
  const type = field?.columnType ?? 0;
  // BIT(1) is how many write a boolean.
  if (type === BIT) return (cell) => String(cell.reduce((value, byte) => value * 256n + BigInt(byte), 0n));
  if (type === GEOMETRY || (TEXTS.has(type) && field?.characterSet === BINARY)) return hexOf;
  return (cell) => cell.toString('utf8');
}
