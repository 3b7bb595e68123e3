import type { AppReport } from '../../model/report.js';
import { logWords } from '../logs.js';
import { byName, inOrder } from '../sort.js';
import { paragraph } from './frame.js';
import { shown, type Look } from './look.js';

/** A line for each log of each app, with what speaks against it: for tables in which that stands nowhere else. */
export function logLines(apps: readonly AppReport[], look: Look): string[] {
  return inOrder(apps, byName).flatMap(({ name, logs = [] }) =>
    logs.flatMap((log) => paragraph(`${shown(name, 80)}: ${shown(logWords(log, true))}`, look)),
  );
}
