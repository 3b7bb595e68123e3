import type { LogSource } from '../contract/source.js';
import type { LogConfig } from '../model/config.js';
import { UsageError } from '../model/errors.js';
import type { LogEntry } from '../model/log.js';
import { logRow } from './form.js';
import { keptPages } from './kept-pages.js';
import type { LogRecord } from './record.js';

/** What a pack's config has in place of the options of a log: which of all the logs of apps it is. */
export function placed(place: number): LogConfig['options'] {
  return { place };
}

/** A log of the config of a pack, as the pack holds it. */
export function replayedLog(dir: string, records: readonly LogRecord[], { name, of, options, connector }: LogConfig): LogSource {
  const { place } = options;
  const record =
    place === undefined
      ? records.find((one) => one.place === undefined && one.name === name && one.of === of)
      : records.find((one) => one.place === place);
  if (record === undefined) throw new UsageError(`${dir}: the pack holds no log ${name}`);
  return { name, connector, log: record.log, pull: (given) => keptPages<LogEntry>(dir, record, logRow, given) };
}
