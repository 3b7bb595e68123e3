import type { Census } from '../audit/census.js';
import type { AppConfig } from '../model/config.js';
import type { AppDiff } from '../diff/app-diff.js';
import { showPerson } from '../diff/finding.js';
import { settledVerdict, type Ruling } from '../diff/ruling.js';
import { personFate } from '../diff/person-fate.js';
import { SEEN } from '../diff/rows.js';
import { NO_ROW } from '../match/person-index.js';
import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import type { AccountRow, AccountVerdict, Kept, ListedAccount, PersonRow, Population, PersonVerdict, Why } from '../model/population.js';
import type { Policy, RegisteredAccount } from '../model/policy.js';
import { Spool } from '../disk/spool.js';
import { keptBy } from '../diff/kept.js';
import { listAccount, listPerson, speaking } from './listed.js';
import { itemAt } from '../model/at.js';

/** What is asked for: each costs a file as long as its list while the audit runs. */
export interface Wanted {
  readonly accounts: boolean;
  readonly people: boolean;
}

interface Settled {
  readonly verdict: AccountVerdict;
  readonly why: Why;
  readonly until: number;
}

const IN_SYNC: Settled = { verdict: 'inSync', why: '', until: NaN };
const OF_NOBODY: Settled = { verdict: 'orphaned', why: '', until: NaN };
const RESIDUAL: Settled = { verdict: 'orphaned', why: '', until: NaN };
const BARE: Settled = { verdict: 'inactive', why: 'base-role', until: NaN };
const WRONG_KEYS: Settled = { verdict: 'inconclusive', why: 'wrong-keys', until: NaN };

interface AppPart {
  readonly accounts: Spool;
  readonly people: Spool;
  /** What became of accounts that were compared, by row of their owner: in sync, if it is not here. */
  settled: ReadonlyMap<number, Settled>;
  /** What became of active accounts that match nobody. */
  unmatched: Settled;
  /** Ids of leavers' accounts that are off and hold base roles alone. */
  bare: ReadonlySet<string>;
  config?: AppConfig;
}

/** An account as it waits, with what was said of it when it was read. JSON knows no NaN: that is null. */
type WaitingAccount = readonly [
  account: ListedAccount,
  verdict: Ruling['verdict'],
  why: Why,
  row: number,
  rule: string,
  until: number | null,
  registered: RegisteredAccount | null | undefined,
  builtIn: string | null | undefined,
];
type WaitingPerson = readonly [
  row: number,
  verdict: PersonVerdict,
  why: Why,
  until: number | null,
  rule: string,
  account: PersonRow['account'] | null,
];

/**
 * Every account and person of an audit, on disk while it runs: what becomes of an account is known only when all of its app are. In memory stay
 * the directory, and what became of accounts that differ.
 */
export class KeptPopulation implements Census, Population {
  readonly #parts = new Map<string, AppPart>();
  #known: { readonly standing: Standing; readonly policy: Policy } | undefined;
  /** Rows of the directory by source and id. */
  #order: Int32Array = new Int32Array(0);

  /** `beside`: the files that are kept for a while stand in this one's folder, with its name before theirs. */
  constructor(
    private readonly beside: string,
    private readonly wanted: Wanted,
  ) {}

  directory(standing: Standing, policy: Policy): void {
    this.#known = { standing, policy };
    if (this.wanted.people) this.#order = bySourceAndId(standing);
  }

  read(app: string, rows: readonly Account[], rulings: readonly Ruling[]): void {
    if (!this.wanted.accounts) return;
    const { standing } = this.#directory();
    const { accounts } = this.#part(app);
    for (const [i, account] of rows.entries()) {
      const { verdict, why, row, rule, until, registered } = itemAt(rulings, i);
      const builtIn = why === 'built-in' ? account.builtIn : undefined;
      const waiting: WaitingAccount = [listAccount(account, standing.asOf), verdict, why, row, rule, until, registered, builtIn];
      accounts.push(JSON.stringify(waiting));
    }
  }

