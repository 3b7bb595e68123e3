import type { Account, AccountKind, AccountStatus } from '../model/account.js';
import { counted } from '../model/counted.js';
import type { Lifecycle } from '../model/policy.js';
import type { InferredMechanism, Mechanism } from '../model/report.js';

const MINUTE = 60_000;
/** Fewer accounts than this show no pattern. */
const MINIMUM = 10;
/** Distinct creation minutes that are remembered; a list beyond it was not made in bulk. */
const MINUTES = 50_000;

/**
 * What an app's accounts say about how they were made, gathered one account at a time and judged by falsification. One
 * audit shows stocks, so the answer is modest: `unknown` unless the facts decide.
 */
export class MechanismTraces {
  #accounts = 0;
  #withLogin = 0;
  #neverLoggedIn = 0;
  #createdAtFirstLogin = 0;
  #loginComparable = 0;
  #dated = 0;
  readonly #minutes = new Map<number, number>();
  #matched = 0;
  #externalIdIsPerson = 0;

  /** `linked`: its externalId is the id of the person it matched. Only accounts of people that are on count. */
  add({ kind, status, createdAt, lastLoginAt }: Account, matched: boolean, linked: boolean): void {
    this.count(kind, status, createdAt?.at, lastLoginAt?.at, matched, linked);
  }

  /** The same of an account that is no object; dates in milliseconds. */
  count(
    kind: AccountKind,
    status: AccountStatus,
    created: number | undefined,
    login: number | undefined,
    matched: boolean,
    linked: boolean,
  ): void {
    if (kind === 'service' || kind === 'bot' || status !== 'active') return;
    this.#accounts++;
    if (login === undefined) this.#neverLoggedIn++;
    else this.#withLogin++;
    if (created !== undefined) {
      this.#dated++;
      const minute = Math.floor(created / MINUTE);
      if (this.#minutes.has(minute) || this.#minutes.size < MINUTES) this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + 1);
      if (login !== undefined && login >= created && login - created < 24 * 60 * MINUTE) {
        this.#loginComparable++;
        if (login - created <= 5 * MINUTE) this.#createdAtFirstLogin++;
      }
    }
    if (matched) this.#matched++;
    if (linked) this.#externalIdIsPerson++;
  }

  /** `awaitingLogin`: stale accounts that nobody logged in to since the change, of all stale ones. */
  judge(lifecycle: Lifecycle, stale: { readonly awaitingLogin: number; readonly total: number }): Mechanism {
    const declared = lifecycle.create?.by ?? null;
    const traces: string[] = [];
    if (this.#accounts < MINIMUM) {
      return {
        inferred: 'unknown',
        confidence: 0,
        declared,
        traces: [`${counted(this.#accounts, 'active account is', 'active accounts are')} too few to show a pattern`],
      };
    }
    const bulk = Math.max(0, ...this.#minutes.values());
    const imported = this.#dated >= MINIMUM && bulk >= MINIMUM && bulk > this.#dated * 0.5;
    if (imported) traces.push(`${bulk} of ${this.#dated} accounts were created in one minute: an import`);
    const linked = this.#matched >= MINIMUM && this.#externalIdIsPerson > this.#matched * 0.8;
    if (this.#externalIdIsPerson > 0)
      traces.push(`${this.#externalIdIsPerson} of ${this.#matched} matched accounts carry the directory's id as externalId`);
    const neverIn = this.#withLogin > 0 && this.#neverLoggedIn > this.#accounts * 0.02;
    if (this.#withLogin > 0)
      traces.push(`${this.#neverLoggedIn} of ${this.#accounts} accounts never logged in${neverIn ? ': pure JIT is disproved' : ''}`);
    const firstLogin = this.#loginComparable >= 5 && this.#createdAtFirstLogin > this.#loginComparable * 0.8;
    if (this.#loginComparable > 0)
      traces.push(
        `${this.#createdAtFirstLogin} of ${this.#loginComparable} accounts used once on their first day were created within 5 min of that login`,
      );
    const waiting = stale.total >= 3 && stale.awaitingLogin > stale.total * 0.8;
    if (stale.total > 0)
      traces.push(
        `${stale.awaitingLogin} of ${counted(stale.total, 'stale account was', 'stale accounts were')} not logged in to since the change`,
      );
    const medium = [firstLogin, waiting, this.#withLogin >= MINIMUM && this.#neverLoggedIn === 0 && !linked].filter(Boolean).length;
    const inferred: InferredMechanism = linked
      ? firstLogin && !neverIn
        ? 'scim+jit'
        : 'scim'
      : !neverIn && medium >= 2
        ? 'jit'
        : imported
          ? 'manual'
          : 'unknown';
    const confidence =
      inferred === 'unknown' ? 0 : inferred === 'scim' ? (neverIn ? 0.8 : 0.6) : inferred === 'jit' ? 0.5 + 0.15 * medium : 0.5;
    return { inferred, confidence: Math.round(confidence * 100) / 100, declared, traces };
  }
}
