import type { DateOrder, FieldMap, FieldSpec } from '../model/config.js';
import type { Leavers } from '../model/check.js';
import type { Role } from '../model/role.js';

/** What reads an export, as it stands in lifegap.yaml: keys of a directory entry, or of an app. */
export interface Reading {
  readonly fields: FieldMap;
  /** Of people. */
  readonly state?: FieldSpec;
  /** Of accounts. */
  readonly status?: FieldSpec;
  readonly dates?: DateOrder;
  /** Of accounts: those that are no person. */
  readonly accounts?: readonly { readonly match: string; readonly kind: string; readonly reason: string }[];
  /** Options of the file. */
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly records?: string;
}

/** What nobody could find in public: the names of the columns, the words of state and status, how dates are written. */
export const UNVERIFIED = ['header', 'words', 'dates'] as const;

/** An export as it comes out of an admin console, known by its header: one file of `known/`. */
export interface KnownExport {
  /** As reports name it: `okta-people`. */
  readonly name: string;
  readonly title: string;
  /** Where its vendor's console has it. */
  readonly get: string;
  readonly role: Role | 'either';
  /** Columns that must be there, those of which one must be, those that must not. White space at the ends and case do not count. */
  readonly header: { readonly all: readonly string[]; readonly any?: readonly string[]; readonly none?: readonly string[] };
  readonly person?: Reading;
  readonly account?: Reading;
  /** Are leavers, or accounts that are off, in the list? */
  readonly leavers: Leavers;
  /** What the list hides or cannot tell. */
  readonly notes: readonly string[];
  /** `checked`: the day on which it was read; without one it is where the vendor has the page. */
  readonly sources: readonly { readonly url: string; readonly checked?: string }[];
  readonly unverified: readonly (typeof UNVERIFIED)[number][];
}

/** May the entry be believed where a verdict hangs on it? Else what it says of state, status and last days is a proposal, to be confirmed. */
export function isSure({ unverified }: KnownExport): boolean {
  return !unverified.includes('header') && !unverified.includes('words');
}