  settled(app: AppConfig, diff: AppDiff): void {
    const part = this.#part(app.name);
    part.config = app;
    if (diff.blind === 'wrong-keys') part.unmatched = WRONG_KEYS;
    part.bare = diff.bare;
    part.settled = this.wanted.accounts ? settledRows(diff) : new Map();
    for (const row of this.#order) {
      const { verdict, why, until } = personFate(diff, row);
      const waiting: WaitingPerson = [row, verdict, why, until, diff.rows.has(row) ? diff.foundBy.rule(row) : '', speaking(diff.rows, row)];
      part.people.push(JSON.stringify(waiting));
    }
    part.people.rest();
    part.accounts.rest();
  }

  *accounts(app: string): Generator<AccountRow> {
    const { accounts, settled, unmatched, bare } = this.#part(app);
    const { standing } = this.#directory();
    for (const line of accounts.lines()) {
      const [account, verdict, why, row, rule, until, registered, builtIn] = JSON.parse(line) as WaitingAccount;
      const final =
        verdict === 'compared'
          ? (settled.get(row) ?? IN_SYNC)
          : verdict === 'unmatched'
            ? unmatched
            : verdict === 'residual'
              ? bare.has(account.id)
                ? BARE
                : RESIDUAL
              : { verdict, why, until: until ?? NaN };
      yield {
        account,
        verdict: final.verdict,
        why: final.why,
        ...(rule === '' ? {} : { rule }),
        ...(row === NO_ROW ? {} : { person: showPerson(standing, row) }),
        ...this.#kept(app, final.why, final.until, registered ?? undefined, builtIn ?? undefined),
      };
    }
  }

  *people(app: string): Generator<PersonRow> {
    const { standing } = this.#directory();
    for (const line of this.#part(app).people.lines()) {
      const [row, verdict, why, until, rule, account] = JSON.parse(line) as WaitingPerson;
      yield {
        person: listPerson(standing, row),
        verdict,
        why,
        ...(account === undefined || account === null ? {} : { account, rule }),
        ...this.#kept(app, why, until ?? NaN),
      };
    }
  }

  close(): void {
    for (const { accounts, people } of this.#parts.values()) {
      accounts.close();
      people.close();
    }
  }

  #kept(app: string, why: Why, until: number, registered?: RegisteredAccount, builtIn?: string): { readonly kept?: Kept } {
    const { config } = this.#part(app);
    if (config === undefined) throw new Error(`${app} is not settled`);
    const kept = keptBy(why, until, { app: config, policy: this.#directory().policy }, registered, builtIn);
    return kept === undefined ? {} : { kept };
  }

  #part(app: string): AppPart {
    let part = this.#parts.get(app);
    if (part === undefined) {
      const spool = (): Spool => new Spool(this.beside);
      this.#parts.set(app, (part = { accounts: spool(), people: spool(), settled: new Map(), unmatched: OF_NOBODY, bare: new Set() }));
    }
    return part;
  }

  #directory(): { readonly standing: Standing; readonly policy: Policy } {
    if (this.#known === undefined) throw new Error('the rows of an app came before the directory');
    return this.#known;
  }
}

/** Once an app is settled: what is not in sync of those who were compared. */
function settledRows(diff: AppDiff): Map<number, Settled> {
  const settled = new Map<number, Settled>();
  for (let row = 0; row < diff.standing.index.size; row++) {
    if (!diff.rows.saw(row, SEEN.active)) continue;
    const verdict = settledVerdict(diff, row);
    if (verdict.verdict !== 'inSync') settled.set(row, verdict);
  }
  return settled;
}

function bySourceAndId({ index }: Standing): Int32Array {
  const sources = index.sources.map((name, at) => [name, at] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const rank = new Map(sources.map(([, at], place) => [at, place]));
  const rankOf = (row: number): number => rank.get(index.source(row)) ?? 0;
  // Taken out of the index once: a million ids are compared twenty million times.
  const ids = Array.from({ length: index.size }, (_, row) => index.id(row));
  return Int32Array.from(ids, (_, row) => row).sort((a, b) => rankOf(a) - rankOf(b) || compareIds(itemAt(ids, a), itemAt(ids, b)) || a - b);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
