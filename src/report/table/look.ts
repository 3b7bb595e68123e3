import { Chalk } from 'chalk';
import type { Severity } from '../../model/finding.js';
import type { CompletenessVerdict } from '../../model/completeness.js';
import type { CoverageVerdict } from '../../model/report.js';
import type { Cell, Paint, Style } from '../columns.js';
import type { Medium } from '../reporter.js';

export { count, counted, duration, lasted, shown, when } from '../words.js';

/** What a verdict looks like: a symbol and a word, and a colour for those who see it. */
export interface Marked {
  readonly sign: string;
  /** Sign and word. */
  readonly text: string;
  readonly paint: Paint;
}

export interface Look {
  readonly style: Style;
  readonly limit: number;
  readonly verbose: boolean;
  /** The command line that was run, without `--limit`. */
  readonly command: string | undefined;
  readonly bold: Paint;
  readonly faint: Paint;
  readonly alarm: Paint;
  readonly dash: string;
  readonly arrow: string;
  coverage(verdict: CoverageVerdict): Marked;
  list(verdict: CompletenessVerdict | 'failed'): Marked;
  severity(severity: Severity): Paint;
  /** Exit code 0 green, 1 red, the others yellow. */
  exit(code: number): Paint;
}

const SIGNS = {
  unicode: { good: '✓', part: '~', bad: '✗', note: '!', open: '?', ellipsis: '…', dot: ' · ', rule: '─', dash: '–', arrow: '→' },
  ascii: { good: '+', part: '~', bad: 'x', note: '!', open: '?', ellipsis: '...', dot: ' | ', rule: '-', dash: '-', arrow: '->' },
} as const;

/** Below this nothing can be laid out; a narrower terminal wraps. */
const NARROWEST = 40;

export function lookFor(medium: Medium): Look {
  const chalk = new Chalk({ level: medium.colorLevel });
  const sign = medium.unicode === false ? SIGNS.ascii : SIGNS.unicode;
  const plain: Paint = (text) => text;
  const faint: Paint = (text) => chalk.dim(text);
  const coverage: Record<CoverageVerdict, readonly [string, Paint]> = {
    covered: [sign.good, chalk.green],
    partial: [sign.part, chalk.yellow],
    gap: [sign.bad, chalk.red],
    contradicted: [sign.bad, chalk.red.bold],
    undeclared: [sign.note, chalk.yellow],
    unproven: [sign.open, plain],
  };
  const list: Record<CompletenessVerdict | 'failed', readonly [string, Paint]> = {
    proven: [sign.good, chalk.green],
    consistent: [sign.part, plain],
    unproven: [sign.open, chalk.yellow],
    failed: [sign.bad, chalk.red],
  };
  const severities: Record<Severity, Paint> = {
    critical: chalk.red.bold,
    high: chalk.red,
    medium: chalk.yellow,
    low: plain,
    info: faint,
  };
  const marked = <K extends string>(table: Record<K, readonly [string, Paint]>, key: K): Marked => ({
    sign: table[key][0],
    text: `${table[key][0]} ${key}`,
    paint: table[key][1],
  });
  return {
    style: {
      width: Math.max(NARROWEST, Math.floor(medium.width) || 80),
      indent: 0,
      ellipsis: sign.ellipsis,
      dot: sign.dot,
      rule: sign.rule,
      faint,
      second: faint,
      lines: medium.verbose ? 12 : 4,
    },
    limit: medium.limit,
    verbose: medium.verbose,
    command: medium.command,
    bold: chalk.bold,
    faint,
    alarm: chalk.red,
    dash: sign.dash,
    arrow: sign.arrow,
    coverage: (verdict) => marked(coverage, verdict),
    list: (verdict) => marked(list, verdict),
    severity: (severity) => severities[severity],
    exit: (code) => (code === 0 ? chalk.green : code === 1 ? chalk.red.bold : chalk.yellow.bold),
  };
}

/** The rows of one system: its name stands in the first of them only. */
export function namedOnce(rows: readonly Cell[][]): Cell[][] {
  return rows.map(([name, ...rest], i) => [i === 0 && name !== undefined ? name : { text: '' }, ...rest]);
}
