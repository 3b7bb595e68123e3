import type { DeclaredMechanism } from './policy.js';

/** Of who carries a stage, as declared: that nobody is named; undefined where somebody is. */
export function unnamed(stage: {
  readonly by: DeclaredMechanism | null;
  readonly owner?: string | undefined;
  readonly control?: string | undefined;
}): string | undefined {
  if (stage.by === null) return 'nobody is declared to carry it';
  if (stage.owner !== undefined) return undefined;
  return stage.control === undefined ? 'nobody owns it' : 'nobody owns the compensating control';
}
