import { contradictions, overruled } from '../diff/unknowns.js';
import type { Standing } from '../match/standing.js';
import { factsOf } from '../model/completeness.js';
import type { SourceConfig } from '../model/config.js';
import { counted } from '../model/counted.js';
import type { PersonState } from '../model/person.js';
import type { DirectoryReport } from '../model/report.js';
import { wordRemarks } from '../model/word-remarks.js';
import type { ListRead } from './read-all.js';

/** What is said of one list of the directory. `source`: its place among them; `ofLog`: of its log, where one is read. */
export function directoryReport(
  config: SourceConfig,
  list: ListRead,
  standing: Standing,
  source: number,
  ofLog: readonly string[] = [],
): DirectoryReport {
  const { index } = standing;
  const byState: Partial<Record<PersonState, number>> = {};
  let people = 0;
  let unread = 0;
  for (let row = 0; row < index.size; row++) {
    if (index.source(row) !== source) continue;
    people++;
    const state = standing.state(row);
    byState[state] = (byState[state] ?? 0) + 1;
    if (standing.undated(row).length > 0) unread++;
  }
  const notes: string[] = [];
  if (source === 0) {
    for (const [word, n] of index.droppedKeys)
      notes.push(`${n} ${word} ${n === 1 ? 'value is' : 'values are'} shared by more than eight people and match nobody`);
  }
  const contrary = contradictions(standing, source);
  const unmapped = (byState.unknown ?? 0) - contrary.records - unread;
  if (unmapped > 0)
    notes.push(
      `${counted(unmapped, 'person has', 'people have')} an unknown state: say under \`state\` what its values mean (\`map\`), and what no value does (\`absent\`)`,
    );
  notes.push(
    ...wordRemarks(list.completeness),
    ...ofLog,
    ...contrary.notes,
    ...overruled(standing, source),
    ...factsOf(list.completeness).flatMap(({ kind, text }) => (kind === 'contrary' ? [text] : [])),
  );
  const sorted = Object.fromEntries(Object.entries(byState).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    name: config.name,
    connector: config.connector,
    people,
    byState: sorted,
    completeness: list.completeness,
    error: list.error,
    notes,
  };
}
