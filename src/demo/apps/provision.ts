import {
  type Attribute,
  type Company,
  DAY,
  type DirectoryRecord,
  type Human,
  type LifeEvent,
  MINUTE,
  type Profile,
  recordOf,
} from '../lifecycle.js';
import type { Random } from '../random.js';
import { type AppAccount, newAccount } from './account.js';

/** How an identity provider's provisioning treats one app, and how that app takes it. */
export interface Provisioning {
  readonly prefix: string;
  /** Days ago on which the app was connected and everybody was brought in. */
  readonly goLive: number;
  /** Who gets an account; default: every human. */
  readonly covers?: (human: Human, profile: Profile) => boolean;
  /** Does a change arrive? Default: yes. Where it does not, the app still answers 200 and stamps the account. */
  readonly carries?: (attribute: Attribute) => boolean;
  /** What becomes of a leaver's account; default: it is switched off. */
  readonly onLeave?: (human: Human) => 'off' | 'nothing';
  /** ms from the leave until it has followed; default: minutes. */
  readonly leaveLag?: () => number;
  readonly keepsGroups?: (human: Human) => boolean;
  /** Switches people on leave off, and never on again. */
  readonly offDuringAbsence?: boolean;
  readonly userName?: (profile: Profile) => string;
  /** An address is refused (409) while an account that is on has it. */
  readonly uniqueWhileOn?: boolean;
}

/** Plays the company's life through one provisioned app, in the order in which things happened. */
export function provision(company: Company, random: Random, rules: Provisioning): AppAccount[] {
  return new Provisioned(company, random, rules).play();
}

interface Step {
  readonly human: Human;
  readonly event: LifeEvent;
}

class Provisioned {
  readonly #accounts = new Map<string, AppAccount>();
  readonly #profiles = new Map<string, Profile>();
  readonly #goLive: number;

  constructor(
    private readonly company: Company,
    private readonly random: Random,
    private readonly rules: Provisioning,
  ) {
    this.#goLive = company.asOf - rules.goLive * DAY;
  }

  play(): AppAccount[] {
    const steps = this.company.people.flatMap((human) => human.events.map((event): Step => ({ human, event })));
    steps.sort((a, b) => a.event.at - b.event.at);
    const working = new Map<string, { human: Human; record: DirectoryRecord }>();
    for (const { human, event } of steps.filter((step) => step.event.at < this.#goLive)) {
      if (event.kind === 'join') working.set(human.key, { human, record: event.record });
      if (event.kind === 'leave') working.delete(human.key);
      if (event.kind === 'join' || event.kind === 'move') this.#profiles.set(human.key, event.profile);
    }
    let second = 0;
    for (const { human, record } of working.values()) this.#create(human, record, this.#goLive + (second += 5) * 1000);
    for (const step of steps) {
      if (step.event.at >= this.#goLive && step.event.at <= this.company.asOf) this.#follow(step);
    }
    return [...this.#accounts.values()];
  }

  #follow({ human, event }: Step): void {
    const at = event.at + this.random.int(2, 14) * MINUTE;
    const account = this.#accounts.get(human.key);
    switch (event.kind) {
      case 'join':
        this.#profiles.set(human.key, event.profile);
        if (account === undefined) this.#create(human, event.record, at);
        else this.#rejoin(account, event.profile, at);
        return;
      case 'move':
        this.#profiles.set(human.key, event.profile);
        if (account === undefined) this.#create(human, recordOf(human), at);
        else this.#update(account, human, event, at);
        return;
      case 'leave':
        if (account !== undefined) this.#leave(account, human, event.at + (this.rules.leaveLag?.() ?? at - event.at));
        return;
      case 'absence':
        if (account !== undefined && this.rules.offDuringAbsence === true) this.#off(account, at);
        return;
      case 'return':
        return;
    }
  }

  #profileOf(human: Human): Profile {
    return this.#profiles.get(human.key) as Profile;
  }

  #covers(human: Human): boolean {
    const profile = this.#profileOf(human);
    return human.kind === 'human' && (this.rules.covers?.(human, profile) ?? true);
  }

  #create(human: Human, record: DirectoryRecord, at: number): void {
    if (at > this.company.asOf || !this.#covers(human)) return;
    const profile = this.#profileOf(human);
    const taken = [...this.#accounts.values()].some((other) => other.on && other.email === profile.email);
    if (taken && this.rules.uniqueWhileOn === true) return;
    this.#accounts.set(
      human.key,
      newAccount({
        id: `${this.rules.prefix}${this.random.hex(10)}`,
        human: human.key,
        userName: this.rules.userName?.(profile) ?? profile.email,
        email: profile.email,
        shown: profile,
        externalId: record.id,
        ...(record.employeeId === undefined ? {} : { employeeNumber: record.employeeId }),
        groups: ['everyone', profile.department.toLowerCase()],
        createdAt: at,
      }),
    );
  }

  #rejoin(account: AppAccount, profile: Profile, at: number): void {
    if (at > this.company.asOf) return;
    account.on = true;
    account.shown = profile;
    account.drift.clear();
    account.groups = ['everyone', profile.department.toLowerCase()];
    account.updatedAt = at;
  }

  #update(account: AppAccount, human: Human, event: LifeEvent & { kind: 'move' }, at: number): void {
    if (at > this.company.asOf || !account.on) return;
    // Whoever loses the entitlement is unassigned, and nobody tells the app about the rest.
    if (!this.#covers(human)) {
      account.fate = 'not-entitled';
      return;
    }
    account.updatedAt = at;
    const carried = event.changed.filter((name) => this.rules.carries?.(name) ?? true);
    for (const name of event.changed) if (!carried.includes(name)) account.drift.add(name);
    account.shown = { ...account.shown, ...Object.fromEntries(carried.map((name) => [name, event.profile[name]])) };
    if (carried.includes('email')) {
      account.email = event.profile.email;
      account.userName = this.rules.userName?.(event.profile) ?? event.profile.email;
    }
  }

  #leave(account: AppAccount, human: Human, at: number): void {
    if (at > this.company.asOf) return;
    account.updatedAt = at;
    if (this.rules.onLeave?.(human) === 'nothing') return;
    this.#off(account, at);
    if (this.rules.keepsGroups?.(human) !== true) account.groups = [];
  }

  #off(account: AppAccount, at: number): void {
    account.on = false;
    account.updatedAt = at;
    account.deactivatedAt = at;
    account.groups = account.groups.filter((group) => group !== 'everyone');
  }
}
