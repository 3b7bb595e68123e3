import type { Provisioning } from '../model/assignment.js';
import type { AssignedCheck } from '../model/check.js';
import { counted } from '../model/counted.js';
import { STAGES } from '../model/policy.js';
import { visible } from './escape.js';

/** What an identity provider says of one app, one line each; what needs a look begins with `!` or `✗`. Pure. */
export function assignedLines(name: string, { directory, app, error, assignments, isOpen, provisioning }: AssignedCheck): string[] {
  const where = `app ${visible(app)} in ${visible(directory)}`;
  const lines: string[] = [];
  if (error !== null) lines.push(`✗ ${name}: who is assigned to ${where} could not be read: ${visible(error)}`);
  else if (assignments !== undefined) {
    const { rows, states, sync, linked } = assignments;
    lines.push(
      `${name} is assigned to: ${counted(rows, 'person', 'people')} on the first page of ${where} (${words(states) || 'nobody'}); ${linked} with the id of their account${words(sync) === '' ? '' : `; sync: ${words(sync)}`}`,
    );
    if (rows === 0) lines.push(`! ${name}: nobody is assigned to ${where}: a missing permission looks just like that`);
    if ((states.unknown ?? 0) > 0)
      lines.push(`! ${name}: ${states.unknown} of ${rows} assignments have a state that the manifest has no word for`);
  }
  if (isOpen === true) lines.push(`! ${name}: ${where} needs no assignment, so nobody will be called not entitled for want of one`);
  if (provisioning !== undefined) lines.push(...provisioningLines(provisioning).map((line) => `${name}: ${visible(directory)} ${line}`));
  return lines;
}

/** "sets create on (features: PUSH_NEW_USERS)": each stage in the provider's own words. */
export function provisioningLines(provisioning: Provisioning): string[] {
  return STAGES.map((stage) => {
    const { set, evidence } = provisioning[stage];
    return `${set === 'unknown' ? `does not tell whether ${stage} is on` : `has ${stage} switched ${set}`} (${visible(evidence)})`;
  });
}

function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
}
