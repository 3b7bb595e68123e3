import type { Match } from '../../match/match.js';
import { hasLiveCredential, isOn, type Account } from '../../model/account.js';
import type { AppCase } from '../app-case.js';
import type { Docket } from '../docket.js';
import { called, finding, showAccount, showPerson } from '../finding.js';
import { held, SEEN } from '../rows.js';
import { unclear } from '../sentences.js';
import { mayStay, ownerOf } from '../table.js';

type Unclear = Match & { kind: 'ambiguous' | 'recycled' };

/** The account fits several people, or was made for an earlier holder of the key. */
export function judgeUnclear(docket: Docket, account: Account, match: Unclear): void {
  const { standing, rows, ruling, spec } = docket;
  for (const row of match.rows) rows.mark(row, SEEN.unclear);
  if (account.status === 'unknown') return docket.unknown(account);
  if (!isOn(account) && !hasLiveCredential(account, standing.asOf)) return ruling.is('inactive', 'off');
  const shown = showAccount(held(account));
  const people = match.rows.map((row) => showPerson(standing, row));
  ruling.is('conflict');
  docket.findings.push(
    finding({
      class: 'conflict',
      reason: match.kind === 'ambiguous' ? 'ambiguous' : 'recycled-identifier',
      app: spec.name,
      account: shown,
      ...(people.length === 1 ? { person: people[0] } : {}),
      rule: match.rule,
      summary: unclear(match, shown, people.map(called)),
      mayBeOrphaned: mayBeOrphaned(docket, match),
    }),
  );
}

/**
 * May an account that fits several people, or whose key was somebody else's, be an orphan? Whoever had the key before, or more people than were
 * looked at, may have left; of the others it is known.
 */
function mayBeOrphaned({ standing, spec, policy, dates }: AppCase, { kind, rows }: Unclear): boolean {
  // One person alone, and yet a question: it may be somebody else's altogether.
  if (kind === 'recycled' || rows.length < 2) return true;
  return rows.some((row) => {
    const owner = ownerOf(standing.state(row), spec.allowed(row), policy, standing.index.kind(row));
    return !mayStay(owner) && !dates.hasJustLeft(row);
  });
}
