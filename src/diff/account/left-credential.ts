import type { Match } from '../../match/match.js';
import type { Account } from '../../model/account.js';
import type { Docket } from '../docket.js';
import { showAccount, showPerson } from '../finding.js';
import { held, SEEN } from '../rows.js';
import { leftCredential } from '../sentences.js';

/** The account is gone, and what it could log in with is not. */
export function judgeLeftCredential(docket: Docket, account: Account, match: Match): void {
  const { standing, rows, dates } = docket;
  if (match.kind === 'one') {
    rows.mark(match.row, SEEN.off);
    // Credentials may follow the account: they have the same time.
    if (dates.hasJustLeft(match.row)) return docket.justLeft(match.row);
  }
  const shown = showAccount(held(account));
  const owner = match.kind === 'one' ? { person: showPerson(standing, match.row), rule: match.rule } : {};
  const summary = leftCredential(shown, account, standing.asOf);
  docket.orphan({ reason: 'orphaned-credential', account: shown, ...owner, summary, facts: docket.facts(account) });
}
