import { readFile } from 'node:fs/promises';

/** What ships with a report format is read from where it is written: sources and compiled code stand equally deep. */
export function asset(path: string): Promise<string> {
  return readFile(new URL(`../../src/report/${path}`, import.meta.url), 'utf8');
}
