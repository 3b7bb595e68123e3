/**
 * Characters that act instead of being read: C0, DEL and C1 controls (ESC, CR, BS), every format character (bidi overrides and isolates,
 * zero-width characters, BOM, the tags block), line and paragraph separators, lone surrogates, noncharacters (U+FFFE and the like, which XML
 * forbids), and letters that are drawn as nothing.
 */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}\u115f\u1160\u3164\uffa0]/gu;

/** Most text: nothing to do, and found out in one pass. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * What a CI runner takes out of a log for a command: GitHub's `::set-output name=x::` (GitHub Docs, workflow commands) and the `##[group]` it took over,
 * Azure's `##vso[task.setvariable]` (Microsoft Learn, logging commands), TeamCity's `##teamcity[…]` (service messages). The first character is
 * shown as a number, so that none is left.
 */
const RUNNER = /#(?=#(?:\[|vso\[|teamcity\[))|:(?=:[A-Za-z][\w-]*(?: [^:]*)?::)/gi;
/** Cheap: is there anything that could be one? */
const MAY_COMMAND = /##|::/;

/** More marks than this on one letter climb into the lines above and below. */
const MARKS = /(\p{M}{4})\p{M}+/gu;

/** Characters of one text that a terminal is given; names and sentences are far shorter, and a 1 MB name is an attack. */
const CAP = 2000;

/** Excel refuses a cell beyond 32,767 characters. */
const CELL_CAP = 32_000;

/**
 * Text from another system, safe to print on one line of a terminal: what acts is shown as `\u{1b}`, and what is longer than `cap`
 * characters is cut and says how long it is. The result has no line break, no tab and no invisible character.
 */
export function visible(text: string, cap = CAP): string {
  const commands = MAY_COMMAND.test(text);
  if (!commands && text.length <= cap && PLAIN.test(text)) return text;
  const plain = commands ? text.replace(RUNNER, numbered) : text;
  const shown = wellCut(plain, cap).replace(ACTING, numbered).replace(MARKS, '$1…');
  if (plain.length <= cap && shown.length <= cap) return shown;
  return `${wellCut(shown, cap).replace(/\\u?\{?[0-9a-f]{0,6}$/, '')}… (${text.length} characters)`;
}

function numbered(char: string): string {
  return `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}

/** Never between the halves of a surrogate pair. */
function wellCut(text: string, cap: number): string {
  if (text.length <= cap) return text;
  const last = text.charCodeAt(cap - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? cap - 1 : cap);
}

/**
 * One quoted CSV field (RFC 4180 section 2). What a spreadsheet would take for a formula is defused with an apostrophe (OWASP, CSV
 * injection): a first character that is, or folds to (NFKC: `＝`, `﹢`), one of `= + - @`, with or without space before it. TAB, CR and LF are
 * shown as `\u{9}` before that. A spreadsheet of a country that separates by `;` begins a cell at each of them, quotes or not, so there as well. The
 * apostrophe changes the text; JSON is the lossless format.
 */
export function csvField(text: string): string {
  if (text === '') return '""';
  const shown = visible(text, CELL_CAP);
  const defused = shown.includes(';') ? shown.replace(AFTER_SEMICOLON, ";'") : shown;
  return `"${(startsFormula(defused) ? `'${defused}` : defused).replaceAll('"', '""')}"`;
}

const AFTER_SEMICOLON = /;(?=[\s"']*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])/g;

function startsFormula(text: string): boolean {
  const first = text.trimStart().slice(0, 1).normalize('NFKC');
  return first !== '' && '=+-@\u2212'.includes(first);
}

/**
 * Text from others in Markdown: a code span, in which nothing is markup, HTML, link or mention (CommonMark 6.1); its fence is longer than any
 * run of backticks inside. It never breaks its line. A table splits cells at `|` even there, so that is drawn as `¦`. Nothing is `–`.
 */
export function markdownCode(text: string): string {
  const inner = visible(text).replaceAll('|', '¦');
  if (inner.trim() === '') return '–';
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(inner) ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}

/**
 * JSON text in which nothing acts: `JSON.stringify` leaves DEL, C1, bidi controls, U+2028 and the rest as they are; here they are
 * `\u202e` escapes, which parse back to the same string (RFC 8259 section 7).
 */
export function jsonText(value: unknown, indent?: number): string {
  const escaped = (char: string): string =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  const text = JSON.stringify(value, null, indent).replace(JSON_ACTING, escaped);
  return MAY_COMMAND.test(text) ? text.replace(RUNNER, escaped) : text;
}

/** The line breaks of indented JSON are its own; those of the values are escaped by `JSON.stringify`. */
const JSON_ACTING = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{NChar}\u115f\u1160\u3164\uffa0]/gu;
