import type { Match } from '../match/match.js';
import { NO_ROW } from '../match/person-index.js';
import type { AccountVerdict, Why } from '../model/population.js';
import type { RegisteredAccount } from '../model/policy.js';
import type { AppDiff } from './app-diff.js';
import { SEEN } from './rows.js';

/** What was said of one account when it was read. `compared`, `unmatched` and `residual` are settled when all accounts are known: see `settledVerdict`. */
export interface Ruling {
  readonly verdict: AccountVerdict | 'compared' | 'unmatched' | 'residual';
  readonly why: Why;
  /** The record that speaks for the owner, or NO_ROW. */
  readonly row: number;
  /** The match rule that found it; empty without one. */
  readonly rule: string;
  /** Until when a grace runs, ms; NaN without one. */
  readonly until: number;
  readonly registered?: RegisteredAccount;
}

/** Counts the verdict on one account after the other, and remembers the last. */
export class LastRuling {
  #verdict: Ruling['verdict'] = 'inSync';
  #why: Why = '';
  #until = NaN;
  #row = NO_ROW;
  #rule = '';
  #registered: RegisteredAccount | undefined;

  constructor(private readonly tally: Record<AccountVerdict, number>) {}

  get last(): Ruling {
    const registered = this.#registered === undefined ? {} : { registered: this.#registered };
    return { verdict: this.#verdict, why: this.#why, row: this.#row, rule: this.#rule, until: this.#until, ...registered };
  }

  begin(match: Match): void {
    this.#row = match.kind === 'one' ? match.row : NO_ROW;
    this.#rule = match.kind === 'none' ? '' : match.rule;
    this.#registered = undefined;
  }

  /** The account is a registered one: whomever its keys find is not its owner. */
  register(entry: RegisteredAccount): void {
    this.#row = NO_ROW;
    this.#rule = '';
    this.#registered = entry;
  }

  is(verdict: AccountVerdict, why: Why = '', until = NaN): void {
    this.tally[verdict]++;
    this.#note(verdict, why, until);
  }

  /** Counted when all accounts are known. */
  waits(verdict: 'compared' | 'unmatched' | 'residual'): void {
    this.#note(verdict, '', NaN);
  }

  /** An account that nothing but the comparison is left to say of. */
  compares(row: number, rule: string): void {
    this.#row = row;
    this.#rule = rule;
    this.#registered = undefined;
    this.waits('compared');
  }

  #note(verdict: Ruling['verdict'], why: Why, until: number): void {
    this.#verdict = verdict;
    this.#why = why;
    this.#until = until;
  }
}

/** What became of the compared account, or accounts, of one person. */
export function settledVerdict(diff: AppDiff, row: number): Pick<Ruling, 'verdict' | 'why' | 'until'> & { verdict: AccountVerdict } {
  const until = NaN;
  if (diff.rows.extra(row) !== undefined) return { verdict: 'conflict', why: '', until };
  if (diff.rows.saw(row, SEEN.stale)) return { verdict: 'stale', why: '', until };
  if (!diff.differences.has(row)) return { verdict: 'inSync', why: '', until };
  return { verdict: 'pending', why: 'grace-update', until: diff.dates.changed(row) + diff.policy.grace.update };
}
