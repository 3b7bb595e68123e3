import type { AppAccount, DemoApp, Expectation } from './apps/account.js';
import { type Company, DAY, type Human, recordOf, standingAt } from './lifecycle.js';

/** Every default grace of the policy. */
const GRACE = DAY;

/**
 * What an audit of this app must find, from what the simulation did: who left and was not removed, whose change did not
 * arrive, who never got an account. `everything`: judged on all accounts, instead of those that the app lists.
 */
export function expectationsOf(app: DemoApp, company: Company, everything = false): Expectation[] {
  const accounts = everything ? app.accounts : app.listed;
  const found = accounts.flatMap((account) => ofAccount(account, app, company));
  if (app.unproven === true && !everything) {
    found.push({ class: 'inconclusive', reason: 'unproven-list' });
  } else if (app.byLogin !== true) {
    found.push(...missing(accounts, app, company));
  }
  return found;
}

function ofAccount(account: AppAccount, app: DemoApp, company: Company): Expectation[] {
  const { fate, human: key } = account;
  const human = key === undefined ? undefined : (company.byKey.get(key) as Human);
  if (fate === 'fine') return [];
  if (fate === 'no-owner' || fate === 'unowned-service') return [{ class: 'orphaned', reason: fate, account: account.id }];
  if (fate === 'recycled-identifier') return [{ class: 'conflict', reason: fate, account: account.id }];
  if (human === undefined) throw new Error(`${app.name}: ${account.id} belongs to nobody and has no fate`);
  const person = recordOf(human).id;
  if (fate === 'duplicate') return [{ class: 'conflict', reason: fate, account: account.id, person }];
  const standing = standingAt(human, company.asOf);
  if (standing === 'gone' || standing === 'disabled') return ofLeaver(account, human, standing, company);
  if (standing !== 'here' || !account.on || recordOf(human).changedAt > company.asOf - GRACE) return [];
  if (fate === 'not-entitled') return [{ class: 'orphaned', reason: fate, account: account.id, person }];
  if (account.drift.size === 0) return [];
  return [{ class: 'stale', reason: app.staleCause, account: account.id, person, attributes: [...account.drift].sort() }];
}

function ofLeaver(account: AppAccount, human: Human, standing: 'gone' | 'disabled', company: Company): Expectation[] {
  const left = human.events.findLast((event) => event.kind === 'leave')?.at ?? NaN;
  const person = recordOf(human).id;
  if (!account.on) {
    // Nobody owes a disabled person's account more than being off; of a leaver's, groups must go as well.
    const residual = standing === 'gone' && account.groups.length > 0;
    return residual ? [{ class: 'orphaned', reason: 'residual-access', account: account.id, person }] : [];
  }
  if (left > company.asOf - GRACE) return [];
  return [{ class: 'orphaned', reason: standing === 'gone' ? 'owner-terminated' : 'owner-disabled', account: account.id, person }];
}

function missing(accounts: readonly AppAccount[], app: DemoApp, company: Company): Expectation[] {
  const byHuman = new Map<string, AppAccount>();
  for (const account of accounts) if (account.human !== undefined) byHuman.set(account.human, account);
  return company.people.flatMap((human): Expectation[] => {
    if (standingAt(human, company.asOf) !== 'here' || !app.expects(human) || app.unclear?.has(human.key) === true) return [];
    const account = byHuman.get(human.key);
    if (account?.on === true) return [];
    const record = recordOf(human);
    if (record.startAt > company.asOf - GRACE) return [];
    const person = record.id;
    return account === undefined
      ? [{ class: 'missing', reason: 'never-created', person }]
      : [{ class: 'missing', reason: 'inactive-account', person, account: account.id }];
  });
}
