import type { LogCheck } from '../model/check.js';
import { counted } from '../model/counted.js';
import { beside } from './connector-trial.js';
import { visible } from './escape.js';
import { logName } from './logs.js';
import { duration, when } from './words.js';

const HOUR = 3_600_000;
/** Without one of these, an entry is nobody's. */
const WHOSE = ['accountId', 'userName', 'email', 'externalId', 'personId', 'personUserName', 'personEmail', 'employeeId'];

/** What a log of this source says, one line each; what needs a look begins with `!` or `✗`. Pure. */
export function logCheckLines(source: string, check: LogCheck): string[] {
  const name = `${source}: log ${visible(logName(check))}`;
  if (check.error !== null) return [`✗ ${name} (${visible(check.connector)}) could not be read: ${visible(check.error)}`];
  const { entries, others, actions, fields, undated, nobodys, untold } = check;
  const own = entries - others;
  const lines = [
    `${name}: ${counted(entries, 'entry', 'entries')} on the first page${span(check)}${own === 0 ? '' : ` (${words(actions)})`}`,
  ];
  const look = (text: string): void => void lines.push(`! ${name}: ${text}`);
  if (others > 0) look(`${counted(others, 'entry is', 'entries are')} of other apps: skipped`);
  if (own > 0) {
    lines.push(
      `${name} gives: ${fields.map((field) => (field.count === own ? field.name : `${field.name} (${field.count} of ${own})`)).join(', ') || 'nothing'}`,
    );
    lines.push(
      `${name} tells of the outcome: ${[words(check.outcomes), ...(untold === 0 ? [] : [silent(check)])].filter((text) => text !== '').join('; ')}`,
    );
    if (check.by.unknown !== own) lines.push(`${name} tells who did it: ${words(check.by)}`);
    if (undated > 0)
      look(`${counted(undated, 'entry has', 'entries have')} no date that can be read, and so count for nothing: map at under \`fields\``);
    if (nobodys > 0)
      look(
        `${counted(nobodys, 'entry does', 'entries do')} not say whose account it is, and so count for nobody: map one of ${WHOSE.join(', ')}`,
      );
    if (untold < own && check.outcomes.unknown === own - untold) look('no outcome is understood: map it under `outcome`');
    if (actions.other === own) look('no entry has an action that counts: map it under `action`');
  }
  if (check.retention !== undefined) lines.push(`${name} keeps entries for ${duration(check.retention / HOUR)}`);
  if (check.lateness > 0) lines.push(`${name} may be ${duration(check.lateness / HOUR)} late`);
  if (check.tellsUpdates) lines.push(`${name} tells of every update, and what it set`);
  return [...lines, ...check.notes.map((note) => `! ${name}: ${visible(note)}`)];
}

/** The records of a page beside what is made of them, of each action the first. */
export function logSamples(source: string, check: LogCheck, redact: (text: string) => string, width: number): string[] {
  if (check.samples.length === 0) return [];
  const head = `${source}: log ${visible(logName(check))}, of each action the first entry:`;
  return [head, ...check.samples.map(({ entry, record }) => beside('entry', { row: entry, record }, { redact }, width))];
}

/** An app's own log tells of what was done; a provider may have tried in vain. */
function silent({ untold, which }: LogCheck): string {
  return `${counted(untold, 'entry tells', 'entries tell')} of none, which counts as ${which === 'own' ? 'success' : 'unknown'}`;
}

function span({ from, until }: LogCheck): string {
  return from === undefined || until === undefined
    ? ''
    : `, from ${when(new Date(from).toISOString())} until ${when(new Date(until).toISOString())}`;
}

function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
}
