import { counted } from '../model/counted.js';
import type { AcceptedReport, BaselineEntry, BaselineReport } from '../model/report.js';

/** Sentences that every format says of the file of accepted findings. They hold the file's text: escape them for the medium. */
export function acceptedWords(holding: number, report: AcceptedReport): string[] {
  const { file, expired, unused } = report;
  return [
    `${file}: ${counted(holding, 'finding', 'findings')} accepted${expired === 0 ? '' : `; ${counted(expired, 'entry has', 'entries have')} run out, and the findings count again`}`,
    ...outgrownWords(report),
    ...unused.map(({ line, what }) => `${file}:${line}: ${what} is not found any more: remove the entry`),
  ];
}

/** One sentence for each entry that does not hold: what has become worse, and what to write where that was decided upon, too. */
export function outgrownWords({ file, outgrown = [] }: AcceptedReport): string[] {
  return outgrown.map(({ line, what, was, now, mayBeOrphaned }) => {
    const known = was === undefined ? `the entry does not say that this was accepted` : `it was accepted for ${was}`;
    const [is, key] =
      mayBeOrphaned === true
        ? ['may be the account of somebody who has left or may not be here', 'may_be_orphaned: true']
        : [`is ${now} now`, `found: ${now}`];
    return `${file}:${line}: ${what} ${is}, and ${known}: it counts. Only if you accept that, too, write ${key} into the entry`;
  });
}

/** One sentence on the baseline, in which every entry of it and every finding is counted. */
export function baselineSummary(b: BaselineReport): string {
  const open = b.notProven === 0 ? '' : `, ${b.notProven} not found where not everything was read`;
  return `${b.file}: ${b.new} new, ${b.known} known, ${b.worsened} worsened, ${b.overdue} past their time, ${b.fixed.length} fixed${open}`;
}

export function fixedWords({ id, app, class: cls, reason, firstSeen }: BaselineEntry): string {
  return `${id} ${cls}:${reason} in ${app}, known since ${firstSeen}`;
}
