import { expect, test } from 'vitest';
import { compilePattern, LONGEST_VALUE } from '../../src/manifest/form/pattern.js';
import { catalogueManifest, catalogueNames } from '../../src/manifest/form/catalogue.js';
import { http } from '../../src/config/manifests.js';
import { Mistakes } from '../../src/yaml/mistakes.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import { folder } from '../bad-input/run.js';

const TEXTS = ['', 'a', 'A', 'ab', 'aab', 'abab', 'abc', 'corp.example', 'corp-eu', 'com', 'com.au', '12345', '7', '1.2', 'Groups,Users', 'Groups,', 'é', '日本', '😀', ' a', 'a ', 'a\nb', '[', ']', '-', '(a)', 'a{2}', '\\']; // prettier-ignore
const PATTERNS = [
  '\\d+', '[A-Za-z0-9-]+', '[A-Za-z0-9.-]+', '[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*', 'com|eu|ca|asia|com\\.au|sg', '[0-9a-f]{24}', '(?:a|ab)(?:b|)*', '(ab)+',
  'a{0}', 'a{1,2}b?', 'a{2,}', '(a|b){2,4}', '(?<name>a)b', '.', '.*', '.{2}', '[^a]+', '[\\]\\[(){}-]', '\\[', '^a', 'a$', '^(a|ab)$', '(^a)b', 'a$b', '', '|a', 'a|', '()*',
  '(a*)*', '(a+)+b?', '(a?){3}', 'a+?', 'a*?b??', '\\p{L}+', '\\P{L}', '\\u{1F600}', '\\ud83d\\ude00', '\\u0061', '\\x61', '\\w+\\s?', '\\S\\W?', '\\(a\\)', 'a\\{2\\}', '\\\\', '[a-c]{1,3}', '[\\d.]+', '[\\s\\S]+',
]; // prettier-ignore

test.each(PATTERNS)('%s holds of the texts that the engine says', (pattern) => {
  const engine = new RegExp(`^(?:${pattern})$`, 'u');
  const ours = compilePattern(pattern);
  expect(TEXTS.filter(ours)).toEqual(TEXTS.filter((text) => engine.test(text)));
});

test('every pattern of the catalogue is one', () => {
  const patterns = catalogueNames().flatMap((name) =>
    Object.values(catalogueManifest(name).params).flatMap(({ pattern }) => pattern ?? []),
  );
  expect(patterns.length).toBeGreaterThan(10);
  for (const pattern of patterns) expect(() => compilePattern(pattern)).not.toThrow();
});

test('a count within a count is run without going back', () => {
  const matches = compilePattern('([a-z]+)+');
  expect(matches('a'.repeat(LONGEST_VALUE))).toBe(true);
  expect(matches(`${'a'.repeat(LONGEST_VALUE - 1)}!`)).toBe(false);
});

test('a longer value matches nothing', () => {
  expect(compilePattern('a*')('a'.repeat(LONGEST_VALUE + 1))).toBe(false);
});

const WRONG = [
  ['[a-z', 'the pattern is no regular expression: Unterminated character class'],
  ['a)(b', 'the pattern is no regular expression: Unmatched \')\''],
  ['*', 'the pattern is no regular expression: Nothing to repeat'],
  ['\\q', 'the pattern is no regular expression: Invalid escape'],
  ['(a)\\1', 'the pattern has \\1 (what a group matched before), which is not allowed; use characters, sets, groups, | and counts'],
  ['(?<n>a)\\k<n>', 'the pattern has \\k (what a group matched before), which is not allowed; use characters, sets, groups, | and counts'],
  ['(?=a)a', 'the pattern has a group with (? that only looks around, or sets flags, which is not allowed; use characters, sets, groups, | and counts'],
  ['(?<!a)b', 'the pattern has a group with (? that only looks around, or sets flags, which is not allowed; use characters, sets, groups, | and counts'],
  ['\\bcorp', 'the pattern has \\b (the edge of a word), which is not allowed; use characters, sets, groups, | and counts'],
  ['(\\d{1,200}){1,200}', 'the pattern is too large: its counts stand for more than 2000 steps'],
  ['a{999999999}', 'the pattern is too large: its counts stand for more than 2000 steps'],
  ['a'.repeat(501), 'the pattern is longer than 500 characters'],
] as const; // prettier-ignore

test.each(WRONG)('%s is refused: %s', (pattern, message) => {
  expect(() => compilePattern(pattern)).toThrow(message);
});

const manifest = (pattern: string): string => `name: wiki
base_url: https://wiki.example
params:
  org:
    pattern: '${pattern}'
request: { path: users }
records: users
fields: { id: id }
`;

test('a manifest says where its wrong pattern stands', () => {
  expect(() => parseManifest(manifest('[a-z'), 'wiki.yaml')).toThrow(
    /^wiki\.yaml:5:14 params\.org\.pattern: the pattern is no regular expression/m,
  );
});

test('and so does the config that names the manifest', async () => {
  const dir = await folder({ 'wiki.yaml': manifest('(a)\\1') });
  const mistakes = new Mistakes('lifegap.yaml', () => ({ line: 7, col: 3 }));
  http.later?.({ connector: 'http', manifest: 'wiki.yaml', org: 'a' }, dir, ['apps', 'wiki'], mistakes);
  expect(() => mistakes.throwIfAny()).toThrow(
    /lifegap\.yaml:7:3 apps\.wiki\.manifest: wiki\.yaml:5:14 params\.org\.pattern: the pattern has \\1/,
  );
});
