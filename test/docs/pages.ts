import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Page {
  /** Relative to the root of the repository, with forward slashes. */
  readonly file: string;
  readonly text: string;
  /** Its prose, without what stands in fences. */
  readonly prose: string;
  /** The lines that stand in fences. */
  readonly fenced: readonly string[];
}

/** What a newcomer reads, in order of path. */
export function pages(): Page[] {
  const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`);
  const root = readdirSync(ROOT);
  return [...root, ...docs]
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map(page);
}

export function page(file: string): Page {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const prose: string[] = [];
  const fenced: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const [, mark] = /^\s*(```+)/.exec(line) ?? [];
    if (mark !== undefined) fence = fence === undefined ? mark : undefined;
    else (fence === undefined ? prose : fenced).push(line);
  }
  if (fence !== undefined) throw new Error(`${file}: a fence is not closed`);
  return { file, text, prose: prose.join('\n'), fenced };
}

/** What stands between backticks in prose. */
export const spans = ({ prose }: Page): string[] => [...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/\s+/g, ' '));

/** The anchors that GitHub gives to the headings: lower case, punctuation dropped, blanks to hyphens. */
export const anchors = ({ prose }: Page): Set<string> =>
  new Set([...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'))); // prettier-ignore

/** Targets of links and pictures. */
export const links = ({ prose }: Page): string[] =>
  [...prose.replace(/`[^`\n]*`/g, '``').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);

/** The command lines of lifegap that a page shows, as words; comments, and what a shell does after them, are left out. */
export function commandLines(page: Page): string[][] {
  const shown = [...page.fenced.map((line) => line.trim().replace(/^(?:\$|-) /, '')), ...spans(page)];
  return shown
    .map((line) => /^(?:npx )?lifegap (.+)$/.exec(line)?.[1])
    .filter((line) => line !== undefined)
    .map((line) => words(line.replace(/\s+(?:#|\|\||&&|>).*$/, '')));
}

/** As a POSIX shell splits a line, without expansions: that is all the pages use. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"]+)+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
