import type { Config } from '../model/config.js';
import type { AssignmentList, Provisioning } from '../model/assignment.js';
import { LifegapError, SourceError, UsageError } from '../model/errors.js';
import type { Past } from '../model/past.js';
import type { Witness } from '../audit/witness.js';
import type { Source } from '../contract/source.js';
import type { Role, RowOf } from '../model/role.js';
import type { Systems } from '../contract/system.js';
import type { AuditOptions } from '../audit/options.js';
import { decode } from './codec.js';
import { accountRow, pastHead, pastPerson, personRow, replayRecord } from './form.js';
import { failed, formed, keptPages, parsedLine } from './kept-pages.js';
import { replayedLog } from './log-replay.js';
import { FORMAT, KIND, type ListRecord, type PastRecord, type ReplayRecord } from './record.js';
import { readRegular } from './regular-file.js';
import { zippedLines } from './zipped-lines.js';

const OWN_FILE = /^(?:people|accounts|logs|past)\/[0-9]+[-a-z0-9]*\.(?:ndjson|json)\.gz$/;

/** An audit as its pack holds it. */
export interface Replay {
  readonly record: ReplayRecord;
  readonly config: Config;
  /** With the clock, the systems and the past of the audit that wrote the pack. */
  readonly options: AuditOptions;
}

/** Throws a UsageError where this is no pack that this version can read. */
export async function openReplay(dir: string, signal: AbortSignal): Promise<Replay> {
  const bytes = await readRegular(dir, 'replay.json').catch((error: unknown) => {
    throw error instanceof LifegapError ? error : notAPack(dir, error);
  });
  const record = parse(bytes.toString('utf8'), dir);
  const { options: kept, config } = record;
  const instants = [kept.startedAt, kept.finishedAt];
  const history = record.past === undefined ? undefined : replayedPast(dir, record.past);
  const options: AuditOptions = {
    asOf: kept.asOf,
    now: () => instants.shift() ?? kept.finishedAt,
    env: {},
    signal,
    trials: true,
    systems: replayedSystems(dir, record),
    ...(kept.failOn === undefined ? {} : { failOn: kept.failOn }),
    ...(kept.newOnly === undefined ? {} : { newOnly: kept.newOnly }),
    ...(kept.baseline === undefined ? {} : { baseline: kept.baseline }),
    ...(kept.acceptShrink === undefined ? {} : { acceptShrink: kept.acceptShrink }),
    ...(kept.controls === undefined ? {} : { controls: kept.controls }),
    ...(history === undefined ? {} : { past: history, witness: history }),
  };
  return { record, config: { ...config, redact: (words) => words }, options };
}

function parse(text: string, dir: string): ReplayRecord {
  let record: Partial<ReplayRecord> | null;
  try {
    record = decode(text) as Partial<ReplayRecord> | null;
  } catch (error) {
    throw notAPack(dir, error);
  }
  if (record?.kind !== KIND) throw notAPack(dir);
  if (record.format !== FORMAT)
    throw new UsageError(
      `${dir}: the pack has format ${String(record.format)}, and this lifegap reads ${FORMAT}: use the one that wrote it`,
    );
  const whole = formed(replayRecord, record, dir, 'replay.json') as unknown as ReplayRecord;
  // A pack comes from somebody else: it names files of its own alone.
  const stray = [...[...whole.lists, ...(whole.logs ?? [])].map(({ file }) => file), ...Object.values(whole.past?.apps ?? {})].find(
    (file) => !OWN_FILE.test(file),
  );
  if (stray !== undefined) throw new UsageError(`${dir}: replay.json names a file that no pack has`);
  return whole;
}

/** Does what judges the rows of a pack. What breaks there is the pack: it has passed the checks of its form, and no more is known of it. */
export async function judging<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LifegapError || !(error instanceof Error)) throw error;
    throw new UsageError(`${dir}: its rows cannot be judged (${error.message}): the pack was damaged, or not written by lifegap`, {
      cause: error,
    });
  }
}

export function notAPack(dir: string, cause?: unknown): UsageError {
  return new UsageError(`${dir} is no evidence pack; \`lifegap audit --evidence DIR\` writes one`, { cause });
}

