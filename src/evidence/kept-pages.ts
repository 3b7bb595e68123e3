import type { ZodType } from 'zod';
import type { Page, PullOptions } from '../contract/source.js';
import type { Completeness } from '../model/completeness.js';
import { SourceError, UsageError } from '../model/errors.js';
import { firstFault } from './form.js';
import type { Failure, ListRecord } from './record.js';
import { zippedLines } from './zipped-lines.js';

/** The rows of a list or a log as its file in the pack holds them, page by page as they came, and how it ended. */
export async function* keptPages<Row>(
  dir: string,
  list: Pick<ListRecord, 'name' | 'file' | 'pages' | 'completeness' | 'failure'>,
  form: ZodType,
  { signal }: Pick<PullOptions, 'signal'>,
): AsyncGenerator<Page<Row>, Completeness, void> {
  const lines = zippedLines(dir, list.file);
  try {
    for (const size of list.pages) {
      if (signal.aborted) throw new SourceError(list.name, 'aborted', `${list.name}: was stopped`);
      const rows: Row[] = [];
      while (rows.length < size) {
        const line = await lines.next();
        if (line.done === true) throw new UsageError(`${dir}: ${list.file} has fewer rows than replay.json says`);
        rows.push(formed(form, parsedLine(line.value, dir, list.file, JSON.parse), dir, list.file) as Row);
      }
      yield { rows };
    }
  } finally {
    await lines.return(undefined);
  }
  if (list.failure !== undefined) throw failed(list.name, list.failure);
  if (list.completeness === undefined) throw new UsageError(`${dir}: replay.json does not say how the list ${list.name} ended`);
  return list.completeness;
}

/** What has the form that this version writes. The value itself: what the form does not know of stays as it is. */
export function formed<T>(form: ZodType<T>, value: unknown, dir: string, file: string): T {
  const parsed = form.safeParse(value);
  if (parsed.success) return value as T;
  throw new UsageError(
    `${dir}: ${file} is not as lifegap writes it (${firstFault(parsed.error)}): get the pack again from whoever made it`,
  );
}

export function parsedLine(line: string, dir: string, file: string, read: (text: string) => unknown): unknown {
  try {
    return read(line);
  } catch (error) {
    throw new UsageError(`${dir}: a line of ${file} is no JSON: get the pack again from whoever made it`, { cause: error });
  }
}

export function failed(name: string, { fault, message }: Failure): SourceError {
  return new SourceError(name, fault, message);
}
