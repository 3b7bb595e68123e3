import type { REASONS } from '../../model/finding.js';
import { type Severity } from '../../model/finding.js';
import { STAGES } from '../../model/policy.js';

interface Rule {
  readonly id: string;
  readonly short: string;
  readonly help: string;
  /** Code scanning sorts and labels by the rule, so it is the worst that a finding of it can be. */
  readonly worst: Severity;
}

const ACT = {
  remove: 'Switch the account off in the app, revoke its credentials and sessions, and find out why nothing did.',
  own: 'Find the owner and correct the key that should have matched, or switch the account off. Service accounts belong under `accounts` in the config.',
  sync: 'Correct the attribute in the app, and find out which mechanism should have carried the change.',
  make: 'Provision the account, or narrow `expected` in the config if this person is not meant to have one.',
  merge: 'Decide which person the account belongs to, and give it a key that no one else has.',
} as const;

const FINDINGS: {
  readonly [C in Exclude<keyof typeof REASONS, 'inconclusive'>]: {
    readonly [R in (typeof REASONS)[C][number]]: readonly [short: string, help: string, worst: Severity];
  };
} = {
  orphaned: {
    'owner-terminated': ['An account is on, and its owner has left', ACT.remove, 'critical'],
    'owner-disabled': ['An account is on, and its owner is disabled in the directory', ACT.remove, 'high'],
    'no-owner': ['An account is on that matches nobody in the directory', ACT.own, 'high'],
    'not-entitled': ['An account is on whose owner may not have one', ACT.remove, 'high'],
    'residual-access': ['An account is off, and still holds roles or credentials', ACT.remove, 'high'],
    'unowned-service': ['A registered account has no owner any more, or its review is due', ACT.own, 'high'],
    'orphaned-credential': ['A credential lives on an account that is off and nobody owns', ACT.remove, 'high'],
  },
  stale: {
    'not-propagated': ['An attribute differs, though the account was touched after the change', ACT.sync, 'medium'],
    'awaiting-login': ['An attribute differs until the next login', ACT.sync, 'low'],
    unknown: ['An attribute differs from the directory', ACT.sync, 'low'],
  },
  missing: {
    'never-created': ['Somebody who should have an account has none', ACT.make, 'low'],
    'inactive-account': ['Somebody who should have an account has one that is off', ACT.make, 'medium'],
    'invitation-pending': ['An invitation was never accepted', ACT.make, 'low'],
  },
  conflict: {
    ambiguous: ['An account fits several people', ACT.merge, 'medium'],
    duplicate: ['Somebody has several active accounts', ACT.merge, 'medium'],
    'recycled-identifier': ['An account is older than the person whose address it carries', ACT.merge, 'high'],
  },
};

/** Scores of GitHub's bands: over 9 critical, over 7 high, over 4 medium. */
export const SCORE: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5', info: '0.5' };
export const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

export const RULES: readonly Rule[] = [
  ...STAGES.map((stage): Rule => ({
    id: `coverage/${stage}`,
    short: `The ${stage} stage of an app is not covered`,
    help: `What happened to joiners, movers and leavers says that accounts do not follow at this stage, or that nobody is declared to carry it. Read the reasons, and repair the mechanism or declare a compensating control under \`lifecycle.${stage}\`.`,
    worst: stage === 'delete' ? 'high' : 'medium',
  })),
  ...Object.entries(FINDINGS).flatMap(([cls, reasons]) =>
    Object.entries(reasons).map(([reason, [short, help, worst]]): Rule => ({ id: `${cls}/${reason}`, short, help, worst })),
  ),
];

const INDEX = new Map(RULES.map(({ id }, i) => [id, i]));

export function ruleIndex(id: string): number {
  const at = INDEX.get(id);
  if (at === undefined) throw new Error(`no rule ${id}`);
  return at;
}

/** As SARIF writes it (section 3.49), with what code scanning requires: help, tags, security-severity. */
export function reportingDescriptor({ id, short, help, worst }: Rule): object {
  const [cls = '', reason = ''] = id.split('/');
  return {
    id,
    name: `${cls}-${reason}`,
    shortDescription: { text: short },
    fullDescription: { text: `${short}.` },
    help: { text: help.replaceAll('`', ''), markdown: help },
    defaultConfiguration: { level: LEVEL[worst] },
    properties: { tags: ['security', 'identity', cls], precision: 'high', 'security-severity': SCORE[worst] },
  };
}
