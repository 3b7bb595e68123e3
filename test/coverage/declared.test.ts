import { expect, it } from 'vitest';
import { joined } from '../../src/coverage/declared.js';
import type { DeclaredMechanism } from '../../src/model/policy.js';
import type { CoverageVerdict, Provisioned } from '../../src/model/report.js';

const SET_UP = 'okta is set up to carry it (PUSH)';

it.each<[measured: CoverageVerdict, by: DeclaredMechanism | null, set: Provisioned['set'] | undefined, verdict: CoverageVerdict, ...reasons: string[]]>([
  ['covered', 'scim', undefined, 'covered'],
  ['covered', 'scim', 'on', 'covered'],
  ['covered', 'scim', 'off', 'covered', 'declared as carried by scim, but okta is not set up to carry it (PUSH)'],
  ['covered', 'api', 'off', 'covered', 'declared as carried by api, but okta is not set up to carry it (PUSH)'],
  ['covered', 'scim', 'unknown', 'covered', 'declared as carried by scim; whether okta is set up to carry it cannot be told (PUSH)'],
  ['covered', 'manual', 'off', 'covered'],
  ['covered', null, undefined, 'undeclared', 'it happens, yet nobody is declared to carry it'],
  ['covered', 'none', undefined, 'undeclared', 'it happens, yet nobody is declared to carry it'],
  ['covered', null, 'on', 'covered', `declared by the identity provider alone: ${SET_UP}`],
  ['covered', 'none', 'on', 'undeclared', `it happens, and ${SET_UP}, yet the config declares that nobody carries it`],
  ['covered', null, 'off', 'undeclared', 'it happens, yet nobody is declared to carry it'],
  ['gap', 'scim', undefined, 'contradicted', 'declared as carried by scim, yet it does not happen'],
  ['gap', 'scim', 'on', 'contradicted', `declared as carried by scim, and ${SET_UP}, yet it does not happen`],
  ['gap', 'scim', 'off', 'contradicted', 'declared as carried by scim, yet it does not happen', 'declared as carried by scim, but okta is not set up to carry it (PUSH)'],
  ['gap', null, 'on', 'contradicted', `${SET_UP}, yet it does not happen`],
  ['gap', 'none', 'on', 'contradicted', `${SET_UP}, yet it does not happen`],
  ['gap', 'none', undefined, 'gap'],
  ['gap', null, 'off', 'gap'],
  ['partial', 'scim', 'on', 'partial'],
  ['partial', null, 'on', 'partial', `${SET_UP}; the config declares nobody`],
  ['partial', 'none', 'on', 'partial', `${SET_UP}; the config declares none`],
  ['unproven', 'none', 'on', 'unproven', `${SET_UP}; the config declares none`],
  ['unproven', null, 'off', 'unproven'],
])('%s, declared %s, set up %s: %s', (measured, by, set, verdict, ...reasons) => {
  const said: string[] = [];
  expect(joined(measured, by, set && { directory: 'okta', set, evidence: 'PUSH' }, said)).toBe(verdict);
  expect(said).toEqual(reasons);
}); // prettier-ignore
