import { iso } from '../diff/finding.js';
import { isOn } from '../model/account.js';
import { sharpen, type Observed } from './observed.js';
import type { Scene } from './scene.js';
import { follows, type AppStation, type PersonStation } from './stations.js';

/**
 * People who were not here in one audit and are in the next, still are, and must have an account: did one come? They had none before, or one that was off (a
 * rehire is a joiner again). Where JIT is declared, who has not logged in yet is no failure.
 */
export function* joiners(scene: Scene): Generator<Observed> {
  const { stations, time } = scene;
  if (!scene.isExpected || scene.isSucceeded || scene.isUnclear) return;
  const i = stations.findLastIndex(({ stands }) => stands !== 'in') + 1;
  const before = stations[i - 1];
  const after = stations[i];
  if (before === undefined || after === undefined || before.stands === 'other') return;
  if (!follows(before, after) || time(after.at) < scene.from) return;
  const seen = [time(before.at), time(after.at)] as const;
  const when = sharpen(seen, after.version?.startAt?.at);
  const had = scene.app.findLast(({ at }) => at <= before.at);
  if (had === undefined) return;
  if (had.has === 'on' && before.stands !== 'before') return;
  const outcome = had.has === 'on' ? early(scene, had, before) : creation(scene, had, after, when);
  if (outcome === undefined) return;
  const { account, ...rest } = outcome;
  const event = before.stands === 'out' ? 'came back' : 'joined';
  yield { ...scene.told(account), stage: 'create', event, seen, when, ...rest };
}

type Outcome = Pick<Observed, 'outcome' | 'then' | 'evidence'> & { readonly account: AppStation['versions'][number] | undefined };

/**
 * Made, or switched on again, before the first day: nobody waited. One that nobody saw coming may be from an import, or be left of the employment before:
 * what its own dates say of it is asked elsewhere.
 */
function early({ app, accounts, stations, time }: Scene, had: AppStation, before: PersonStation): Outcome | undefined {
  const here = stations.findLast(({ at, stands }) => at < before.at && (stands === 'in' || stands === 'other'))?.at ?? -1;
  const then = app.filter(({ at }) => at > here && at <= had.at);
  const place = then.findLastIndex(({ has }) => has !== 'on');
  const [without, first] = [then[place], then[place + 1]];
  if (without === undefined || first === undefined || !follows(without, first)) return undefined;
  const account = first.versions.find(isOn);
  const isNew = accounts.some(({ id, since, came }) => id === account?.id && came && since > without.at);
  if (without.has !== 'off' && !(without.has === 'none' && isNew)) return undefined;
  const around = [time(without.at), time(first.at)] as const;
  const evidence = `the account came before the first day: no account was on in the audit of ${iso(around[0])}, and one was in that of ${iso(around[1])}`;
  return { outcome: 'followed', then: sharpen(around, isNew ? account?.createdAt : undefined), account, evidence };
}

function creation(scene: Scene, had: AppStation, joined: PersonStation, when: readonly [number, number]): Outcome | undefined {
  const { time } = scene;
  if (had.has !== 'none' && had.has !== 'off') return undefined;
  let last = had;
  for (const station of scene.app.filter(({ at }) => at > had.at)) {
    if (station.has === 'unknown' || station.has === 'moved' || !follows(last, station)) return undefined;
    const account = station.versions.find(isOn);
    if (account !== undefined) {
      // An account that was there before, and only now matches this person, was not made for them.
      const isNew = scene.accounts.some(({ id, since, came }) => id === account.id && came && since > last.at);
      if (!isNew && last.has !== 'off') return undefined;
      if (account.createdAt !== undefined && account.createdAt < when[0] - scene.policy.preHireLead && isNew) return undefined;
      const around = [time(last.at), time(station.at)] as const;
      const evidence = `no account was on in the audit of ${iso(around[0])}, and one was in that of ${iso(around[1])}`;
      return { outcome: 'followed', then: sharpen(around, isNew ? account.createdAt : undefined), account, evidence };
    }
    // They may have left since the directory was last read, and their account with them.
    if (station.at > (scene.stations.at(-1)?.at ?? -1)) break;
    last = station;
  }
  // Who comes back under a new record may still have the account of the old one.
  if (scene.holds) return undefined;
  const open = time(last.at);
  if (last.at < joined.at || last.has !== 'none' || scene.isJit || open - when[1] < scene.policy.grace.create) return undefined;
  // Who must have an account is known of today only: after another change they may not have had to for long.
  if (scene.isFiltered && scene.stations.some(({ at, version }) => at > joined.at && version !== joined.version)) return undefined;
  return { outcome: 'open', then: [open, open], account: undefined, evidence: `no account had come by the audit of ${iso(open)}` };
}
