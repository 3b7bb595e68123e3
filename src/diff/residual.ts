import { hasLiveCredential, type Account } from '../model/account.js';
import type { Finding } from '../model/finding.js';
import { counted } from '../model/counted.js';
import { ownText } from '../store/own-text.js';
import type { AppCase } from './app-case.js';
import { BaseRoles, type BaseRole } from './base-roles.js';
import { finding, showAccount, showPerson } from './finding.js';
import { held, type HeldAccount } from './rows.js';
import { residue } from './sentences.js';

/** A leaver's account that is off and holds roles or live credentials. */
interface Residual {
  readonly account: HeldAccount;
  readonly row: number;
  readonly rule: string;
  readonly roles: readonly string[];
  readonly admin: boolean;
  readonly live: boolean;
}

export interface SettledResiduals {
  /** Roles that every account has. */
  readonly baseRoles: ReadonlyMap<string, BaseRole>;
  /** Ids of accounts that hold such roles alone. */
  readonly bare: ReadonlySet<string>;
  /** How many accounts hold nothing but that; of each other one there is a finding. */
  readonly inactive: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** What leavers' accounts that are off still hold. What a role is worth is known after the last account: until then they wait. */
export class Residuals {
  readonly roles: BaseRoles;
  readonly #waiting: Residual[] = [];

  constructor(named: readonly string[] | undefined) {
    this.roles = new BaseRoles(named);
  }

  hold(account: Account, row: number, rule: string, asOf: number): void {
    const { roles = [], admin } = account;
    const live = hasLiveCredential(account, asOf);
    this.#waiting.push({ account: held(account), row, rule, roles: roles.map(ownText), admin: admin === true, live });
  }

  /** After the last account. `whole`: is the list? */
  settle({ spec, standing }: AppCase, whole: boolean): SettledResiduals {
    const baseRoles = this.roles.found(whole);
    const bare = new Set<string>();
    const spared = new Set<string>();
    const findings: Finding[] = [];
    for (const { account, row, rule, roles, admin, live } of this.#waiting) {
      const rest = worth(roles, admin, baseRoles);
      if (!live && rest.length === 0) {
        bare.add(account.id);
        for (const role of roles) spared.add(role);
        continue;
      }
      const person = showPerson(standing, row);
      const summary = residue(person, account.status, live, rest);
      findings.push(
        finding({
          class: 'orphaned',
          reason: 'residual-access',
          app: spec.name,
          account: showAccount(account),
          person,
          rule,
          summary,
          facts: { admin, liveCredential: live },
        }),
      );
    }
    const inactive = this.#waiting.length - findings.length;
    if (spared.size === 0) return { baseRoles, bare, inactive, findings, notes: [] };
    const names = [...baseRoles.values()]
      .filter(({ role }) => spared.has(role))
      .map(sayRole)
      .sort();
    const note = `${counted(bare.size, "leaver's account that is off holds", "leavers' accounts that are off hold")} base roles alone, which are no access: ${names.join(', ')}`;
    return { baseRoles, bare, inactive, findings, notes: [note] };
  }
}

/** What is left of these roles beside those that every account has. An administrator's are never such. */
export function worth(roles: readonly string[], admin: boolean, base: ReadonlyMap<string, BaseRole>): readonly string[] {
  const rest = roles.filter((role) => !base.has(role));
  return admin && rest.length === 0 ? roles : rest;
}

function sayRole({ role, holders }: BaseRole): string {
  return holders === undefined ? `${role} (base_roles)` : `${role} (held by ${holders} accounts, which is nearly all)`;
}
