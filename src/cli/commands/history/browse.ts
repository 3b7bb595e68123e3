import { loadHistory } from '../../../config/load.js';
import { parseDuration } from '../../../config/scalars.js';
import { browse, type Browser } from '../../../history/browse.js';
import type { AuditSeen } from '../../../history/queries.js';
import { counted } from '../../../model/counted.js';
import { EXIT, UsageError } from '../../../model/errors.js';
import { STAGES } from '../../../model/policy.js';
import { jsonText, visible } from '../../../report/escape.js';
import { columns } from '../../columns.js';
import { begunAnew, WAIT } from '../../history-file.js';
import type { Io } from '../../io.js';
import { minute, renderChanges } from './changes.js';

/** Of `lifegap history`, and of each of its commands. */
interface Asked {
  readonly config?: string;
  readonly format: string;
  readonly limit: string;
}

/** `lifegap history`: one line for each list of each audit, the latest last. */
export async function listHistory(flags: Asked, io: Io): Promise<number> {
  return ask(flags, io, (browser, shown) => {
    const audits = browser.audits();
    if (shown.json) return audits;
    const rows = audits.flatMap((audit) =>
      audit.lists.map((list) => {
        const { orphaned, stale, missing, coverage, role, whole, logged = [], logs = [] } = list;
        const verdicts =
          coverage === undefined ? '' : STAGES.map((stage) => `${coverage[stage]}${logged.includes(stage) ? ' (logged)' : ''}`).join(' / ');
        const partial = logs.filter(({ verdict }) => verdict === 'unproven' || verdict === 'failed');
        const figure = (n: number | undefined): string => (n === undefined ? '' : String(n));
        return [
          String(audit.id),
          minute(audit.asOf),
          list.name,
          role === 'app' ? '' : 'directory',
          String(list.rows),
          figure(orphaned),
          figure(stale),
          figure(missing),
          verdicts,
          [...(whole ? [] : ['not whole']), ...partial.map(({ name, verdict }) => `log ${name} ${verdict}`)].join(', '),
        ];
      }),
    );
    const head = ['audit', 'as of', 'list', '', 'rows', 'orphaned', 'stale', 'missing', 'create / update / delete', ''];
    return columns([head, ...lastOf(rows, shown.limit)]);
  });
}

/** `lifegap history diff A B`. */
export async function diffHistory(which: readonly [string, string], flags: Asked, io: Io): Promise<number> {
  return ask(flags, io, (browser, shown) => {
    const audits = browser.audits();
    const [from, to] = which.map((word) => auditNamed(word, audits)) as [AuditSeen, AuditSeen];
    if (from.id > to.id) throw new UsageError(`history diff: audit ${from.id} is later than ${to.id}; give the earlier one first`);
    const changes = browser.changes(from, to);
    return shown.json ? changes : renderChanges(changes, shown.limit);
  });
}

/** `lifegap history show PERSON|ACCOUNT`. */
export async function showHistory(who: string, flags: Asked, io: Io): Promise<number> {
  return ask(flags, io, (browser, shown) => {
    const entries = browser.timeline(who);
    if (entries.length === 0)
      throw new UsageError(
        `the history knows nobody and no account called ${visible(who, 100)}: give an id, a user name or an e-mail address`,
      );
    if (shown.json) return entries;
    return columns(
      lastOf(entries, shown.limit).map(({ asOf, list, id, userName, what }) => [minute(asOf), list, id, userName ?? '', what]),
    );
  });
}

/** `lifegap history prune`. */
export async function pruneHistory(flags: Asked & { readonly olderThan?: string }, asOf: number, io: Io): Promise<number> {
  return ask(flags, io, (browser, shown, retain) => {
    const kept = flags.olderThan === undefined ? retain : parseDuration(flags.olderThan);
    if (kept === undefined && flags.olderThan !== undefined)
      throw new UsageError(`--older-than ${visible(flags.olderThan, 60)}: expected a duration such as 400d or 12w`);
    if (kept === undefined)
      throw new UsageError('history prune: give --older-than, such as 400d, or `history: { path: ..., retain: 400d }` in the config');
    const pruned = browser.prune(asOf - kept);
    if (shown.json) return pruned;
    const { audits, people, versions, findings } = pruned;
    return `forgot ${counted(audits, 'audit', 'audits')}, ${counted(versions, 'version of a row', 'versions of rows')}, ${counted(findings, 'finding', 'findings')} and ${counted(people, 'person', 'people')} of whom nothing was left\n`;
  });
}

interface Shown {
  readonly json: boolean;
  readonly limit: number;
}

async function ask(flags: Asked, io: Io, answer: (browser: Browser, shown: Shown, retain: number | undefined) => unknown): Promise<number> {
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError(`--limit ${flags.limit}: expected a whole number from 1`);
  if (flags.format !== 'table' && flags.format !== 'json') throw new UsageError(`--format ${flags.format}: expected table or json`);
  const { history, addresses } = await loadHistory({ ...(flags.config === undefined ? {} : { path: flags.config }), cwd: io.cwd() });
  if (history === false) throw new UsageError('the config says `history: false`: no audit is on record');
  const shown = { json: flags.format === 'json', limit };
  const onEmpty = (): unknown => io.stderr.write(`${begunAnew({ history })}\n`);
  const access = { path: history.path, wait: WAIT, onEmpty };
  const result = await browse(access, addresses, (browser) => answer(browser, shown, history.retain));
  if (result === undefined) throw new UsageError(`no audit is on record in ${history.path}: \`lifegap audit\` makes the first`);
  io.stdout.write(typeof result === 'string' ? result : `${jsonText(result, 2)}\n`);
  return EXIT.clean;
}

/** A number, `last`, or a date: the last audit of that day or before. */
function auditNamed(word: string, audits: readonly AuditSeen[]): AuditSeen {
  // Throws where there is no such day.
  const day = /^\d{4}-\d{2}-\d{2}$/.test(word) && parseDay(word);
  const found =
    word === 'last'
      ? audits.at(-1)
      : day
        ? audits.findLast(({ asOf }) => asOf.slice(0, 10) <= word)
        : audits.find(({ id }) => String(id) === word);
  if (found === undefined)
    throw new UsageError(
      `no audit ${visible(word, 60)} is on record: \`lifegap history\` lists them; give a number, a date such as 2026-11-01, or last`,
    );
  return found;
}

function parseDay(word: string): true {
  const at = Date.parse(word);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== word) throw new UsageError(`history diff: there is no day ${word}`);
  return true;
}

function lastOf<T>(rows: readonly T[], limit: number): readonly T[] {
  return rows.slice(-limit);
}
