import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const config = createRequire(import.meta.url)(path.join(ROOT, '.dependency-cruiser.cjs')) as IConfiguration;
const rules = (config.forbidden ?? []).map((rule) => ({ name: rule.name ?? '', comment: rule.comment ?? '' }));

const { ROOMS } = createRequire(import.meta.url)(path.join(ROOT, '.ci/rooms.cjs')) as { readonly ROOMS: readonly Room[] };
const PURE = ROOMS.filter(({ isPure }) => isPure).map(({ name }) => name);

interface Room {
  readonly name: string;
  readonly isPure: boolean;
  readonly mayImport: readonly string[];
}

/** Every arrow between two rooms that CONTRIBUTING.md does not have. */
const CROSSED = ROOMS.flatMap(({ name, mayImport }) =>
  ROOMS.filter((other) => other.name !== name && !mayImport.includes(other.name)).map((other): readonly [string, string] => [
    `src/${name}/crosses-to-${other.name}.ts`,
    `../${other.name}/anything.js`,
  ]),
);

/** Per rule, files that break it (`from -> to`), in a house of their own. */
const OFFENCES: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  ...Object.fromEntries(
    ROOMS.map(({ name }) => [`${name}-imports-what-it-may`, CROSSED.filter(([from]) => from.startsWith(`src/${name}/`))]),
  ),
  'every-file-in-a-room': [
    ['src/lies-loose.ts', './model/nouns.js'],
    ['src/cellar/new.ts', '../model/nouns.js'],
  ],
  'no-cycles': [['src/mapping/narcissus.ts', './narcissus.js']],
  'no-unresolved': [['src/mapping/lost.ts', './nowhere.js']],
  'no-dev-dependency-in-src': [['src/mapping/dev.ts', 'vitest']],
  'model-imports-no-package': [
    ['src/model/reads.ts', 'node:fs'],
    ['src/model/validates.ts', 'zod'],
  ],
  'pure-no-effects': PURE.map((room) => [`src/${room}/reads-files.ts`, 'node:fs/promises']),
  'sqlite-in-history-only': [['src/cli/queries.ts', 'node-sqlite3-wasm']],
  'what-is-judged-is-only-read': [
    ['src/coverage/judges.ts', '../diff/judge.js'],
    ['src/population/writes.ts', '../diff/docket.js'],
  ],
  'connectors-through-the-table': [['src/evidence/shortcut.ts', '../sources/scim/source.js']],
  'connectors-know-not-each-other': [['src/sources/ldap/borrows.ts', '../scim/source.js']],
  'sql-reads-tables-as-file-does': [['src/sources/sql/borrows.ts', '../scim/source.js']],
  'axios-in-http-only': [['src/sources/scim/fetches.ts', 'axios']],
  'ldapts-in-ldap-only': [['src/http/binds.ts', 'ldapts']],
  'colour-and-tables-in-report-and-cli-only': [
    ['src/diff/paints.ts', 'chalk'],
    ['src/gate/draws.ts', 'cli-table3'],
  ],
  'commander-in-cli-only': [['src/config/parses.ts', 'commander']],
  'src-never-imports-test': [['src/mapping/tested.ts', '../../test/build.js']],
};

/** Arrows that look much like an offence and are right; every arrow of the table is. */
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ...ROOMS.flatMap(({ name, mayImport }) =>
    mayImport.map((other): readonly [string, string] => [`src/${name}/may-import-${other}.ts`, `../${other}/anything.js`]),
  ),
  ['src/model/shows.ts', 'node:util'],
  ['src/audit/judges.ts', '../diff/judge.js'],
  ['src/coverage/reads.ts', '../diff/app-diff.js'],
  ['src/report/colours.ts', 'chalk'],
  ['src/sources/registry.ts', './scim/source.js'],
  ['src/http/speaks.ts', 'axios'],
  ['src/sources/ldap/speaks.ts', 'ldapts'],
  ['src/cli/parses.ts', 'commander'],
  ['src/history/stores.ts', 'node-sqlite3-wasm'],
];

/** What the arrows lead to. */
const HOUSE = [
  ...ROOMS.map(({ name }) => `src/${name}/anything.ts`),
  'src/model/nouns.ts',
  'src/diff/judge.ts',
  'src/diff/docket.ts',
  'src/diff/app-diff.ts',
  'src/sources/scim/source.ts',
  'test/build.ts',
];

let house: string;
let found: readonly { rule: string; from: string; to: string }[];

beforeAll(async () => {
  house = await mkdtemp(path.join(tmpdir(), 'lifegap-house-'));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(house, file)), { recursive: true });
    await writeFile(path.join(house, file), text);
  };
  for (const file of HOUSE) await write(file, 'export const here = true;\n');
  for (const [from, to] of [...Object.values(OFFENCES).flat(), ...ALLOWED])
    await write(from, `import * as other from '${to}';\nexport { other };\n`);
  await write('src/diff/hen.ts', "import type { Egg } from './egg.js';\nexport type Hen = Egg | undefined;\n");
  await write('src/diff/egg.ts', "import type { Hen } from './hen.js';\nexport type Egg = Hen[];\n");
  await write('src/diff/types-only.ts', "import type { here } from '../sources/anything.js';\nexport type Here = typeof here;\n");
  for (const file of ['package.json', 'tsconfig.json']) await symlink(path.join(ROOT, file), path.join(house, file));
  await symlink(path.join(ROOT, 'node_modules'), path.join(house, 'node_modules'));
  found = await violations(house);
});

afterAll(() => rm(house, { recursive: true, force: true }));

async function violations(baseDir: string): Promise<{ rule: string; from: string; to: string }[]> {
  const { enhancedResolveOptions, ...options } = config.options ?? {};
  const cruiseOptions: ICruiseOptions = { ...options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } };
  const { output } = await cruise(['src'], cruiseOptions, enhancedResolveOptions);
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

describe('the arrows', () => {
  it.each(rules)('$name fires, and says what to do instead', ({ name, comment }) => {
    expect(comment).toMatch(/^[A-Z].*: .*\.$/);
    const offences = OFFENCES[name] ?? [];
    expect(offences.length).toBeGreaterThan(0);
    const caught = found.filter((violation) => violation.rule === name).map((violation) => violation.from);
    expect(caught).toEqual(expect.arrayContaining(offences.map(([from]) => from)));
  });

  it('have no offence left over from a rule that is gone', () => {
    expect(Object.keys(OFFENCES).sort()).toEqual(rules.map((rule) => rule.name).sort());
  });

  it('let pass what is right', () => {
    const right = new Set(ALLOWED.map(([from]) => from));
    expect(found.filter((violation) => right.has(violation.from))).toEqual([]);
  });

  it('find a circle of types', () => {
    const circles = found.filter(({ rule }) => rule === 'no-cycles').map(({ from }) => from);
    expect(circles).toEqual(expect.arrayContaining(['src/diff/egg.ts']));
  });

  it('count where only a type is imported', () => {
    const broken = found.filter((violation) => violation.from === 'src/diff/types-only.ts');
    expect(broken.map(({ rule }) => rule)).toEqual(['diff-imports-what-it-may']);
  });
});
