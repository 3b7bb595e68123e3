import type { AcceptedEntry } from './acceptance.js';
import type { MatchRule, Lifecycle, Policy, RegisteredAccount } from './policy.js';

/** One of several places, with a table of its own. */
export interface PlaceSpec {
  readonly from: string;
  readonly map?: Readonly<Record<string, string>>;
  readonly absent?: string;
  readonly dated?: string;
}

/**
 * Where a value stands in a record: a path, several of them (of a text or a date the first with a value counts, of a list all), a constant, or
 * paths with a value table. Of a word of a closed list, and of `admin`: `absent` is what no value in any of the places means, `dated` what a date
 * there means, `prefer` which word counts where the places say different ones.
 */
export type FieldSpec =
  | string
  | readonly string[]
  | {
      readonly from: string | readonly (string | PlaceSpec)[];
      readonly map?: Readonly<Record<string, string>>;
      readonly absent?: string;
      readonly dated?: string;
      readonly prefer?: string | readonly string[];
    }
  | { readonly const: string };

/** Normal-form name -> place. `null` takes a default mapping away. */
export type FieldMap = Readonly<Record<string, FieldSpec | null>>;

/** The order of day, month and year, where a date does not show it. */
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** One system to read, after validation, with every `${env:}` and `${file:}` resolved. */
export interface SourceConfig {
  readonly name: string;
  /** Key of the table in sources/registry.ts. */
  readonly connector: string;
  /** Options of that connector, already validated against its schema; secret fields hold a `Secret`. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly fields: FieldMap;
  /** The state (of a person) or status (of an account), where the source's default does not fit. */
  readonly state?: FieldSpec;
  /** How the source writes its dates; undefined: as its columns show. */
  readonly dates?: DateOrder;
  /** Relative paths in options are resolved against this folder: the config's own. */
  readonly dir: string;
}

/** A directory to read. */
export interface DirectoryConfig extends SourceConfig {
  /** Read the connector's own log of people, too. */
  readonly log?: true;
}

/**
 * A log to read: of an app, of the identity provider that pushes into it, or a file. Its `fields` hold `action`, `outcome` and `by` beside the places of
 * texts, where the config gives them.
 */
export interface LogConfig extends SourceConfig {
  /** `app`: what it tells was done in the app. A directory's name: what that directory pushed, or tells of its own people. */
  readonly of: string;
  /** Only entries of this app count; the others are skipped. */
  readonly app?: string;
  /** Which log of the connector: its own, or its pushes into `app`. A file holds one. */
  readonly which: 'own' | 'pushes';
}

export interface AppConfig extends SourceConfig {
  /** SCIM filter over the person; undefined: every active human. */
  readonly expected?: string;
  /** SCIM filter over the person; undefined: every active person. */
  readonly allowed?: string;
  /** The app as an identity provider knows it: who is assigned there is expected and allowed, where no filter says otherwise. */
  readonly assigned?: { readonly directory: string; readonly app: string };
  readonly match: readonly MatchRule[];
  /** Normal-form attribute names; undefined: the default list. */
  readonly compare: readonly string[];
  readonly lifecycle: Lifecycle;
  readonly accounts: readonly RegisteredAccount[];
  /** Roles that every account has, and that are no access by themselves. */
  readonly baseRoles?: readonly string[];
  readonly probe: { readonly allowed: boolean };
  /** In the order of the config. */
  readonly logs?: readonly LogConfig[];
  /** 1-based line of the app's key in the config file, for SARIF and messages. */
  readonly line: number;
}

export interface Config {
  /** Absolute path. */
  readonly path: string;
  /** Of the file's bytes: secrets are never in it. */
  readonly sha256: string;
  /** In order of precedence. */
  readonly directory: readonly DirectoryConfig[];
  readonly apps: readonly AppConfig[];
  /** Every app of the file, in its order; `apps` may be a choice of them. */
  readonly allApps: readonly string[];
  readonly policy: Policy;
  /** `path`: absolute. `retain`: ms that what is over is kept; undefined: for ever. */
  readonly history: { readonly path: string; readonly retain?: number } | false;
  /** From the root of its repository (the nearest folder upward that holds .git), else from where the user stands; with `/`. */
  readonly shownPath: string;
  /** The file of accepted findings as the config names it, and its entries. */
  readonly accepted?: { readonly file: string; readonly entries: readonly AcceptedEntry[] };
  /** Warnings that do not stop the run: a secret file that others can read, for example. */
  readonly warnings: readonly string[];
  /** Takes every known secret (and its base64 and URL-encoded forms) out of a text that is about to be shown. */
  readonly redact: (text: string) => string;
  /** Adds a secret that came while the audit ran: a token that was fetched. */
  readonly hide?: (secret: string) => void;
}
