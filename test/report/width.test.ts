import { describe, expect, test } from 'vitest';
import { cut, displayWidth, pad, wrap } from '../../src/report/width.js';

/** What xterm, tmux and the Linux console of a UTF-8 system give to each. */
describe('displayWidth', () => {
  test.each([
    ['', 0],
    ['ada', 3],
    ['Zoë', 3],
    ['Zoe\u0308', 3],
    ['山田太郎', 8],
    ['ＡＢ', 4],
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2],
    ['กำธร', 4],
    ['नमस्ते', 4],
    ['😀', 2],
    ['👍🏽', 2],
    ['✓ ~ ✗ … ─ ·', 11],
    ['ｶﾅ', 2],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('cut', () => {
  test.each([
    ['ada lovelace', 8, 'ada lov…'],
    ['ada', 3, 'ada'],
    ['山田太郎', 8, '山田太郎'],
    ['山田太郎', 7, '山田太…'],
    ['山田太郎', 6, '山田…'],
    ['cafe\u0301s!', 5, 'cafe\u0301…'],
  ])('%s in %i columns is %s', (text, width, expected) => {
    expect(cut(text, width, '…')).toBe(expected);
    expect(displayWidth(cut(text, width, '…'))).toBeLessThanOrEqual(width);
  });
});

describe('wrap', () => {
  test('breaks at spaces', () => {
    expect(wrap('ada left on 2026-10-01 and logged in', 14, 9, '…')).toEqual(['ada left on', '2026-10-01 and', 'logged in']);
  });

  test('splits a word that is longer than a line', () => {
    expect(wrap('a'.repeat(25), 10, 9, '…')).toEqual(['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]);
  });

  test('cuts what is left after the last line', () => {
    expect(wrap('one two three four five', 9, 2, '…')).toEqual(['one two', 'three fo…']);
  });

  test('keeps wide letters whole', () => {
    expect(wrap('山田太郎', 5, 9, '…')).toEqual(['山田', '太郎']);
  });

  test('gives one empty line for nothing', () => {
    expect(wrap('   ', 10, 3, '…')).toEqual(['']);
  });
});

test('pad fills by display width', () => {
  expect(pad('山田', 6)).toBe('山田  ');
  expect(pad('7', 3, 'right')).toBe('  7');
  expect(pad('longer', 3)).toBe('longer');
});
