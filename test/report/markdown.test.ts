import { markdown } from '../../src/report/markdown.js';
import { describeCiFormat } from './ci-format.js';
import { inertMarkdown } from './markdown-tokens.js';
import { expect } from 'vitest';

describeCiFormat('markdown', markdown, {
  most: 900_200,
  parse: (out) => {
    const kinds = inertMarkdown(out);
    for (const kind of ['heading', 'table', 'codespan', 'strong']) expect([...kinds]).toContain(kind);
  },
});
