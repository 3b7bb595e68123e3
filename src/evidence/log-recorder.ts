import type { LogSource, Page, PullOptions } from '../contract/source.js';
import type { Completeness } from '../model/completeness.js';
import type { LogConfig } from '../model/config.js';
import { SourceError } from '../model/errors.js';
import type { LogEntry, LogWindow } from '../model/log.js';
import { jsonText } from '../report/escape.js';
import type { PackFolder } from './folder.js';
import type { Failure, LogRecord } from './record.js';
import type { Redaction } from './redact/redaction.js';

/** What the recorder of lists does for logs as well. */
export interface Writing {
  readonly folder: PackFolder;
  readonly redaction: Redaction | undefined;
  /** A file of the pack that nothing else is written to. */
  readonly fileFor: (name: string) => string;
  readonly failure: (name: string, error: SourceError) => Failure;
}

/** Writes down what logs say, page by page, as lists are. */
export class LogRecorder {
  readonly records: LogRecord[] = [];
  readonly #opened = new Set<number>();

  /** `logs`: those of all apps, in the order of the config. */
  constructor(
    private readonly logs: readonly LogConfig[],
    private readonly writing: Writing,
  ) {}

  log(config: LogConfig, inner: LogSource): LogSource {
    const place = this.#placeOf(config);
    return {
      name: inner.name,
      connector: inner.connector,
      get log() {
        return inner.log;
      },
      pull: (options) => this.#pull(config, place, inner, options),
      close: async () => inner.close?.(),
    };
  }

  /** Two apps may have logs that are called alike; the log of a directory is no app's, and there is one by its name. */
  #placeOf(config: LogConfig): number | undefined {
    const same = (one: LogConfig): boolean =>
      one === config ||
      (one.options === config.options &&
        one.name === config.name &&
        one.of === config.of &&
        one.which === config.which &&
        one.app === config.app);
    const fitting = this.logs.flatMap((one, place) => (same(one) ? [place] : []));
    const found = fitting.find((place) => this.logs[place] === config) ?? fitting.find((place) => !this.#opened.has(place)) ?? fitting[0];
    if (found !== undefined) this.#opened.add(found);
    return found;
  }

  async *#pull(
    { name, of, which, app }: LogConfig,
    place: number | undefined,
    inner: LogSource,
    options: PullOptions & { readonly window: LogWindow },
  ): AsyncGenerator<Page<LogEntry>, Completeness, void> {
    const { folder, redaction, fileFor, failure } = this.writing;
    const fileName = fileFor(name);
    const file = await folder.open(fileName);
    const pages: number[] = [];
    const counts: Record<string, number> = {};
    const note = (ending: Pick<LogRecord, 'completeness' | 'failure'>): void => {
      const { retention, lateness, tellsUpdates, notes } = redaction?.logFacts(inner.log) ?? inner.log;
      this.records.push({
        ...(place === undefined ? {} : { place }),
        name,
        connector: inner.connector,
        of,
        which,
        ...(app === undefined ? {} : { app }),
        file: fileName,
        window: options.window,
        pages,
        counts,
        log: { ...(retention === undefined ? {} : { retention }), lateness, tellsUpdates, notes },
        ...ending,
      });
    };
    try {
      const log = inner.pull({ ...options, inFull: true });
      for (let step = await log.next(); ; step = await log.next()) {
        if (step.done === true) {
          note({ completeness: redaction?.completeness(step.value) ?? step.value });
          return step.value;
        }
        for (const entry of step.value.rows) {
          await file.write(`${jsonText(redaction?.entry(entry) ?? entry)}\n`);
          for (const word of [`action ${entry.action}`, `outcome ${entry.outcome}`]) counts[word] = (counts[word] ?? 0) + 1;
        }
        pages.push(step.value.rows.length);
        yield step.value;
      }
    } catch (error) {
      if (error instanceof SourceError) note({ failure: failure(name, error) });
      throw error;
    } finally {
      await file.end();
    }
  }
}
