import type { Match } from '../../match/match.js';
import { isOn, type Account } from '../../model/account.js';
import type { Docket } from '../docket.js';
import { called, showAccount } from '../finding.js';
import type { Covered } from '../registrations.js';
import { held, SEEN } from '../rows.js';

/** The account is a registered one: whomever its keys find is not its owner. */
export function judgeRegistered(docket: Docket, account: Account, { registration, is }: Covered, match: Match): void {
  const { rows, ruling } = docket;
  registration.used++;
  ruling.register(registration.entry);
  if (match.kind === 'one') rows.mark(match.row, is === 'mailbox' ? SEEN.noHuman : SEEN.unclear);
  if (is === 'doubtful' && isOn(account)) docket.unknown(account, match.kind === 'one' ? match.row : undefined, 'registered');
  else if (registration.undecided) {
    ruling.is('inconclusive', 'unproven-directory');
    docket.undecidedOwners++;
  } else if (registration.lapse === undefined || !isOn(account)) {
    ruling.is('protected', 'registered');
  } else {
    const shown = showAccount(held(account));
    docket.orphan({
      reason: 'unowned-service',
      account: shown,
      summary: `${called(shown)} is a registered ${registration.entry.kind} account, but ${registration.lapse}`,
      facts: docket.facts(account),
    });
  }
}
