import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gunzipSync } from 'node:zlib';
import type { Config } from '../config/config.js';
import type { AssignmentList, Provisioning } from '../model/assignment.js';
import type { Completeness } from '../model/completeness.js';
import { SourceError, UsageError } from '../model/errors.js';
import type { Past } from '../model/past.js';
import type { Witness } from '../model/witness.js';
import type { Page, PullOptions, Role, RowOf, Source } from '../pull/source.js';
import type { Systems } from '../pull/sources.js';
import type { AuditOptions } from '../run.js';
import { decode } from './codec.js';
import { FORMAT, KIND, type Failure, type ListRecord, type PastRecord, type ReplayRecord } from './record.js';

const OWN_FILE = /^(?:people|accounts|past)\/[0-9]+[-a-z0-9]*\.(?:ndjson|json)\.gz$/;

/** An audit as its pack holds it. */
export interface Replay {
  readonly record: ReplayRecord;
  readonly config: Config;
  /** With the clock, the systems and the past of the audit that wrote the pack. */
  readonly options: AuditOptions;
}

/** Throws a UsageError where this is no pack that this version can read. */
export async function openReplay(dir: string, signal: AbortSignal): Promise<Replay> {
  const text = await readFile(path.join(dir, 'replay.json'), 'utf8').catch((error: unknown) => {
    throw notAPack(dir, error);
  });
  const record = parse(text, dir);
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
  let record: Partial<ReplayRecord>;
  try {
    record = decode(text) as Partial<ReplayRecord>;
  } catch (error) {
    throw notAPack(dir, error);
  }
  if (record.kind !== KIND) throw notAPack(dir);
  if (record.format !== FORMAT)
    throw new UsageError(
      `${dir}: the pack has format ${String(record.format)}, and this lifegap reads ${FORMAT}: use the one that wrote it`,
    );
  const whole = record as ReplayRecord;
  // A pack comes from somebody else: it names files of its own alone.
  const stray = [...whole.lists.map(({ file }) => file), ...Object.values(whole.past?.apps ?? {})].find((file) => !OWN_FILE.test(file));
  if (stray !== undefined) throw new UsageError(`${dir}: replay.json names a file that no pack has`);
  return whole;
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
        if (!Object.hasOwn(answers, app)) throw new UsageError(`${dir}: the pack holds no answer of ${config.name} about the app ${app}`);
        return answers[app] as T;
      };
      return {
        ...(provider.hasAssignments ? { assignments: async (app): Promise<AssignmentList> => answer(provider.assignments, app) } : {}),
        ...(provider.hasProvisioning ? { provisioning: async (app): Promise<Provisioning> => answer(provider.provisioning, app) } : {}),
        close: async () => undefined,
      };
    },
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
    pull: (options) => pull(role, list, dir, options),
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

async function* pull<R extends Role>(
  _role: R,
  list: ListRecord,
  dir: string,
  { signal }: PullOptions,
): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
  const bytes = createReadStream(path.join(dir, list.file)).pipe(createGunzip());
  const lines = createInterface({ input: bytes, crlfDelay: Infinity })[Symbol.asyncIterator]();
  try {
    for (const size of list.pages) {
      if (signal.aborted) throw new SourceError(list.name, 'aborted', `${list.name}: was stopped`);
      const rows: RowOf<R>[] = [];
      while (rows.length < size) {
        const line = await lines.next();
        if (line.done === true) throw new UsageError(`${dir}: ${list.file} has fewer rows than replay.json says`);
        rows.push(JSON.parse(line.value) as RowOf<R>);
      }
      yield { rows };
    }
  } finally {
    bytes.destroy();
  }
  if (list.failure !== undefined) throw failed(list.name, list.failure);
  if (list.completeness === undefined) throw new UsageError(`${dir}: replay.json does not say how the list ${list.name} ended`);
  return list.completeness;
}

function failed(name: string, { fault, message }: Failure): SourceError {
  return new SourceError(name, fault, message);
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
      const record = decode(gunzipSync(await readFile(path.join(dir, file))).toString('utf8')) as PastRecord;
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
