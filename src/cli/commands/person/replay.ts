import path from 'node:path';
import type { ReplayRecord } from '../../../evidence/record.js';
import { isFlag } from '../../../evidence/redact/filters.js';
import { readKey } from '../../../evidence/redact/key.js';
import { Pseudonyms } from '../../../evidence/redact/pseudonyms.js';
import { judging } from '../../../evidence/replay.js';
import { openVerified } from '../../../evidence/verify.js';
import { UsageError } from '../../../model/errors.js';
import type { PersonReport } from '../../../model/person-report.js';
import { lookUp } from '../../../person/look-up.js';
import type { Io } from '../../io.js';

/** One person as a pack shows them, at the instant of its audit. A redacted pack knows pseudonyms; with its key it is asked by the real name. */
export async function lookUpInPack(dir: string, who: string, keyFile: string | undefined, io: Io): Promise<PersonReport> {
  const { record, config, options } = await openVerified(path.resolve(io.cwd(), dir), io.signal);
  const asked = keyFile === undefined ? who : await pseudonymOf(who, record, dir, keyFile, io);
  const report = await judging(dir, () => lookUp(config, asked, { filters: false }, options));
  return { ...report, people: report.people.map((person) => ({ ...person, attributes: withoutFlags(person.attributes) })) };
}

async function pseudonymOf(who: string, { redacted }: ReplayRecord, dir: string, file: string, io: Io): Promise<string> {
  const pseudonyms = new Pseudonyms((await readKey(path.resolve(io.cwd(), file), file)).key);
  if (redacted === undefined) throw new UsageError(`--redact-key-file ${file}: ${dir} is not redacted; ask without it`);
  if (redacted.key === undefined)
    throw new UsageError(`--redact-key-file ${file}: the key of ${dir} was thrown away, and people are known there by pseudonyms alone`);
  if (redacted.key !== pseudonyms.keyId) throw new UsageError(`--redact-key-file ${file}: ${dir} was redacted with another key`);
  return pseudonyms.value(who);
}

/** What filters said of a row is no attribute of the person. */
function withoutFlags(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !isFlag(name)));
}
