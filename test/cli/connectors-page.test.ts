import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { connectorsPage } from '../../src/cli/commands/connectors/page.js';
import { catalogueManifest, catalogueNames } from '../../src/manifest/form/catalogue.js';

const FILE = path.resolve(import.meta.dirname, '../../docs/connectors.md');

it('docs/connectors.md is what the manifests say now (npm run docs makes it)', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(connectorsPage());
});

it('names every system with its permission, its gaps and what stays unverified', () => {
  const page = connectorsPage();
  for (const name of catalogueNames()) {
    const { title, permission, gaps = [], unverified = [], hides = [], cannot_tell: mute = [] } = catalogueManifest(name);
    expect(page).toContain(`\n### ${title}\n`);
    for (const text of [permission, ...gaps, ...unverified, ...hides, ...mute]) {
      expect(page).toContain(text.replace(/\s+/g, ' '));
      // Each is one sentence: a semicolon parts it from the next.
      expect(text).not.toMatch(/;|\. /);
    }
  }
  // Each row has as many cells as the head of its table.
  const rows = page.split('\n').filter((line) => line.startsWith('|'));
  const cells = (row: string): number => row.split(/(?<!\\)\|/).length;
  let head = 0;
  for (const [i, row] of rows.entries()) {
    if (rows[i + 1]?.startsWith('|---') === true) head = cells(row);
    expect({ row, cells: cells(row) }).toEqual({ row, cells: head });
  }
});
