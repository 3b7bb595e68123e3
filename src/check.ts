import type { AppConfig, Config, SourceConfig } from './config/config.js';
import type { Account } from './model/account.js';
import type { SourceCheck } from './model/check.js';
import { SourceError } from './model/errors.js';
import type { Person } from './model/person.js';
import type { Role } from './pull/source.js';
import { open, type AuditOptions } from './run.js';

const OFF = new Set(['suspended', 'deactivated', 'deleted', 'terminated']);

/** `lifegap check`: one page of every source, and what it can and cannot tell. Sources are asked one after the other. */
export async function checkSources(config: Config, options: Pick<AuditOptions, 'env' | 'signal' | 'trace'>): Promise<SourceCheck[]> {
  const checks: SourceCheck[] = [];
  for (const source of config.directory) checks.push(await checkSource('person', source, config, options));
  for (const app of config.apps) checks.push(await checkSource('account', app, config, options));
  return checks;
}

async function checkSource(
  role: Role,
  source: SourceConfig | AppConfig,
  config: Config,
  options: Pick<AuditOptions, 'env' | 'signal' | 'trace'>,
): Promise<SourceCheck> {
  const base = { name: source.name, role, connector: source.connector };
  try {
    const opened = await open(role, source, config, { asOf: 0, now: () => 0, ...options });
    const rows: (Person | Account)[] = [];
    let declaredTotal: number | undefined;
    let remarks: readonly string[] = [];
    try {
      const pages = opened.pull({ signal: options.signal, firstPageOnly: true });
      for (let step = await pages.next(); ; step = await pages.next()) {
        if (step.done === true) {
          declaredTotal = step.value.declaredTotal;
          remarks = step.value.reasons;
          break;
        }
        rows.push(...step.value.rows);
      }
    } finally {
      await opened.close?.();
    }
    return {
      ...base,
      error: null,
      rows: rows.length,
      ...(declaredTotal === undefined ? {} : { declaredTotal }),
      ...describe(rows),
      leavers: opened.facts.leavers,
      notes: [...opened.facts.notes, ...remarks],
    };
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    return { ...base, error: error.message, rows: 0, fields: [], states: {}, leaversSeen: 0, leavers: 'unknown', notes: [] };
  }
}

/** Which normal-form fields the page gave, and how many of its rows are off or gone. */
function describe(rows: readonly (Person | Account)[]): Pick<SourceCheck, 'fields' | 'states' | 'leaversSeen'> {
  const fields = new Map<string, number>();
  const states: Record<string, number> = {};
  let leaversSeen = 0;
  for (const row of rows) {
    const { attributes, ...rest } = row;
    for (const [name, value] of [...Object.entries(rest), ...Object.entries(attributes)]) {
      if (value !== undefined && name !== 'state' && name !== 'status' && value !== 'unknown')
        fields.set(name, (fields.get(name) ?? 0) + 1);
    }
    const state = 'state' in row ? row.state : row.status;
    states[state] = (states[state] ?? 0) + 1;
    if (OFF.has(state)) leaversSeen++;
  }
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => ({ name, count }));
  return { fields: sorted, states, leaversSeen };
}
