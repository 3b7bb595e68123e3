import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { entryKey, entryWords, type AcceptedEntry } from '../model/acceptance.js';
import { codeOf, UsageError } from '../model/errors.js';
import { CLASSES, REASONS, type FindingClass, type FindingReason } from '../model/finding.js';
import { didYouMean } from '../model/nearest.js';
import { parseDocument, type ConfigDocument } from '../yaml/document.js';
import { explain, report } from '../yaml/explain.js';
import type { Path } from '../yaml/mistakes.js';
import { printable, quoted } from '../yaml/quote.js';
import { day, text } from './scalars.js';

/** Thousands of entries; a longer list is no list of exceptions any more. */
const MAX_BYTES = 4 * 1024 * 1024;

const ACCEPTABLE = CLASSES.filter((name) => name !== 'inconclusive');
const ACCEPTABLE_REASONS = ACCEPTABLE.flatMap<FindingReason>((name) => REASONS[name]);

const exact = text.refine(
  (value) => !/[*?]/.test(value),
  'wildcards are refused: they accept what nobody has looked at. Name each finding by its id',
);
/** Kept as it is written: the table and the reports show the day, and `decide` reckons its end. */
const date = z.string('expected a date such as 2027-03-31').superRefine((value, context) => {
  const parsed = day.safeParse(value);
  if (!parsed.success) context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'expected a date' });
});

const entry = z.strictObject({
  id: exact.optional(),
  found: exact.optional(),
  finding: z.strictObject({ app: exact, class: exact, reason: exact, account: exact }).optional(),
  may_be_orphaned: z.literal(true).optional(),
  reason: text,
  owner: text,
  until: date,
});
const file = z.strictObject({ version: z.literal(1), accepted: z.array(z.unknown()) });

/**
 * Reads the file of accepted findings; undefined: there is none, so nothing is accepted. Throws one UsageError with every mistake, each with
 * file, line, column and path.
 */
export async function readAccepted(place: string, shown: string, apps: readonly string[]): Promise<readonly AcceptedEntry[] | undefined> {
  const source = await read(place, shown);
  if (source === undefined) return undefined;
  const document = parseDocument(source, shown);
  const whole = file.safeParse(document.value ?? {}, { error: explain });
  if (!whole.success) report(whole.error.issues, [], document.mistakes);
  // Each entry by itself: a mistake in one does not hide those of the others.
  const entries = (whole.data?.accepted ?? []).flatMap((value, i) => {
    const at = ['accepted', i];
    const parsed = entry.safeParse(value, { error: explain });
    if (!parsed.success) report(parsed.error.issues, at, document.mistakes);
    return parsed.success ? [toEntry(parsed.data, at, document, apps)] : [];
  });
  noneTwice(entries, document);
  document.mistakes.throwIfAny();
  return entries;
}

async function read(place: string, shown: string): Promise<string | undefined> {
  const refuse = (why: string): never => {
    throw new UsageError(`the accepted findings ${shown} cannot be read (${why}); check policy.accepted`);
  };
  try {
    if ((await stat(place)).size > MAX_BYTES) return refuse('larger than 4 MiB');
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(place));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    return refuse(error instanceof TypeError ? 'not UTF-8 text' : (codeOf(error) ?? 'unreadable'));
  }
}

function toEntry(given: z.output<typeof entry>, at: Path, document: ConfigDocument, apps: readonly string[]): AcceptedEntry {
  const { mistakes, locate } = document;
  const { id, found, finding, may_be_orphaned, reason, owner, until } = given;
  if ((id === undefined) === (finding === undefined)) mistakes.at(at, 'expected either id, or finding: { app, class, reason, account }');
  if (id !== undefined && !/^f-[0-9a-f]{20}$/.test(id)) {
    mistakes.at([...at, 'id'], `expected the id of a finding (f- and 20 digits from 0 to f), got ${quoted(id)}`);
  }
  const oneOf = (key: Path, value: string, words: readonly string[]): boolean => {
    if (words.includes(value)) return true;
    mistakes.at([...at, ...key], `expected one of ${words.join(', ')}, got ${quoted(value)}.${didYouMean(value, words)}`);
    return false;
  };
  if (found !== undefined) {
    if (id === undefined) mistakes.at([...at, 'found'], 'expected beside an id alone: `finding` has a reason of its own');
    oneOf(['found'], found, ACCEPTABLE_REASONS);
  }
  if (finding !== undefined) {
    oneOf(['finding', 'app'], finding.app, apps.map(printable));
    if (oneOf(['finding', 'class'], finding.class, ACCEPTABLE))
      oneOf(['finding', 'reason'], finding.reason, REASONS[finding.class as FindingClass]);
  }
  return {
    line: locate(at, 'value')?.line ?? 1,
    ...(id === undefined ? {} : { id }),
    ...(found === undefined ? {} : { found: found as FindingReason }),
    ...(finding === undefined
      ? {}
      : { finding: { ...finding, class: finding.class as FindingClass, reason: finding.reason as FindingReason } }),
    ...(may_be_orphaned === undefined ? {} : { mayBeOrphaned: may_be_orphaned }),
    reason,
    owner,
    until,
  };
}

/** Two entries for one finding: one of them would be read past. */
function noneTwice(entries: readonly AcceptedEntry[], { mistakes }: ConfigDocument): void {
  const seen = new Map<string, number>();
  entries.forEach((item) => {
    const key = entryKey(item);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item.line);
    else
      mistakes.atPosition(
        { line: item.line, col: 1 },
        [],
        `accepts ${printable(entryWords(item).slice(0, 100))} again, after line ${first}`,
      );
  });
}
