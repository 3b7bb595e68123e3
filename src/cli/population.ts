import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { KeptPopulation } from '../population/kept-population.js';
import type { Io } from './io.js';
import type { Formats, Output } from './output.js';

/**
 * Where every account and person waits for the formats that list them; undefined where none does. It stands beside the first of them, on the disk
 * that has room for it: what it holds is as long as the report.
 */
export async function populationFor(outputs: readonly Output[], io: Io, formats: Formats): Promise<KeptPopulation | undefined> {
  const listing = outputs.filter(({ format }) => formats[format]?.population !== undefined);
  const [first] = listing;
  if (first === undefined) return undefined;
  const wants = (what: 'accounts' | 'people'): boolean => listing.some(({ format }) => formats[format]?.population?.[what] === true);
  const { KeptPopulation: Kept } = await import('../population/kept-population.js');
  return new Kept(path.join(await folderOf(first, io), '.lifegap'), { accounts: wants('accounts'), people: wants('people') });
}

async function folderOf({ file }: Output, io: Io): Promise<string> {
  if (file === undefined) return tmpdir();
  const target = path.resolve(io.cwd(), file);
  const isDevice = (await stat(target).catch(() => undefined))?.isFile() === false;
  return isDevice ? tmpdir() : path.dirname(target);
}
