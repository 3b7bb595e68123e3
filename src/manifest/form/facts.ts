import type { Manifest } from './schema.js';

/** What a manifest's system can tell of lifecycles, before anything is read. */
export interface ManifestFacts {
  readonly auth: string;
  /** Does any row say that it is switched off, pending or alive? `presence`: whoever is listed has access. */
  readonly status: 'told' | 'presence';
  readonly leavers: Manifest['leavers'];
  readonly created: boolean;
  readonly lastLogin: boolean;
  /** The end of a person, the deactivation of an account. */
  readonly ended: boolean;
  /** Live keys and tokens of the accounts. */
  readonly credentials: boolean;
  /** Who is assigned to which app. */
  readonly assignments: boolean;
  /** What was done to its accounts, and when. */
  readonly log: boolean;
  /** What was pushed into which app, and when. */
  readonly pushes: boolean;
  readonly confidence: 'high' | 'medium' | 'low' | 'none';
}

export function factsOf(manifest: Manifest): ManifestFacts {
  const { auth, leavers, passes = [], confidence = 'none' } = manifest;
  const names = new Set([manifest.fields, ...passes.map((pass) => pass.fields ?? {})].flatMap((fields) => Object.keys(fields)));
  const words = [manifest.status, ...passes.map((pass) => pass.status ?? manifest.status)];
  return {
    auth: auth === 'none' ? 'none' : (Object.keys(auth)[0] ?? 'none'),
    status: words.every((status) => 'const' in status && status.const === 'active') ? 'presence' : 'told',
    leavers,
    created: names.has('createdAt') || names.has('startAt'),
    lastLogin: names.has('lastLoginAt'),
    ended: names.has('deactivatedAt') || names.has('endAt'),
    credentials: manifest.credentials !== undefined,
    assignments: manifest.assignments !== undefined,
    log: manifest.log !== undefined,
    pushes: manifest.pushes !== undefined,
    confidence,
  };
}
