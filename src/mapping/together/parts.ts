import { fold } from '../../model/fold.js';
import type { Attributes, Moment } from '../../model/person.js';

// What several rows of one id come to, field by field: never by the order in which they came.

/** Rows of one id as one, and whether they name different people. */
export interface Merged<Row> {
  readonly row: Row;
  readonly contrary: boolean;
  /** They say of one person both that they left and that they are here. */
  readonly undecided?: boolean;
}

/** What all who give it give alike; undefined where they differ. */
export function agreed<T>(values: readonly (T | undefined)[]): T | undefined {
  const given = values.filter((value) => value !== undefined);
  return new Set(given.map((value) => JSON.stringify(value))).size === 1 ? given[0] : undefined;
}

/** Is there one value at most, however it is written? */
export function isOne(values: readonly (string | undefined)[]): boolean {
  return new Set(values.flatMap((value) => (value === undefined || value === '' ? [] : [fold(value)]))).size <= 1;
}

/** The first of them in the order of the alphabet; undefined where they name different things. */
export function oneText(values: readonly (string | undefined)[]): string | undefined {
  return isOne(values) ? union(values)?.[0] : undefined;
}

/** All of them, each once, in the order of the alphabet; undefined where nobody gives any. */
export function union(values: readonly (string | undefined)[]): string[] | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? undefined : [...new Set(given)].sort();
}

export function unionOf(lists: readonly (readonly string[] | undefined)[]): string[] | undefined {
  return lists.every((list) => list === undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))].sort();
}

/** An attribute in which rows differ is absent: absent is never stale. */
export function attributesOf(all: readonly Attributes[]): Attributes {
  const names = [...new Set(all.flatMap((attributes) => Object.keys(attributes)))].sort();
  return Object.fromEntries(names.map((name) => [name, agreed(all.map((attributes) => attributes[name]))]));
}

export function earliest(moments: readonly (Moment | undefined)[]): Moment | undefined {
  return inOrder(moments)[0];
}

export function latest(moments: readonly (Moment | undefined)[]): Moment | undefined {
  return inOrder(moments).at(-1);
}

/** Of two of one instant the one that is known to the day alone comes last. */
function inOrder(moments: readonly (Moment | undefined)[]): Moment[] {
  return moments.filter((moment) => moment !== undefined).sort((a, b) => a.at - b.at || Number(a.day === true) - Number(b.day === true));
}
