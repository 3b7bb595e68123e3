import type { Standing } from '../match/standing.js';
import type { Finding } from '../model/finding.js';
import type { PersonKind } from '../model/person.js';
import type { Policy } from '../model/policy.js';
import type { ChangeDates } from './dates.js';
import { called, finding, showPerson, sourceOf } from './finding.js';
import { mustGo } from './table.js';

const KIND: Record<PersonKind, 'human' | 'service' | 'guest' | 'unknown'> = {
  human: 'human',
  service: 'service',
  shared: 'service',
  guest: 'guest',
  unknown: 'unknown',
};

/**
 * People who have left by the directory with precedence and are active in a later one, which nobody told: an orphaned account of that directory itself. Who is
 * active in an identity provider can log in wherever it is trusted, so nothing is worse.
 */
export function untold(standing: Standing, policy: Policy, dates: ChangeDates): Finding[] {
  if (standing.untold.size === 0) return [];
  const { index } = standing;
  const name = (row: number): string => sourceOf(standing, row);
  const found: Finding[] = [];
  for (const [row, ended] of standing.untold) {
    if (!mustGo(standing, ended, policy) || dates.hasJustLeft(ended)) continue;
    const { id, userName, email } = showPerson(standing, row);
    const person = showPerson(standing, ended);
    const left = person.endAt === undefined ? `is ${person.state}` : `left on ${person.endAt.slice(0, 10)}`;
    found.push(
      finding({
        class: 'orphaned',
        reason: 'owner-terminated',
        app: name(row),
        account: {
          id,
          ...(userName === undefined ? {} : { userName }),
          ...(email === undefined ? {} : { email }),
          status: 'active',
          kind: KIND[index.kind(row)],
        },
        person,
        summary: `${called(person)} ${left} by ${name(ended)}, yet is ${standing.state(row)} in ${name(row)}: nobody told it, and whatever trusts it lets them in`,
        facts: { directory: true },
      }),
    );
  }
  return found;
}
