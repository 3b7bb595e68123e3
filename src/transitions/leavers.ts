import { endInstant } from '../match/standing.js';
import { iso } from '../diff/finding.js';
import type { Observed } from './observed.js';
import { sharpen } from './observed.js';
import type { Scene } from './scene.js';
import { follows, isOn, type AppStation, type PersonStation } from './stations.js';

/** An account that was switched off so long before the leave was not switched off for it. */
const BEFORE = 30 * 86_400_000;

/**
 * People who left between two audits, with an account that was on in the last audit before: was it off, or gone from a whole list, before they came back? One
 * who had no account then is no trial. What cannot be seen is none either: it is left to what the audit's own dates say.
 */
export function* leavers(scene: Scene): Generator<Observed> {
  const { stations, time } = scene;
  for (let i = 1; i < stations.length; i++) {
    const before = stations[i - 1] as PersonStation;
    const after = stations[i] as PersonStation;
    if ((before.stands !== 'in' && before.stands !== 'other') || (after.stands !== 'out' && after.stands !== 'absent')) continue;
    if (!follows(before, after) || time(after.at) < scene.from) continue;
    const back = stations.slice(i).find(({ stands }) => stands !== 'out' && stands !== 'absent');
    // Another record may speak for who has left, and then their accounts stay.
    if (back === undefined && scene.isSucceeded) continue;
    const held = scene.app.findLast(({ at }) => at <= before.at);
    if (held?.has !== 'on') continue;
    const seen = [time(before.at), time(after.at)] as const;
    const ends = (after.version ?? before.version)?.endAt;
    const when = sharpen(seen, ends === undefined ? undefined : endInstant(ends));
    const outcome = removal(scene, held, after.at, back?.at ?? Infinity, when);
    if (outcome === undefined) continue;
    const account = held.versions.find(isOn);
    yield {
      ...scene.told(account),
      stage: 'delete',
      event: after.stands === 'absent' ? 'left, and gone from the directory' : 'left',
      seen,
      when,
      ...outcome,
    };
  }
}

function removal(
  scene: Scene,
  held: AppStation,
  left: number,
  back: number,
  when: readonly [number, number],
): Pick<Observed, 'outcome' | 'then' | 'evidence'> | undefined {
  const { time } = scene;
  let last = held;
  for (const station of scene.app.filter(({ at }) => at > held.at && at < back)) {
    if (station.has === 'unknown') continue;
    if (station.has === 'moved' || station.basis !== last.basis) return undefined;
    if (station.has === 'on') {
      last = station;
      continue;
    }
    if (station.has === 'none' && station.exchanged) return undefined;
    const around = [time(last.at), time(station.at)] as const;
    const off = Math.max(...station.versions.map((one) => one.deactivatedAt ?? one.updatedAt ?? -Infinity));
    if (station.versions.some(({ deactivatedAt }) => deactivatedAt !== undefined && deactivatedAt < when[0] - BEFORE)) return undefined;
    const what = station.has === 'none' ? 'gone from the whole list' : (station.versions[0]?.status ?? 'off');
    return {
      outcome: 'followed',
      then: sharpen(around, off),
      evidence: `the account was on in the audit of ${iso(around[0])} and ${what} in that of ${iso(around[1])}`,
    };
  }
  const open = time(last.at);
  if (last.at < left || open - when[1] < scene.policy.grace.delete) return undefined;
  const evidence = `the account was on in the audit of ${iso(time(held.at))}, before, and still in that of ${iso(open)}`;
  return { outcome: 'open', then: [open, open], evidence };
}
