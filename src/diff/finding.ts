import { hash } from 'node:crypto';
import type { Finding, FindingAccount, FindingClass, FindingPerson, FindingReason, StaleAttribute } from '../model/finding.js';
import type { Moment } from '../model/person.js';
import type { Standing } from '../match/standing.js';
import type { HeldAccount } from './rows.js';
import { severityOf, type Facts } from './severity.js';

/** Milliseconds to ISO 8601, UTC. Seconds are enough, and a date beyond what JavaScript can say is no date. */
export function iso(at: number | undefined): string | undefined {
  if (at === undefined || Number.isNaN(at) || Math.abs(at) > 8.64e15) return undefined;
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** A date known to the day is shown as a day. */
export function showMoment(moment: Moment | undefined): string | undefined {
  return moment?.day === true ? iso(moment.at)?.slice(0, 10) : iso(moment?.at);
}

/**
 * The stable name of a finding: class, app and immutable ids, and nothing that a rename, a new page order, or a changed reason
 * could move. `v1` is the recipe's version.
 */
export function fingerprint(
  cls: FindingClass,
  app: string,
  accountId: string | undefined,
  person: { source: string; id: string } | undefined,
  /** Names a finding that is of the whole list, where there is neither account nor person. */
  topic: string,
): string {
  const who =
    accountId !== undefined ? ['account', accountId] : person !== undefined ? ['person', person.source, person.id] : ['list', topic];
  return `f-${hash('sha256', JSON.stringify(['v1', cls, app, ...who])).slice(0, 20)}`;
}

/** The name of the directory that a person is in. */
export function sourceOf({ index }: Pick<Standing, 'index'>, row: number): string {
  return index.sources[index.source(row)] ?? '';
}

export function showAccount(account: HeldAccount): FindingAccount {
  const createdAt = iso(account.createdAt);
  const lastLoginAt = iso(account.lastLoginAt);
  return {
    id: account.id,
    ...(account.userName === undefined ? {} : { userName: account.userName }),
    ...(account.email === undefined ? {} : { email: account.email }),
    status: account.status,
    kind: account.kind,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(lastLoginAt === undefined ? {} : { lastLoginAt }),
  };
}

export function showPerson(standing: Standing, row: number): FindingPerson {
  const { index } = standing;
  const userName = index.text('userName', row);
  const email = index.text('email', row);
  const endAt = showMoment(standing.lastDay(row));
  return {
    id: index.id(row),
    source: sourceOf(standing, row),
    ...(userName === undefined ? {} : { userName }),
    ...(email === undefined ? {} : { email }),
    state: standing.state(row),
    ...(endAt === undefined ? {} : { endAt }),
  };
}

/** How people call an account, for sentences. */
export function called(who: { readonly id: string; readonly userName?: string; readonly email?: string }): string {
  return who.userName ?? who.email ?? who.id;
}

export interface Draft {
  readonly class: FindingClass;
  readonly reason: FindingReason;
  readonly app: string;
  readonly account?: FindingAccount;
  readonly person?: FindingPerson;
  readonly rule?: string;
  readonly attributes?: readonly StaleAttribute[];
  readonly summary: string;
  readonly facts?: Facts;
  readonly hints?: readonly string[];
  readonly mayBeOrphaned?: boolean;
  readonly ofCredentials?: boolean;
}

export function finding(draft: Draft): Finding {
  return {
    // There may be another of the same reason, of the whole list as well.
    id: fingerprint(draft.class, draft.app, draft.account?.id, draft.person, draft.ofCredentials === true ? 'credentials' : draft.reason),
    class: draft.class,
    reason: draft.reason,
    severity: severityOf(draft.class, draft.reason, draft.facts ?? {}),
    app: draft.app,
    account: draft.account ?? null,
    person: draft.person ?? null,
    match: draft.rule === undefined ? null : { rule: draft.rule },
    attributes: draft.attributes ?? [],
    summary: draft.summary,
    hints: draft.hints ?? [],
    controls: {},
    accepted: null,
    ...(draft.mayBeOrphaned === true ? { mayBeOrphaned: true } : {}),
    ...(draft.ofCredentials === true ? { ofCredentials: true } : {}),
  };
}
