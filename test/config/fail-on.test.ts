import { describe, expect, it } from 'vitest';
import { parseFailOn } from '../../src/config/fail-on.js';
import { editDistance, nearest } from '../../src/model/nearest.js';

describe('--fail-on', () => {
  it('takes classes, reasons and severities', () => {
    expect(parseFailOn('orphaned, stale:not-propagated,severity >= high')).toEqual(['orphaned', 'stale:not-propagated', 'severity>=high']);
    expect(parseFailOn('none')).toEqual([]);
    expect(parseFailOn('coverage.delete != covered,coverage=gap')).toEqual(['coverage.delete!=covered', 'coverage=gap']);
  });

  it.each([
    ['', 'expected one word at least, or none'],
    ['orphan', 'Did you mean orphaned?'],
    ['stale:no-owner', 'expected stale: and one of not-propagated'],
    ['stale:unknown:x', 'expected stale: and one of'],
    ['severity>=worst', 'expected severity>= one of critical'],
    ['severity>high', 'got "severity>high"'],
    ['high', 'got "high"'],
    ['toString', 'got "toString"'],
    ['coverage.delte=gap', 'Did you mean delete?'],
    ['coverage.delete=gpa', 'Did you mean gap?'],
    ['coverage.delete', 'then = or != and one of covered, partial, gap'],
    ['coverage', 'expected coverage, or coverage. and one of create, update, delete'],
  ])('refuses %j', (text, message) => {
    expect(() => parseFailOn(text)).toThrow(message);
    expect(() => parseFailOn(text)).toThrow(/^--fail-on: /);
  });

  it('names every wrong word', () => {
    expect(() => parseFailOn('orphan,stal')).toThrow(/orphaned\?\n--fail-on: .*stale\?/s);
  });
});

describe('nearest', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('extrenalId', 'externalId')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });

  it('does not guess wildly', () => {
    expect(nearest('pasword', ['password', 'path'])).toBe('password');
    expect(nearest('pageSize', ['page_size', 'path'])).toBe('page_size');
    expect(nearest('zzzzzz', ['password', 'path'])).toBeUndefined();
    expect(nearest('x'.repeat(10_000), ['password'])).toBeUndefined();
  });
});
