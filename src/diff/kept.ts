import type { AppConfig } from '../model/config.js';
import { iso } from './finding.js';
import type { Kept, KeptBy, Why } from '../model/population.js';
import type { Policy, RegisteredAccount } from '../model/policy.js';

const HOUR = 3_600_000;

interface Context {
  readonly app: AppConfig;
  readonly policy: Policy;
}

/** The rule behind a verdict, in the words of the config; undefined where no rule made it. `until`: ms, NaN without one. `builtIn`: what the account is. */
export function keptBy(why: Why, until: number, context: Context, registered?: RegisteredAccount, builtIn?: string): Kept | undefined {
  const by = whose(why, context.app);
  if (by === undefined) return undefined;
  const end = iso(until);
  return {
    by,
    rule: registered === undefined ? ruleOf(by, context) : `accounts: ${registered.match}`,
    ...(builtIn === undefined ? {} : { reason: builtIn }),
    ...(registered === undefined ? {} : registration(registered)),
    ...(end === undefined ? {} : { until: end }),
  };
}

/** Where no filter is given, `expected` stands for the assignments of the identity provider, and without those for all people. */
function whose(why: Why, app: AppConfig): KeptBy | undefined {
  if (why === 'allowed') return app.allowed === undefined ? 'assigned' : 'allowed';
  if (why === 'expected') return app.expected !== undefined ? 'expected' : app.assigned !== undefined ? 'assigned' : 'kind';
  return Object.hasOwn(RULES, why) ? (why as KeptBy) : undefined;
}

const hours = (ms: number): string => `${ms / HOUR} h`;

const RULES: Readonly<Record<KeptBy, (context: Context) => string>> = {
  registered: () => 'accounts',
  'built-in': () => 'built_in',
  guest: () => 'policy.guests: allow',
  'base-role': ({ app }) =>
    app.baseRoles === undefined
      ? 'base roles: those of the manifest, and what nearly all accounts hold'
      : `base_roles: ${app.baseRoles.join(', ')}`,
  keeps: ({ policy }) => `policy.leavers: ${policy.leavers.join(', ')}`,
  'pre-hire': () => 'policy.pre_hire: allow',
  invitation: ({ policy }) => `policy.invitation: ${hours(policy.invitation)}`,
  'grace-create': ({ policy }) => `policy.grace.create: ${hours(policy.grace.create)}`,
  'grace-update': ({ policy }) => `policy.grace.update: ${hours(policy.grace.update)}`,
  'grace-delete': ({ policy }) => `policy.grace.delete: ${hours(policy.grace.delete)}`,
  'awaiting-login': () => 'lifecycle.create.by: jit',
  expected: ({ app }) => `expected: ${app.expected ?? ''}`,
  allowed: ({ app }) => `allowed: ${app.allowed ?? ''}`,
  assigned: ({ app }) => `assigned: ${app.assigned?.app ?? ''} in ${app.assigned?.directory ?? ''}`,
  kind: () => 'expected: not given, so people alone',
  'other-record': () => 'one person, one account: another record of the same person speaks',
};

function ruleOf(by: KeptBy, context: Context): string {
  return RULES[by](context);
}

function registration({ kind, owner, reviewBy, reason }: RegisteredAccount): Partial<Kept> {
  const until = iso(reviewBy)?.slice(0, 10);
  return {
    reason: reason ?? `${kind} account`,
    ...(owner === undefined ? {} : { owner }),
    ...(until === undefined ? {} : { until }),
  };
}
