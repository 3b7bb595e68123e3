import type { FieldMap, FieldSpec } from '../../model/config.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES, type LogEntry } from '../../model/log.js';
import type { Moment } from '../../model/person.js';
import { UNSETTLED } from '../dates/order.js';
import type { DateReading } from '../dates/reading.js';
import { actionOf, actorOf, changedOf, inShort, isPassedOver, outcomeOf } from '../log-rows.js';
import { instantInBytes, readMoment } from '../moment.js';
import { constOf, placesOf } from '../../model/places.js';
import { Probe, remembered, sole, valueOf, type CellReader, type SlotOf } from './cell-words.js';
import { CELL, type Cells } from './cells.js';
import { listCell, plainSlots, textCell, type CellUse, type CellValue } from './entry-texts.js';
import { intAt, itemAt } from '../../model/at.js';

/** A mapping, ready to make entries of cells. */
export interface EntryPlan {
  /** Undefined: something is out of the ordinary, the plain way must look at it. */
  entry(bytes: Buffer, cells: Cells, base: number): LogEntry | undefined;
}

const KEYS = ['id', 'accountId', 'externalId', 'personId', 'employeeId', 'app'] as const;
const ADDRESSES = ['userName', 'email', 'personUserName', 'personEmail'] as const;
const SAID = ['actor', 'detail'] as const;

/**
 * Compiles a mapping for records whose cells are texts as they stand. Undefined: a field is read in a way that only the plain mapping knows
 * (mapping/log-rows.ts), which is also what every record falls back to that is out of the ordinary. `wanted`: of other apps, entries are given in short.
 */
export function planEntries(
  fields: FieldMap,
  slotOf: SlotOf,
  dates: DateReading | undefined,
  wanted: string | undefined,
): EntryPlan | undefined {
  const specOf = (name: string): FieldSpec | undefined => (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? undefined;
  const text = (use: CellUse) => (name: string) => textCell(specOf(name), use, slotOf);
  const [id, accountId, externalId, personId, employeeId, app] = KEYS.map(text('key'));
  const [userName, email, personUserName, personEmail] = ADDRESSES.map(text('address'));
  const [actor, detail] = SAID.map(text('said'));
  const at = momentCell(specOf('at'), slotOf, dates);
  const probe = new Probe();
  const value = () => (record: unknown) => record;
  const changed = listCell(specOf('changed'), changedOf({ changed: 'changed' }, value, probe), probe, slotOf);
  const action = wordCell('action', specOf('action'), slotOf, (spec, heard) => {
    const read = actionOf({ action: spec }, value, heard);
    return (cell) => LOG_ACTIONS.indexOf(read(cell));
  });
  const outcome = wordCell('outcome', specOf('outcome'), slotOf, (spec, heard) => {
    const read = outcomeOf({ outcome: spec }, value, heard);
    return (cell) => OUTCOMES.indexOf(read(cell));
  });
  const by = wordCell('by', specOf('by'), slotOf, (spec, heard) => {
    const read = actorOf({ by: spec }, value, heard);
    return (cell) => LOG_ACTORS.indexOf(read(cell));
  });
  if (id === undefined || accountId === undefined || externalId === undefined || personId === undefined) return undefined;
  if (employeeId === undefined || app === undefined || userName === undefined || email === undefined) return undefined;
  if (personUserName === undefined || personEmail === undefined || actor === undefined || detail === undefined) return undefined;
  if (at === undefined || changed === undefined || action === undefined || outcome === undefined || by === undefined) return undefined;
  return {
    entry(bytes, cells, base) {
      const done = action(bytes, cells, base);
      const via = by(bytes, cells, base);
      const time = at(bytes, cells, base);
      const where = app(bytes, cells, base);
      if (done < 0 || via < 0 || time === null || where === null) return undefined;
      const [what, who] = [itemAt(LOG_ACTIONS, done), itemAt(LOG_ACTORS, via)];
      if (isPassedOver(what, where, wanted)) return inShort({ at: time, action: what, app: where, by: who });
      const went = outcome(bytes, cells, base);
      if (went < 0) return undefined;
      const entry = {
        id: id(bytes, cells, base),
        at: time,
        action: what,
        outcome: OUTCOMES[went] ?? 'unknown',
        outcomeTold: went > 0,
        accountId: accountId(bytes, cells, base),
        userName: userName(bytes, cells, base),
        email: email(bytes, cells, base),
        externalId: externalId(bytes, cells, base),
        personId: personId(bytes, cells, base),
        personUserName: personUserName(bytes, cells, base),
        personEmail: personEmail(bytes, cells, base),
        employeeId: employeeId(bytes, cells, base),
        app: where,
        changed: changed(bytes, cells, base),
        actor: actor(bytes, cells, base),
        by: who,
        detail: detail(bytes, cells, base),
      };
      return isWhole(entry) ? entry : undefined;
    },
  };
}

/** By what `wordCell` makes of them: the first is that there is none. */
const OUTCOMES = [undefined, ...LOG_OUTCOMES] as const;

type Half = { readonly [Name in keyof LogEntry]: Name extends 'at' | 'app' ? LogEntry[Name] : LogEntry[Name] | null };

function isWhole(entry: Half): entry is LogEntry {
  return (
    entry.id !== null &&
    entry.accountId !== null &&
    entry.userName !== null &&
    entry.email !== null &&
    entry.externalId !== null &&
    entry.personId !== null &&
    entry.personUserName !== null &&
    entry.personEmail !== null &&
    entry.employeeId !== null &&
    entry.changed !== null &&
    entry.actor !== null &&
    entry.detail !== null
  );
}

/** Asks the plain reader once for each different value of the one place of a word; -1: it is a problem, or only the plain way can. */
function wordCell(
  name: string,
  spec: FieldSpec | undefined,
  slotOf: SlotOf,
  compile: (spec: FieldSpec, problems: Probe) => (value: unknown) => number,
): CellReader | undefined {
  if (spec === undefined) return () => compile({ const: '' }, new Probe())('');
  const probe = new Probe();
  const asked = compile(typeof spec === 'string' ? name : spec, probe);
  const quiet = (value: unknown): number => {
    const before = probe.heard;
    const found = asked(value);
    return probe.heard > before ? -1 : found;
  };
  if (constOf(spec) !== undefined) {
    const place = quiet(undefined);
    return () => place;
  }
  const [only, ...more] = placesOf(spec);
  const slot = only === undefined || more.length > 0 ? undefined : slotOf(only.path);
  return slot === undefined ? undefined : remembered(slot, quiet);
}

function momentCell(spec: FieldSpec | undefined, slotOf: SlotOf, dates: DateReading | undefined): CellValue<Moment> | undefined {
  const slots = plainSlots(spec, slotOf);
  if (slots === undefined) return undefined;
  const orders = dates?.orders('at') ?? UNSETTLED;
  return (bytes, cells, base) => {
    const place = sole(bytes, cells, base, slots);
    if (place < 0) return place === -1 ? undefined : null;
    if (cells.kind[place] === CELL.ascii) {
      const at = instantInBytes(bytes, intAt(cells.from, place), intAt(cells.to, place));
      if (!Number.isNaN(at)) return { at };
    }
    const value = valueOf(bytes, cells, place);
    if (value === undefined) return null;
    const moment = readMoment(value, orders);
    return typeof moment === 'object' ? moment : moment === 'never' ? undefined : null;
  };
}
