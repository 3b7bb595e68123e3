import type { Account } from '../model/account.js';
import type { PersonIndex } from './person-index.js';
import { spelled } from './spelling.js';

const NAMES = ['givenName', 'familyName', 'displayName'] as const;

/** Do the account and the person both have a name, and no word of it in common? (A marriage leaves one.) */
export function bearsAnotherName(account: Account, index: PersonIndex, row: number): boolean {
  const own = words((name) => account.attributes[name]);
  const theirs = words((name) => index.attribute(name, row));
  return own.size > 0 && theirs.size > 0 && ![...own].some((word) => theirs.has(word));
}

/** Initials say nothing. */
function words(read: (name: (typeof NAMES)[number]) => string | undefined): ReadonlySet<string> {
  return new Set(
    NAMES.flatMap((name) =>
      spelled(read(name) ?? '')
        .split(/[^\p{L}\p{M}]+/u)
        .filter((word) => word.length > 1),
    ),
  );
}
