import type { FindingClass, FindingReason } from '../../model/finding.js';
import type { CoverageVerdict } from '../../model/report.js';
import type { Stage } from '../../model/policy.js';
import type { Attribute, Company, Human, Profile } from '../lifecycle.js';

/** One account as the app keeps it, and what the simulation knows of it beside that. */
export interface AppAccount {
  readonly id: string;
  /** Key of the human it was made for; absent for what belongs to nobody. */
  readonly human?: string;
  userName: string;
  email?: string;
  /** What the app shows of the person: as of the last time that anything reached it. */
  shown: Partial<Profile>;
  readonly externalId?: string;
  readonly employeeNumber?: string;
  on: boolean;
  readonly kind?: 'service' | 'bot' | 'guest';
  groups: readonly string[];
  readonly createdAt: number;
  updatedAt: number;
  lastLoginAt?: number;
  deactivatedAt?: number;
  /** Attributes whose change never arrived. */
  readonly drift: Set<Attribute>;
  /** What is known to be wrong with it, or `fine`, where that does not follow from its owner. */
  fate?: Fate;
}

export type Fate = 'fine' | 'no-owner' | 'unowned-service' | 'recycled-identifier' | 'duplicate' | 'not-entitled';

export function newAccount(from: Pick<AppAccount, 'id' | 'userName' | 'createdAt'> & Partial<Omit<AppAccount, 'drift'>>): AppAccount {
  return { shown: {}, on: true, groups: [], updatedAt: from.createdAt, drift: new Set(), ...from };
}

/** What an audit must say, as the simulation knows it: nothing here was matched or compared. */
export interface Expectation {
  readonly class: FindingClass;
  readonly reason: FindingReason;
  readonly account?: string;
  readonly person?: string;
  /** Stale: names, sorted. */
  readonly attributes?: readonly string[];
}

/** One app of the demo company. */
export interface DemoApp {
  readonly name: string;
  /** One or two lines for people: what this app is, and what to look for. */
  readonly story: readonly string[];
  readonly accounts: readonly AppAccount[];
  /** What the app lists; the rest is there and not shown. */
  readonly listed: readonly AppAccount[];
  /** Who is meant to have an account. */
  readonly expects: (human: Human) => boolean;
  /** People who have no account yet because they have not logged in yet are no gap. */
  readonly byLogin?: boolean;
  /** The list cannot be proven whole, so nobody can be said to be missing. */
  readonly unproven?: boolean;
  /** Why its accounts differ from the directory. */
  readonly staleCause: 'not-propagated' | 'awaiting-login' | 'unknown';
  /** People of whom nobody can say whether an account is theirs. */
  readonly unclear?: ReadonlySet<string>;
  readonly verdicts: { readonly [S in Stage]: CoverageVerdict };
  readonly source: AppSource;
  /** Lines of the config besides the source: expected, lifecycle, accounts. */
  readonly config: readonly string[];
}

export type AppSource =
  | { readonly kind: 'scim'; readonly dialect: Dialect; readonly fields?: readonly string[] }
  /** A file that the app's administrator exported; text as written. */
  | { readonly kind: 'file'; readonly file: string; readonly text: string; readonly fields?: readonly string[] };

/** In what a SCIM server differs from the book, all of it seen in the field. */
export interface Dialect {
  readonly paging: 'index' | 'cursor';
  /** Users of one page at most, whatever was asked for. */
  readonly pageSize: number;
  /** Users beyond this place are never sent, though they are counted. */
  readonly lastPlace?: number;
  /** `"True"` and `"False"`, as Entra sends them by default and some apps keep them. */
  readonly activeAsText?: boolean;
  /** 400 for a page past the end, instead of an empty one. */
  readonly refusesPastEnd?: boolean;
  /** Answers one request for a further page with 429: whoever asks again gets it. */
  readonly busyOnce?: boolean;
  readonly extension?: { readonly urn: string; readonly lastLogin: string };
  /** `userType` holds member, service, bot or guest. */
  readonly userTypes?: boolean;
}

export type AppMaker = (company: Company) => DemoApp;
