import type { Match } from '../match/match.js';
import { isNonHuman, liveCredentials, type Account, type AccountStatus } from '../model/account.js';
import { counted } from '../model/counted.js';
import type { FindingAccount, FindingPerson } from '../model/finding.js';
import { called } from './finding.js';

/** Why nothing can be said of an account: its own status, its owner's state, records of its owner that contradict each other, or a registration. */
export type Cause = 'status' | 'owner' | 'records' | 'dates' | 'registered' | 'invitation';

// What a finding says of its account, in one plain sentence each.

export function ofNobody(shown: FindingAccount, account: Account): string {
  const what = isNonHuman(account.kind)
    ? `an unregistered ${account.kind} account`
    : account.kind === 'guest'
      ? 'a guest account'
      : 'an account';
  return `${called(shown)} is ${what} that matches nobody in the directory`;
}

export function mustNotBe(
  reason: 'not-entitled' | 'owner-disabled' | 'owner-terminated',
  person: FindingPerson,
  shown: FindingAccount,
  loginAfter: boolean,
): string {
  const open = shown.status === 'pending' ? 'an open invitation' : 'an active account';
  const left =
    reason === 'owner-terminated' && person.endAt !== undefined ? `left on ${day(person.endAt)}` : `is ${person.state} in the directory`;
  const why = reason === 'not-entitled' ? `is ${person.state} and may not have an account here` : left;
  const used = loginAfter ? `, and it was used on ${day(shown.lastLoginAt)}, after that` : '';
  return `${called(person)} ${why}, yet has ${open}${used}`;
}

export function residue(person: FindingPerson, status: AccountStatus, live: boolean, roles: readonly string[]): string {
  const names = `${roles.slice(0, 3).join(', ')}${roles.length > 3 ? ', …' : ''}`;
  const held = roles.length === 0 ? [] : [`${roles.length} ${roles.length === 1 ? 'role or group' : 'roles or groups'} (${names})`];
  const left = [...(live ? ['a live credential'] : []), ...held].join(' and ');
  return `${called(person)} left and the account is ${status}, yet it still holds ${left}`;
}

export function leftCredential(shown: FindingAccount, account: Account, asOf: number): string {
  const live = liveCredentials(account, asOf) ?? [];
  const used = Math.max(...live.map(({ lastUsedAt }) => lastUsedAt?.at ?? -Infinity));
  const last = used === -Infinity ? '' : `, last used on ${new Date(used).toISOString().slice(0, 10)}`;
  return `${called(shown)} is gone, yet ${counted(live.length, 'live credential of this account is', 'live credentials of this account are')} left${last}`;
}

export function unclear(match: Match & { kind: 'ambiguous' | 'recycled' }, shown: FindingAccount, people: readonly string[]): string {
  if (people.length === 0) return `${called(shown)} fits more than eight people by ${match.rule}, so it names none of them`;
  if (match.kind === 'recycled' && match.stranger === true)
    return `${called(shown)} bears another name than ${people[0]}, who has its address as a further one: it may have been somebody else's`;
  // A user name that is somebody's address, and another number than theirs.
  if (match.kind === 'ambiguous' && people.length === 1)
    return `${called(shown)} fits ${people[0]} by ${match.rule}, and has another employee number: it may be somebody else's`;
  return match.kind === 'ambiguous'
    ? `${called(shown)} fits ${people.length} people by ${match.rule}: ${people.slice(0, 5).join(', ')}`
    : `${called(shown)} was made on ${day(shown.createdAt)}, before ${people[0]} joined: the ${match.rule} may have been somebody else's`;
}

/** Why neither on nor off, here nor gone can be said. `contrary`: how records of the owner contradict each other. */
export function notKnown(cause: Cause, account: string, contrary?: string): string {
  switch (cause) {
    case 'status':
      return `the status of ${account} is not there, or not in the mapping: neither on nor off can be said`;
    case 'owner':
      return `the directory's state of ${account}'s owner is unknown: say under \`state\` what its values mean (\`map\`), and what no value does (\`absent\`)`;
    case 'records':
      return `whether the owner of ${account} is here cannot be said: ${contrary ?? ''}`;
    case 'dates':
      return `whether the owner of ${account} is still here, or here yet, is not known: ${contrary ?? ''}`;
    case 'invitation':
      return `how old the invitation of ${account} is, is not known: the day of its creation could not be read`;
    case 'registered':
      return `${account} is registered, and its record in the directory is switched off: whether that is a mailbox by design or somebody who left is not known; say its \`kind\` in the directory`;
  }
}

function day(iso: string | undefined): string {
  return (iso ?? '').slice(0, 10);
}
