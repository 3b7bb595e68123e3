import { lexer, type Token, type Tokens } from 'marked';
import { expect } from 'vitest';

/** Every token of a Markdown text, those inside of others too. */
const tokensOf = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) => {
    const below = 'tokens' in token ? token.tokens : [];
    const table = token as Tokens.Table;
    const cells = token.type === 'table' ? [...table.header, ...table.rows.flat()].flatMap((cell) => cell.tokens) : [];
    const items = token.type === 'list' ? (token.items as Token[]) : [];
    return [token, ...tokensOf([...below, ...cells, ...items])];
  });

/** What a stranger's text could bring in: none of it is lifegap's own. */
const FOREIGN = ['html', 'link', 'image', 'def', 'code', 'em', 'del', 'blockquote', 'hr', 'br', 'checkbox'];

/** Markdown (GFM) in which nobody's text is markup, and whose tables are as wide as their heads. Returns its kinds of tokens. */
export function inertMarkdown(out: string): Set<string> {
  const tokens = lexer(out);
  const kinds = new Set(tokensOf(tokens).map(({ type }) => type));
  for (const kind of FOREIGN) expect([...kinds]).not.toContain(kind);
  for (const token of tokens) {
    if (token.type !== 'table') continue;
    // As they stand: a parser drops the cells that are too many.
    for (const line of token.raw.trimEnd().split('\n')) expect(line.split('|')).toHaveLength((token as Tokens.Table).header.length + 2);
  }
  return kinds;
}
