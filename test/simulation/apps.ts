import type { Account } from '../../src/model/account.js';
import type { Leavers } from '../../src/model/check.js';
import type { DeclaredMechanism, Stage } from '../../src/model/policy.js';
import type { InferredMechanism } from '../../src/model/report.js';
import { attributesAt, DAY, HOUR, idAt, MINUTE, NOW, type CompanySim, type Life } from './company.js';
import { chance } from './random.js';

/** An app whose mechanism is known. Rates are the chances that a stage happens at all; lags say how long it takes. */
export interface Temper {
  readonly name: string;
  readonly makes: 'push' | 'login' | 'hand' | 'nothing';
  readonly rate: { readonly [S in Stage]: number };
  /** Longest lag, ms. */
  readonly lag: number;
  /** The app went up then, and took in everybody who was there; in one go, or one by one. */
  readonly since: number;
  readonly bulk: boolean;
  /** Only accounts made since this instant are managed (and carry the id); older ones are left out. */
  readonly managedSince?: number;
  /** A sweep every so many ms switches off the accounts of those who left. */
  readonly sweep?: number;
  /** Attributes are refreshed at each login. */
  readonly refreshes?: boolean;
  readonly hides?: boolean;
  readonly dates: boolean;
  /** Whose last login the app tells: everybody's, that of some accounts, nobody's; `late`: written only when the one it has is two weeks old, as Active Directory does. */
  readonly logins?: 'all' | 'some' | 'none' | 'late';
  /** By how much the app's clock is wrong, ms. */
  readonly skew?: number;
  readonly linked: boolean;
  readonly declared: { readonly [S in Stage]?: DeclaredMechanism };
  /** What may rightly be said of its mechanism; `unknown` always may. */
  readonly mechanism: InferredMechanism;
}

const YEARS = NOW - 900 * DAY;
const ALL = { create: 1, update: 1, delete: 1 } as const;
const NONE = { create: 0, update: 0, delete: 0 } as const;
const byScim = { create: 'scim', update: 'scim', delete: 'scim' } as const;
const scim = {
  makes: 'push',
  rate: ALL,
  lag: HOUR,
  since: YEARS,
  bulk: true,
  dates: true,
  linked: true,
  declared: byScim,
  mechanism: 'scim',
} as const;
const jit = {
  makes: 'login', rate: { ...NONE, create: 1 }, lag: 0, since: YEARS, bulk: false, dates: true, linked: false, refreshes: true,
  declared: { create: 'jit', update: 'jit' }, mechanism: 'jit',
} as const; // prettier-ignore
const nothing = {
  makes: 'nothing',
  rate: NONE,
  lag: 0,
  since: YEARS,
  bulk: true,
  dates: true,
  linked: false,
  declared: {},
  mechanism: 'manual',
} as const;

export const TEMPERS: readonly Temper[] = [
  { ...scim, name: 'scim full' },
  { ...scim, name: 'scim create only', rate: { ...NONE, create: 1 } },
  { ...scim, name: 'scim no delete', rate: { ...ALL, delete: 0 } },
  { ...scim, name: 'scim lossy 80 %', rate: { create: 0.8, update: 0.8, delete: 0.8 } },
  { ...jit, name: 'jit' },
  { ...jit, name: 'jit with a weekly sweep', rate: { ...NONE, create: 1, delete: 1 }, sweep: 7 * DAY, declared: { ...jit.declared, delete: 'workflow' } },
  { ...scim, name: 'by hand, late', makes: 'hand', lag: 15 * DAY, bulk: false, linked: false, declared: { create: 'manual', update: 'manual', delete: 'manual' }, mechanism: 'manual' },
  { ...nothing, name: 'one bulk import', since: NOW - 200 * DAY },
  { ...nothing, name: 'one bulk import, last month', since: NOW - 25 * DAY },
  { ...nothing, name: 'nothing', bulk: false, mechanism: 'unknown' },
  { ...scim, name: 'scim, switched on half way', bulk: false, since: YEARS - 900 * DAY, managedSince: NOW - 500 * DAY, mechanism: 'mixed' },
  { ...jit, name: 'jit after an import', since: NOW - 400 * DAY, bulk: true, mechanism: 'mixed' },
  { ...scim, name: 'hides inactive', hides: true },
  { ...scim, name: 'hides inactive, no delete', hides: true, rate: { ...ALL, delete: 0 } },
  { ...scim, name: 'no timestamps', dates: false },
  { ...nothing, name: 'no timestamps, does nothing', dates: false, mechanism: 'unknown' },
  { ...scim, name: 'clock 5 h behind', skew: -5 * HOUR },
  { ...scim, name: 'clock 5 h ahead', skew: 5 * HOUR },
  { ...nothing, name: 'clock ahead, does nothing', skew: 5 * HOUR },
  { ...jit, name: 'jit, update declared as scim', declared: { create: 'jit', update: 'scim' } },
  { ...scim, name: 'scim full, tells some logins', logins: 'some' },
  { ...jit, name: 'jit, tells some logins', logins: 'some', declared: { create: 'jit', update: 'scim' } },
  { ...jit, name: 'jit, tells logins late', logins: 'late', declared: { create: 'jit', update: 'scim' } },
  { ...jit, name: 'jit, tells no logins', logins: 'none', declared: { create: 'jit', update: 'scim' } },
]; // prettier-ignore

