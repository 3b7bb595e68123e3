import type { AppDiff, Blind } from '../app-diff.js';
import type { Docket } from '../docket.js';
import { doubted, unreadCredentials, type Doubts } from './doubts.js';
import { settlePeople } from './missing.js';
import { registrationNote } from '../registrations.js';
import { settleActive } from './stale.js';
import { settleUnmatched } from './unmatched.js';

/** After the last account: the verdicts that need all of a person's accounts, the guards, and the sums. */
export function settle(docket: Docket, doubts: Doubts): AppDiff {
  const { spec, standing, policy, dates, directoryProven, rows, foundBy, comparison, differences, tally } = docket;
  comparison.deferredManagers(
    (row) => rows.id(row),
    (row, difference) => differences.set(row, [...(differences.get(row) ?? []), difference]),
  );
  const isWhole = !doubts.failed && doubts.list.verdict !== 'unproven';
  const unmatched = settleUnmatched(docket, isWhole);
  const active = settleActive(docket);
  const residual = docket.residuals.settle(docket, isWhole);
  tally.inactive += residual.inactive;
  tally.orphaned += residual.findings.length;
  // Accounts that no key finds are the missing accounts of those who are not found.
  const blind: Blind = unmatched.guard !== undefined ? 'wrong-keys' : isWhole ? undefined : 'unproven-list';
  const people = settlePeople(docket, blind);
  const doubtful = doubted(docket, doubts, unmatched.guard, people.undatedJoiners);
  const judged = [...docket.findings, ...unmatched.findings, ...active, ...residual.findings, ...people.findings, ...doubtful];
  checkSum(`${spec.name}: ${docket.accounts} accounts were read`, docket.accounts, Object.values(tally));
  const { expected, ...parts } = people.counts;
  checkSum(`${spec.name}: ${expected} people are expected`, expected, Object.values(parts));
  return {
    ...{ spec, standing, policy, dates, directoryProven },
    ...{ accounts: docket.accounts, rows, differences, comparison, foundBy },
    baseRoles: residual.baseRoles,
    bare: residual.bare,
    blind,
    findings: [...judged, ...unreadCredentials(spec.name, doubts)],
    reconciliation: { accounts: { ...tally }, people: people.counts },
    notes: [...unmatched.notes, ...residual.notes, ...people.notes, ...accountNotes(docket, isWhole)],
    inconclusive: judged.some((one) => one.class === 'inconclusive'),
  };
}

/** Whatever was read was judged, once. */
function checkSum(what: string, all: number, parts: readonly number[]): void {
  const sum = parts.reduce((a, b) => a + b, 0);
  if (sum !== all) throw new Error(`${what}, ${sum} were judged`);
}

/** Of the system's own accounts, and of registered ones. */
function accountNotes({ builtIns, registrations, accounts }: Docket, isWhole: boolean): string[] {
  const builtIn = builtIns.note();
  // What a list that is not whole does not show may be there.
  const registered = isWhole ? registrations.flatMap((one) => registrationNote(one, accounts) ?? []) : [];
  return [...(builtIn === undefined ? [] : [builtIn]), ...registered];
}
