import { describe, expect, test } from 'vitest';
import { parseControls } from '../../src/config/controls.js';
import { ControlTable, FRAMEWORK_NAMES, FRAMEWORKS } from '../../src/model/controls.js';
import { CLASSES, REASONS } from '../../src/model/finding.js';
import { readFileSync } from 'node:fs';

describe('--controls', () => {
  test('names frameworks in the order of the table', () => {
    expect(parseControls('soc2, nist-csf-2.0')).toEqual(['nist-csf-2.0', 'soc2']);
    expect(parseControls('all')).toEqual(FRAMEWORK_NAMES);
    expect(parseControls('none')).toEqual([]);
  });

  test.each([
    ['sco2', 'Did you mean soc2?'],
    ['nist-csf-2', 'Did you mean nist-csf-2.0?'],
    ['all,soc2', 'alone'],
    [' , ', 'expected one framework at least'],
  ])('%j is a mistake', (words, message) => expect(() => parseControls(words)).toThrow(message));
});

test('every kind of finding that was judged bears on a control, and docs/evidence.md prints the table as it is', () => {
  const table = new ControlTable(FRAMEWORK_NAMES);
  const doc = readFileSync(new URL('../../docs/evidence.md', import.meta.url), 'utf8');
  const cells = (ids: Readonly<Record<string, readonly string[]>>): string =>
    FRAMEWORK_NAMES.map((name) => ids[name]?.join(', ') ?? '').join(' | ');
  for (const cls of CLASSES) {
    for (const reason of REASONS[cls]) {
      const ids = table.finding(cls, reason);
      if (cls === 'inconclusive') expect(ids).toEqual({});
      else {
        expect(ids['nist-csf-2.0']?.length).toBeGreaterThan(0);
        expect(doc).toContain(`| ${cls}: ${reason} | ${cells(ids)} |`);
      }
    }
  }
  for (const stage of ['create', 'update', 'delete'] as const)
    expect(doc).toContain(`| ${stage} not covered | ${cells(table.stage(stage))} |`);
  for (const [name, title] of Object.entries(FRAMEWORKS)) expect(doc).toContain(`| \`${name}\` | ${title} |`);
});
