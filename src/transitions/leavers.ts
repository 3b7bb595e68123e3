import { endInstant } from '../match/state-at.js';
import { iso } from '../diff/finding.js';
import { isOn } from '../model/account.js';
import type { Moment } from '../model/person.js';
import { sharpen, type Between, type Observed } from './observed.js';
import type { Scene } from './scene.js';
import { follows, steps, type AppStation } from './stations.js';

/** An account that was switched off so long before the leave was not switched off for it. */
const BEFORE = 30 * 86_400_000;
/** UTC+14 is the first time zone on Earth. */
const FIRST_ZONE = 14 * 3_600_000;

/**
 * People who left between two audits, with an account that was on in the last audit before: was it off, or gone from a whole list, before they came back? One
 * who had no account then is no trial. What cannot be seen is none either: it is left to what the audit's own dates say.
 */
export function* leavers(scene: Scene): Generator<Observed> {
  const { stations, time } = scene;
  for (const [before, after, i] of steps(stations)) {
    if ((before.stands !== 'in' && before.stands !== 'other') || (after.stands !== 'out' && after.stands !== 'absent')) continue;
    if (!follows(before, after) || time(after.at) < scene.from) continue;
    const back = stations.slice(i).find(({ stands }) => stands !== 'out' && stands !== 'absent');
    // Another record may speak for who has left, and then their accounts stay.
    if (back === undefined && scene.isSucceeded) continue;
    const seen = [time(before.at), time(after.at)] as const;
    const ends = (after.version ?? before.version)?.endAt;
    const when = sharpen(seen, ends === undefined ? undefined : endInstant(ends));
    const here = scene.app.filter(({ at }) => at <= before.at);
    // An app that was first read after the leave shows what was there by what it lost since.
    const held = here.findLast(({ at }) => time(at) <= lastDay(ends, when)) ?? here.at(-1) ?? firstKnown(scene);
    if (held?.has !== 'on') continue;
    // Afterwards they may be back, and no audit has seen it yet.
    const out = stations.findLast(({ at }) => at < (back?.at ?? Infinity))?.at ?? after.at;
    const left = { left: after.at, out, back: back?.at ?? Infinity };
    const outcome = removal(scene, held, left, when);
    if (outcome === undefined) continue;
    const account = held.versions.find(isOn);
    yield {
      ...scene.told(account),
      stage: 'delete',
      event: after.stands === 'absent' ? 'left, and gone from the directory' : 'left',
      seen,
      when,
      ...holds(scene, held, left),
      ...outcome,
    };
  }
}

/**
 * People who had left when the directory was first read, as their last day or the date of that record says, with an account that was on still: was it seen to go since? One that is locked
 * bears witness by its dates, and one that was deleted bears none. What is still on is left to the audit's own dates, too.
 */
export function* goneBefore(scene: Scene): Generator<Observed> {
  const { stations, time } = scene;
  const first = stations.find(({ stands }) => stands !== 'absent');
  if (first === undefined || first.stands !== 'out') return;
  const { endAt, changedAt } = first.version ?? {};
  const end = endAt === undefined ? (scene.datedChanges ? (changedAt ?? NaN) : NaN) : endInstant(endAt);
  if (!(end >= scene.from && end <= time(first.at))) return;
  const later = stations.filter(({ at }) => at > first.at);
  const back = later.find(({ stands }) => stands !== 'out' && stands !== 'absent');
  if (back === undefined && scene.isSucceeded) return;
  const held = firstKnown(scene);
  if (held?.has !== 'on') return;
  const out = later.findLast(({ at }) => at < (back?.at ?? Infinity))?.at ?? first.at;
  const left = { left: first.at, out, back: back?.at ?? Infinity };
  const when = [end, end] as const;
  const outcome = removal(scene, held, left, when);
  if (outcome === undefined || (outcome.outcome === 'open' && outcome.cameBack === undefined)) return;
  const account = held.versions.find(isOn);
  yield { ...scene.told(account), stage: 'delete', event: 'left', seen: when, when, ...holds(scene, held, left), ...outcome };
}

/** What the app had in the first audit that can say so; of what was before the window nothing is read. */
function firstKnown({ app, time, from }: Scene): AppStation | undefined {
  const last = app.findLast(({ at }) => time(at) <= from)?.at ?? -1;
  return app.find(({ at }) => at >= last);
}

/**
 * Until when an account surely was not switched off for this leave, ms. A last day without a time is over a day and a half after it began in UTC, and
 * an app may act as soon as it begins, which is up to 14 hours earlier in other time zones.
 */
