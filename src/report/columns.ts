import { cut, displayWidth, pad, wrap } from './width.js';
import { itemAt, numberAt } from '../model/at.js';

export type Paint = (text: string) => string;

/** `text` is already `visible`; colour is put on after the measuring, so it never counts as width. */
export interface Cell {
  readonly text: string;
  readonly paint?: Paint;
  /** What the cell says on the row's second line, without its column head; empty: nothing worth saying. */
  readonly folded?: string;
}

export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** Columns at most. */
  readonly max?: number;
  /** Where space is short, the columns with the lowest number go to the row's second line first, together; without a number they stay. */
  readonly fold?: number;
  /** The last column may run over several lines; narrower than this it folds, or is cut. */
  readonly wrapFrom?: number;
}

export interface Style {
  /** Columns of the terminal. */
  readonly width: number;
  readonly indent: number;
  readonly ellipsis: string;
  /** Between facts on one line. */
  readonly dot: string;
  readonly rule: string;
  readonly faint: Paint;
  /** Of what was folded. */
  readonly second: Paint;
  /** Lines that a wrapped cell may take. */
  readonly lines: number;
}

const GAP = 2;
/** A column is not cut below this. */
const LEAST = 6;

/** How wide each column is, -1 for a folded one: measured once, so that groups of rows stand under one head. */
export type Plan = readonly number[];

/** Fits the columns to the terminal: fold what may be folded, then cut the widest. */
export function plan(columns: readonly Column[], rows: readonly (readonly Cell[])[], style: Style): Plan {
  const widths = columns.map((column, i) => {
    const natural = rows.reduce((most, row) => Math.max(most, displayWidth(row[i]?.text ?? '')), displayWidth(column.head));
    return Math.min(natural, column.max ?? Infinity);
  });
  const room = style.width - style.indent;
  const wrapped = columns.findIndex((column) => column.wrapFrom !== undefined);
  const need = (i: number): number => {
    const width = numberAt(widths, i);
    return i === wrapped ? Math.min(width, columns[i]?.wrapFrom ?? width) : width;
  };
  const total = (): number => {
    const shown = widths.map((_, i) => i).filter((i) => widths[i] !== -1);
    return shown.reduce((sum, i) => sum + need(i), GAP * (shown.length - 1));
  };
  const orders = new Set(columns.flatMap((column) => column.fold ?? []));
  for (const order of [...orders].sort((a, b) => a - b)) {
    if (total() <= room) break;
    columns.forEach((column, i) => {
      if (column.fold === order) widths[i] = -1;
    });
  }
  while (total() > room) {
    const widest = widths.reduce((best, width, i) => (i !== wrapped && width > (widths[best] ?? 0) ? i : best), 0);
    if (numberAt(widths, widest) <= LEAST) break;
    widths[widest] = numberAt(widths, widest) - 1;
  }
  if (wrapped >= 0 && widths[wrapped] !== -1) {
    const rest = room - (total() - need(wrapped));
    widths[wrapped] = Math.max(LEAST, Math.min(numberAt(widths, wrapped), rest));
  }
  return widths;
}

/** The head and the line under it. */
export function head(columns: readonly Column[], widths: Plan, style: Style): string[] {
  const shown = visibleColumns(widths);
  const names = shown.map((i) => {
    const column = itemAt(columns, i);
    return pad(cut(column.head, numberAt(widths, i), style.ellipsis), numberAt(widths, i), column.align);
  });
  const length = shown.reduce((sum, i) => sum + numberAt(widths, i), GAP * (shown.length - 1));
  const indent = ' '.repeat(style.indent);
  return [`${indent}${style.faint(names.join('  ').trimEnd())}`, `${indent}${style.faint(style.rule.repeat(length))}`];
}

/** One row: its line, the further lines of a wrapped cell, and what was folded. */
export function row(columns: readonly Column[], cells: readonly Cell[], widths: Plan, style: Style): string[] {
  const shown = visibleColumns(widths);
  const indent = ' '.repeat(style.indent);
  const parts = shown.map((i) => {
    const cell = itemAt(cells, i);
    const width = numberAt(widths, i);
    return columns[i]?.wrapFrom === undefined
      ? [cut(cell.text, width, style.ellipsis)]
      : wrap(cell.text, width, style.lines, style.ellipsis);
  });
  const height = parts.reduce((most, lines) => Math.max(most, lines.length), 1);
  const out: string[] = [];
  for (let line = 0; line < height; line++) out.push(`${indent}${join(shown, parts, line, columns, cells, widths)}`.trimEnd());
  return [...out, ...folded(cells, widths, style)];
}

function join(
  shown: readonly number[],
  parts: readonly (readonly string[])[],
  line: number,
  columns: readonly Column[],
  cells: readonly Cell[],
  widths: Plan,
): string {
  const last = parts.findLastIndex((lines) => (lines[line] ?? '') !== '');
  return shown
    .slice(0, last + 1)
    .map((i, at) => {
      const text = parts[at]?.[line] ?? '';
      const gap = ' '.repeat(Math.max(0, numberAt(widths, i) - displayWidth(text)));
      const painted = text === '' ? '' : (cells[i]?.paint?.(text) ?? text);
      if (columns[i]?.align === 'right') return gap + painted;
      return at === last ? painted : painted + gap;
    })
    .join('  ');
}

/** Folded cells, in the columns' order, under the second column. */
function folded(cells: readonly Cell[], widths: Plan, style: Style): string[] {
  const facts = cells.filter((_, i) => widths[i] === -1).map((cell) => cell.folded ?? cell.text);
  const inset = style.indent + Math.min(numberAt(widths, 0) + GAP, 18);
  return pack(facts, style.width - inset, style).map((line) => `${' '.repeat(inset)}${style.second(line)}`);
}

/** Facts side by side, as many to a line as fit; a line breaks between facts, and inside one only where it is longer than a line. */
export function pack(facts: readonly string[], width: number, style: Pick<Style, 'dot' | 'ellipsis' | 'lines'>): string[] {
  const lines: string[] = [];
  for (const fact of facts.filter((text) => text !== '')) {
    const last = lines.at(-1);
    const longer = last === undefined ? fact : `${last}${style.dot}${fact}`;
    if (last !== undefined && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(...wrap(fact, width, style.lines, style.ellipsis));
  }
  return lines;
}

function visibleColumns(widths: Plan): number[] {
  return widths.map((_, i) => i).filter((i) => widths[i] !== -1);
}
