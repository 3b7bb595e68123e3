import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';

/** A program whose commands do nothing, and what it printed. */
function program(): { root: Command; said: string[] } {
  const said: string[] = [];
  const out = { write: (text: string) => said.push(text) > 0 } as unknown as NodeJS.WriteStream;
  const io = { stdout: out, stderr: out, env: {}, cwd: () => '/', argv: [], now: () => 0, signal: new AbortController().signal };
  const root = createProgram(io, () => undefined);
  for (const command of all(root)) command.action(() => undefined);
  return { root, said };
}

function all(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...all(child)]);
}

function help(words: readonly string[]): string {
  const { root, said } = program();
  expect(() => root.parse([...words, '--help'], { from: 'user' })).toThrow('(outputHelp)');
  return said.join('');
}

/** The words of a line as a shell reads them, as far as the examples need it. */
const split = (line: string): string[] =>
  [...(line.split(' > ')[0] ?? '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

it('every command that does something shows examples, and each is a line that the program takes', () => {
  const names = all(program().root).map((command) => [command.parent?.name() ?? '', command.name()].filter((word) => word !== 'lifegap'));
  const without: string[] = [];
  let lines = 0;
  for (const words of names) {
    const [, shown = ''] = help(words).split('\nExamples:\n');
    if (shown === '') without.push(words.join(' '));
    for (const line of shown.split('\n').filter(Boolean)) {
      expect(line).toMatch(/^ {2}lifegap /);
      const { root, said } = program();
      root.parse(split(line.trim()).slice(1), { from: 'user' });
      expect(said).toEqual([]);
      lines += 1;
    }
  }
  expect(without).toEqual(['baseline', 'connectors list']);
  expect(lines).toBeGreaterThan(20);
});

it('the help of the program and of commands with many flags is grouped, and nothing is left over', () => {
  const top = help([]);
  for (const heading of ['Begin:', 'Audit:', 'Look back:', 'Look up:']) expect(top).toContain(`\n${heading}\n`);
  expect(top.split('\nCommands:\n')[1]).toMatch(/^ {2}help \[command\] .*\n\nExit codes:/);
  for (const words of [['audit'], ['coverage']])
    expect(help(words).split('\nOptions:\n')[1]).toMatch(/^ {2}-h, --help +display help for command\n\nExamples:/);
});

it('a mistake on the command line says where to look, unless it says what was meant', () => {
  const mistake = (...words: string[]): string => {
    const { root, said } = program();
    expect(() => root.parse(words, { from: 'user' })).toThrow();
    return said.join('');
  };
  expect(mistake('person')).toBe("lifegap: missing required argument 'who'; see `lifegap person --help`\n");
  expect(mistake('history', 'diff', '1')).toBe("lifegap: missing required argument 'b'; see `lifegap history diff --help`\n");
  expect(mistake('verify', 'a', 'b')).toMatch(/^lifegap: too many arguments .* got 2; see `lifegap verify --help`\n$/);
  expect(mistake('audit', '--fomat', 'json')).toBe("lifegap: unknown option '--fomat' (Did you mean --format?)\n");
});
