import { createRequire } from 'node:module';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { NIGHT } from '../night.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const { ROOMS } = createRequire(import.meta.url)(path.join(ROOT, '.ci/rooms.cjs')) as {
  readonly ROOMS: readonly { readonly name: string; readonly isPure: boolean }[];
};
const PURE = ROOMS.filter(({ isPure }) => isPure).map(({ name }) => name);

/** The house's own config, for files that exist in this test alone. */
const eslint = new ESLint({ cwd: ROOT, overrideConfig: [{ files: ['src/*/sample.ts'], ...tseslint.configs.disableTypeChecked }] });
/** With types: it reads the whole program before the first line. */
const typed = new ESLint({
  cwd: ROOT,
  overrideConfig: {
    files: ['src/*/sample.ts'],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['src/*/sample.ts'] } } },
  },
});

/** Rules that `code` breaks in src/`folder`, with what they say. */
async function lint(folder: string, code: string, by = eslint): Promise<{ rule: string | null; line: number; message: string }[]> {
  const [result] = await by.lintText(`${code}\n`, { filePath: path.join(ROOT, 'src', folder, 'sample.ts') });
  return (result?.messages ?? []).map(({ ruleId, line, message }) => ({ rule: ruleId, line, message }));
}

/** One line each, with the rule it breaks and what that says. */
const IMPURE: readonly (readonly [code: string, rule: string, said: string])[] = [
  ['export const now = Date.now();', 'no-restricted-properties', 'Time comes in as a value'],
  ['export const today = new Date();', 'no-restricted-syntax', 'Time comes in as a value'],
  ['export const text = Date();', 'no-restricted-syntax', 'Time comes in as a value'],
  ['export const since = performance.now();', 'no-restricted-globals', 'does not look around'],
  ['export const id = Math.random();', 'no-restricted-properties', 'Equal input gives equal output'],
  ['export const home = process.env.HOME;', 'no-restricted-globals', 'does not look around'],
  ['export const page = fetch;', 'no-restricted-globals', 'does not look around'],
  ['export const wait = setTimeout;', 'no-restricted-globals', 'does not look around'],
  ["export const order = 'a'.localeCompare('b');", 'no-restricted-syntax', 'A locale differs'],
  ["console.log('x');", 'no-console', 'Unexpected console'],
];

describe('a pure step', () => {
  it.each(PURE)('%s may not ask for the time, for chance, for its surroundings or for a locale', async (folder) => {
    const broken = await lint(folder, IMPURE.map(([code]) => code).join('\n'));
    IMPURE.forEach(([, rule, said], i) => {
      expect(broken).toContainEqual({ rule, line: i + 1, message: expect.stringContaining(said) as string });
    });
  });

  it('may read a date that it is given', async () => {
    expect(await lint('diff', 'export const at = (moment: number): string => new Date(moment).toISOString();')).toEqual([]);
  });
});

describe('a sentence', () => {
  const said = expect.stringContaining('A sentence is for people') as string;

  it.each([
    "export const told = (text: string): boolean => text.includes('left out');",
    "export const told = (text: string): boolean => text.startsWith('the system declares ');",
    'export const told = (text: string): boolean => /^nobody (owns|is declared)/.test(text);',
    'export const told = (text: string): unknown => text.match(/not read to its end$/);',
    "export const told = (list: { reasons: string[] }): boolean => list.reasons.some((reason) => reason === 'x');",
    "export const told = ({ reasons }: { reasons: string[] }): boolean => reasons.includes('x');",
  ])('is never searched for what it means: %s', async (code) => {
    for (const folder of ['pull', 'report'])
      expect(await lint(folder, code)).toContainEqual({ rule: 'no-restricted-syntax', line: 1, message: said });
  });

  it('is no single word, and no mark', async () => {
    const code =
      "export const told = (text: string): boolean => text.startsWith('ldaps:') || text.includes('@') || /^[a-z ]+$/.test(text);";
    expect(await lint('pull', code)).toEqual([]);
  });
});

describe('streams and exit codes', () => {
  it.each(['process.stdout.write("x");', 'process.stderr.write("x");', 'process.exitCode = 1;', 'process.exit(1);'])(
    'belong to cli: %s',
    async (code) => {
      expect(await lint('pull', code)).toContainEqual({
        rule: 'no-restricted-properties',
        line: 1,
        message: expect.stringContaining('Only src/cli writes') as string,
      });
      expect(await lint('cli', code)).toEqual([]);
    },
  );
});

describe('everywhere', () => {
  it.each([
    ['@typescript-eslint/no-explicit-any', 'export const anything: any = 1;'],
    ['@typescript-eslint/ban-ts-comment', '// @ts-ignore\nexport const x = 1;'],
    ['@typescript-eslint/consistent-type-imports', "import { Filter } from '../filter/filter.js';\nexport type Mine = Filter;"],
    ['max-lines', '// a line\n'.repeat(301)],
  ])('%s', async (rule, code) => {
    expect((await lint('pull', code)).map((broken) => broken.rule)).toContain(rule);
  });

  it.each([
    ['@typescript-eslint/no-floating-promises', 'Promise.resolve();'],
    ['@typescript-eslint/no-misused-promises', 'if (Promise.resolve(true)) throw new Error();'],
    ['@typescript-eslint/switch-exhaustiveness-check', "export function f(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n  }\n}"],
  ])(
    '%s',
    async (rule, code) => {
      // Lint itself runs it over every file; by night it is seen to fire.
      const { rules, languageOptions } = (await typed.calculateConfigForFile(path.join(ROOT, 'src/gate/gate.ts'))) as Effective;
      expect([rules[rule]?.[0], languageOptions.parserOptions.projectService]).toEqual([2, true]);
      if (NIGHT) expect((await lint('pull', code, typed)).map((broken) => broken.rule)).toContain(rule);
    },
    120_000,
  );
});

interface Effective {
  readonly rules: Readonly<Record<string, readonly unknown[]>>;
  readonly languageOptions: { readonly parserOptions: { readonly projectService?: unknown } };
}
