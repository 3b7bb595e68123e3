import { Matcher } from '../match/match.js';
import { hasLiveCredential, type Account } from '../model/account.js';
import type { Finding } from '../model/finding.js';
import type { Reconciliation } from '../model/reconciliation.js';
import type { AppCase, AppSpec } from './app-case.js';
import { BuiltIns } from './built-in.js';
import { Comparison, type Difference } from './compare.js';
import { finding, type Draft } from './finding.js';
import { FoundBy } from './found-by.js';
import type { Unmatched } from './settle/near-miss.js';
import { registrations, type Registration } from './registrations.js';
import { Residuals } from './residual.js';
import { AppRows } from './rows.js';
import { LastRuling } from './ruling.js';
import type { Facts } from './severity.js';
import type { Cause } from './sentences.js';
import { unknownDraft, Unknowns } from './unknowns.js';

/** Accounts by bucket, while they are counted. */
export type Tally = { -readonly [B in keyof Reconciliation['accounts']]: number };

/**
 * What has been noted of one app while its accounts are read: verdicts that stand are counted, and what has to wait for the last account is kept. It is
 * written by the judge and by `settle` alone, inside this room; everybody else reads the `AppDiff` that comes of it.
 */
export class Docket implements AppCase {
  readonly spec: AppSpec;
  readonly standing: AppCase['standing'];
  readonly policy: AppCase['policy'];
  readonly dates: AppCase['dates'];
  readonly directoryProven: boolean;

  readonly matcher: Matcher;
  readonly comparison: Comparison;
  readonly rows: AppRows;
  readonly foundBy: FoundBy;
  readonly registrations: readonly Registration[];

  accounts = 0;
  activeHumans = 0;
  readonly tally: Tally = { inSync: 0, stale: 0, orphaned: 0, conflict: 0, pending: 0, protected: 0, inactive: 0, inconclusive: 0 };
  readonly ruling = new LastRuling(this.tally);
  readonly findings: Finding[] = [];
  readonly builtIns = new BuiltIns();

  /** What waits: differences by row, accounts of nobody, what leavers' accounts hold, and accounts of which nothing can be said. */
  readonly differences = new Map<number, readonly Difference[]>();
  readonly unmatched: Unmatched[] = [];
  readonly residuals: Residuals;
  readonly unknowns = new Unknowns();
  /** Accounts of nobody in a directory that is not proven whole, and registered accounts whose owner was not in it. */
  unmatchedUnproven = 0;
  undecidedOwners = 0;

  constructor({ spec, standing, policy, dates, directoryProven }: AppCase) {
    this.spec = spec;
    this.standing = standing;
    this.policy = policy;
    this.dates = dates;
    this.directoryProven = directoryProven;
    this.matcher = new Matcher(standing, spec.match, policy.preHireLead, policy.leavers, spec.links);
    this.comparison = new Comparison(standing, spec.compare);
    this.rows = new AppRows(standing.index);
    this.foundBy = new FoundBy(spec.match[0]?.name ?? '', standing.index.size);
    this.residuals = new Residuals(spec.baseRoles);
    this.registrations = registrations(spec.accounts, standing, policy, directoryProven);
  }

  orphan(draft: Omit<Draft, 'class' | 'app'>): void {
    this.ruling.is('orphaned');
    this.findings.push(finding({ class: 'orphaned', app: this.spec.name, ...draft }));
  }

  /** Neither on nor off, or of an owner who is neither here nor gone, for all that is known. `row`: the owner's. */
  unknown(account: Account, row?: number, why?: Cause): void {
    const { cause, draft } = unknownDraft(this, account, row, why);
    this.ruling.is('inconclusive', cause === 'status' ? 'unknown-status' : 'unknown-owner');
    this.unknowns.add(cause, draft);
  }

  /** The grace of a leaver still runs. */
  justLeft(row: number): void {
    this.ruling.is('pending', 'grace-delete', this.dates.since(row) + this.policy.grace.delete);
  }

  facts(account: Account, more: Facts = {}): Facts {
    return { ...more, admin: account.admin === true, liveCredential: hasLiveCredential(account, this.standing.asOf) };
  }
}
