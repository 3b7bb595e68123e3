import type { AccountStatus } from '../model/account.js';
import { isPerson, type PersonKind, type PersonState } from '../model/person.js';
import type { Standing } from '../match/standing.js';
import type { Policy } from '../model/policy.js';

/** What a person's standing means for one app. */
export type Owner =
  | 'entitled'
  | 'not-entitled'
  | 'pre-hire'
  /** On leave (or suspended, where policy says so): keeps what there is. */
  | 'keeps'
  | 'disabled'
  | 'gone'
  | 'nobody'
  /** The directory's own word for this person is unknown. */
  | 'undecided';

export type Cell =
  | 'compare'
  | 'invited'
  | 'in-sync'
  | 'inactive'
  /** Off, and its owner gone: fine unless roles or credentials are left. */
  | 'residual'
  | 'inconclusive'
  | 'not-entitled'
  | 'owner-disabled'
  | 'owner-terminated'
  | 'no-owner';

const OFF = (cell: Cell): Pick<Record<AccountStatus, Cell>, 'suspended' | 'deactivated' | 'deleted'> => ({
  suspended: cell,
  deactivated: cell,
  deleted: 'inactive',
});

/** The verdict table: owner by account status (docs/verdicts.md shows it, and a test walks every cell). */
export const VERDICTS: Readonly<Record<Owner, Readonly<Record<AccountStatus, Cell>>>> = {
  entitled: { active: 'compare', pending: 'invited', ...OFF('inactive'), unknown: 'inconclusive' },
  'not-entitled': { active: 'not-entitled', pending: 'not-entitled', ...OFF('inactive'), unknown: 'inconclusive' },
  'pre-hire': { active: 'in-sync', pending: 'in-sync', ...OFF('inactive'), unknown: 'in-sync' },
  keeps: { active: 'in-sync', pending: 'in-sync', ...OFF('inactive'), unknown: 'inconclusive' },
  disabled: { active: 'owner-disabled', pending: 'owner-disabled', ...OFF('inactive'), unknown: 'inconclusive' },
  gone: { active: 'owner-terminated', pending: 'owner-terminated', ...OFF('residual'), unknown: 'inconclusive' },
  nobody: { active: 'no-owner', pending: 'no-owner', ...OFF('inactive'), unknown: 'inconclusive' },
  undecided: { active: 'inconclusive', pending: 'inconclusive', ...OFF('inactive'), unknown: 'inconclusive' },
};

/** May whoever stands so toward an app have an active account there? */
export function mayStay(owner: Owner): boolean {
  return ['compare', 'in-sync'].includes(VERDICTS[owner].active);
}

/** Where a person stands toward an app that does, or does not, allow them. A mailbox or a service that is off, yet still there, keeps what there is. */
export function ownerOf(
  state: PersonState,
  allowed: boolean,
  policy: Pick<Policy, 'leavers' | 'preHire'>,
  kind: PersonKind = 'human',
): Owner {
  if (policy.leavers.includes(state) && (isPerson(kind) || state === 'deleted'))
    return state === 'terminated' || state === 'deleted' ? 'gone' : 'disabled';
  switch (state) {
    case 'active':
      return allowed ? 'entitled' : 'not-entitled';
    case 'pre-hire':
      return policy.preHire === 'allow' ? 'pre-hire' : 'not-entitled';
    case 'leave':
    case 'suspended':
    case 'terminated':
    case 'deleted':
      return 'keeps';
    case 'unknown':
      return 'undecided';
  }
}

/** Must this person have lost access? What is no human does not leave. */
export function mustGo(standing: Pick<Standing, 'state' | 'index'>, row: number, policy: Pick<Policy, 'leavers'>): boolean {
  return policy.leavers.includes(standing.state(row)) && isPerson(standing.index.kind(row));
}
