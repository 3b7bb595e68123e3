import { iso } from '../diff/finding.js';
import { isOn } from '../model/account.js';
import type { AccountVersion, PersonLine, PersonVersion } from '../model/timeline.js';
import { byThen, LOGIN, sharpen, type LoggedIn, type Observed } from './observed.js';
import type { Scene } from './scene.js';
import { follows, steps, type AppStation, type PersonStation } from './stations.js';

const DAY = 86_400_000;
/** A smaller share of records that are touched for nothing is let pass (coverage/at-login.ts asks for more than chance). */
const QUIET = 0.05;

/**
 * People of whom the directory changed an attribute between two audits, with one account that had the old value: did it take the new one before the next
 * change? A value that is neither of the two, an account that came or went, and an attribute that the app does not hold are no trial.
 */
export function* movers(scene: Scene): Generator<Observed> {
  const { person, stations, time } = scene;
  for (const [before, after, i] of steps(stations)) {
    const [was, is] = [before.version, after.version];
    if (before.stands !== 'in' || after.stands !== 'in' || was === undefined || is === undefined || was === is) continue;
    if (!follows(before, after) || time(after.at) < scene.from) continue;
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
    const when = sharpen(seen, scene.datedChanges ? is.changedAt : undefined);
    const outcome = update(
      scene,
      { held, account, names, was, is },
      { at: after.at, next, seen, when, quiet: isQuiet(person, before.at, after.at) },
    );
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

/** `at`, `next`: places of the audits that first saw the change, and the next one. */
interface Change extends Pick<Observed, 'seen' | 'when'> {
  readonly at: number;
  readonly next: number;
  /** The directory hardly ever moves a change date for nothing. */
  readonly quiet: boolean;
}

type Outcome = Pick<Observed, 'outcome' | 'then' | 'evidence' | 'loggedIn' | 'written' | 'waited'> & Partial<Pick<Observed, 'when'>>;

function update(scene: Scene, move: Move, { at: first, next, seen, when, quiet }: Change): Outcome | undefined {
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
      const fresh = now.since === station.at;
      // The last touch may have been another one, a login: it was done by then.
      const then = byThen(around, fresh ? now.updatedAt : undefined);
      // Nothing follows from what is yet to come: another touch of the record has moved its date.
      const moved = then[1] < when[0] - DAY;
      const isDated = when[0] === when[1] && fresh && then[1] === now.updatedAt;
      return {
        outcome: 'followed',
        then,
        evidence,
        ...(moved ? { when: [seen[0], then[1]] } : {}),
        ...(isDated ? { written: then[1] - when[0] } : {}),
        ...(last.at >= first && around[0] - when[1] >= scene.policy.grace.update ? { waited: true } : {}),
        ...(scene.logins === undefined
          ? {}
          : { loggedIn: fresh ? loginBefore(now, seen[0], quiet && !moved ? when[0] : seen[0], scene.logins.delay) : 'unknown' }),
      };
    }
    last = station;
  }
  const open = time(last.at);
  if (last.at < first || open - when[1] < scene.policy.grace.update) return undefined;
  // Read again by id, the account may agree where the list lags behind.
  if (last.at === scene.now && !old.some((name) => scene.differs(name))) return undefined;
  return {
    outcome: 'open',
    then: [open, open],
    evidence: `${old.join(', ')} still had the old value in the audit of ${iso(open)}`,
    // Who is not known to have logged in since speaks against a push.
    ...(scene.logins === undefined || last.at !== scene.now ? {} : { loggedIn: scene.logins.last() > when[1] ? 'since' : 'not since' }),
  };
}

/** Between these audits, as all that was read of the directory shows. Older records do not say. */
function isQuiet({ lists }: PersonLine, from: number, to: number): boolean {
  return lists.every(({ at, idlyTouched }) => at <= from || at > to || (idlyTouched !== undefined && idlyTouched <= QUIET));
}

/**
 * Of an account as it was when it first had the new value. `unchanged`: the last audit that saw the old value in the directory; `changed`: the directory's own
 * date of the change. Clocks differ: a login on the day before may have come after it. `delay`: so much later may the last one have been, ms.
 */
function loginBefore({ lastLoginAt, updatedAt }: AccountVersion, unchanged: number, changed: number, delay: number): LoggedIn {
  if (lastLoginAt === undefined) return 'unknown';
  if (lastLoginAt < unchanged - DAY - delay) return 'not since';
  if (lastLoginAt < changed - DAY - delay) return 'hardly';
  return updatedAt !== undefined && Math.abs(updatedAt - lastLoginAt) < LOGIN ? 'touch' : 'since';
}

/** The one account, where there is one and it is on. */
function only({ has, versions }: AppStation): AccountVersion | undefined {
  const [first] = versions;
  return has === 'on' && versions.length === 1 && first !== undefined && isOn(first) ? first : undefined;
}
