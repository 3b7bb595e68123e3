import { factsOf, type Completeness } from '../../model/completeness.js';
import type { LogConfig } from '../../model/config.js';
import type { LogEntry, LogFacts, LogWindow } from '../../model/log.js';
import { Ledger } from '../../contract/ledger.js';
import type { LogSource, Page } from '../../contract/source.js';
import type { OpenLog, SourceContext } from '../../contract/system.js';
import { realWorld, type World } from '../../http/world.js';
import { Problems } from '../../mapping/problems.js';
import { openWires, type Wires } from '../ask/wires.js';
import { manifestOf } from '../form/catalogue.js';
import type { LogForm } from '../form/log.js';
import type { Manifest } from '../form/schema.js';
import { compileLog } from './entries.js';
import { asLog, sectionOf } from './section.js';
import { SliceReader, type Recorded } from './slice-reader.js';
import { halvesOf, keptOf, slicesOf } from './window.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A log as its manifest describes it: of one of the catalogue, or with `connector: http` one of the user's own. */
export const openManifestLog: OpenLog = (config, context) => manifestLog(config, context, manifestOf(config));

/** As `openManifestLog`, with a manifest and a clock of one's own. */
export function manifestLog(config: LogConfig, context: SourceContext, manifest: Manifest, world: World = realWorld): LogSource {
  const form = sectionOf(config, manifest);
  const own = asLog(config, manifest, form);
  return new ManifestLog(config, form, openWires(own.config, context, own.manifest, world));
}

type Options = Parameters<LogSource['pull']>[0];

/** What is known of the whole log, of which each span is read by itself. */
interface Books {
  readonly all: Ledger;
  readonly problems: Problems;
}

class ManifestLog implements LogSource {
  readonly name: string;
  readonly connector: string;
  readonly log: LogFacts;

  constructor(
    private readonly config: LogConfig,
    private readonly form: LogForm,
    private readonly wires: Wires,
  ) {
    this.name = config.name;
    this.connector = config.connector;
    const { permission, hides = [], retention_days: days, late_minutes: late = 0, tells_updates: tellsUpdates = false } = form;
    this.log = {
      ...(days === undefined ? {} : { retention: days * DAY }),
      lateness: late * MINUTE,
      tellsUpdates,
      notes: [...wires.clients.flatMap((http) => http.warnings ?? []), `needs: ${permission}`, ...hides.map((text) => `hides: ${text}`)],
    };
  }

  async *pull(options: Options): AsyncGenerator<Page<LogEntry>, Completeness, void> {
    const all = new Ledger();
    const problems = new Problems();
    const window = keptOf(options.window, this.form.retention_days);
    if (window === undefined) all.doubt('the window that is asked for ends before it begins');
    else yield* this.#entries(window, { all, problems }, options);
    problems.remarkTo(all);
    all.unread(problems.unreadDates);
    if (options.firstPagesOnly === true) all.doubt('only the first page was read', 'first-pages');
    return all.completeness();
  }

  async *#entries(window: LogWindow, { all, problems }: Books, options: Options): AsyncGenerator<Page<LogEntry>, void, void> {
    const { window: spans = {} } = this.form;
    const isTrial = options.firstPagesOnly === true;
    const reader = this.#reader(problems, options);
    const waiting = slicesOf(window, spans).toReversed();
    const isOne = waiting.length === 1 && spans.cap === undefined;
    for (let slice = waiting.pop(); slice !== undefined; slice = waiting.pop()) {
      const ledger = isOne ? all : new Ledger();
      const pages = reader.read(slice, ledger);
      if (spans.cap === undefined || isTrial) {
        for await (const page of pages) yield given(isOne ? page : unseen(page, all), options);
      } else {
        // Nothing is given before it is known that the span is not read again in halves.
        const held: (readonly Recorded[])[] = [];
        for await (const page of pages) held.push(page);
        const halves = ledger.received < spans.cap ? undefined : halvesOf(slice, spans);
        if (halves !== undefined) {
          waiting.push(halves[1], halves[0]);
          continue;
        }
        if (ledger.received >= spans.cap)
          ledger.doubt(`more entries fall on ${new Date(slice.since).toISOString()} than one request gives`);
        for (const page of held) yield given(unseen(page, all), options);
      }
      if (!isOne) close(ledger, all);
      // A span may well be empty: then the next one has the first page.
      if (isTrial && all.unique > 0) break;
    }
    if (!isOne) all.end('protocol');
    if (reader.left > 0) all.remark(`${reader.left} records are left out, as the manifest says (keep, drop)`, 'left-out');
  }

  #reader(problems: Problems, { signal, firstPagesOnly = false }: Options): SliceReader {
    const { form, config, wires } = this;
    const isPushed = config.which === 'pushes';
    const app = isPushed ? config.app : undefined;
    const whom = isPushed ? undefined : config.of === 'app' ? 'account' : 'person';
    const plan = { name: isPushed ? 'the log of what was pushed' : 'the log', values: { ...wires.values, app } };
    const reading = { system: this.name, asker: wires.asker, signal, ...(firstPagesOnly ? { firstPages: 1 } : {}) };
    return new SliceReader(form, plan, compileLog(form, { whom, app }, problems), reading);
  }

  async close(): Promise<void> {
    await Promise.all(this.wires.clients.map((http) => http.close()));
  }
}

/** Spans share the instant between them, and what happened then comes with both. */
function unseen(page: readonly Recorded[], all: Ledger): readonly Recorded[] {
  return all.take(page.filter(({ id }) => !all.has(id)));
}

/** A span has come to its end: a doubt about it is one about the log. */
function close(span: Ledger, all: Ledger): void {
  for (const { kind, isDoubt, text } of factsOf(span.completeness())) all[isDoubt ? 'doubt' : 'remark'](text, kind);
}

function given(page: readonly Recorded[], { onRaw }: Options): Page<LogEntry> {
  if (onRaw !== undefined) for (const { record, entries } of page) for (const entry of entries) onRaw(record, entry);
  return { rows: page.flatMap(({ entries }) => entries) };
}
