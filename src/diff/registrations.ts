import { compileFilter } from '../filter/filter.js';
import { parseFilter, type FilterNode } from '../filter/parse.js';
import { accountTest } from '../match/person-filter.js';
import type { Match } from '../match/match.js';
import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import { counted } from '../model/counted.js';
import type { Policy, RegisteredAccount } from '../model/policy.js';
import type { AppCase } from './app-case.js';
import { mustGo, ownerOf } from './table.js';

/** Keys by which an owner may be named in the config. */
const OWNER_KEYS = ['id', 'employeeId', 'userName', 'email'] as const;

export interface Registration {
  readonly entry: RegisteredAccount;
  readonly covers: (account: Account) => boolean;
  /** It names its accounts one by one, so somebody has looked at each. */
  readonly exact: boolean;
  /** Why the registration does not hold today; undefined: it does. */
  readonly lapse: string | undefined;
  /** The owner cannot be looked up because the directory's list is not proven whole. */
  readonly undecided: boolean;
  /** Accounts that it covered. */
  used: number;
  /** Accounts that it names, and whose owner has left or is switched off. */
  refused: number;
}

export interface Covered {
  readonly registration: Registration;
  /** `mailbox`: the directory's record of it is off, and nothing in it is of a human; `doubtful`: it may be. */
  readonly is?: 'mailbox' | 'doubtful';
}

/** Service, shared and break-glass accounts, as the config registers them, checked against today and the directory. */
export function registrations(
  entries: readonly RegisteredAccount[],
  standing: Standing,
  policy: Pick<Policy, 'leavers'>,
  directoryProven: boolean,
): Registration[] {
  return entries.map((entry) => {
    const owner = ownerState(entry, standing, policy);
    const lapse =
      entry.reviewBy !== undefined && entry.reviewBy < standing.asOf
        ? `its review was due on ${new Date(entry.reviewBy).toISOString().slice(0, 10)}`
        : owner === 'unnamed'
          ? 'it is registered without an owner'
          : owner === 'gone'
            ? `its owner ${entry.owner} has left`
            : owner === 'several'
              ? `its owner ${entry.owner} is several people, one of whom has left`
              : owner === 'unknown' && directoryProven
                ? `its owner ${entry.owner} is not in the directory`
                : undefined;
    return {
      entry,
      covers: accountTest(compileFilter(entry.match)),
      exact: namesEach(parseFilter(entry.match)),
      lapse,
      undecided: owner === 'unknown' && !directoryProven && lapse === undefined,
      used: 0,
      refused: 0,
    };
  });
}

function ownerState(
  entry: RegisteredAccount,
  standing: Standing,
  policy: Pick<Policy, 'leavers'>,
): 'unnamed' | 'gone' | 'several' | 'unknown' | 'here' {
  if (entry.owner === undefined || entry.owner.trim() === '') return 'unnamed';
  const { index } = standing;
  const key = index.foldKey(entry.owner);
  if (key === undefined) return 'unknown';
  for (const word of OWNER_KEYS) {
    const rows = index.key(word).find(key);
    if (rows.length === 0) continue;
    const gone = rows.filter((row) => mustGo(standing, standing.current(row), policy));
    return gone.length === 0 ? 'here' : gone.length === rows.length ? 'gone' : 'several';
  }
  return 'unknown';
}

/**
 * The registration that covers an account. None hides a leaver: where one is among several whose account it may be, only one that names the account says
 * that it is nobody's; and so does that one of an account whose record in the directory is merely off, and of no human as far as it tells.
 */
export function covering(
  { registrations, standing, policy }: Pick<AppCase, 'standing' | 'policy'> & { readonly registrations: readonly Registration[] },
  account: Account,
  match: Match,
): Covered | undefined {
  const owners = match.kind === 'none' ? [] : match.kind === 'one' ? [match.row] : match.rows;
  const mayLeave = owners.some((row) => standing.contradiction(row) !== undefined || hasLeft(standing, row, policy));
  const is = mayLeave && match.kind === 'one' ? humanity(standing, match.row) : undefined;
  for (const registration of registrations) {
    if (!registration.covers(account)) continue;
    if (!mayLeave || (registration.exact && (match.kind !== 'one' || is !== 'human')))
      return { registration, ...(is === undefined || is === 'human' ? {} : { is }) };
    registration.refused++;
  }
  return undefined;
}

function hasLeft(standing: Standing, row: number, policy: Policy): boolean {
  return ['gone', 'disabled'].includes(ownerOf(standing.state(row), true, policy, standing.index.kind(row)));
}

const HUMAN_NAMES = ['givenName', 'familyName'] as const;

/** Is a record that is off one of a human? Not where it has no name, number, day or manager, and others of its list have names. */
function humanity(standing: Standing, row: number): 'human' | 'mailbox' | 'doubtful' {
  const { index } = standing;
  if (standing.state(row) !== 'suspended' || index.kind(row) === 'human' || index.kind(row) === 'guest') return 'human';
  const has = (one: number, name: string): boolean => (index.attribute(name, one) ?? '') !== '';
  const facts = [index.foldKey(index.text('employeeId', row)), index.date('startAt', row), index.date('endAt', row)];
  if (facts.some((fact) => fact !== undefined) || [...HUMAN_NAMES, 'manager'].some((name) => has(row, name))) return 'human';
  for (let other = 0; other < index.size; other++)
    if (index.source(other) === index.source(row) && HUMAN_NAMES.some((name) => has(other, name))) return 'mailbox';
  return 'doubtful';
}

/** Attributes of which no two accounts of an app have the same. */
const NAMES = ['id', 'username', 'externalid', 'email', 'emails.value'];

/** `userName eq "svc-backup"`, or several such; no filter that further accounts may come to fit. */
function namesEach(node: FilterNode): boolean {
  if (node.op === 'and') return node.nodes.some(namesEach);
  if (node.op === 'or') return node.nodes.every(namesEach);
  return node.op === 'eq' && NAMES.includes(node.path.toLowerCase());
}

/** Fewer accounts than this are no crowd. */
const BROAD_MINIMUM = 10;
/** Share of an app's accounts beyond which a registration covers more than somebody can have looked at. */
const BROAD_SHARE = 0.2;

/** What to say of a registration by what it covered of all `accounts` of a whole list; undefined: nothing. */
export function registrationNote({ entry, used, refused, exact }: Registration, accounts: number): string | undefined {
  if (used === 0 && refused > 0)
    return `the registered account \`${entry.match}\` does not cover ${counted(refused, 'account', 'accounts')} of people who have left or are switched off: a registration hides no leaver; if it is no human, say its \`kind\` in the directory`;
  if (used === 0) return `the registered account \`${entry.match}\` covers nothing any more: remove it`;
  if (exact || used < BROAD_MINIMUM || used <= accounts * BROAD_SHARE) return undefined;
  return `the registered account \`${entry.match}\` covers ${used} of ${accounts} accounts, which are then not reported: is it too broad?`;
}
