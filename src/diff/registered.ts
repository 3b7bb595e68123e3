import { compileFilter } from '../filter/filter.js';
import { parseFilter, type FilterNode } from '../filter/parse.js';
import { accountTest } from '../match/person-filter.js';
import type { Match } from '../match/match.js';
import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import type { Policy, RegisteredAccount } from '../model/policy.js';
import { isLeaver, ownerOf } from './table.js';

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
    };
  });
}

interface Registered {
  readonly registrations: readonly Registration[];
  readonly standing: Standing;
  readonly policy: Pick<Policy, 'leavers' | 'preHire'>;
}

/**
 * The registration that covers the account. One must not hide a leaver: where one is among several whose account it may be, only a registration that names
 * the account says that it is nobody's.
 */
export function registrationOf(
  { registrations: all, standing, policy }: Registered,
  account: Account,
  match: Match,
): Registration | undefined {
  const owners = match.kind === 'none' ? [] : match.kind === 'one' ? [match.row] : match.rows;
  const mayLeave = owners.some((row) => ['gone', 'disabled'].includes(ownerOf(standing.state(row), true, policy)));
  return all.find((one) => (!mayLeave || (match.kind !== 'one' && one.exact)) && one.covers(account));
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
    const gone = rows.filter((row) => isLeaver(standing.state(standing.current(row)), policy));
    return gone.length === 0 ? 'here' : gone.length === rows.length ? 'gone' : 'several';
  }
  return 'unknown';
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

/** What to say of a registration by what it covered of all `accounts`; undefined: nothing. */
export function registrationNote({ entry, used, exact }: Registration, accounts: number): string | undefined {
  if (used === 0) return `the registered account \`${entry.match}\` covers nothing any more: remove it`;
  if (exact || used < BROAD_MINIMUM || used <= accounts * BROAD_SHARE) return undefined;
  return `the registered account \`${entry.match}\` covers ${used} of ${accounts} accounts, which are then not reported: is it too broad?`;
}
