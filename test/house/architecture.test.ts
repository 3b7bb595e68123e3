import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { links, page, pages, ROOT, spans, type Page } from '../docs/pages.js';

const { ROOMS } = createRequire(import.meta.url)('../../.ci/rooms.cjs') as { ROOMS: readonly { name: string }[] };
const ARCHITECTURE = page('ARCHITECTURE.md');
const DECISIONS = pages().filter(({ file }) => file.startsWith('docs/decisions/'));
const INDEX = page('docs/decisions/README.md');
const RECORDS = DECISIONS.filter(({ file }) => file !== INDEX.file);

/** Is something of this name declared there: a function, class, type or value, or a method? */
function declares(code: string, name: string): boolean {
  const whole = `${name.replace('$', '\\$')}\\b`;
  return new RegExp(`\\b(?:function\\*?|class|interface|type|const) ${whole}|^ +(?:(?:static|async|get) |\\*)*#?${whole}[<(]`, 'm').test(
    code,
  );
}

/** Links whose text is a name of the code, to the file that has it: [`settle()`](src/diff/settle/settle.ts). */
const namedFiles = ({ prose }: Page): [name: string, file: string][] =>
  [...prose.matchAll(/\[`([\w.]+)(?:\(\))?`\]\((src\/[^)]+)\)/g)].map(([, name = '', file = '']) => [name, file]);

/** Everything that is called somewhere on the page, in prose or in a fence: `History.open()`, `settle()`. */
const called = ({ text }: Page): string[] => [...text.matchAll(/\b([A-Za-z][\w.]*)\(\)/g)].map(([, name = '']) => name);

const isPath = (code: string): boolean => /^(?:src|test|bin|docs|fixtures|\.ci)\/[\w./-]+$/.test(code);

describe('ARCHITECTURE.md', () => {
  it('draws every room, and none that is gone', () => {
    const [drawn = ''] = ARCHITECTURE.text.split('## The rooms')[1]?.match(/```[^]*?```/) ?? [];
    const lines = drawn.split('\n');
    // The layers stand before the rooms, and what they do behind them.
    const [from, to] = [lines[1]?.indexOf('cli'), lines[1]?.indexOf('argv')];
    const names = lines.flatMap((line) => line.slice(from, to).match(/[a-z]+/g) ?? []);
    expect(names.sort()).toEqual(ROOMS.map(({ name }) => name).sort());
  });

  it('links each name of the code to the file that has it', () => {
    const wrong = namedFiles(ARCHITECTURE).filter(([name, file]) => {
      const code = existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : '';
      return !file.endsWith(name) && !declares(code, name);
    });
    expect(wrong).toEqual([]);
    expect(namedFiles(ARCHITECTURE).length).toBeGreaterThan(30);
  });

  it('calls nothing that the files it links to do not have', () => {
    const files = new Map(namedFiles(ARCHITECTURE).map(([name, file]) => [name, readFileSync(path.join(ROOT, file), 'utf8')]));
    const unknown = called(ARCHITECTURE).filter((name) => {
      const [owner = '', method] = name.split('.');
      if (method !== undefined) return !declares(files.get(owner) ?? '', method);
      return ![...files.values()].some((code) => declares(code, owner));
    });
    expect(unknown).toEqual([]);
  });
});

describe('the decisions', () => {
  it.each(RECORDS.map((record) => [record.file, record] as const))('%s has a number, a date and three parts', (file, { text }) => {
    const [, number = '0'] = /^docs\/decisions\/(\d{4})-[a-z-]+\.md$/.exec(file) ?? [];
    expect(text).toMatch(new RegExp(`^# ${Number(number)}\\. \\S.*\n\n20\\d\\d-\\d\\d-\\d\\d\n`));
    expect(text.match(/^## .*$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
  });

  it('are numbered without a gap, and all in the index', () => {
    const files = RECORDS.map(({ file }) => path.basename(file));
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, i) => i + 1));
    const rows = [...INDEX.prose.matchAll(/\[(.+)\]\((\d{4}-.+\.md)\)/g)].map(([, title, file]) => [title, file]);
    expect(rows).toEqual(RECORDS.map(({ file, text }) => [/^# \d+\. (.*)$/m.exec(text)?.[1], path.basename(file)]));
  });

  it('are found from ARCHITECTURE.md', () => {
    expect(links(ARCHITECTURE)).toContain(INDEX.file);
  });
});

describe('paths', () => {
  it.each([ARCHITECTURE, ...DECISIONS, page('CONTRIBUTING.md')].map((one) => [one.file, one] as const))('in %s exist', (_, one) => {
    expect(spans(one).filter((code) => isPath(code) && !existsSync(path.join(ROOT, code)))).toEqual([]);
  });
});
