import { describe, expect, it } from 'vitest';
import { colorLevel } from '../../src/cli/style.js';

const tty = { isTTY: true };
const pipe = { isTTY: false };
const xterm = { TERM: 'xterm-256color' };

describe('colorLevel', () => {
  it.each([
    ['a terminal', tty, xterm, undefined, 2],
    ['a true-colour terminal', tty, { ...xterm, COLORTERM: 'truecolor' }, undefined, 3],
    ['a plain terminal', tty, { TERM: 'xterm' }, undefined, 1],
    ['a pipe', pipe, xterm, undefined, 0],
    ['a dumb terminal', tty, { TERM: 'dumb' }, undefined, 0],
    ['CI', tty, { ...xterm, CI: 'true' }, undefined, 0],
    ['NO_COLOR', tty, { ...xterm, NO_COLOR: '1' }, undefined, 0],
    ['an empty NO_COLOR', tty, { ...xterm, NO_COLOR: '' }, undefined, 2],
    ['NO_COLOR over FORCE_COLOR', tty, { ...xterm, NO_COLOR: '1', FORCE_COLOR: '3' }, undefined, 0],
    ['FORCE_COLOR on a pipe', pipe, { FORCE_COLOR: '1' }, undefined, 1],
    ['FORCE_COLOR over a dumb terminal', tty, { TERM: 'dumb', FORCE_COLOR: '3' }, undefined, 3],
    ['FORCE_COLOR=0', tty, { ...xterm, FORCE_COLOR: '0' }, undefined, 0],
    ['--color over NO_COLOR', pipe, { ...xterm, NO_COLOR: '1' }, true, 2],
    ['--no-color over FORCE_COLOR', tty, { ...xterm, FORCE_COLOR: '3' }, false, 0],
  ])('%s', (_, stream, env, flag, level) => {
    expect(colorLevel(stream, env, flag)).toBe(level);
  });
});