export const LEAVERS = (temper: Temper): Leavers => (temper.hides === true ? 'hidden' : 'listed');

const WORDS = { create: 1, update: 2, delete: 3, lag: 4, login: 5, never: 6, touch: 7, tells: 8 } as const;

/** What wrote something in an app, in the words of logs. */
type By = 'scim' | 'jit' | 'human' | 'api';

/** What has happened to the account of one life in one app, until some time; instants in ms, NaN: it has not. */
export interface Story {
  readonly born: number;
  readonly bornBy: By;
  readonly managed: boolean;
  readonly lastLogin: number;
  readonly updates: readonly { readonly at: number; readonly set: Readonly<Record<string, string>>; readonly by: By }[];
  readonly off: number;
  readonly on: number;
  readonly updatedAt: number;
  readonly attributes: Record<string, string>;
  /** The last login as the app tells it. */
  readonly told: number;
}

/** Undefined: there never was an account. */
export function storyOf(sim: CompanySim, temper: Temper, app: number, life: Life, time: number): Story | undefined {
  const { seed } = sim;
  const draw = (word: keyof typeof WORDS, k = 0): number => chance(seed, app, life.n, WORDS[word], k);
  const works = (stage: Stage, k = 0): boolean => draw(stage, k) < temper.rate[stage];
  const late = (stage: Stage, k = 0): number => Math.ceil((draw('lag', WORDS[stage] * 100 + k) * temper.lag) / MINUTE + 1) * MINUTE;
  const logins = new Logins(life, (k) => chance(seed, app, life.n, WORDS.login, k));
  const neverIn = draw('never') < 0.1;
  // Born.
  const wasThere = life.joined < temper.since;
  if (wasThere && life.left < temper.since) return undefined;
  const bulkTime = temper.since + Math.floor(chance(seed, app, life.n) * 20) * MINUTE;
  const firstLogin = neverIn ? NaN : logins.first(Math.max(life.joined, temper.since));
  const slowly = temper.since + Math.floor(draw('create', 9) * 60 * DAY);
  let born: number;
  if (wasThere && (temper.bulk || temper.makes === 'nothing')) born = temper.bulk ? bulkTime : slowly;
  else if (temper.makes === 'login') born = firstLogin;
  else if (temper.makes === 'nothing') born = NaN;
  else born = wasThere ? Math.min(slowly, life.left - DAY || slowly) : works('create') ? life.joined + late('create') : NaN;
  if (temper.makes === 'hand' && wasThere) born = slowly;
  if (!(born <= time) || life.left < born - DAY) return undefined;
  const managed = temper.managedSince === undefined || born >= temper.managedSince;
  const by: By = temper.makes === 'push' ? 'scim' : temper.makes === 'login' ? 'jit' : 'human';
  const lastLogin =
    neverIn && temper.makes !== 'login'
      ? NaN
      : logins.last(born, Math.min(time, life.left < time && !(life.back <= time) ? life.left : time));
  // Kept true.
  const touches = [born];
  const updates: Story['updates'][number][] = [];
  const attributes = { ...attributesAt(life, born) };
  if (temper.refreshes === true && !Number.isNaN(lastLogin)) Object.assign(attributes, attributesAt(life, lastLogin));
  life.changes.forEach((change, k) => {
    const login = temper.refreshes === true ? logins.first(change.at) : NaN;
    if (change.at > born && login <= lastLogin) updates.push({ at: login, set: change.set, by: 'jit' });
    const then = change.at + late('update', k);
    if (change.at <= born || then > time || !managed || !works('update', k)) return;
    Object.assign(attributes, change.set);
    touches.push(then);
    updates.push({ at: then, set: change.set, by });
  });
  if (temper.refreshes === true && lastLogin > born) touches.push(lastLogin);
  // Removed.
  let off = NaN;
  if (life.left > born && life.left <= time) {
    const swept = temper.sweep === undefined ? life.left + late('delete') : Math.ceil(life.left / temper.sweep) * temper.sweep + HOUR;
    if (managed && works('delete') && swept <= time) off = swept;
  }
  let on = NaN;
  if (!Number.isNaN(off) && life.back <= time) on = temper.makes === 'login' ? logins.first(life.back) : life.back + late('create', 2);
  if (!(on <= time)) on = NaN;
  const noise = seed % 8 < 4 ? NaN : logins.last(born, time) + 3 * HOUR;
  const isOff = !Number.isNaN(off) && Number.isNaN(on);
  const updatedAt = Math.max(...[...touches, isOff ? off : NaN, on, noise].filter((at) => at <= time));
  const told =
    temper.logins === 'none' || (temper.logins === 'some' && draw('tells') < 0.5)
      ? NaN
      : temper.logins === 'late'
        ? logins.late(born, lastLogin)
        : lastLogin;
  return { born, bornBy: wasThere ? 'human' : by, managed, lastLogin, updates, off, on, updatedAt, attributes, told };
}

