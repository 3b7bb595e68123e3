import { hasLiveCredential, isNonHuman, type Account } from '../../model/account.js';
import type { Docket } from '../docket.js';
import { called, showAccount } from '../finding.js';
import { numbersOf } from '../number-keys.js';
import { held } from '../rows.js';
import { ofNobody } from '../sentences.js';
import { VERDICTS } from '../table.js';

/** The account matches nobody in the directory. */
export function judgeOwnerless(docket: Docket, account: Account): void {
  const { standing, policy, dates, ruling, spec } = docket;
  const cell = VERDICTS.nobody[account.status];
  const shown = showAccount(held(account));
  const made = account.createdAt?.at ?? NaN;
  if (cell === 'inactive') {
    const summary = `${called(shown)} is switched off and matches nobody, yet holds a live credential`;
    if (!hasLiveCredential(account, standing.asOf)) ruling.is('inactive', 'off');
    else docket.orphan({ reason: 'orphaned-credential', account: shown, summary, facts: docket.facts(account) });
  } else if (cell === 'inconclusive') {
    docket.unknown(account);
  } else if (account.kind === 'guest' && policy.guests === 'allow') {
    ruling.is('protected', 'guest');
  } else if (!docket.directoryProven) {
    ruling.is('inconclusive', 'unproven-directory');
    docket.unmatchedUnproven++;
  } else if (dates.within(made, policy.grace.create)) {
    // The directory was read a little earlier: the owner of a brand-new account may be on the way.
    ruling.is('pending', 'grace-create', made + policy.grace.create);
  } else {
    ruling.waits('unmatched');
    const nonHuman = isNonHuman(account.kind);
    docket.unmatched.push({
      draft: {
        class: 'orphaned',
        reason: 'no-owner',
        app: spec.name,
        account: shown,
        summary: ofNobody(shown, account),
        facts: docket.facts(account, { nonHuman, guest: account.kind === 'guest' }),
      },
      human: !nonHuman && account.kind !== 'guest',
      numbers: numbersOf(account, spec.match),
    });
  }
}
