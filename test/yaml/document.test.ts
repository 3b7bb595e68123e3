import { describe, expect, it } from 'vitest';
import { mistakes, yaml } from '../config/files.js';

describe('YAML that is refused', () => {
  it.each([
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n`,
      'more than 10 YAML aliases',
    ],
    ['an alias to itself', 'a: &a [*a]\n', 'more than 10 YAML aliases'],
    ['thousands of anchors', Array.from({ length: 20_000 }, (_, i) => `k${i}: &a${i} x`).join('\n'), 'anchors; 100 are allowed'],
    ['thousands of aliases of one anchor', `a: &a x\nb: [${'*a, '.repeat(20_000)}]\n`, '20000 aliases; 10 are allowed'],
    ['thousands of aliases of nothing', `b: [${'*a, '.repeat(20_000)}]\n`, '20000 aliases; 10 are allowed'],
    ['a few aliases too many', `a: &a x\nb: [${'*a, '.repeat(11)}]\n`, 'more than 10 YAML aliases'],
    ['__proto__', '__proto__: { admin: true }\n', 'the key __proto__ is not allowed'],
    ['constructor below', 'apps: { x: { fields: { constructor: y } } }\n', 'the key constructor is not allowed'],
    ['merge keys', 'a: { <<: { b: 1 } }\n', 'merge keys'],
    ['a key twice', 'version: 1\nversion: 1\n', 'lifegap.yaml:2:1 version: the key "version" is written twice'],
    ['the same key as text and as boolean', 'a: { true: 1, "true": 2 }\n', 'is written twice'],
    ['an unknown tag', 'version: !int 1\n', 'unknown YAML tag'],
    ['a second document', `${yaml()}---\nversion: 1\n`, 'one YAML document'],
    ['a directive that changes what yes means', '%YAML 1.1\n---\nversion: 1\n', 'directives'],
    ['a key that is a mapping', '? { a: 1 }\n: b\n', 'a key must be plain text'],
    ['a tab', 'a:\n\tb: 1\n', 'Tabs are not allowed as indentation'],
    ['an open bracket', 'a: [1\n', 'not valid YAML'],
  ])('%s', async (_, text, message) => {
    expect((await mistakes(text)).join('\n')).toContain(message);
  });

  // Twice each: the second over-deep document is the one that takes Node down without the guard.
  it.each([
    ['flow sequences', '['.repeat(2_000)],
    ['closed flow sequences', '['.repeat(2_000) + ']'.repeat(2_000)],
    ['flow mappings', '{a: '.repeat(2_000)],
    ['compact block sequences', '- '.repeat(2_000) + 'x'],
    ['block mappings', Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['explicit keys', '? '.repeat(2_000) + 'x'],
    ['brackets behind a quoted decoy', '["]]]]", '.repeat(1_000)],
    ['brackets up to the size limit', '['.repeat(1024 * 1024)],
  ])('nesting: %s', async (_, text) => {
    for (let round = 0; round < 2; round++) {
      expect((await mistakes(text)).join('\n')).toContain('more than 64 levels of nesting');
    }
  });

  it('says how to write a reference inside braces', async () => {
    const text = yaml({ app: 'x: { token: ${env:HUNTER} }' });
    expect((await mistakes(text)).join('\n')).toContain('Inside { } and [ ] a reference needs quotes');
  });

  it('never quotes the line that does not parse: it may hold a secret', async () => {
    for (const text of [
      'password: "abc" hunter2\n',
      'password: *hunter2\n',
      'password: !hunter2 x\n',
      'password: "\\hunter2"\n',
      'password: @hunter2\n',
      'a: b\nhunter2\n',
    ]) {
      const lines = (await mistakes(text)).join('\n');
      expect(lines).not.toBe('');
      expect(lines).not.toContain('hunter2');
    }
  });

  it('allows a few aliases', async () => {
    const text = yaml({ app: 'fields: &f { id: uid }', rest: '  other: { connector: file, path: x.csv, fields: *f }\n' });
    expect(await mistakes(text)).toEqual([]);
  });
});
