import { describe, expect, test } from 'vitest';
import { csvField, jsonText, visible } from '../../src/report/escape.js';
import { HOSTILE } from './hostile.js';

const ACTS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What a runner looks for in a line. */
const COMMANDS = /##(vso|teamcity)?\[|^\s*::[a-z-]+( .*)?::/i;

test('the corpus is worth its name', () => {
  expect(new Set(HOSTILE).size).toBe(HOSTILE.length);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(50);
});

describe('visible', () => {
  test.each([
    ['\u001b[31m', '\\u{1b}[31m'],
    ['a\r\nb\tc', 'a\\u{d}\\u{a}b\\u{9}c'],
    ['\u009b1m\u007f', '\\u{9b}1m\\u{7f}'],
    ['a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
    ['\ud800x\udc00', '\\u{d800}x\\u{dc00}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ufeff\u200b\u2028', '\\u{feff}\\u{200b}\\u{2028}'],
    ['Zoë 山田 😀', 'Zoë 山田 😀'],
    ['CORP\\ada', 'CORP\\ada'],
    ['##vso[task.complete result=Failed;]x', '\\u{23}#vso[task.complete result=Failed;]x'],
    ['a ##[group]b', 'a \\u{23}#[group]b'],
    ['###teamcity[x]', '#\\u{23}#teamcity[x]'],
    ['  ::set-output name=a::b', '  \\u{3a}:set-output name=a::b'],
    ['::error::x', '\\u{3a}:error::x'],
    // Nothing to a runner.
    ['arn:aws:iam::123456789012:user/ada', 'arn:aws:iam::123456789012:user/ada'],
    ['fe80::1 #1 ##', 'fe80::1 #1 ##'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test.each(HOSTILE.map((text) => [text.slice(0, 40), text]))('leaves nothing that acts in %j', (_, text) => {
    expect(visible(text)).not.toMatch(ACTS);
    expect(visible(text)).not.toMatch(COMMANDS);
    expect(visible(text).length).toBeLessThan(2100);
  });

  test('cuts what is too long, never inside a character or an escape, and says how long it is', () => {
    expect(visible('abc\u001b\u001b', 12)).toBe('abc\\u{1b}… (5 characters)');
    expect(visible('a'.repeat(12), 10)).toBe(`${'a'.repeat(10)}… (12 characters)`);
    expect(visible('aaa😀b', 4)).toBe('aaa… (6 characters)');
  });

  test('takes the tower off a letter', () => {
    expect(visible(`e${'\u0301'.repeat(50)}x`)).toBe(`e${'\u0301'.repeat(4)}…x`);
  });
});

describe('csvField', () => {
  test.each(['=1', '+1', '-1', '@a', ' =1', '＝1', '－1', '﹢1', '\u22121'])('defuses %j', (text) => {
    expect(csvField(text)).toBe(`"'${text}"`);
  });

  test.each([
    ['a"b', '"a""b"'],
    ['a,b;c', '"a,b;c"'],
    ['', '""'],
    ['\t=1', '"\\u{9}=1"'],
    ['a\r\nb', '"a\\u{d}\\u{a}b"'],
    ['ada@corp.example', '"ada@corp.example"'],
    ['a;=1+1', '"a;\'=1+1"'],
    ['a; "=1', '"a;\' ""=1"'],
    ['a;b;@c', '"a;b;\'@c"'],
    ['a; b-c', '"a; b-c"'],
  ])('%j becomes %s', (text, field) => {
    expect(csvField(text)).toBe(field);
  });
});

test.each(HOSTILE.map((text) => [text.slice(0, 40), text]))('jsonText of %j is inert and parses back', (_, text) => {
  const json = jsonText({ [text]: text });
  expect(json).not.toMatch(ACTS);
  expect(Object.entries(JSON.parse(json) as object)).toEqual([[text, text]]);
});
