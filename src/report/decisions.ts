import { counted } from '../model/counted.js';
import type { AcceptedReport, BaselineEntry, BaselineReport } from '../model/report.js';

/** Sentences that every format says of the file of accepted findings. They hold the file's text: escape them for the medium. */
export function acceptedWords(holding: number, { file, expired, unused }: AcceptedReport): string[] {
  return [
    `${file}: ${counted(holding, 'finding', 'findings')} accepted${expired === 0 ? '' : `; ${counted(expired, 'entry has', 'entries have')} run out, and the findings count again`}`,
    ...unused.map(({ line, what }) => `${file}:${line}: ${what} is not found any more: remove the entry`),
  ];
}

/** One sentence on the baseline, in which every entry of it and every finding is counted. */
export function baselineSummary(b: BaselineReport): string {
  const open = b.notProven === 0 ? '' : `, ${b.notProven} not found where not everything was read`;
  return `${b.file}: ${b.new} new, ${b.known} known, ${b.worsened} worsened, ${b.overdue} past their time, ${b.fixed.length} fixed${open}`;
}

export function fixedWords({ id, app, class: cls, reason, firstSeen }: BaselineEntry): string {
  return `${id} ${cls}:${reason} in ${app}, known since ${firstSeen}`;
}
