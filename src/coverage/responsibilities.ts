import { STAGES, type Lifecycle, type Responsibility, type Stage } from '../model/policy.js';
import { unnamed } from '../model/unnamed.js';
import type { InferredMechanism, StageResponsibility } from '../model/report.js';

/**
 * Who carries each stage, what carries it, and what stands in for it where the method cannot: as declared, with what is missing.
 * A method cannot carry a stage when it is `none`, or when it is JIT and the stage is delete: a leaver never logs in again.
 */
export function responsibilities(
  lifecycle: Lifecycle,
  inferred: InferredMechanism,
  asOf: number,
): { readonly [S in Stage]: StageResponsibility } {
  const of = (stage: Stage): StageResponsibility => {
    const declared = lifecycle[stage];
    const problems = declared === undefined ? nobody({ by: null }) : problemsOf(stage, declared, asOf);
    if (stage === 'delete' && isJit(lifecycle, inferred) && !removes(declared)) problems.unshift('a JIT app without a removal path');
    return {
      by: declared?.by ?? null,
      ...(declared?.system === undefined ? {} : { system: declared.system }),
      ...(declared?.owner === undefined ? {} : { owner: declared.owner }),
      ...(declared?.control === undefined ? {} : { control: declared.control }),
      ...(declared?.reviewBy === undefined ? {} : { reviewBy: day(declared.reviewBy) }),
      problems,
    };
  };
  const [create, update, gone] = STAGES.map(of) as [StageResponsibility, StageResponsibility, StageResponsibility];
  return { create, update, delete: gone };
}

function nobody(stage: Parameters<typeof unnamed>[0]): string[] {
  const said = unnamed(stage);
  return said === undefined ? [] : [said];
}

function problemsOf(stage: Stage, declared: Responsibility, asOf: number): string[] {
  const { by, control, reviewBy } = declared;
  const cannot = by === 'none' || (by === 'jit' && stage === 'delete');
  return [
    ...(cannot && control === undefined
      ? [`${by === 'none' ? 'nothing carries it' : 'JIT cannot carry it'}, and no compensating control is declared`]
      : []),
    ...nobody(declared),
    ...(reviewBy !== undefined && reviewBy < asOf ? [`its review was due on ${day(reviewBy)}`] : []),
    ...(control !== undefined && reviewBy === undefined ? ['the compensating control has no review date'] : []),
  ];
}

function isJit({ create }: Lifecycle, inferred: InferredMechanism): boolean {
  return create?.by === 'jit' || (inferred === 'jit' && create?.by !== 'scim');
}

/** Does something remove accounts, if only a control? */
function removes(declared: Responsibility | undefined): boolean {
  return declared !== undefined && (declared.control !== undefined || (declared.by !== 'none' && declared.by !== 'jit'));
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
