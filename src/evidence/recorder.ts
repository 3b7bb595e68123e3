import type { AppConfig, SourceConfig } from '../model/config.js';
import type { AssignmentList, IdentityProvider, Provisioning } from '../model/assignment.js';
import type { Completeness } from '../model/completeness.js';
import { SourceError } from '../model/errors.js';
import type { AppPast, Past } from '../model/past.js';
import type { Witness } from '../audit/witness.js';
import type { PrincipalSeen, RequestSeen } from '../model/request-seen.js';
import type { Page, PullOptions, Source } from '../contract/source.js';
import type { Role, RowOf } from '../model/role.js';
import type { SourceContext, Systems } from '../contract/system.js';
import { encode } from './codec.js';
import { jsonText } from '../report/escape.js';
import type { PackFolder } from './folder.js';
import { LogRecorder } from './log-recorder.js';
import type { Failure, ListRecord, LogRecord, PastRecord, PersonInstant, ProviderRecord, ReplayRecord } from './record.js';
import type { Redaction } from './redact/redaction.js';
import { itemAt } from '../model/at.js';

/** Stands between the audit and its systems, and writes down what they say, page by page, as it is said. */
export class Recorder {
  readonly lists: ListRecord[] = [];
  readonly providers: ProviderRecord[] = [];
  readonly requests = new Map<string, RequestSeen[]>();
  /** By source, whose credential read it. */
  readonly principals = new Map<string, PrincipalSeen>();
  readonly rowsBefore: Record<string, number> = {};
  readonly pasts: Record<string, string> = {};
  readonly #asked = new Map<string, Map<number, number>>();
  readonly #left = new Map<number, number>();
  /** Source and id of the person, by row of the person index. */
  readonly #people: (readonly [source: string, id: string])[] = [];
  #files = 0;

  readonly #logs: LogRecorder;

  /** `redaction`: goes over all that is written down; the audit itself sees what the systems say. */
  constructor(
    private readonly folder: PackFolder,
    apps: readonly AppConfig[],
    private readonly redaction?: Redaction,
  ) {
    const logs = apps.flatMap((app) => app.logs ?? []);
    const fileFor = (name: string): string => this.#name('logs', name, 'ndjson.gz');
    this.#logs = new LogRecorder(logs, { folder, redaction, fileFor, failure: (name, error) => this.#failure(name, error) });
  }

  get logs(): readonly LogRecord[] {
    return this.#logs.records;
  }

