import type { LogEntry } from '../../src/model/log.js';
import { NOW } from '../in-memory.js';

/** An entry of so long ago; its outcome is told where it is given. */
export function entry(ago: number, action: LogEntry['action'], more: Partial<LogEntry> = {}): LogEntry {
  return { at: { at: NOW - ago }, action, outcome: 'unknown', outcomeTold: more.outcome !== undefined, by: 'unknown', ...more };
}
