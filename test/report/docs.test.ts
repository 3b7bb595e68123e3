import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FORMATS } from '../../src/report/formats.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DOC = readFileSync(path.join(ROOT, 'docs/reports.md'), 'utf8');

test.each([
  ['text', ['table-120']],
  ['json', ['report.json']],
  ['csv', ['csv', 'csv-coverage', 'csv-accounts', 'csv-people', 'csv-exclusions']],
  ['sarif', ['sarif']],
  ['xml', ['junit']],
  ['annotations', ['github']],
  ['markdown', ['markdown']],
  ['gitlab', ['gitlab']],
])('the %s samples of docs/reports.md are real output', (language, goldens) => {
  const blocks = [...DOC.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map((match) => match[1] ?? '');
  const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line !== '' && line !== '[...]');
  const real = goldens.map((name) => readFileSync(path.join(ROOT, `fixtures/report/${name}.golden`), 'utf8')).join('');
  const known = new Set(real.split(/\r?\n/).map((line) => line.replace(/^ {4}(\{.*\}),?$/, '$1')));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !known.has(line))).toEqual([]);
});

test('every format is described', () => {
  for (const name of Object.keys(FORMATS)) expect(DOC).toContain(`| \`${name}\` |`);
});
