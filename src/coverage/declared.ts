import type { DeclaredMechanism } from '../model/policy.js';
import type { CoverageVerdict, Provisioned } from '../model/report.js';

/** Mechanisms that an identity provider carries out; the others need none. */
const PUSHED: readonly DeclaredMechanism[] = ['scim', 'api'];

/**
 * What was measured, joined with what is declared: by the config (`by`), and by the settings of the identity provider. Both are
 * named where they and the measurement disagree; neither makes a verdict better than what was measured.
 */
export function joined(
  measured: CoverageVerdict,
  by: DeclaredMechanism | null,
  provisioned: Provisioned | undefined,
  reasons: string[],
): CoverageVerdict {
  const carried = by !== null && by !== 'none';
  const set = provisioned?.set;
  const setUp = provisioned === undefined ? '' : `${provisioned.directory} is set up to carry it (${provisioned.evidence})`;
  if (provisioned !== undefined && carried && PUSHED.includes(by) && set !== 'on') {
    const { directory, evidence } = provisioned;
    reasons.unshift(
      set === 'off'
        ? `declared as carried by ${by}, but ${directory} is not set up to carry it (${evidence})`
        : `declared as carried by ${by}; whether ${directory} is set up to carry it cannot be told (${evidence})`,
    );
  }
  if (measured === 'gap' && (carried || set === 'on')) {
    const declared = [...(carried ? [`declared as carried by ${by}`] : []), ...(set === 'on' ? [setUp] : [])].join(', and ');
    reasons.unshift(`${declared}, yet it does not happen`);
    return 'contradicted';
  }
  if (set === 'on' && !carried && measured !== 'covered') {
    reasons.push(`${setUp}; the config ${by === null ? 'declares nobody' : 'declares none'}`);
  }
  if (measured === 'covered' && !carried) {
    if (set === 'on' && by === null) {
      reasons.unshift(`declared by the identity provider alone: ${setUp}`);
      return 'covered';
    }
    reasons.unshift(
      set === 'on'
        ? `it happens, and ${setUp}, yet the config declares that nobody carries it`
        : 'it happens, yet nobody is declared to carry it',
    );
    return 'undeclared';
  }
  return measured;
}
