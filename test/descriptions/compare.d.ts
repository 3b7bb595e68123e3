import type { planPasses } from '../../src/manifest/list/plan.js';
import type { layered } from '../../src/manifest/form/request.js';
import type { Manifest } from '../../src/manifest/form/schema.js';

/** One thing that a manifest and its vendor's description do not agree on. */
export interface Finding {
  readonly what: 'path' | 'host' | 'method' | 'parameter' | 'maximum' | 'value' | 'field' | 'word' | 'deprecated' | 'unchecked';
  /** The place in the manifest. */
  readonly where: string;
  readonly text: string;
}

export function compare(
  manifest: Manifest,
  descriptions: readonly unknown[],
  engine: { readonly planPasses: typeof planPasses; readonly layered: typeof layered },
): Finding[];