  systems(inner: Systems): Systems {
    return {
      source: async (role, config, context) => {
        const source = await inner.source(role, config, this.#watched(config, context));
        return this.#source(role, source);
      },
      provider: async (config, context) => this.#provider(config.name, await inner.provider(config, this.#watched(config, context))),
      log: async (config, context) => this.#logs.log(config, await inner.log(config, this.#watched(config, context))),
    };
  }

  /** Rows are numbered as they come, as history does. */
  witness(inner: Witness): Witness {
    return {
      ...(inner.accounts === undefined ? {} : { accounts: (...page) => inner.accounts?.(...page) }),
      people: (source, rows) => {
        for (const { id } of rows) this.#people.push([source, id]);
        return inner.people?.(source, rows);
      },
    };
  }

  get unchanged(): NonNullable<ReplayRecord['past']>['unchanged'] {
    return Object.fromEntries([...this.#asked].map(([app, asked]) => [app, this.#answers(asked)]));
  }

  get left(): readonly PersonInstant[] {
    return this.#answers(this.#left);
  }

  #answers(asked: ReadonlyMap<number, number>): PersonInstant[] {
    return [...asked]
      .filter(([, since]) => !Number.isNaN(since))
      .sort(([a], [b]) => a - b)
      .map(([row, since]) => {
        const [source, id] = itemAt(this.#people, row);
        return [source, this.redaction?.id(id) ?? id, since];
      });
  }

  /** The past as the audit asked for it. */
  past(inner: Past): Past {
    return {
      rowsBefore: (role, name) => {
        const rows = inner.rowsBefore(role, name);
        if (rows !== undefined) this.rowsBefore[`${role} ${name}`] = rows;
        return rows;
      },
      assignedBefore: (app, at) => {
        const rows = inner.assignedBefore(app, at);
        if (rows !== undefined) this.rowsBefore[`assigned ${app}`] = rows;
        return rows;
      },
      directoryRead: (whole) => inner.directoryRead(whole),
      leftBy: (row, leavers) => {
        const since = inner.leftBy(row, leavers);
        this.#left.set(row, since);
        return since;
      },
      appRead: async (app, whole, credentialsUnread) => {
        const past = await inner.appRead(app, whole, credentialsUnread);
        const people: PastRecord['people'] = [...past.people];
        const file = this.#name('past', app, 'ndjson.gz');
        this.pasts[app] = file;
        const { audits, lists } = past;
        const kept: PastRecord = { audits, lists, people };
        await this.folder.write(file, pastLines(this.redaction?.past(kept) ?? kept));
        const asked = new Map<number, number>();
        this.#asked.set(app, asked);
        const unchangedSince: AppPast['unchangedSince'] = (row, names) => {
          const since = past.unchangedSince(row, names);
          asked.set(row, since);
          return since;
        };
        return { audits, lists, people, unchangedSince } satisfies AppPast;
      },
    };
  }

  #watched(config: SourceConfig, context: SourceContext): SourceContext {
    const kept = this.requests.get(config.name) ?? [];
    this.requests.set(config.name, kept);
    return {
      ...context,
      onRequest: (request) => {
        kept.push(request);
        context.onRequest?.(request);
      },
      onPrincipal: (principal) => void this.principals.set(config.name, this.redaction?.principal(principal) ?? principal),
    };
  }

  #source<R extends Role>(role: R, inner: Source<RowOf<R>>): Source<RowOf<R>> {
    const confirmed: { rows?: readonly unknown[]; failure?: Failure }[] = [];
    const pull = (options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> => this.#pull(role, inner, options, confirmed);
    const { confirm } = inner;
    return {
      name: inner.name,
      connector: inner.connector,
      get facts() {
        return inner.facts;
      },
      pull,
      ...(confirm === undefined
        ? {}
        : {
            confirm: async (ids: readonly string[], options: PullOptions) => {
              try {
                const rows = await confirm.call(inner, ids, options);
                confirmed.push({ rows: rows.map((row) => this.#shown(role, inner.name, row)) });
                return rows;
              } catch (error) {
                if (error instanceof SourceError) confirmed.push({ failure: this.#failure(inner.name, error) });
                throw error;
              }
            },
          }),
      close: async () => inner.close?.(),
    };
  }

  async *#pull<R extends Role>(
    role: R,
    inner: Source<RowOf<R>>,
    options: PullOptions,
    confirmed: ListRecord['confirmed'] & unknown[],
  ): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const name = this.#name(role === 'person' ? 'people' : 'accounts', inner.name, 'ndjson.gz');
    const file = await this.folder.open(name);
    const pages: number[] = [];
    const counts: Record<string, number> = {};
    const note = (ending: Pick<ListRecord, 'completeness' | 'failure'>): void => {
      const { leavers, total, loginDelay, baseRoles, notes } = this.redaction?.facts(inner.facts) ?? inner.facts;
      this.lists.push({
        role,
        name: inner.name,
        file: name,
        pages,
        counts,
        facts: {
          leavers,
          total,
          ...(loginDelay === undefined ? {} : { loginDelay }),
          ...(baseRoles === undefined ? {} : { baseRoles }),
          notes,
        },
        ...ending,
        ...(inner.confirm === undefined ? {} : { confirmed }),
      });
    };
    try {
      const list = inner.pull(options);
      for (let step = await list.next(); ; step = await list.next()) {
        if (step.done === true) {
          note({ completeness: this.redaction?.completeness(step.value) ?? step.value });
          return step.value;
        }
        for (const row of step.value.rows) {
          const shown = this.#shown(role, inner.name, row);
          this.redaction?.counts(role, inner.name, shown);
          await file.write(`${jsonText(shown)}\n`);
          for (const word of [`kind ${row.kind}`, 'state' in row ? `state ${row.state}` : `status ${row.status}`])
            counts[word] = (counts[word] ?? 0) + 1;
        }
        pages.push(step.value.rows.length);
        yield step.value;
      }
    } catch (error) {
      if (error instanceof SourceError) note({ failure: this.#failure(inner.name, error) });
      throw error;
    } finally {
      await file.end();
    }
  }

  #shown<R extends Role>(role: R, name: string, row: RowOf<R>): RowOf<Role> {
    return this.redaction?.row(role, name, row) ?? row;
  }

  #failure(name: string, { fault, message }: SourceError): Failure {
    const failure = { fault, message };
    return this.redaction?.failure(name, failure) ?? failure;
  }

  #provider(name: string, inner: IdentityProvider): IdentityProvider {
    const assignments: Record<string, AssignmentList> = {};
    const provisioning: Record<string, Provisioning> = {};
    const asked = { name, hasAssignments: inner.assignments !== undefined, hasProvisioning: inner.provisioning !== undefined };
    this.providers.push({ ...asked, assignments, provisioning });
    const { redaction } = this;
    const ask: { -readonly [K in 'assignments' | 'provisioning']?: IdentityProvider[K] } = {};
    if (inner.assignments !== undefined)
      ask.assignments = async (app, signal) => {
        const list = (await inner.assignments?.(app, signal)) as AssignmentList;
        assignments[app] = redaction?.assignments(name, list) ?? list;
        return list;
      };
    if (inner.provisioning !== undefined)
      ask.provisioning = async (app, signal) => {
        const stages = (await inner.provisioning?.(app, signal)) as Provisioning;
        provisioning[app] = redaction?.provisioning(stages) ?? stages;
        return stages;
      };
    return { ...ask, close: () => inner.close() };
  }

  /** `people/01-corp-ad.ndjson.gz`: what a name may hold, a file name may not. */
  #name(folder: string, name: string, extension: string): string {
    const plain = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40);
    return `${folder}/${String(++this.#files).padStart(2, '0')}${plain === '' ? '' : `-${plain}`}.${extension}`;
  }
}

/** The audits, then a line a person: nobody has to hold all of it at once. */
function* pastLines({ people, ...head }: PastRecord): Generator<string> {
  yield `${encode(head)}\n`;
  for (const person of people) yield `${encode(person)}\n`;
}