function lastDay(ends: Moment | undefined, [from, to]: Between): number {
  return ends?.day === true && from === to && to === endInstant(ends) ? ends.at - FIRST_ZONE : Infinity;
}

/** Places of audits: the first and the last that saw them gone, and the first that saw them back. */
interface Absence {
  readonly left: number;
  readonly out: number;
  readonly back: number;
}

/**
 * What is left of the account in the last audit that can say so, while its owner is gone. What is gone from a whole list holds nothing; how many credentials
 * an account has does not say whether they are live, but none is none. Keys may outlive an account, where they could not be read.
 */
function holds({ app }: Scene, held: AppStation, { out }: Absence): Pick<Observed, 'holds'> {
  const last = app.findLast(
    ({ at, has, basis }) => at > held.at && at <= out && basis === held.basis && has !== 'unknown' && has !== 'moved',
  );
  if (last === undefined || (last.has === 'none' && last.exchanged)) return {};
  const told = (count: 'roles' | 'credentials', of: AppStation): number | undefined => {
    const counts = of.versions.flatMap((version) => version[count] ?? []);
    return counts.length === 0 ? undefined : Math.max(...counts);
  };
  const left = (count: 'roles' | 'credentials'): number | undefined =>
    last.has === 'none' ? (told(count, held) === undefined ? undefined : 0) : told(count, last);
  const [roles, credentials] = [left('roles'), last.credentialsUnread ? undefined : left('credentials')];
  return {
    holds: { ...(roles === undefined ? {} : { memberships: roles > 0 }), ...(credentials === 0 ? { credentials: false } : {}) },
  };
}

type Outcome = Pick<Observed, 'outcome' | 'then' | 'evidence' | 'cameBack'>;

function removal(scene: Scene, held: AppStation, absence: Absence, when: readonly [number, number]): Outcome | undefined {
  const { time } = scene;
  const { left, out, back } = absence;
  let last = held;
  for (const station of scene.app.filter(({ at }) => at > held.at && at < back)) {
    if (station.has === 'unknown') continue;
    if (station.has === 'moved' || station.basis !== last.basis) return undefined;
    if (station.has === 'on') {
      if (station.at > out) break;
      last = station;
      continue;
    }
    if (station.has === 'none' && station.exchanged) return undefined;
    const around = [time(last.at), time(station.at)] as const;
    const off = Math.max(...station.versions.map((one) => one.deactivatedAt ?? one.updatedAt ?? -Infinity));
    if (station.versions.some(({ deactivatedAt }) => deactivatedAt !== undefined && deactivatedAt < when[0] - BEFORE)) return undefined;
    const what = station.has === 'none' ? 'gone from the whole list' : (station.versions[0]?.status ?? 'off');
    const evidence = `the account was on in the audit of ${iso(around[0])} and ${what} in that of ${iso(around[1])}`;
    const followed: Outcome = { outcome: 'followed', then: sharpen(around, off), evidence };
    return cameBack(scene, station, out, followed) ?? followed;
  }
  const open = time(last.at);
  if (last.at < left || open - when[1] < scene.policy.grace.delete) return undefined;
  const evidence = `the account was on in the audit of ${iso(time(held.at))}, before, and still in that of ${iso(open)}`;
  return { outcome: 'open', then: [open, open], evidence };
}

/**
 * What was removed may be made anew while its owner is still gone: by JIT at a login that the app still lets in, or by a synchronisation that does not
 * know of the leave. Where the last audit that can say so has it on, nobody was removed.
 */
function cameBack({ app, accounts, time }: Scene, off: AppStation, out: number, followed: Outcome): Outcome | undefined {
  // An account that is on was seen, however the list was read.
  const later = app.filter(
    ({ at, has, basis }) => at > off.at && at <= out && (has === 'on' || (basis === off.basis && (has === 'off' || has === 'none'))),
  );
  const again = later.find(({ has }) => has === 'on');
  const last = later.at(-1);
  if (again === undefined || last === undefined) return undefined;
  const account = again.versions.find(isOn);
  const isNew = accounts.some(({ id, since, came }) => id === account?.id && came && since > off.at);
  const how = isNew ? 'made anew' : 'switched on again';
  const evidence = `${followed.evidence}; by the audit of ${iso(time(again.at))} it was ${how}, while its owner was gone`;
  if (last.has !== 'on')
    return { ...followed, evidence: `${evidence}, and it was off again in that of ${iso(time(last.at))}`, cameBack: how };
  const open = time(last.at);
  return { outcome: 'open', then: [open, open], evidence, cameBack: how };
}
