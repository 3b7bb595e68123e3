import type { Report } from '../model/report.js';

/** What the medium is like; the cli finds it out, the reporter only obeys. */
export interface Medium {
  /** Columns of the terminal; 80 when unknown. */
  readonly width: number;
  /** chalk level: 0 none, 1 basic, 2 256, 3 truecolor. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** Rows shown per group before "… and N more". */
  readonly limit: number;
  readonly verbose: boolean;
  /** False: the terminal draws ASCII only (TERM=dumb, a locale that is not UTF-8). Default: true. */
  readonly unicode?: boolean;
  /** The command line that was run, as it can be pasted, without `--limit`. */
  readonly command?: string;
}

/** Pure: the report in, text out in pieces (so that 200,000 findings need not be one string). */
export type Reporter = (report: Report, medium: Medium) => Iterable<string>;

/** Text of a file that ships with a format (a style, a script), by its path below src/report; the cli reads it. */
export type AssetReader = (path: string) => Promise<string>;
