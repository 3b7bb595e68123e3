import type { FieldMap, FieldSpec } from '../../model/config.js';
import type { Role } from '../../model/role.js';
import type { DirectoryEntry } from './entry.js';

/** What a reading may need beside the entry itself. One per pull. */
export interface ReadingContext {
  readonly role: Role;
  /** Epoch ms. */
  readonly now: number;
  /** The id of the row behind a DN, where the list holds it. */
  idOf(dn: string): string | undefined;
  /** Does the server itself write its notes (of logins, of mistyped passwords) under this name? */
  isBookkeeper(dn: string): boolean;
  /** Counts what was seen; the schema turns the counts into remarks when the list has ended. */
  count(what: string): void;
}

/** A value that is made of one attribute or more. `needs` are asked from the server when a field uses the reading. */
export interface Reading {
  readonly needs: readonly string[];
  read(entry: DirectoryEntry, context: ReadingContext): unknown;
}

/** How people are kept in one family of directories. */
export interface DirectorySchema {
  /** RFC 4515. Disabled people are in it: they are the leavers. */
  readonly filter: string;
  /** Entries that look like people or accounts, of which the filter takes some. */
  readonly alike: {
    /** RFC 4515. */
    readonly filter: string;
    /** The class of those that the default filter takes, which every server of this kind knows. */
    readonly taken: string;
    /** Further classes of entries that it takes, or that are not meant. */
    readonly passedOver: readonly string[];
  };
  /** How to find out under which names the server writes notes of its own; absent where those can be told without. */
  readonly bookkeeping?: {
    readonly filter: string;
    readonly attributes: readonly string[];
    readonly namesIn: (entries: readonly DirectoryEntry[]) => ReadonlySet<string>;
  };
  fields(role: Role): FieldMap;
  readonly state: FieldSpec;
  /** Attributes whose values are bytes. */
  readonly binary: readonly string[];
  /** By path in lower case: a name with `@` is made up here, any other decodes the attribute of that name. */
  readonly readings: Readonly<Record<string, Reading>>;
  /** Attributes that `excluded` and `remarks` look at. */
  readonly needs: readonly string[];
  /** What the entry is instead of a person or an account of one ("computer or trust accounts"); undefined: it counts. */
  excluded(entry: DirectoryEntry): string | undefined;
  /** All that `excluded` may answer. */
  readonly others: readonly string[];
  /** Sentences about the whole list. */
  remarks(entries: number, counted: (what: string) => number): readonly string[];
  /** Whether the default filter shows disabled people as what they are, to whoever may read the list at all. */
  readonly listsDisabled: boolean;
  /** True when the filter is of the kind that leaves disabled people out. */
  hidesDisabled(filter: string): boolean;
  /** By how much `lastLoginAt` may be late, ms. */
  readonly loginDelay?: number;
  readonly notes: readonly string[];
}
