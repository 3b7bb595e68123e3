import type { LogEntry } from '../../model/log.js';
import { LOG_TEXTS } from '../../model/log.js';
import type { Pseudonyms } from './pseudonyms.js';

/** Names of systems are kept, as they are elsewhere. */
const KEPT = new Set<string>(['app']);

/**
 * An entry of a log without its personal data. Who did it may be anybody, and the log's word on a failure may quote anybody: both get a pseudonym,
 * so that what is alike stays alike, and is counted as it was.
 */
export function redactEntry(entry: LogEntry, pseudonyms: Pseudonyms): LogEntry {
  const texts = (['id', ...LOG_TEXTS] as const).flatMap((name) => {
    const text = entry[name];
    return text === undefined || KEPT.has(name) ? [] : [[name, pseudonyms.value(text)] as const];
  });
  return { ...entry, ...Object.fromEntries(texts) };
}
