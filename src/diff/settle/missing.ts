import type { Finding } from '../../model/finding.js';
import type { Reconciliation } from '../../model/reconciliation.js';
import type { Blind } from '../app-diff.js';
import type { Docket } from '../docket.js';
import { called, finding, showAccount, showPerson, type Draft } from '../finding.js';
import { personFate } from '../person-fate.js';
import { SEEN } from '../rows.js';

interface SettledPeople {
  readonly counts: Reconciliation['people'];
  /** People without an account who may have joined just now. */
  readonly undatedJoiners: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** Who is expected to have an account, and has one or not. */
export function settlePeople(docket: Docket, blind: Blind): SettledPeople {
  const { spec, standing, policy, dates, rows } = docket;
  const known = { spec, standing, policy, dates, rows, blind };
  const counts = { expected: 0, present: 0, missing: 0, pending: 0, awaitingLogin: 0, notDeterminable: 0 };
  const findings: Finding[] = [];
  let undatedJoiners = 0;
  for (let row = 0; row < standing.index.size; row++) {
    const { verdict, why } = personFate(known, row);
    if (verdict === 'notExpected') continue;
    counts.expected++;
    counts[verdict]++;
    if (why === 'field-absent' && !spec.undecided(row)) undatedJoiners++;
    if (verdict === 'missing') findings.push(finding(missingDraft(docket, row)));
  }
  const notes: string[] = [];
  const share = counts.expected === 0 ? 0 : counts.missing / counts.expected;
  if (counts.missing >= 10 && share > 0.3 && docket.directoryProven) {
    notes.push(
      `${counts.missing} of ${counts.expected} expected people have no account: is this app for everyone? If not, set \`expected\``,
    );
  }
  if (policy.guests === 'allow') notes.push('guests without an owner are counted as protected (policy.guests: allow)');
  return { counts, undatedJoiners, findings, notes };
}

function missingDraft({ rows, standing, spec, foundBy }: Docket, row: number): Draft {
  const person = showPerson(standing, row);
  const base = {
    class: 'missing',
    app: spec.name,
    person,
    ...(rows.has(row) ? { account: showAccount(rows.get(row)), rule: foundBy.rule(row) } : {}),
  } as const;
  if (rows.saw(row, SEEN.invitedLongAgo))
    return { ...base, reason: 'invitation-pending', summary: `${called(person)} was invited and never accepted` };
  if (rows.saw(row, SEEN.off))
    return { ...base, reason: 'inactive-account', summary: `${called(person)} is active, but the account is ${rows.get(row).status}` };
  return { ...base, reason: 'never-created', summary: `${called(person)} is expected here and has no account` };
}
