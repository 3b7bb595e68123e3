import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_FILTER_WORDS, PERSON_FILTER_WORDS } from '../../src/config/words.js';
import { compileFilter, FilterError } from '../../src/filter/filter.js';

const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/filters.md'), 'utf8');
const WORDS = [...PERSON_FILTER_WORDS, ...ACCOUNT_FILTER_WORDS, 'costCenter', 'active'];

/** Filters in the page: those of the example config, and those in running text. */
const examples = [
  ...[...text.matchAll(/^ +(?:expected|allowed): (.+)$/gm)].map(([, filter = '']) => filter),
  ...[...text.matchAll(/\{ match: (.+?), kind:/g)].map(([, filter = '']) => filter),
  ...[...text.matchAll(/`([a-zA-Z.]+(?:\[| (?:eq|ne|co|sw|ew|gt|ge|lt|le|pr)\b)[^`]*)`/g)].map(([, filter = '']) => filter),
];
const MISTAKES = ['active gt true', 'emails[type eq "work"]', 'groups[ ]'];

describe('docs/filters.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(8);
    expect(examples).toEqual(expect.arrayContaining(MISTAKES));
  });

  it.each(examples)('%s', (filter) => {
    if (MISTAKES.includes(filter)) expect(() => compileFilter(filter, WORDS)).toThrow(FilterError);
    else expect(compileFilter(filter, WORDS).attributes.length).toBeGreaterThan(0);
  });

  it('names every attribute that a config may ask for', () => {
    const named = new Set([...text.matchAll(/`([a-zA-Z.]+)`/g)].map(([, name]) => name));
    const unsaid = [...PERSON_FILTER_WORDS, ...ACCOUNT_FILTER_WORDS].filter((word) => !named.has(word));
    expect(unsaid).toEqual([]);
  });
});
