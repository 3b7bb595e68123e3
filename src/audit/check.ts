import type { AppConfig, Config, SourceConfig } from '../model/config.js';
import type { Account } from '../model/account.js';
import type { Assignment } from '../model/assignment.js';
import type { AssignedCheck, SourceCheck } from '../model/check.js';
import { SourceError } from '../model/errors.js';
import { remarksOfOnePage } from '../model/one-page.js';
import type { Person } from '../model/person.js';
import type { Role } from '../model/role.js';
import { SYSTEMS } from '../sources/registry.js';
import { checkLogs, type CheckOptions } from './check-log.js';
import { open, sourceContext } from './open.js';

const OFF = new Set(['suspended', 'deactivated', 'deleted', 'terminated']);

/** `lifegap check`: two pages of every source, one of every log, and what they can and cannot tell. Sources are asked one after the other. */
export async function checkSources(config: Config, options: CheckOptions): Promise<SourceCheck[]> {
  const checks: SourceCheck[] = [];
  for (const source of config.directory) {
    const logs = source.log === true ? [{ ...source, of: source.name, which: 'own' as const }] : [];
    checks.push({ ...(await checkSource('person', source, config, options)), logs: await checkLogs(logs, config, options) });
  }
  for (const app of config.apps) {
    const assigned = await checkAssigned(app, config, options);
    const check = await checkSource('account', app, config, options);
    const logs = await checkLogs(app.logs ?? [], config, options);
    checks.push({ ...check, ...(assigned === undefined ? {} : { assigned }), logs });
  }
  return checks;
}

async function checkSource(role: Role, source: SourceConfig | AppConfig, config: Config, options: CheckOptions): Promise<SourceCheck> {
  const base = { name: source.name, role, connector: source.connector };
  try {
    const opened = await open(role, source, config, options);
    const rows: (Person | Account)[] = [];
    let declaredTotal: number | undefined;
    let remarks: readonly string[] = [];
    try {
      const pages = opened.pull({ signal: options.signal, firstPagesOnly: true });
      for (let step = await pages.next(); ; step = await pages.next()) {
        if (step.done === true) {
          declaredTotal = step.value.declaredTotal;
          remarks = remarksOfOnePage(step.value);
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

/** One page of who is assigned to the app, and the settings of its provisioning. */
async function checkAssigned(app: AppConfig, config: Config, options: CheckOptions): Promise<AssignedCheck | undefined> {
  const source = config.directory.find(({ name }) => name === app.assigned?.directory);
  if (app.assigned === undefined || source === undefined) return undefined;
  const { app: id } = app.assigned;
  const provider = await SYSTEMS.provider(source, sourceContext(config, options));
  try {
    const list = await provider.assignments?.(id, options.signal, { firstPageOnly: true });
    const provisioning = await provider.provisioning?.(id, options.signal);
    return {
      ...app.assigned,
      error: list?.error ?? null,
      ...(list === undefined ? {} : { assignments: countAssignments(list.assignments) }),
      ...(list?.isOpen === true ? { isOpen: true } : {}),
      ...(provisioning === undefined ? {} : { provisioning }),
    };
  } finally {
    await provider.close();
  }
}

function countAssignments(assignments: readonly Assignment[]): NonNullable<AssignedCheck['assignments']> {
  const states: Partial<Record<Assignment['state'], number>> = {};
  const sync: Partial<Record<NonNullable<Assignment['sync']>, number>> = {};
  for (const one of assignments) {
    states[one.state] = (states[one.state] ?? 0) + 1;
    if (one.sync !== undefined) sync[one.sync] = (sync[one.sync] ?? 0) + 1;
  }
  return { rows: assignments.length, states, sync, linked: assignments.filter(({ account }) => account !== undefined).length };
}

/** Which normal-form fields the page gave, and how many of its rows are off or gone. */
function describe(rows: readonly (Person | Account)[]): Pick<SourceCheck, 'fields' | 'states' | 'leaversSeen'> {
  const fields = new Map<string, number>();
  const states: Record<string, number> = {};
  let leaversSeen = 0;
  for (const row of rows) {
    const { attributes, unread = [], ...rest } = row;
    // A date that nobody understood is there.
    for (const name of unread) fields.set(name, (fields.get(name) ?? 0) + 1);
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
