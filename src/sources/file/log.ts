import { statSync } from 'node:fs';
import path from 'node:path';
import type { Completeness } from '../../model/completeness.js';
import type { LogConfig } from '../../model/config.js';
import type { LogEntry, LogFacts } from '../../model/log.js';
import type { LogSource, Page, PullOptions } from '../../contract/source.js';
import type { OpenLog, SourceContext } from '../../contract/system.js';
import { LogFolder } from './log-folder.js';
import { logFile } from './log-pages.js';
import { fileOptions, folderOptions } from './options.js';
import { FilePasses } from './passes.js';

/** An export of a log: CSV, JSON or NDJSON, plain or gzip, or a folder of such files. Whose log it is, the config says. */
export const openFileLog: OpenLog = (config, { onRequest }) => new FileLog(config, onRequest);

/** How far it reaches back, its first entry says; what was left out when it was exported, nobody does. */
const FACTS: LogFacts = { lateness: 0, tellsUpdates: false, notes: [] };

class FileLog implements LogSource {
  readonly name: string;
  readonly connector: string;
  readonly log = FACTS;
  readonly #read: (options: PullOptions) => AsyncGenerator<Page<LogEntry>, Completeness, void>;

  constructor(config: LogConfig, onRequest: SourceContext['onRequest']) {
    this.name = config.name;
    this.connector = config.connector;
    if (isFolder(config)) {
      const folder = new LogFolder(config, folderOptions(config), onRequest);
      this.#read = (options) => folder.read(options);
    } else {
      const passes = new FilePasses(config.name, fileOptions(config), config.dates, onRequest);
      this.#read = (options) => passes.told(passes.read(options.signal, logFile(config, options)));
    }
  }

  pull(options: PullOptions): AsyncGenerator<Page<LogEntry>, Completeness, void> {
    return this.#read(options);
  }
}

function isFolder({ options, dir }: LogConfig): boolean {
  const given = options['path'];
  try {
    return typeof given === 'string' && statSync(path.resolve(dir, given)).isDirectory();
  } catch {
    // Whoever opens it says what is wrong with it.
    return false;
  }
}
