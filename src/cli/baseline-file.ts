import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseBaseline, type Baseline } from '../gate/baseline.js';
import { UsageError } from '../model/errors.js';
import { visible } from '../report/escape.js';
import type { Io } from './io.js';

/** A baseline that is not there is a mistake: without it everything would look new, or nothing. */
export async function existingBaseline(file: string, io: Io): Promise<Baseline> {
  const baseline = await readBaseline(file, io);
  if (baseline !== undefined) return baseline;
  throw new UsageError(`the baseline ${visible(file)} does not exist; write one with \`lifegap baseline write ${visible(file)}\``);
}

/** Undefined where there is none yet. */
export async function readBaseline(file: string, io: Io): Promise<Baseline | undefined> {
  const text = await readFile(path.resolve(io.cwd(), file), 'utf8').catch((cause: unknown) => {
    const { code = 'unreadable' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UsageError(`the baseline ${visible(file)} cannot be read (${code}); check its path and who may read it`, { cause });
  });
  return text === undefined ? undefined : parseBaseline(text, visible(file));
}
