import type { Finding, StaleAttribute, StaleCause } from '../../model/finding.js';
import type { Difference } from '../compare.js';
import type { Docket } from '../docket.js';
import { called, finding, showAccount, showPerson, type Draft } from '../finding.js';
import { SEEN, type HeldAccount } from '../rows.js';

/** Who has an active account: in sync, stale, or one person with several accounts. */
export function settleActive(docket: Docket): Finding[] {
  const { rows, tally, standing, policy } = docket;
  const findings: Finding[] = [];
  for (let row = 0; row < standing.index.size; row++) {
    if (!rows.saw(row, SEEN.active)) continue;
    const extra = rows.extra(row);
    const differences = docket.differences.get(row);
    if (extra !== undefined) {
      tally.conflict += extra.length + 1;
      findings.push(...duplicates(docket, row, extra));
    } else if (differences === undefined) {
      tally.inSync++;
    } else if (docket.dates.changed(row) > standing.asOf - policy.grace.update) {
      rows.mark(row, SEEN.grace);
      tally.pending++;
    } else {
      rows.mark(row, SEEN.stale);
      tally.stale++;
      findings.push(finding(staleDraft(docket, row, differences)));
    }
  }
  return findings;
}

function duplicates({ rows, standing, foundBy, spec }: Docket, row: number, extra: readonly HeldAccount[]): Finding[] {
  const kept = rows.get(row);
  const all = [kept, ...extra];
  const person = showPerson(standing, row);
  return all.map((account) => {
    const shown = showAccount(account);
    return finding({
      class: 'conflict',
      reason: 'duplicate',
      app: spec.name,
      account: shown,
      person,
      rule: account.id === kept.id ? foundBy.rule(row) : foundBy.extraRule(account.id),
      summary: `${called(person)} has ${all.length} active accounts here; ${shown.id} is one of them`,
    });
  });
}

function staleDraft(docket: Docket, row: number, differences: readonly Difference[]): Draft {
  const { rows, standing, spec } = docket;
  const cause = causeOf(docket, row);
  const attributes: StaleAttribute[] = differences.map((d) => ({ ...d, cause })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const person = showPerson(standing, row);
  const names = attributes.map((a) => a.name).join(', ');
  const why =
    cause === 'not-propagated'
      ? 'the account was touched after the change and still differs'
      : cause === 'awaiting-login'
        ? 'nobody has logged in since the change, and this app refreshes at login'
        : 'when it changed is not known';
  return {
    class: 'stale',
    reason: cause,
    app: spec.name,
    account: showAccount(rows.get(row)),
    person,
    rule: docket.foundBy.rule(row),
    attributes,
    summary: `${called(person)}: ${names} differ${attributes.length === 1 ? 's' : ''} from the directory; ${why}`,
  };
}

/** Why the account differs: touched since the change, not logged in since it (JIT), or not known. */
function causeOf({ dates, rows, spec }: Docket, row: number): StaleCause {
  const changed = dates.changed(row);
  if (Number.isNaN(changed)) return 'unknown';
  const login = rows.lastLoginAt(row);
  const carrier = spec.lifecycle.update?.by ?? spec.lifecycle.create?.by;
  // A touch may be a mistyped password: an app that refreshes at login has had no chance before one.
  if (carrier === 'jit' && !Number.isNaN(login)) return login > changed ? 'not-propagated' : 'awaiting-login';
  // What could not be read may be a touch since the change.
  return rows.updatedAt(row) > changed || login > changed ? 'not-propagated' : 'unknown';
}
