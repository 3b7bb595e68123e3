import type { AppConfig } from '../model/config.js';
import type { Census } from '../audit/census.js';
import { personFate } from '../diff/person-fate.js';
import { KEPT_BY, type Why } from '../model/population.js';
import type { Policy, RegisteredAccount } from '../model/policy.js';
import { keptBy } from '../diff/kept.js';

/** How many accounts, or people, of one app a rule kept from being judged further. */
export interface Exclusion {
  readonly what: 'accounts' | 'people';
  readonly why: Why;
  readonly count: number;
  /** Of registered accounts: the place of the entry in the config. */
  readonly entry?: number;
}

/** Counts, while an audit runs, what its rules leave out, and passes everything on. */
export class ExclusionCount implements Census {
  /** By app, by kind, why and entry. */
  readonly #counts = new Map<string, Map<string, Exclusion>>();
  readonly #entries: ReadonlyMap<string, readonly RegisteredAccount[]>;

  constructor(
    apps: readonly AppConfig[],
    private readonly inner: Census | undefined,
  ) {
    this.#entries = new Map(apps.map(({ name, accounts }) => [name, accounts]));
  }

  readonly directory: Census['directory'] = (...given) => this.inner?.directory(...given);

  readonly read: Census['read'] = (app, rows, rulings) => {
    for (const { why, verdict, registered } of rulings) {
      if (registered === undefined) {
        if (isRule(why)) this.#add(app, 'accounts', why);
      } else if (verdict === 'protected') this.#add(app, 'accounts', why, this.#entries.get(app)?.indexOf(registered));
    }
    this.inner?.read(app, rows, rulings);
  };

  readonly settled: Census['settled'] = (app, diff) => {
    for (let n = 0; n < diff.bare.size; n++) this.#add(app.name, 'accounts', 'base-role');
    for (let row = 0; row < diff.standing.index.size; row++) {
      const { why, verdict } = personFate(diff, row);
      if (verdict === 'notExpected' || isRule(why)) this.#add(app.name, 'people', why);
    }
    this.inner?.settled(app, diff);
  };

  of(app: string): readonly Exclusion[] {
    const all = this.#counts.get(app) ?? new Map<string, Exclusion>();
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, exclusion]) => exclusion);
  }

  #add(app: string, what: Exclusion['what'], why: Why, entry?: number): void {
    let all = this.#counts.get(app);
    if (all === undefined) this.#counts.set(app, (all = new Map<string, Exclusion>()));
    const key = JSON.stringify([what, why, entry ?? -1]);
    const count = (all.get(key)?.count ?? 0) + 1;
    all.set(key, { what, why, count, ...(entry === undefined ? {} : { entry }) });
  }
}

/** As the manifest shows it: by which rule, in the words of the config, how many. */
export function shownExclusions(exclusions: readonly Exclusion[], app: AppConfig, policy: Policy): unknown[] {
  return exclusions.map(({ what, why, count, entry }) => {
    const registered = entry === undefined ? undefined : app.accounts[entry];
    const kept = keptBy(why, NaN, { app, policy }, registered);
    return {
      what,
      count,
      by: kept?.by ?? why,
      rule: kept?.rule ?? 'only who is active is expected to have an account',
      ...(registered?.owner === undefined ? {} : { owner: registered.owner }),
    };
  });
}

function isRule(why: Why): boolean {
  return (KEPT_BY as readonly string[]).includes(why);
}
