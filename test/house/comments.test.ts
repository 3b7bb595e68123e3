import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** Lines of doc comments with nothing behind them that they could be of: a blank line, another doc comment, or the end of a block or of the file. */
function orphans(text: string): number[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const found: number[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const at = scanner.getTokenStart();
    if (kind !== ts.SyntaxKind.MultiLineCommentTrivia || !text.startsWith('/**', at)) continue;
    const behind = text.slice(scanner.getTokenEnd());
    if (/^[ \t]*(?:\r?\n[ \t]*(?:\r?\n|\/\*\*|[)\]}]|$)|\/\*\*|[)\]}]|$)/.test(behind)) found.push(text.slice(0, at).split('\n').length);
  }
  return found;
}

it.each([
  ['a blank line', '/** Says nothing of anything. */\n\nexport const a = 1;'],
  ['another doc comment', '/** Of what was here. */\n/** A number. */\nexport const a = 1;'],
  ['the end of a block', 'export interface A {\n  /** Of a member that is gone. */\n}'],
  ['the end of the file', 'export const a = 1;\n/** Of what was here. */\n'],
])('finds a comment that is orphaned by %s', (_, text) => {
  expect(orphans(text)).toHaveLength(1);
});

it('takes no other for one', () => {
  const text =
    '/**\n * A number.\n */\nexport const a = 1;\n/* Of the file. */\n\nexport interface B {\n  /** A member. */\n  b: "/** x */";\n}\n';
  expect(orphans(text)).toEqual([]);
});

it('lets no comment of src be orphaned', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const found = files.flatMap((file) => orphans(readFileSync(path.join(SRC, file), 'utf8')).map((line) => `src/${file}:${line}`));
  expect(found).toEqual([]);
});
