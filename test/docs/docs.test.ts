import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { jsonSchema } from '../../src/config/schema.js';
import { EXIT } from '../../src/model/errors.js';
import { BROKEN_PIPE } from '../../src/cli/signals.js';
import { FORMATS } from '../../src/report/formats.js';
import { anchors, commandLines, links, page, pages, ROOT, spans } from './pages.js';

const ALL = pages();
const README = page('README.md');
/** What tells how lifegap is used; the changelog tells what was. */
const GUIDES = ALL.filter(({ file }) => file !== 'CHANGELOG.md');

function program(): Command {
  const nowhere = { write: () => true } as unknown as NodeJS.WriteStream;
  const io = { stdout: nowhere, stderr: nowhere, env: {}, cwd: () => ROOT, argv: [], now: () => 0, signal: new AbortController().signal };
  return createProgram(io, () => undefined);
}

/** Every command below this one, with its words: `history prune`. */
function commands(command: Command, words: readonly string[] = []): [name: string, command: Command][] {
  return command.commands.flatMap((child) => {
    const path = [...words, child.name()];
    return [[path.join(' '), child] as [string, Command], ...commands(child, path)];
  });
}

/** Why commander would refuse the line, or nothing. No command is run. */
function refusal(line: readonly string[]): string | undefined {
  const root = program();
  for (const [, command] of commands(root)) command.action(() => undefined);
  try {
    root.parse(line, { from: 'user' });
    return undefined;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return code === 'commander.helpDisplayed' || code === 'commander.version' ? undefined : message;
  }
}

describe('links', () => {
  it.each(ALL.map(({ file }) => file))('of %s lead somewhere', (file) => {
    const from = page(file);
    const broken = links(from).filter((link) => {
      if (/^(?:https?|mailto):/.test(link)) return false;
      const [to = '', anchor] = link.split('#');
      const target = to === '' ? file : path.join(path.dirname(file), to);
      if (!existsSync(path.join(ROOT, target))) return true;
      return anchor !== undefined && !anchors(page(target)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('lead from the README to every page of docs', () => {
    const reached = new Set(links(README).map((link) => link.split('#')[0]));
    // The decisions are for those who change the code: ARCHITECTURE.md leads there (test/house/architecture.test.ts).
    const pagesOfDocs = ALL.map(({ file }) => file).filter((file) => /^docs\/(?!decisions\/)/.test(file));
    expect(pagesOfDocs.filter((file) => !reached.has(file))).toEqual([]);
  });
});

describe('command lines', () => {
  it.each(GUIDES.map(({ file }) => file))('of %s are accepted', (file) => {
    const refused = commandLines(page(file)).map((line) => [line.join(' '), refusal(line)]);
    expect(refused.filter(([, why]) => why !== undefined)).toEqual([]);
  });

  it('with a word that there is not are refused', () => {
    const made = {
      file: 'made.md',
      text: '',
      prose: 'Say `lifegap audit --nope` or `lifegap adit`.',
      fenced: ['$ lifegap history diff 1   # one too few'],
    };
    expect(commandLines(made).map(refusal)).toEqual([
      expect.stringContaining("missing required argument 'b'"),
      expect.stringContaining("unknown option '--nope'"),
      expect.stringContaining("unknown command 'adit'"),
    ]);
    expect(GUIDES.flatMap(commandLines).length).toBeGreaterThan(40);
  });
});

describe('commands and flags', () => {
  const known = commands(program());

  it.each(known.map(([name]) => name))('%s is shown with its words in the README, and its flags somewhere', (name) => {
    const [first = '', ...rest] = name.split(' ');
    const row = README.prose.split('\n').find((line) => line.startsWith(`| \`${first}`)) ?? '';
    for (const word of [first, ...rest]) expect(row).toContain(word);
    const command = known.find(([other]) => other === name)?.[1];
    const text = GUIDES.map(({ text }) => text).join('\n');
    const flags = command?.options.map(({ long }) => long ?? '') ?? [];
    expect(flags.filter((flag) => !new RegExp(`${flag}(?![a-z-])`).test(text))).toEqual([]);
  });

  it('the README has every flag of audit', () => {
    const [, audit] = known.find(([name]) => name === 'audit') ?? [];
    const rows = spans(README).join('\n');
    expect(audit?.options.map(({ long }) => long ?? '').filter((flag) => !new RegExp(`${flag}(?![a-z-])`).test(rows))).toEqual([]);
  });

  it('no page has a flag that there is not', () => {
    const flags = new Set([...known.flatMap(([, { options }]) => options.map(({ long }) => long)), '--help', '--version']);
    const invented = GUIDES.flatMap((guide) =>
      spans(guide)
        .filter((code) => code.startsWith('--') || code.startsWith('lifegap '))
        .flatMap((code) => code.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])
        .filter((flag) => !flags.has(flag))
        .map((flag) => `${guide.file}: ${flag}`),
    );
    expect(invented).toEqual([]);
  });
});

describe('tables', () => {
  it('name every format, in the README and in docs/reports.md', () => {
    const row = README.prose.split('\n').find((line) => line.startsWith('| `-f, --format')) ?? '';
    const named = [...row.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(FORMATS));
    const reports = page('docs/reports.md').prose;
    expect(Object.keys(FORMATS).filter((format) => !reports.includes(`| \`${format}\` |`))).toEqual([]);
  });

  it('name every exit code', () => {
    const codes = [...README.prose.matchAll(/^\| ([\d, ]+) \| /gm)].flatMap(([, codes = '']) => codes.split(', ').map(Number));
    expect(codes).toEqual([...Object.values(EXIT), 130, BROKEN_PIPE, 143].sort((a, b) => a - b));
  });

  it('of docs/config.md name the keys of the schema, and no other', () => {
    // Without the catalogue: the parameters of its systems stand in their manifests.
    const schema = new Set(keysOf(jsonSchema(new Set())));
    const config = page('docs/config.md');
    const text = spans(config).join('\n');
    expect([...schema].filter((key) => !key.startsWith('$') && !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
    const tables = config.prose.split('## Accepted findings')[0] ?? '';
    const first = [...tables.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) => cell.match(/[\w.]+/g) ?? []);
    const invented = first.flatMap((key) => key.split('.')).filter((key) => !schema.has(key));
    expect(first.length).toBeGreaterThan(60);
    expect(invented).toEqual([]);
  });
});

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(keysOf)];
}
