import { Chalk } from 'chalk';
import Table from 'cli-table3';
import type { SourceCheck } from '../model/check.js';
import { counted } from '../model/counted.js';
import { assignedLines } from './assigned.js';
import { logCheckLines, logSamples } from './check-logs.js';
import { visible } from './escape.js';
import type { Medium } from './reporter.js';
import { numberAt } from '../model/at.js';

/** Without these, the verdicts that rest on them cannot be reached; the words say which. */
const WANTED: Readonly<Record<SourceCheck['role'], Readonly<Record<string, string>>>> = {
  person: {
    employeeId: 'matching by employee number',
    emails: 'matching by address',
    startAt: 'dating joiners',
    endAt: 'dating leavers',
    changedAt: 'dating movers',
  },
  account: {
    externalId: 'matching by immutable id',
    emails: 'matching by address',
    createdAt: 'dating joiners, recycled identifiers',
    updatedAt: 'proving updates',
    lastLoginAt: 'logins after the leave',
    deactivatedAt: 'dating deprovisioning',
  },
};

/** What each source can and cannot tell, as a table and a list of remarks; `redact` takes the secrets of the config out of a text. Pure. */
export function renderChecks(config: string, checks: readonly SourceCheck[], medium: Medium, redact: (text: string) => string): string {
  const chalk = new Chalk({ level: medium.colorLevel });
  const table = new Table({
    head: ['source', 'role', 'rows read', 'declared total', 'states', 'off or gone'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: widths(medium.width),
  });
  const remarks: string[] = [];
  const samples: string[] = [];
  const marked = (line: string): string => line.replace(/^!/, chalk.yellow('!')).replace(/^✗/, chalk.red('✗'));
  for (const check of checks) {
    const name = visible(check.name);
    table.push([
      `${name} (${visible(check.connector)})`,
      check.role === 'person' ? 'directory' : 'app',
      check.error === null ? String(check.rows) : chalk.red('failed'),
      check.declaredTotal === undefined ? 'none' : String(check.declaredTotal),
      Object.entries(check.states)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([state, n]) => `${state} ${n}`)
        .join(', ') || '-',
      check.leaversSeen > 0
        ? `listed (${check.leaversSeen} seen)`
        : check.leavers === 'hidden'
          ? 'hidden'
          : check.leavers === 'gone'
            ? 'removed'
            : check.leavers === 'listed'
              ? 'listed (none on the first pages)'
              : 'none seen',
    ]);
    const { assigned } = check;
    if (assigned !== undefined) remarks.push(...assignedLines(name, assigned).map(marked));
    const { logs = [] } = check;
    samples.push(...logs.flatMap((log) => logSamples(name, log, redact, medium.width)));
    const ofLogs = logs.flatMap((log) => logCheckLines(name, log)).map(marked);
    if (check.error !== null) {
      remarks.push(`${chalk.red('✗')} ${name}: ${visible(check.error)}`, ...ofLogs);
      continue;
    }
    remarks.push(
      `${name} gives: ${check.fields.map((f) => (f.count === check.rows ? visible(f.name) : `${visible(f.name)} (${f.count} of ${check.rows})`)).join(', ') || 'nothing'}`,
    );
    const given = new Set(check.fields.map((f) => f.name));
    const lacks = Object.entries(WANTED[check.role]).filter(([field]) => !given.has(field));
    if (lacks.length > 0) remarks.push(`${name} does not give: ${lacks.map(([field, use]) => `${field} (${use})`).join(', ')}`);
    if ((check.states['unknown'] ?? 0) > 0) {
      remarks.push(
        `${chalk.yellow('!')} ${name}: ${check.states['unknown']} of ${check.rows} rows have an unknown ${check.role === 'person' ? 'state' : 'status'}: map it under \`${check.role === 'person' ? 'state' : 'status'}\``,
      );
    }
    for (const note of check.notes) remarks.push(`${chalk.yellow('!')} ${name}: ${visible(note)}`);
    remarks.push(...ofLogs);
  }
  const bad = checks.filter((check) => check.error !== null).length;
  const unread = checks.filter(({ assigned }) => assigned !== undefined && assigned.error !== null).length;
  const failed = checks.flatMap(({ logs = [] }) => logs).filter(({ error }) => error !== null).length;
  const last = [
    bad === 0 ? `${checks.length} sources answered` : `${bad} of ${checks.length} sources could not be read`,
    ...(unread === 0 ? [] : [`${counted(unread, 'list', 'lists')} of assignments could not be read`]),
    ...(failed === 0 ? [] : [`${counted(failed, 'log', 'logs')} could not be read`]),
  ].join('; ');
  return `${visible(config)} is valid, and its secrets are set\n\n${table.toString()}\n\n${[...remarks, ...samples].join('\n')}\n\n${last}\n`;
}

function widths(total: number): number[] {
  const fixed = [11, 16, 16];
  const rest = Math.max(60, total - fixed.reduce((a, b) => a + b, 0) - 7);
  const name = Math.floor(rest * 0.35);
  const states = Math.floor(rest * 0.4);
  return [name, numberAt(fixed, 0), numberAt(fixed, 1), numberAt(fixed, 2), states, rest - name - states];
}
