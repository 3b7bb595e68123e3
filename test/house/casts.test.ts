import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');
/** Casts that src has (`as const` is none), a dozen of them where drivers give values without a type. Lower it where some go; src/model has what takes the place of most: at.ts, parsed.ts, words.ts. */
const MOST = 302;

function castsIn(file: string, text: string): number {
  let casts = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) casts++;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return casts;
}

it('counts casts', () => {
  expect(castsIn('a.ts', 'const a = b as number; const c = [1] as const; const d = e as unknown as string;')).toBe(3);
});

it('has no more casts than it had', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const casts = files.map((file) => castsIn(file, readFileSync(path.join(SRC, file), 'utf8')));
  expect(casts.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(MOST);
});
