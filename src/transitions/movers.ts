import { iso } from '../diff/finding.js';
import type { AccountVersion, PersonVersion } from '../model/timeline.js';
import { byThen, LOGIN, sharpen, type Between, type LoggedIn, type Observed } from './observed.js';
import type { Scene } from './scene.js';
import { follows, isOn, type AppStation, type PersonStation } from './stations.js';

const DAY = 86_400_000;

/**
 * People of whom the directory changed an attribute between two audits, with one account that had the old value: did it take the new one before the next
 * change? A value that is neither of the two, an account that came or went, and an attribute that the app does not hold are no trial.
 */
export function* movers(scene: Scene): Generator<Observed> {
  const { stations, time } = scene;
  for (let i = 1; i < stations.length; i++) {
    const before = stations[i - 1] as PersonStation;
    const after = stations[i] as PersonStation;
    if (before.stands !== 'in' || after.stands !== 'in' || before.version === after.version) continue;
    if (!follows(before, after) || time(after.at) < scene.from) continue;
    const [was, is] = [before.version as PersonVersion, after.version as PersonVersion];
    const held = scene.app.findLast(({ at }) => at <= before.at);
    const account = held === undefined ? undefined : only(held);
    if (held === undefined || account === undefined) continue;
    const names = [...is.values.keys()].filter((name) => {
      const old = was.values.get(name);
      return old !== undefined && old !== is.values.get(name) && account.values.get(name) === old;
    });
    if (names.length === 0) continue;
    const changes = ({ version, stands }: PersonStation): boolean =>
      stands !== 'in' || names.some((name) => version?.values.get(name) !== is.values.get(name));
    const next = stations.slice(i + 1).find(changes)?.at ?? Infinity;
    const seen = [time(before.at), time(after.at)] as const;
    const when = sharpen(seen, is.changedAt);
    const outcome = update(scene, { held, account, names, was, is }, after.at, next, when);
    if (outcome !== undefined)
      yield { ...scene.told(account), stage: 'update', event: `${names.sort().join(', ')} changed`, seen, when, ...outcome };
  }
}

interface Move {
  readonly held: AppStation;
  readonly account: AccountVersion;
  readonly names: readonly string[];
  readonly was: PersonVersion;
  readonly is: PersonVersion;
}

function update(
  scene: Scene,
  move: Move,
  moved: number,
  next: number,
  when: Between,
): Pick<Observed, 'outcome' | 'then' | 'evidence' | 'loggedIn'> | undefined {
  const { time } = scene;
  const { held, account, names, was, is } = move;
  let last = held;
  let old = names;
  for (const station of scene.app.filter(({ at }) => at > held.at && at < next)) {
    const now = only(station);
    if (now === undefined || now.id !== account.id || !follows(last, station)) return undefined;
    if (names.some((name) => now.values.get(name) !== was.values.get(name) && now.values.get(name) !== is.values.get(name)))
      return undefined;
    old = names.filter((name) => now.values.get(name) === was.values.get(name));
    if (old.length === 0) {
      const around = [time(last.at), time(station.at)] as const;
      const evidence = `the account had the old value in the audit of ${iso(around[0])} and the new one in that of ${iso(around[1])}`;
      // The last touch may have been another one, a login: it was done by then.
      const fresh = now.since === station.at;
      return {
        outcome: 'followed',
        then: byThen(around, fresh ? now.updatedAt : undefined),
        evidence,
        ...(fresh && scene.lastLogin() !== undefined ? { loggedIn: loginBefore(now, when[0]) } : {}),
      };
    }
    last = station;
  }
  const open = time(last.at);
  if (last.at < moved || open - when[1] < scene.policy.grace.update) return undefined;
  // Read again by id, the account may agree where the list lags behind.
  if (last.at === scene.now && !old.some((name) => scene.differs(name))) return undefined;
  const login = last.at === scene.now ? scene.lastLogin() : undefined;
  return {
    outcome: 'open',
    then: [open, open],
    evidence: `${old.join(', ')} still had the old value in the audit of ${iso(open)}`,
    ...(login === undefined ? {} : { loggedIn: login > when[1] ? 'since' : 'not since' }),
  };
}

/** Of an account as it was when it first had the new value. Clocks differ: a login on the day before the change may have come after it. */
function loginBefore({ lastLoginAt, updatedAt }: AccountVersion, changed: number): LoggedIn {
  if (lastLoginAt === undefined || lastLoginAt < changed - DAY) return 'not since';
  return updatedAt !== undefined && Math.abs(updatedAt - lastLoginAt) < LOGIN ? 'touch' : 'since';
}

/** The one account, where there is one and it is on. */
function only({ has, versions }: AppStation): AccountVersion | undefined {
  const [first] = versions;
  return has === 'on' && versions.length === 1 && first !== undefined && isOn(first) ? first : undefined;
}