/** The account that a life has in an app at that time, or none. */
export function accountAt(sim: CompanySim, temper: Temper, app: number, life: Life, time: number): Account | undefined {
  const story = storyOf(sim, temper, app, life, time);
  if (story === undefined) return undefined;
  const { born, managed, off, on, updatedAt, attributes, told } = story;
  const status = Number.isNaN(off) || !Number.isNaN(on) ? 'active' : 'deactivated';
  if (status === 'deactivated' && temper.hides === true) return undefined;
  const shift = temper.skew ?? 0;
  const date = (at: number): { at: number } => ({ at: at + shift });
  return {
    id: `a-${life.n}`,
    userName: `user${life.n}`,
    emails: [`user${life.n}@corp.example`],
    ...(temper.linked && managed ? { externalId: idAt(life, Number.isNaN(on) ? born : time) } : {}),
    status,
    kind: 'human',
    attributes,
    ...(temper.dates
      ? {
          createdAt: date(born),
          updatedAt: date(updatedAt),
          ...(Number.isNaN(told) ? {} : { lastLoginAt: date(told) }),
          ...(status === 'deactivated' ? { deactivatedAt: date(off) } : {}),
        }
      : {}),
  };
}

/** When somebody logs in to an app: every one to twenty days, in working hours, while they are there. */
class Logins {
  readonly #every: number;

  constructor(
    private readonly life: Life,
    private readonly draw: (k: number) => number,
  ) {
    this.#every = Math.ceil(draw(-1) * 20) * DAY;
  }

  #at(k: number): number {
    return this.life.joined + k * this.#every + HOUR + Math.floor(this.draw(k) * 600) * MINUTE;
  }

  first(from: number): number {
    let k = Math.max(0, Math.floor((from - this.life.joined) / this.#every) - 1);
    while (this.#at(k) < from) k++;
    return !(this.#at(k) >= this.life.left) || this.life.back <= this.#at(k) ? this.#at(k) : NaN;
  }

  /** What stands where a login is written down only if the one that stands is two weeks old. */
  late(from: number, to: number): number {
    let stands = NaN;
    for (let k = 0; this.#at(k) <= to; k++) if (this.#at(k) >= from && !(this.#at(k) - stands < 14 * DAY)) stands = this.#at(k);
    return stands;
  }

  last(from: number, to: number): number {
    let k = Math.floor((to - this.life.joined) / this.#every) + 1;
    while (k >= 0 && this.#at(k) > to) k--;
    return k >= 0 && this.#at(k) >= from ? this.#at(k) : NaN;
  }
}
