import type { planPasses } from '../../src/pull/manifest/plan.js';
import type { layered } from '../../src/pull/manifest/request.js';
import type { Manifest } from '../../src/pull/manifest/schema.js';

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
