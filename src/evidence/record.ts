// What is kept of an audit so that it can be run again from the pack: types of replay.json.
import type { Config, LogConfig } from '../model/config.js';
import type { Baseline } from '../gate/baseline.js';
import type { AssignmentList, Provisioning } from '../model/assignment.js';
import type { Completeness } from '../model/completeness.js';
import type { Framework } from '../model/controls.js';
import type { SourceFault } from '../model/errors.js';
import type { LogFacts, LogWindow } from '../model/log.js';
import type { AppPast } from '../model/past.js';
import type { RequestSeen } from '../model/request-seen.js';
import type { SourceFacts } from '../contract/source.js';
import type { Role } from '../model/role.js';

export const KIND = 'lifegap-evidence';
export const FORMAT = 1;

export interface Failure {
  readonly fault: SourceFault;
  readonly message: string;
}

/** One list as it was read. Its rows stand in `file`, one a line; `pages` says how many came on each page. */
export interface ListRecord {
  readonly role: Role;
  readonly name: string;
  readonly file: string;
  readonly pages: readonly number[];
  /** Rows by kind and by state or status. */
  readonly counts: Readonly<Record<string, number>>;
  readonly facts: SourceFacts;
  readonly completeness?: Completeness;
  readonly failure?: Failure;
  /** Rows that were read again by id, call by call; undefined where the source cannot. */
  readonly confirmed?: readonly { readonly rows?: readonly unknown[]; readonly failure?: Failure }[];
}

/** One log as it was read. Its entries stand in `file`, one a line; `pages` says how many came on each page. */
export interface LogRecord extends Pick<LogConfig, 'name' | 'connector' | 'of' | 'which' | 'app'> {
  /** Which of the logs of all apps, in the order of the config; undefined: it is a directory's. */
  readonly place?: number;
  readonly file: string;
  readonly window: LogWindow;
  readonly pages: readonly number[];
  /** Entries by action and by outcome. */
  readonly counts: Readonly<Record<string, number>>;
  readonly log: LogFacts;
  readonly completeness?: Completeness;
  readonly failure?: Failure;
}

export interface ProviderRecord {
  readonly name: string;
  readonly hasAssignments: boolean;
  readonly hasProvisioning: boolean;
  /** By id of the app. */
  readonly assignments: Readonly<Record<string, AssignmentList>>;
  readonly provisioning: Readonly<Record<string, Provisioning>>;
}

/** A person of the past; the row is found again by source and id. */
export interface PastRecord extends Omit<AppPast, 'people' | 'unchangedSince'> {
  readonly people: readonly (AppPast['people'] extends Iterable<infer P> ? P : never)[];
}

/** An instant that history gave of a person, ms. */
export type PersonInstant = readonly [source: string, id: string, since: number];

/** The audit's own options, as far as they decide anything. */
export interface OptionsRecord {
  readonly asOf: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly tool: string;
  /** Of the code that wrote the pack, see `buildHash`; a pack of before has none. */
  readonly build?: string;
  readonly failOn?: readonly string[];
  readonly newOnly?: boolean;
  readonly baseline?: Baseline;
  readonly acceptShrink?: readonly string[];
  readonly controls?: readonly Framework[];
}

export interface ReplayRecord {
  readonly kind: typeof KIND;
  readonly format: typeof FORMAT;
  readonly options: OptionsRecord;
  /** People go by pseudonyms. `key`: tells the key that made them from another; undefined: it was thrown away. */
  readonly redacted?: { readonly key?: string };
  /** Without the connectors' options and every absolute path: nothing is opened again. */
  readonly config: Omit<Config, 'redact'>;
  readonly lists: readonly ListRecord[];
  readonly providers: readonly ProviderRecord[];
  /** A pack of before has none. */
  readonly logs?: readonly LogRecord[];
  /** Undefined: the audit went without history. */
  readonly past?: {
    readonly rowsBefore: Readonly<Record<string, number>>;
    readonly apps: Readonly<Record<string, string>>;
    /** By app: what was asked of `AppPast.unchangedSince`, as source, id and answer. */
    readonly unchanged: Readonly<Record<string, readonly PersonInstant[]>>;
    /** What was asked of `Past.leftBy`; a pack of before has none. */
    readonly left?: readonly PersonInstant[];
  };
}

export type SourceRequests = Readonly<Record<string, readonly RequestSeen[]>>;
