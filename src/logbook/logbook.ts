import { CLOCK_SKEW } from '../diff/dates.js';
import type { Completeness } from '../model/completeness.js';
import type { LogActor, LogEntry, LogFacts, LogWindow } from '../model/log.js';
import { SetReader } from './attributes.js';
import { KeptEntries, type KeptEntry } from './kept.js';
import type { LogKept } from './log-kept.js';
import { Logged, SWITCHES } from './logged.js';
import { reachOf } from './reach.js';
import type { ListedDates } from './skew.js';
import type { Named, Whose } from './whose.js';

const DAY = 86_400_000;
/** Words of logs on failures that are told apart; what comes after them is counted as one. */
const WORDS = 200;
const OTHER_WORDS = 'other';
const NO_DATES: ListedDates = { createdAt: () => NaN, offSince: () => NaN };

/** Which log it is, and what is known of it before its first entry. */
export interface LogBegin {
  readonly name: string;
  /** `app`, or the directory that pushes. */
  readonly of: string;
  /** It tells what was done where it is kept; a provider's tells what was asked of others. */
  readonly isOwn: boolean;
  /** Only entries of this app. */
  readonly app: string | undefined;
  /** The directory's place among the sources, where `personId` is an id of it. */
  readonly source: number | undefined;
  readonly facts: LogFacts;
  /** Undefined of a file: it covers what it holds. */
  readonly window: LogWindow | undefined;
}

/** Takes the entries of an app's logs as they come, and keeps those that are somebody's. */
export class Logbook {
  readonly #kept = new KeptEntries();
  readonly #logs: LogKept[] = [];
  /** Ids of accounts that the list does not have, by number; and whose they are, once an entry has named it. */
  readonly #accounts = new Map<string, number>();
  readonly #owners: number[] = [];
  /** The same of accounts that an entry names by a key, beside an id of its person that is nobody's: who knows, only its whole log says. */
  readonly #ownersByKey: { readonly account: number; readonly row: number; readonly log: number }[] = [];
  readonly #sets: SetReader;

  constructor(
    private readonly whose: Whose,
    compare: readonly string[],
    private readonly people: number,
    /** The instant that the audit speaks of, ms: nothing that came after it made what the list shows. */
    private readonly asOf: number,
  ) {
    this.#sets = new SetReader(compare);
  }

  /** One log, from its first entry to its last. */
  open(begin: LogBegin): OpenLogbook {
    const place = this.#logs.length;
    // An entry keeps its log in one byte; a config that names so many directories is none.
    if (place > 255) throw new RangeError('more than 256 logs');
    const details = new Map<string, number>();
    const by: Partial<Record<LogActor, number>> = {};
    let knowsIds = false;
    const days = new Set<number>();
    const seen = { entries: 0, unplaced: 0, unmatched: 0, skipped: 0, updates: 0, strayUpdates: 0, switches: 0, first: NaN, last: NaN };
    return {
      take: (entry) => {
        if (begin.app !== undefined && entry.app !== undefined && entry.app !== begin.app) {
          seen.skipped++;
          return;
        }
        seen.entries++;
        by[entry.by] = (by[entry.by] ?? 0) + 1;
        const { at, personId } = entry;
        knowsIds ||= personId !== undefined && this.whose.knows(personId, begin.source);
        if (at === undefined || at.at > this.asOf + CLOCK_SKEW) {
          seen.unplaced++;
          return;
        }
        // Of a day nobody knows the hour: what it says was done by its end.
        const isDay = at.day === true;
        const time = isDay ? at.at + DAY : at.at;
        days.add(Math.floor(at.at / DAY));
        if (!(at.at >= seen.first)) seen.first = at.at;
        if (!(time <= seen.last)) seen.last = time;
        if (entry.action === 'other' || entry.action === 'login') return;
        if (entry.action === 'update') seen.updates++;
        if (SWITCHES.includes(entry.action)) seen.switches++;
        const named = this.whose.of(entry, begin.source);
        const whose = this.#rowOf(named, place);
        if (whose === undefined) {
          if (entry.action === 'update') seen.strayUpdates++;
          seen.unmatched++;
          return;
        }
        const untold = begin.isOwn ? 'success' : 'unknown';
        const kept: KeptEntry = {
          at: time,
          isDay,
          action: entry.action,
          outcome: entry.outcomeTold ? entry.outcome : untold,
          by: entry.by,
          log: place,
          set: entry.action === 'update' ? this.#sets.read(entry.changed) : 0,
          detail: placeOf(details, entry.detail),
        };
        this.#kept.add(whose, kept, entry.id, whose >= 0 && named.isByKey === true);
      },
      end: (completeness, error) => {
        const { window, facts } = begin;
        const { first, last } = seen;
        this.#logs.push({
          name: begin.name,
          of: begin.of,
          isOwn: begin.isOwn,
          isWhole: completeness.verdict !== 'unproven' && seen.entries > 0,
          tellsUpdates: facts.tellsUpdates,
          ...reachOf({ first, last, days: days.size }, window, facts),
          knowsIds,
          details: [...details.keys()],
          report: { ...seen, completeness, error, by },
        });
      },
    };
  }

  /** After the last log. `listed`: what the list dates by itself. */
  settle(listed: ListedDates = NO_DATES): Logged {
    for (const { account, row, log } of this.#ownersByKey) if (this.#logs[log]?.knowsIds !== true) this.#own(account, row);
    return new Logged(this.#kept, this.#logs, this.#owners, this.people, listed);
  }

  #rowOf({ row, account, isByKey }: Named, log: number): number | undefined {
    if (account === undefined) return row >= 0 ? row : undefined;
    let number = this.#accounts.get(account);
    if (number === undefined) this.#accounts.set(account, (number = this.#accounts.size));
    if (row >= 0 && isByKey === true) this.#ownersByKey.push({ account: number, row, log });
    else if (row >= 0) this.#own(number, row);
    return -1 - number;
  }

  /** One account of two people is nobody's. */
  #own(account: number, row: number): void {
    this.#owners[account] = (this.#owners[account] ?? row) === row ? row : -2;
  }
}

export interface OpenLogbook {
  readonly take: (entry: LogEntry) => void;
  readonly end: (completeness: Completeness, error: string | null) => void;
}

function placeOf(details: Map<string, number>, text: string | undefined): number {
  if (text === undefined || text === '') return -1;
  const word = details.has(text) || details.size < WORDS ? text.slice(0, 200) : OTHER_WORDS;
  const known = details.get(word);
  if (known !== undefined) return known;
  details.set(word, details.size);
  return details.size - 1;
}
