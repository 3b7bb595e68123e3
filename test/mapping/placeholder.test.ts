import { describe, expect, it } from 'vitest';
import { isNoDate, isPlaceholder } from '../../src/mapping/placeholder.js';

describe('a placeholder is no value', () => {
  it.each(['', '  ', '-', '—', 'N/A', ' n/a ', 'None', 'NULL', 'no_information', 'not_supported', '#N/A', 'Not Set'])('%s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
    expect(isNoDate(text)).toBe(true);
  });

  it.each(['never', 'Never logged in', '0000-00-00', 'NaT', '0000-00-00 00:00:00', 'unbefristet'])('%s says it of dates alone', (text) => {
    expect(isPlaceholder(text)).toBe(false);
    expect(isNoDate(text)).toBe(true);
  });

  // Words that are values, or that tell of a date that exists and is not known.
  it.each(['Nan', '0', 'no', 'unknown', 'TBD', 'n/a2', 'Null Island', 'soon'])('%s is one', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it.each(['unknown', 'TBD', 'soon', 'end of project', 'yesterday'])('%s is a date that nobody can read', (text) => {
    expect(isNoDate(text)).toBe(false);
  });
});
