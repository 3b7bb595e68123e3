import { z } from 'zod';
import { UsageError } from '../model/errors.js';
import { CLASSES, REASONS, SEVERITIES, type BaselineState, type Finding, type Severity } from '../model/finding.js';
import type { BaselineEntry, BaselineReport } from '../model/report.js';
import type { Sought } from './absence.js';
import { isMilder, isNews } from './worse.js';
import { itemAt } from '../model/at.js';

/** What was known on some day: ids and words, no person. */
export interface Baseline {
  /** As the user wrote it. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

const entry = z
  .strictObject({
    id: z.string().regex(/^f-[0-9a-f]{20}$/, 'expected the id of a finding, such as f-3b1c…'),
    app: z.string().min(1),
    class: z.enum(CLASSES as [(typeof CLASSES)[number], ...typeof CLASSES]),
    reason: z.string(),
    severity: z.enum(SEVERITIES),
    first_seen: z.iso.date('expected a date such as 2026-11-23'),
    may_be_orphaned: z.literal(true).optional(),
  })
  .refine((given) => given.class !== 'inconclusive' && (REASONS[given.class] as readonly string[]).includes(given.reason), {
    message: 'expected a class and one of its reasons',
  })
  .transform(({ first_seen, may_be_orphaned, reason, ...rest }): BaselineEntry => ({
    ...rest,
    reason: reason as BaselineEntry['reason'],
    firstSeen: first_seen,
    ...(may_be_orphaned === undefined ? {} : { mayBeOrphaned: may_be_orphaned }),
  }));

const file = z.strictObject({ version: z.literal(1), findings: z.array(entry) });

/** Reads the text of a baseline file. Throws a UsageError that names the first mistakes. */
export function parseBaseline(text: string, name: string): Baseline {
  const refuse = (what: string): never => {
    throw new UsageError(`the baseline ${name} ${what}; write it with \`lifegap baseline write\`, not by hand`);
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    refuse('is not JSON');
  }
  const parsed = file.safeParse(value);
  if (!parsed.success) {
    const lines = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`);
    return refuse(`is not valid: ${lines.join('; ')}`);
  }
  const entries = parsed.data.findings;
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id)) return refuse(`lists ${id} twice`);
    seen.add(id);
  }
  return { file: name, entries };
}

/**
 * The file: one entry a line, sorted, so that a review reads it as a diff. What has not changed keeps its line and its date. Entries whose
 * absence is not proven stay; what is accepted is not written, for an acceptance that runs out must fail.
 */
export function writeBaseline(
  findings: readonly Finding[],
  before: Baseline | undefined,
  isGone: (sought: Sought) => boolean,
  day: string,
): string {
  const known = new Map(before?.entries.map((item) => [item.id, item]));
  const now = new Map<string, BaselineEntry>();
  for (const found of findings) {
    const { id, app, class: cls, reason, accepted } = found;
    if (cls === 'inconclusive' || accepted !== null) continue;
    const item = known.get(id);
    const firstSeen = item === undefined || isNews(found, item) ? day : item.firstSeen;
    // What made it worse may not have been read.
    const severity = item !== undefined && isMilder(found, item) && !isGone(item) ? item.severity : found.severity;
    now.set(id, { id, app, class: cls, reason, severity, firstSeen, ...(found.mayBeOrphaned === true ? { mayBeOrphaned: true } : {}) });
  }
  const accepted = new Set(findings.filter((finding) => finding.accepted !== null).map(({ id }) => id));
  for (const item of known.values()) {
    if (!now.has(item.id) && !accepted.has(item.id) && !isGone(item)) now.set(item.id, item);
  }
  const lines = sorted([...now.values()]).map((item) => {
    const { id, app, class: cls, reason, severity, firstSeen, mayBeOrphaned } = item;
    return `    ${JSON.stringify({ id, app, class: cls, reason, severity, first_seen: firstSeen, may_be_orphaned: mayBeOrphaned })}`;
  });
  return `{\n  "version": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** Sets each finding beside its entry. Severity may have grown, or the time that `sla` gives may be over: then it counts again. */
export function compareBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  sla: Partial<Readonly<Record<Severity, number>>>,
  asOf: number,
  isGone: (sought: Sought) => boolean,
): { readonly findings: readonly Finding[]; readonly report: BaselineReport } {
  const known = new Map(baseline.entries.map((item) => [item.id, item]));
  const counts: Record<BaselineState, number> = { new: 0, known: 0, worsened: 0, overdue: 0 };
  const seen = new Set<string>();
  const compared = findings.map((finding): Finding => {
    if (finding.class === 'inconclusive') return finding;
    const state = stateOf(finding, known.get(finding.id), sla, asOf);
    seen.add(finding.id);
    counts[state]++;
    return { ...finding, baseline: state };
  });
  const absent = baseline.entries.filter(({ id }) => !seen.has(id));
  const fixed = sorted(absent.filter(isGone));
  return { findings: compared, report: { file: baseline.file, ...counts, fixed, notProven: absent.length - fixed.length } };
}

function stateOf(finding: Finding, item: BaselineEntry | undefined, sla: Partial<Record<Severity, number>>, asOf: number): BaselineState {
  if (item === undefined || isNews(finding, item)) return 'new';
  if (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(item.severity)) return 'worsened';
  const limit = sla[finding.severity];
  return limit !== undefined && asOf - Date.parse(`${item.firstSeen}T00:00:00Z`) > limit ? 'overdue' : 'known';
}

function sorted(entries: readonly BaselineEntry[]): BaselineEntry[] {
  const key = ({ app, class: cls, reason, id }: BaselineEntry): readonly string[] => [app, cls, reason, id];
  return [...entries].sort((a, b) => compareLists(key(a), key(b)));
}

/** By code unit, never by locale. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((text, i) => text !== b[i]);
  if (at < 0) return 0;
  return itemAt(a, at) < itemAt(b, at) ? -1 : 1;
}