function replayedSystems(dir: string, record: ReplayRecord): Systems {
  return {
    source: async (role, config) => {
      const list = record.lists.find((one) => one.role === role && one.name === config.name);
      if (list === undefined) throw new UsageError(`${dir}: the pack holds no list ${config.name}`);
      return replayedSource(role, list, config.connector, { dir, redacted: record.redacted !== undefined });
    },
    provider: async (config) => {
      // Every audit opens a provider once, so the last record is the only one.
      const provider = record.providers.findLast(({ name }) => name === config.name);
      if (provider === undefined) throw new UsageError(`${dir}: the pack holds no answers of ${config.name} about its apps`);
      const answer = <T>(answers: Readonly<Record<string, T>>, app: string): T => {
        const own = Object.hasOwn(answers, app) ? answers[app] : undefined;
        if (own === undefined) throw new UsageError(`${dir}: the pack holds no answer of ${config.name} about the app ${app}`);
        return own;
      };
      return {
        ...(provider.hasAssignments ? { assignments: async (app): Promise<AssignmentList> => answer(provider.assignments, app) } : {}),
        ...(provider.hasProvisioning ? { provisioning: async (app): Promise<Provisioning> => answer(provider.provisioning, app) } : {}),
        close: async () => undefined,
      };
    },
    log: async (config) => replayedLog(dir, record.logs ?? [], config),
  };
}

function replayedSource<R extends Role>(
  role: R,
  list: ListRecord,
  connector: string,
  { dir, redacted }: { readonly dir: string; readonly redacted: boolean },
): Source<RowOf<R>> {
  const { name, facts, confirmed } = list;
  let calls = 0;
  return {
    name,
    connector,
    facts,
    pull: (options) => keptPages<RowOf<R>>(dir, list, role === 'person' ? personRow : accountRow, options),
    ...(confirmed === undefined
      ? {}
      : {
          confirm: async (ids: readonly string[]) => {
            const call = confirmed[calls++];
            if (call === undefined) throw new SourceError(name, 'refused', `${name}: the pack holds no rows that were read again by id`);
            if (call.failure !== undefined) throw failed(name, call.failure);
            const rows = (call.rows ?? []) as readonly RowOf<R>[];
            // The order of pseudonyms may choose others to be read again: what was read is what there is.
            return redacted ? [...rows] : rows.filter(({ id }) => ids.includes(id));
          },
        }),
  };
}

/** The rows of the person index are counted as they come, as history itself does; the order of several directories may be another one. */
function replayedPast(dir: string, past: NonNullable<ReplayRecord['past']>): Past & Witness {
  const rows = new Map<string, number>();
  const key = (source: string, id: string): string => JSON.stringify([source, id]);
  let next = 0;
  const left = new Map(past.left?.map(([source, id, since]) => [key(source, id), since]));
  let leftRows: ReadonlyMap<number | undefined, number> = new Map();
  return {
    people: (source, page) => {
      for (const { id } of page) rows.set(key(source, id), next++);
    },
    rowsBefore: (role, name) => past.rowsBefore[`${role} ${name}`],
    assignedBefore: (app) => past.rowsBefore[`assigned ${app}`],
    directoryRead: async () => {
      leftRows = new Map([...left].map(([person, since]) => [rows.get(person), since]));
      return Promise.resolve();
    },
    leftBy: (row) => leftRows.get(row) ?? NaN,
    appRead: async (app) => {
      const file = past.apps[app];
      if (file === undefined) throw new UsageError(`${dir}: the pack holds no past of ${app}`);
      const record = await pastIn(dir, file);
      const people = record.people.map(({ person, accounts }) => {
        const row = person.row === undefined ? undefined : rows.get(key(person.source, person.id));
        return { person: { ...person, row }, accounts };
      });
      people.sort((a, b) => (a.person.row ?? Infinity) - (b.person.row ?? Infinity));
      const unchanged = new Map((past.unchanged[app] ?? []).map(([source, id, since]) => [rows.get(key(source, id)), since]));
      return { ...record, people, unchangedSince: (row) => unchanged.get(row) ?? NaN };
    },
  };
}

/** A line for what the audits were, and one for each person; older packs have the people on the first line. */
async function pastIn(dir: string, file: string): Promise<PastRecord> {
  let record: PastRecord | undefined;
  const people: unknown[] = [];
  for await (const line of zippedLines(dir, file)) {
    const value = parsedLine(line, dir, file, decode);
    if (record === undefined) record = { people: [], ...(formed(pastHead, value, dir, file) as Omit<PastRecord, 'people'>) };
    else people.push(formed(pastPerson, value, dir, file));
  }
  if (record === undefined) throw new UsageError(`${dir}: ${file} is empty`);
  return { ...record, people: [...record.people, ...(people as PastRecord['people'])] };
}
